internal import Geometry

/// The area within a distance of facilities, as it is laid over zones.
enum CoveredArea: Sendable {
    /// Around points: exact, with nothing drawn.
    case discs(DiscCover)
    /// As drawn: around lines and areas, and where ``DiscCover`` does not reach.
    case drawn(CutArea)

    /// Works out the area within a distance of the facilities of a coverage.
    ///
    /// - Throws: ``AnalysisError`` (`cannotDraw`) naming the facility around which nothing can be
    ///   drawn.
    init(_ coverage: Coverage, within distance: Distance) throws {
        if let places = coverage.facilityPoints,
            let discs = try DiscCover(around: places, radius: distance)
        {
            self = .discs(discs)
        } else {
            self = .drawn(try CutArea(try coverage.area(within: distance).rounded(decimals: 7)))
        }
    }

    /// Works out the area within a distance of its own of each facility.
    ///
    /// - Parameters:
    ///   - coverage: The coverage.
    ///   - radii: The distance of each facility in metres; nothing is drawn around one of 0.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) naming the facility around which nothing can be
    ///   drawn.
    init(_ coverage: Coverage, radii: [Double]) throws {
        if let radius = radii.first, radius > 0, radii.allSatisfy({ $0 == radius }) {
            try self.init(coverage, within: .metres(radius))
        } else {
            let parts = try coverage.parts { .metres(radii[$0]) }
            self = .drawn(try CutArea(try Shape.unionAll(parts).rounded(decimals: 7)))
        }
    }

    /// The area prepared for one task.
    struct Prepared {
        private var discs: DiscCover.Measurer?
        private var drawn: CutArea.Prepared?

        init(_ area: CoveredArea) throws {
            switch area {
            case .discs(let discs): self.discs = DiscCover.Measurer(discs)
            case .drawn(let area): drawn = try CutArea.Prepared(area)
            }
        }

        /// The area of valid polygons, and what they have in common with this one, in square metres.
        mutating func measure(_ zone: Shape) throws -> (area: Double, covered: Double) {
            if let measured = try discs?.measure(zone.polygons) { return measured }
            let whole = zone.straightEdgedArea
            return (whole, min(whole, try drawn?.commonArea(zone) ?? 0))
        }
    }
}
