import ClusterAtlasKit

/// What all of these share: where the data is, its sizes, and how often.
struct Workload {
    let folder: String
    let points: String
    let facilities: String
    let radius: Double
    let threads: Int
    let runs: Int

    func measurement(
        _ workload: String, _ sizes: [(String, Int)], unit: String
    ) -> Measurement {
        Measurement(
            workload: workload, sizes: sizes + [("threads", threads)], runs: runs, unit: unit)
    }

    /// P2: which points lie within a distance of a facility, with their weights.
    func within() async throws {
        let demand = try Layers.demand(folder, points, field: "weight")
        let sites = try Layers.facilities(folder, facilities)
        let count = demand.reduce(0) { $0 + $1.count }
        let measurement = measurement(
            "P2",
            [("points", count), ("facilities", sites.count), ("radius_m", Int(radius))],
            unit: "points/s")
        try await measurement.run(items: count) {
            let coverage = try Coverage(
                by: FacilityLayer(name: "facilities", sites), within: [Distance(metres: radius)],
                weightField: "weight")
            var tally = CoverageTally(of: coverage)
            var source: any FeatureSource = MemorySource(demand)
            try await OrderedFlow.run(&source, tasks: threads) { batch in
                try coverage.measure(batch, layer: "points", forSums: true)
            } consume: {
                tally.add($0)
            }
            return [
                ("covered", Double(tally.coveredCounts[0])),
                ("share", tally.coveredWeightShare(0) ?? 0),
            ]
        }
    }

    /// P2: the dissolved area of the discs around all facilities.
    func dissolve() async throws {
        let sites = try Layers.facilities(folder, facilities)
        let measurement = measurement(
            "P2-area", [("facilities", sites.count), ("radius_m", Int(radius))], unit: "discs/s")
        try await measurement.run(items: sites.count) {
            let coverage = try Coverage(
                by: FacilityLayer(name: "facilities", sites), within: [Distance(metres: radius)])
            let areas = try coverage.areas(CoverageTally(of: coverage))
            return [("area_km2", areas["area_km2"]?[0].number ?? 0)]
        }
    }

    /// P4: the share of each zone, and of its population, within a distance of a facility.
    func zones() async throws {
        let sites = try Layers.facilities(folder, facilities)
        var file = try openSource("\(folder)/zones.geojson")
        let zones = try file.readAll()
        let batches = stride(from: 0, to: zones.count, by: 256).map {
            zones.takingSome(Array($0..<min($0 + 256, zones.count)))
        }
        let measurement = measurement(
            "P4",
            [("zones", zones.count), ("circles", sites.count), ("radius_m", Int(radius))],
            unit: "zones/s")
        try await measurement.run(items: zones.count) {
            let coverage = try Coverage(
                by: FacilityLayer(name: "facilities", sites), within: [Distance(metres: radius)],
                weightField: "pop")
            let overlay = try ZoneCoverage(coverage)
            var tally = ZoneCoverageTally(of: overlay)
            var source: any FeatureSource = MemorySource(batches)
            try await OrderedFlow.run(&source, tasks: threads) { batch in
                try overlay.measure(batch, layer: "zones")
            } consume: {
                tally.add($0)
            }
            return [
                ("area_km2", tally.coveredAreas[0] / 1e6), ("pop", tally.coveredWeights[0]),
            ]
        }
    }

    /// P3: Thiessen areas clipped to a boundary, and the weight of the points in each.
    func catchments() async throws {
        let demand = try Layers.demand(folder, points, field: "weight")
        let boundary = try Layers.boundary(folder)
        let sites = try Layers.facilities(folder, facilities, inside: boundary)
        let count = demand.reduce(0) { $0 + $1.count }
        let measurement = measurement(
            "P3", [("points", count), ("sites", sites.count)], unit: "points/s")
        try await measurement.run(items: count) {
            let catchment = try Catchment(
                of: FacilityLayer(name: "sites", sites), weightField: "weight")
            var tally = CatchmentTally(of: catchment)
            var source: any FeatureSource = MemorySource(demand)
            try await OrderedFlow.run(&source, tasks: threads) { batch in
                try catchment.assign(batch, layer: "points")
            } consume: {
                try tally.add($0)
            }
            let areas = try catchment.areas(dividing: boundary, tally)
            let total = (0..<areas.count).compactMap { areas["area_km2"]?[$0].number }
            return [
                ("cells", Double(areas.count)), ("area_km2", total.reduce(0, +)),
                ("pop", tally.weights.reduce(0, +)), ("max_pop", tally.weights.max() ?? 0),
            ]
        }
    }

    /// All distances between two layers of facilities, streamed and added up.
    func matrix() async throws {
        let sites = try Layers.facilities(folder, facilities)
        let count = sites.count * sites.count
        let measurement = measurement(
            "matrix", [("rows", sites.count), ("columns", sites.count)], unit: "distances/s")
        try await measurement.run(items: count) {
            let matrix = try CostMatrix(to: FacilityLayer(name: "facilities", sites))
            var total = 0.0
            try await matrix.stream(
                from: Places(of: sites, layer: "facilities"), tasks: threads
            ) { _, rows in
                rows.distances.reduce(0, +)
            } consume: {
                total += $0
            }
            return [("mean_m", total / Double(count))]
        }
    }
}
