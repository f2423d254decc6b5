public import Analysis
public import Features
public import Geometry

/// What a candidate must be to pass.
///
/// Distances are metres along the geodesic on the WGS 84 ellipsoid, to the micrometre, and areas
/// square metres on it. A candidate that is no point is measured from a position inside it; only
/// whether it lies within or outside areas is asked of the whole of it.
public struct ScreeningRule: Sendable {
    /// What people call the rule.
    public let name: String
    /// What it asks for.
    public let kind: Kind

    /// What a rule asks for.
    public enum Kind: Sendable {
        /// The distance to the nearest feature of a layer, in metres; 0 inside an area.
        case distance(ScreeningDistance, ScreeningBounds)
        /// To lie in areas, or on their border; in several of them together where it is no point.
        case within(ScreeningAreas)
        /// To have no position in common with areas.
        case outside(ScreeningAreas)
        /// A condition on its attributes.
        case condition(Filter)
        /// The number in one of its attributes.
        case attribute(String, ScreeningBounds)
        /// How many features of a layer lie within a distance.
        case count(of: FacilityLayer, within: Distance, ScreeningBounds)
        /// How much the features of a layer within a distance add up to.
        case sum(of: ScreeningSum, within: Distance, ScreeningBounds)
        /// The area of its own polygons, in square metres.
        case area(ScreeningBounds)
    }

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - name: What people call the rule.
    ///   - kind: What it asks for.
    public init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// The bounds of what is measured; `nil` where it is not a number that decides.
    public var bounds: ScreeningBounds? {
        switch kind {
        case .distance(_, let bounds), .attribute(_, let bounds), .count(_, _, let bounds),
            .sum(_, _, let bounds), .area(let bounds):
            bounds
        case .within, .outside, .condition: nil
        }
    }

    /// The bounds a share wider, by ``ScreeningBounds/relaxed(byPercent:isWhole:)``.
    func relaxed(byPercent percent: Int) -> ScreeningBounds? {
        if case .count(_, _, let bounds) = kind {
            return bounds.relaxed(byPercent: percent, isWhole: true)
        }
        return bounds?.relaxed(byPercent: percent)
    }

    /// How dear it is to ask, so that cheap rules are asked first.
    var effort: Int {
        switch kind {
        case .condition, .attribute: 0
        case .area: 1
        case .within, .outside: 2
        case .distance(let layer, _): layer.isOfPoints ? 3 : 6
        case .count: 4
        case .sum: 5
        }
    }
}
