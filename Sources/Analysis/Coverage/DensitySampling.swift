public import Features
internal import Geometry

/// How densely each class of land is settled, sampled from the zones that are clearly of one class.
///
/// Intelligent dasymetric mapping (J. Mennis and T. Hultgren, 2006,
/// https://doi.org/10.1559/152304006779077309; the sampling is that of J. Mennis, 2003,
/// https://doi.org/10.1111/0033-0124.10042): a class is as dense as all zones that represent it have
/// weight by area, together. A class that no zone represents has the density of what the other classes
/// leave of their zones' weight, where that is more than nothing, by its area in them. A zone whose
/// weight is not known tells nothing of any class.
public struct DensitySampling: Sendable {
    /// Which zones represent a class.
    public enum Rule: Hashable, Sendable {
        /// Those that lie wholly within it.
        case contained
        /// Those whose centroid lies within it or on its edge.
        case centroid
        /// Those of whose area it covers at least this share, above 0 and at most 1.
        case cover(Double)
    }

    /// The classes, by name.
    let names: [String]
    /// The class of each feature of the land, by its place in `names`; `nil` for one without.
    let classOfRow: [Int?]
    private let areas: [CutArea]
    private let rule: Rule
    private let weightField: String?

    /// Prepares the classes.
    ///
    /// Classes should not overlap; where they do, each is sampled as if the other were not there.
    ///
    /// - Parameters:
    ///   - land: Polygons of classes.
    ///   - field: The field that tells the classes apart.
    ///   - name: The layer of land's name, for messages.
    ///   - weightField: The zones' field that says how much each weighs.
    ///   - rule: Which zones represent a class.
    /// - Throws: ``AnalysisError`` (`badField`) where there is no such field; (`badArgument`) for a
    ///   share that is not above 0 and at most 1; (`empty`) where no polygon has a class;
    ///   (`cannotDraw`) for a polygon that cannot be repaired.
    /// - Complexity: O(n log n) for n corners.
    public init(
        of land: FeatureBatch, by field: String, name: String, weight weightField: String?,
        rule: Rule
    ) throws {
        if case .cover(let share) = rule, !(share > 0 && share <= 1) {
            throw AnalysisError(
                .badArgument, at: "", "a cover of \(share) is none",
                remedy: "give a share above 0 and at most 1, for example 0.8")
        }
        self.rule = rule
        self.weightField = weightField
        let labels = try LabelField.labels(field, of: land, layer: name)
        let names = Set(labels.compactMap { $0 }).sorted { LabelOrder.precedes($0, $1) }
        self.names = names
        classOfRow = labels.map { label in label.flatMap { names.firstIndex(of: $0) } }
        var shapes = names.map { _ in [Shape]() }
        for row in 0..<land.count {
            guard let place = classOfRow[row] else { continue }
            if let area = try ZoneCoverage.zone(row, of: land, layer: name) {
                shapes[place].append(area)
            }
        }
        guard shapes.contains(where: { !$0.isEmpty }) else {
            throw AnalysisError(
                .empty, at: name, "holds no polygon of a class",
                remedy: "choose a layer of land, or another field")
        }
        areas = try shapes.map { try CutArea(.area(of: Shape.unionAll($0).polygons)) }
    }

    /// A batch of zones, laid over the classes.
    public struct Measured: Sendable {
        fileprivate let zones: [Zone]
        /// How many zones have no weight and tell nothing.
        fileprivate let unweighted: Int
    }

    /// A zone, in square metres.
    fileprivate struct Zone: Sendable {
        let weight: Double
        let area: Double
        /// How much of it is of each class.
        let ofClasses: [Double]
        /// The classes within which its centroid lies.
        let isCentre: [Bool]
    }

    /// Lays zones over the classes.
    ///
    /// - Parameters:
    ///   - batch: Polygons, their edges straight in longitude and latitude; others count nowhere.
    ///   - layer: Their layer's name, for messages.
    /// - Returns: What ``densities(_:)`` needs to know of them.
    /// - Throws: ``AnalysisError`` naming a zone whose weight is no number of at least 0, or
    ///   (`cannotDraw`) one that cannot be repaired or is not on the globe.
    /// - Complexity: O(n) overlays of a zone with the few pieces of each class that it meets.
    public func measure(_ batch: FeatureBatch, layer: String) throws -> Measured {
        let weights = try DemandWeights.known(of: batch, field: weightField, layer: layer)
        let prepared = try areas.map { try CutArea.Prepared($0) }
        var unweighted = 0
        let zones = try (0..<batch.count).compactMap { row -> Zone? in
            guard let weight = weights[row] else {
                unweighted += 1
                return nil
            }
            guard let zone = try ZoneCoverage.zone(row, of: batch, layer: layer) else {
                return nil
            }
            let centre = rule == .centroid ? try zone.centroid() : nil
            return Zone(
                weight: weight, area: zone.straightEdgedArea,
                ofClasses: try prepared.map { try $0.commonArea(zone) },
                isCentre: try prepared.map { area in
                    try centre.map { try area.covers($0) } ?? false
                })
        }
        return Measured(zones: zones, unweighted: unweighted)
    }

    /// Works out the densities.
    ///
    /// - Parameter parts: All of the zones.
    /// - Returns: The classes with their densities.
    /// - Complexity: O(n·c) for n zones and c classes.
    public func densities(_ parts: [Measured]) -> SampledDensities {
        let zones = parts.flatMap(\.zones).filter { $0.area > 0 }
        var classes = names.enumerated().map { at, name in
            let samples = zones.filter { isSample($0, of: at) }
            let area = samples.reduce(0) { $0 + $1.area }
            return SampledDensities.Class(
                name: name,
                density: area > 0 ? samples.reduce(0) { $0 + $1.weight } / area : 0,
                zoneCount: samples.count, area: zones.reduce(0) { $0 + $1.ofClasses[at] })
        }
        let rest = classes.indices.filter { classes[$0].zoneCount == 0 && classes[$0].area > 0 }
        var left = classes.map { _ in 0.0 }
        for zone in zones {
            let area = rest.reduce(0) { $0 + zone.ofClasses[$1] }
            guard area > 0 else { continue }
            let taken = classes.indices.reduce(0) { $0 + classes[$1].density * zone.ofClasses[$1] }
            for place in rest {
                left[place] += max(0, zone.weight - taken) * zone.ofClasses[place] / area
            }
        }
        for place in rest { classes[place].density = left[place] / classes[place].area }
        return SampledDensities(
            classes: classes, unweighted: parts.reduce(0) { $0 + $1.unweighted },
            ofRows: classOfRow.map { $0.map { classes[$0].density } })
    }

    private func isSample(_ zone: Zone, of place: Int) -> Bool {
        // Shares that differ by less are equal.
        let rounding = 1e-9
        return switch rule {
        case .contained: zone.ofClasses[place] >= zone.area * (1 - rounding)
        case .centroid: zone.isCentre[place]
        case .cover(let share): zone.ofClasses[place] >= zone.area * (share - rounding)
        }
    }
}

/// The classes of a layer of land with their densities.
public struct SampledDensities: Hashable, Sendable {
    /// A class of land with what was sampled of it.
    public struct Class: Hashable, Sendable {
        /// The class's value in the layer of land.
        public let name: String
        /// Weight by square metre.
        public fileprivate(set) var density: Double
        /// How many zones represent it; where none does, the density is what the other classes leave.
        public let zoneCount: Int
        /// How much of it lies within the zones that have a weight, in square metres.
        public let area: Double
    }

    /// The classes, by name.
    public let classes: [Class]
    /// How many zones have no weight and were not sampled.
    public let unweighted: Int
    /// The density of each feature of the land; `nil` for one without a class.
    let ofRows: [Double?]
}
