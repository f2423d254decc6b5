public import Features
public import Geometry

/// Candidates on the features of a layer: at a spacing along lines, or at vertices.
///
/// They keep the attributes of the feature they lie on; identifiers are its own and a number from 1:
/// `road-7/3`. The edges of areas are lines too.
public struct LineCandidates: Sendable {
    /// Where on a feature candidates are.
    public enum Places: Hashable, Sendable {
        /// From the start of each line on, so many metres apart along it, within a millimetre; they
        /// get `along_m`. The end is none, unless it falls on one.
        case along(Distance)
        /// At each position of a feature that is not there twice; points are vertices too.
        case vertices
    }

    /// Where on a feature candidates are.
    public let places: Places

    /// Creates the operation.
    ///
    /// - Parameter places: Where on a feature candidates are.
    /// - Throws: ``SitingError`` (`badArgument`) for a spacing below 1 cm.
    public init(_ places: Places) throws {
        if case .along(let spacing) = places, spacing.metres < 0.01 {
            throw SitingError(
                .badArgument, at: "", "candidates cannot be \(spacing.metres) m apart",
                remedy: "give a spacing of at least 0.01m")
        }
        self.places = places
    }

    /// Makes the candidates of a batch.
    ///
    /// - Parameter batch: The features.
    /// - Returns: The candidates, in the order of the features and of their positions.
    /// - Complexity: O(n) for n positions and candidates.
    public func candidates(of batch: FeatureBatch) -> FeatureBatch {
        var rows: [Int] = []
        var ids: [String] = []
        var points = GeometryColumnBuilder()
        var along: [Double?] = []
        for row in 0..<batch.count {
            guard let shape = batch.geometry[row] else { continue }
            let own = batch.id(row) ?? String(batch.firstIndex + row + 1)
            var number = 0
            func put(_ place: Position, _ metres: Double?) {
                number += 1
                rows.append(row)
                ids.append("\(own)/\(number)")
                points.appendPoint(place.x, place.y)
                along.append(metres)
            }
            switch places {
            case .along(let spacing):
                for line in shape.lines + shape.polygons.flatMap({ $0 }) {
                    Self.walk(line, spacing.metres, put)
                }
            case .vertices:
                var seen = Set<Position>()
                shape.forEachPosition { place in
                    let flat = Position(place.x, place.y)
                    if flat.isFinite, seen.insert(flat).inserted { put(flat, nil) }
                }
            }
        }
        var result = batch.taking(rows)
        result.geometry = points.finish()
        result.ids = .string(ids)
        if case .along = places { result.set("along_m", .double(along)) }
        return result
    }

    /// An edge is measured in pieces of at most so many degrees, in which length grows evenly.
    private static let longestPiece = 0.002

    /// Passes along a line, whose edges are straight in longitude and latitude.
    private static func walk(
        _ line: [Position], _ spacing: Double, _ put: (Position, Double?) -> Void
    ) {
        guard let start = line.first else { return }
        put(start, 0)
        var (count, length) = (1, 0.0)
        for (a, b) in zip(line, line.dropFirst()) {
            let extent = max((b.x - a.x).magnitude, (b.y - a.y).magnitude)
            let pieces = max(1, Int((extent / longestPiece).rounded(.up)))
            var from = a
            for piece in 1...pieces {
                let share = Double(piece) / Double(pieces)
                let to =
                    piece == pieces
                    ? b : Position(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
                let metres = Geodesic.wgs84.distance(from: from, to: to)
                while Double(count) * spacing <= length + metres, metres > 0 {
                    let metresAlong = Double(count) * spacing
                    let part = (metresAlong - length) / metres
                    put(
                        Position(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part),
                        metresAlong)
                    count += 1
                }
                length += metres
                from = to
            }
        }
    }
}
