import ClusterAtlasKit

extension Workload {
    /// P5: accessibility from points to scores; the pairs are never all in memory.
    func access(_ name: String) async throws {
        try await access(name, GeodesicMetric(), sizes: [], "P5")
    }

    /// P5 where the pairs are there before the clock starts.
    func readyAccess(_ name: String) async throws {
        let metric = ReadyMetric()
        _ = try await score(name, metric, try demand())
        try await access(name, metric, sizes: [("pairs", metric.pairs)], "P5-ready")
    }

    private func demand() throws -> [FeatureBatch] {
        try Layers.demand(folder, points, field: "weight")
    }

    private func access(
        _ name: String, _ metric: any Metric, sizes: [(String, Int)], _ workload: String
    ) async throws {
        let demand = try demand()
        let count = demand.reduce(0) { $0 + $1.count }
        let supply = try Layers.facilities(folder, facilities).count
        var measurement = measurement(
            workload, [("demand", count), ("supply", supply), ("radius_m", Int(radius))] + sizes,
            unit: "demand/s")
        measurement.labels = [("method", name)]
        try await measurement.run(items: count) { try await score(name, metric, demand) }
    }

    private func score(
        _ name: String, _ metric: any Metric, _ demand: [FeatureBatch]
    ) async throws -> [(String, Double)] {
        let sites = try Layers.facilities(folder, facilities)
        let layer = try FacilityLayer(name: "supply", sites, metric: metric)
        let limit = Distance(metres: radius)
        if name == RationalAgentModel.name {
            let model = try RationalAgentModel(
                to: layer, within: limit, weightField: "weight", capacityField: "capacity")
            var parts: [RationalAgentModel.Part] = []
            var source: any FeatureSource = MemorySource(demand)
            try await OrderedFlow.run(&source, tasks: threads) { batch in
                try model.part(of: batch, layer: "demand")
            } consume: {
                parts.append($0)
            }
            let solution = try await model.solve(parts, tasks: threads)
            return Self.summary(solution.batches, "access_cost")
        }
        guard let method = AccessibilityMethod(named: name) else {
            print("no method \"\(name)\"")
            throw CancellationError()
        }
        // The weights that the peer knows as well.
        let decay =
            name == "3sfca" ? AccessibilityMethod.enhancedTwoStep.usualDecay(within: limit) : nil
        let access = try Accessibility(
            to: layer, method: method, within: limit, decay: decay, weightField: "weight",
            capacityField: "capacity")
        var loads = AccessibilityLoads(of: access)
        var source: any FeatureSource = MemorySource(demand)
        try await OrderedFlow.run(&source, tasks: threads) { batch in
            try access.loads(of: batch, layer: "demand")
        } consume: {
            loads.add($0)
        }
        let all = loads
        source = MemorySource(demand)
        var scored: [FeatureBatch] = []
        try await OrderedFlow.run(&source, tasks: threads) { batch in
            try access.scores(of: batch, layer: "demand", under: all).batch
        } consume: {
            scored.append($0)
        }
        return Self.summary(scored, "access")
    }

    /// The mean and the greatest of a column, and its sum by weights.
    private static func summary(_ batches: [FeatureBatch], _ field: String) -> [(String, Double)] {
        var (sum, greatest, weighted, count) = (0.0, 0.0, 0.0, 0)
        for batch in batches {
            for row in 0..<batch.count {
                guard let score = batch[field]?[row].number else { continue }
                sum += score
                count += 1
                greatest = max(greatest, score)
                weighted += score * (batch["weight"]?[row].number ?? 0)
            }
        }
        return [("mean", sum / Double(max(1, count))), ("max", greatest), ("weighted", weighted)]
    }
}
