internal import Features
internal import Geometry

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Between what the probabilities of a ``HuffModel`` truly lie.
///
/// The probability of a facility grows with its own pull and falls with that of every other, each of
/// which depends on one distance alone: the extremes over all distances within their errors are those
/// where the facility's is at one end and all others at the opposite one. They are exact where each
/// distance may be off by itself, and hold wherever things truly lie.
struct HuffRanges: Sendable {
    /// For each place the facilities that may be within the limit, with distances as drawn.
    private(set) var rows = NeighbourRows()
    /// The least probability of each entry.
    private(set) var low: [Double] = []
    /// The greatest.
    private(set) var high: [Double] = []
    /// Whether some facility attracts each place for certain.
    private(set) var isReached: [Bool] = []
    /// The least and the greatest probability of the likeliest facility of each place; `nil` for one
    /// that nothing attracts.
    private(set) var likeliest: [(low: Double, high: Double)?] = []
    /// The greatest error of the distance to the likeliest facility in metres.
    private(set) var errors: [Double?] = []
    /// Whether the likeliest facility would be the same, "none" included; `nil` for a place that is
    /// nowhere.
    private(set) var labels: [Stability?] = []
    /// How many features have no accuracy and are taken as exact.
    let missing: Int

    /// Judges a batch.
    ///
    /// - Parameters:
    ///   - batch: The demand.
    ///   - layer: Its layer's name, for messages.
    ///   - places: Where it is.
    ///   - chosen: Where it is likely to go.
    ///   - model: The operation.
    ///   - distanceErrors: How far distances may be off.
    /// - Throws: ``AnalysisError`` for an accuracy that is no number of at least 0.
    init(
        of batch: FeatureBatch, layer: String, _ places: Places, _ chosen: HuffModel.Choices,
        _ model: HuffModel, _ distanceErrors: DistanceErrors
    ) throws {
        let own = try distanceErrors.demand(batch, layer: layer)
        missing = own.missing
        let matrix = try CostMatrix(
            to: model.facilities, within: distanceErrors.reach(of: model.limit, own.metres))
        let limit = model.limit?.metres ?? .infinity
        try matrix.forEachBlock(of: places) { first, block in
            for row in 0..<block.rows {
                let at = first + row
                var facilities: [Int] = []
                var pulls: [(least: Double, most: Double)] = []
                var isExact = own.metres[at] == 0
                for entry in block.entries(of: row) {
                    let facility = Int(block.indices[entry])
                    guard model.pulls[facility] > -.infinity,
                        let range = distanceErrors.range(
                            block.distances[entry], own.metres[at], facility, within: limit)
                    else { continue }
                    isExact = isExact && distanceErrors.facilities[facility] == 0
                    let ends = [range.low, range.high].map { model.utility(facility, $0) }
                    facilities.append(facility)
                    pulls.append(
                        (range.isSure ? min(ends[0], ends[1]) : -.infinity, max(ends[0], ends[1])))
                    rows.append(block.indices[entry], block.distances[entry])
                }
                rows.endRow()
                let best = chosen.best[at].flatMap { entry in
                    facilities.firstIndex(of: Int(chosen.rows.indices[entry]))
                }
                if isExact {
                    // What is exact is the plain answer, to the last bit.
                    let plain = chosen.probabilities[chosen.rows.entries(of: at)]
                    low += plain
                    high += plain
                } else {
                    let (least, most) = Self.extremes(pulls)
                    low += least
                    high += most
                }
                isReached.append(pulls.contains { $0.least > -.infinity })
                likeliest.append(
                    best.map { best in
                        let start = low.count - facilities.count
                        return (low[start + best], high[start + best])
                    })
                errors.append(
                    best.map { own.metres[at] + distanceErrors.facilities[facilities[$0]] })
                let isSure = isExact || Self.isSure(best, pulls)
                labels.append(places[at] == nil ? nil : Stability(isStable: isSure))
            }
        }
    }

    /// The least and the greatest share of each of many, of which those with a least pull of -∞ may
    /// be absent.
    ///
    /// - Complexity: O(m) for m of them.
    private static func extremes(
        _ pulls: [(least: Double, most: Double)]
    ) -> (least: [Double], most: [Double]) {
        guard let greatest = pulls.map(\.most).max() else { return ([], []) }
        let least = pulls.map { exp($0.least - greatest) }
        let most = pulls.map { exp($0.most - greatest) }
        let (others, rivals) = (least.sumsOfOthers, most.sumsOfOthers)
        return (
            least.indices.map { least[$0] > 0 ? least[$0] / (least[$0] + rivals[$0]) : 0 },
            most.indices.map { most[$0] > 0 ? most[$0] / (most[$0] + others[$0]) : 0 }
        )
    }

    /// Whether one pulls most wherever things truly lie; or nothing can, where there is none.
    private static func isSure(_ best: Int?, _ pulls: [(least: Double, most: Double)]) -> Bool {
        guard let best else { return pulls.isEmpty }
        let least = pulls[best].least
        // Of equal pulls the first wins.
        return least > -.infinity
            && pulls.indices.allSatisfy { other in
                other == best || least > pulls[other].most
                    || (least == pulls[other].most && best < other)
            }
    }

    /// Adds what is known of the likeliest facility to the demand.
    func add(to batch: inout FeatureBatch) {
        batch.set("probability_low", .double(likeliest.map { $0?.low }))
        batch.set("probability_high", .double(likeliest.map { $0?.high }))
        batch.set("plus_minus_m", .double(errors))
        batch.set("stability", .string(labels.map { $0?.rawValue }))
    }
}
