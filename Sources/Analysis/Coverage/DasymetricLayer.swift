public import Features
internal import Geometry

/// Where within zones their weight lies: on land of classes, each with a density of its own.
///
/// Dasymetric interpolation: a zone's weight is shared out in proportion to density times area and
/// adds up to the zone's again (pycnophylactic; W. R. Tobler, 1979). Without densities a class is
/// settled or not (the binary method), with them it is the weighted method of C. L. Eicher and
/// C. A. Brewer, 2001, https://doi.org/10.1559/152304001782173727, with relative densities as of
/// J. Mennis, 2003, https://doi.org/10.1111/0033-0124.10042, which ``DensitySampling`` finds.
public struct DasymetricLayer: Sendable {
    /// The layer's name.
    public let name: String
    /// How many features are no polygons, or have no density, and hold nobody.
    public let unused: Int
    /// The classes by density, the densest first, none of them overlapping.
    private let classes: [(density: Double, area: CutArea)]
    /// By what it is known again.
    let question: FoundQuestion

    /// Prepares a layer.
    ///
    /// Where polygons overlap the greatest density counts.
    ///
    /// - Parameters:
    ///   - batch: The polygons.
    ///   - field: The field of densities, of which only the proportions matter; `nil` where each
    ///     polygon is as dense.
    ///   - name: The layer's name, for messages.
    /// - Throws: ``AnalysisError`` (`badField`) naming the first feature whose density is no number
    ///   of at least 0; (`empty`) where nothing is above 0; (`cannotDraw`) for a polygon that cannot
    ///   be repaired.
    /// - Complexity: O(n log n) for n corners.
    public init(_ batch: FeatureBatch, density field: String?, name: String) throws {
        try self.init(
            batch,
            DemandWeights(of: batch, field: field, layer: name, role: "density").values, name: name)
    }

    /// Prepares a layer of classes whose densities were sampled.
    ///
    /// - Parameters:
    ///   - batch: The polygons of which the densities were sampled.
    ///   - sampled: The densities.
    ///   - name: The layer's name, for messages.
    /// - Throws: ``AnalysisError`` (`empty`) where nothing is above 0; (`cannotDraw`) for a polygon
    ///   that cannot be repaired.
    /// - Complexity: O(n log n) for n corners.
    public init(_ batch: FeatureBatch, _ sampled: SampledDensities, name: String) throws {
        try self.init(batch, sampled.ofRows.map { $0 ?? 0 }, name: name)
    }

    /// Prepares a layer of which each feature's density is known.
    private init(_ batch: FeatureBatch, _ densities: [Double], name: String) throws {
        self.name = name
        var question = FoundQuestion()
        question.add(densities)
        question.add(batch.geometry.shapes)
        self.question = question
        var shapes: [Double: [Shape]] = [:]
        var unused = 0
        for row in 0..<batch.count {
            guard densities[row] > 0, let area = try ZoneCoverage.zone(row, of: batch, layer: name)
            else {
                unused += 1
                continue
            }
            shapes[densities[row], default: []].append(area)
        }
        guard !shapes.isEmpty else {
            throw AnalysisError(
                .empty, at: name, "holds no polygon with a density above 0",
                remedy: "choose a layer of settled land, or another field")
        }
        self.unused = unused
        var classes: [(Double, CutArea)] = []
        var taken: Shape?
        for density in shapes.keys.sorted(by: >) {
            let own = try Shape.unionAll(shapes[density] ?? [])
            let free = try taken.map { try own.difference($0) } ?? own
            classes.append((density, try CutArea(.area(of: free.polygons))))
            taken = try taken?.union(own) ?? own
        }
        self.classes = classes
    }

    /// The classes prepared for one task.
    struct Prepared {
        private let classes: [(density: Double, area: CutArea.Prepared)]

        init(_ layer: DasymetricLayer) throws {
            classes = try layer.classes.map { ($0.density, try CutArea.Prepared($0.area)) }
        }

        /// The pieces of a zone that hold anybody, with what of density times area is in them.
        func pieces(of zone: Shape) throws -> [(shape: Shape, mass: Double, density: Double)] {
            try classes.flatMap { density, area in
                try area.common(zone).map {
                    (shape: $0, mass: density * $0.straightEdgedArea, density: density)
                }
            }.filter { $0.mass > 0 }
        }
    }
}
