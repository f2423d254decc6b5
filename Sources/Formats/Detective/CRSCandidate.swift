public import Geometry

/// A reference system that the numbers of a file may be in, with what speaks for it.
public struct CRSCandidate: Hashable, Sendable {
    /// The system.
    public let system: KoreanSystem
    /// Whether the numbers stand northing (or latitude) first.
    public let isSwapped: Bool
    /// How likely it is, from 0 to 1, among the systems that were tried.
    public internal(set) var odds: Double
    /// Where the middle of the data lies by it: longitude, latitude on WGS 84.
    public let middle: Position
    /// Which share of the features lies in Korea by it.
    public let shareInKorea: Double
    /// How many features have the name of a known place and lie within 5 km of it.
    public let namesFound: Int
    /// The middle one of their distances, in metres.
    public let metresByName: Double?
    /// Which share of the corners of known outlines near the data lies within 50 m of one of its
    /// corners; `nil` where there are too few.
    public internal(set) var cornersFound: Double?

    /// How far the data would lie from where another system puts it, in metres.
    ///
    /// - Parameter other: Another candidate for the same numbers.
    /// - Returns: The distance between the middles.
    public func metres(from other: CRSCandidate) -> Double {
        Geodesic.wgs84.distance(from: middle, to: other.middle)
    }

    /// The candidates as lines for a person, aligned.
    ///
    /// - Parameter candidates: The likeliest first.
    /// - Returns: Up to five lines without line ends.
    public static func lines(_ candidates: [CRSCandidate]) -> [String] {
        guard let best = candidates.first else { return [] }
        let rows = candidates.prefix(5).map { candidate -> (String, String) in
            let name =
                candidate.system.definition.hasPrefix("EPSG:")
                ? candidate.system.definition : candidate.system.title
            let share =
                candidate.odds > 0.995
                ? "> 99 %" : "\(max(1, Int((candidate.odds * 100).rounded()))) %"
            var facts: [String] = []
            if candidate.system.title != name { facts.append(candidate.system.title) }
            if candidate.isSwapped { facts.append("y before x") }
            if let metres = candidate.metresByName {
                facts.append(
                    "\(candidate.namesFound) places by name, \(Int(metres.rounded())) m off")
            }
            if let share = candidate.cornersFound, share > 0.01 {
                facts.append("\(Int((share * 100).rounded())) % of corners on known outlines")
            }
            if candidate != best {
                let metres = candidate.metres(from: best)
                facts.append(
                    metres < 10_000
                        ? "\(Int(metres.rounded())) m from the first"
                        : "\(Int((metres / 1000).rounded())) km from the first")
            }
            return ("\(name) \(share)", facts.joined(separator: ", "))
        }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { head, facts in
            head + String(repeating: " ", count: width - head.count) + "  " + facts
        }
    }
}
