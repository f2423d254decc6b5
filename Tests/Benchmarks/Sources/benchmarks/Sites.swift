import ClusterAtlasKit
import Foundation

/// A matrix of costs to choose sites by.
struct SiteCosts {
    var ids: (demand: [String], candidates: [String])
    var weights: [Double]?
    var rows: NeighbourRows

    /// Shortest paths between all nodes of a graph (Floyd and Warshall).
    init(nodes count: Int, edges: [(Int, Int, Double)]) {
        var costs = [Double](repeating: .infinity, count: count * count)
        for i in 0..<count { costs[i * count + i] = 0 }
        for (i, j, cost) in edges where i != j {
            costs[i * count + j] = cost
            costs[j * count + i] = cost
        }
        costs.withUnsafeMutableBufferPointer { costs in
            for k in 0..<count {
                for i in 0..<count where costs[i * count + k] < .infinity {
                    for j in 0..<count {
                        let way = costs[i * count + k] + costs[k * count + j]
                        if way < costs[i * count + j] { costs[i * count + j] = way }
                    }
                }
            }
        }
        rows = NeighbourRows()
        for i in 0..<count {
            for j in 0..<count { rows.append(Int32(j), costs[i * count + j]) }
            rows.endRow()
        }
        let names = (0..<count).map(String.init)
        ids = (names, names)
    }

    /// A problem of the OR-Library, `;n;m;p;optimum` and `;i;j;length` for each edge.
    static func library(_ path: String) throws -> (costs: SiteCosts, p: Int, optimum: Double) {
        let lines = try String(contentsOfFile: path, encoding: .utf8)
            .split(whereSeparator: \.isNewline)
            .map { line in line.split(separator: ";").compactMap { Int($0) } }
        let edges = lines.dropFirst().filter { $0.count == 3 }
            .map { ($0[0] - 1, $0[1] - 1, Double($0[2])) }
        return (SiteCosts(nodes: lines[0][0], edges: edges), lines[0][2], Double(lines[0][3]))
    }

    /// A random graph as those of the OR-Library: a path, and n² / 50 edges of 1 to 100.
    static func random(_ count: Int, seed: UInt64) -> SiteCosts {
        var generator = Numbers(seed: seed)
        var edges = (1..<count).map { ($0 - 1, $0, generator.whole(100)) }
        for _ in 0..<(count * count / 50) {
            let (i, j) = (Int(generator.whole(count)) - 1, Int(generator.whole(count)) - 1)
            edges.append((i, j, generator.whole(100)))
        }
        return SiteCosts(nodes: count, edges: edges)
    }

    /// Points in a square of 1000, costs the straight distances rounded down to whole numbers, as far
    /// as they are within a reach.
    init(demand: Int, candidates: Int, reach: Double?, isWeighted: Bool, seed: UInt64) {
        var generator = Numbers(seed: seed)
        func points(_ count: Int) -> [(Double, Double)] {
            (0..<count).map { _ in (generator.part() * 1000, generator.part() * 1000) }
        }
        let (starts, ends) = (points(demand), points(candidates))
        weights = isWeighted ? (0..<demand).map { _ in generator.whole(100) } : nil
        let order = ends.indices.sorted { ends[$0].0 < ends[$1].0 }
        rows = NeighbourRows()
        for start in starts {
            var found: [(Int32, Double)] = []
            var low = 0
            if let reach {
                var high = order.count
                while low < high {
                    let middle = (low + high) / 2
                    if ends[order[middle]].0 < start.0 - reach {
                        low = middle + 1
                    } else {
                        high = middle
                    }
                }
            }
            for place in order[low...] {
                let (x, y) = (ends[place].0 - start.0, ends[place].1 - start.1)
                if let reach, x > reach { break }
                let distance = (x * x + y * y).squareRoot()
                if distance <= reach ?? .infinity {
                    found.append((Int32(place), (distance * 10).rounded(.down)))
                }
            }
            for (place, cost) in found.sorted(by: { $0.0 < $1.0 }) { rows.append(place, cost) }
            rows.endRow()
        }
        ids = ((0..<demand).map { "d\($0)" }, (0..<candidates).map { "c\($0)" })
    }

    /// Points in a square of 1000 that are demand and candidates at once.
    init(points count: Int, seed: UInt64) {
        var generator = Numbers(seed: seed)
        let points = (0..<count).map { _ in (generator.part() * 1000, generator.part() * 1000) }
        rows = NeighbourRows()
        for start in points {
            for (place, end) in points.enumerated() {
                let (x, y) = (end.0 - start.0, end.1 - start.1)
                rows.append(Int32(place), ((x * x + y * y).squareRoot() * 10).rounded(.down))
            }
            rows.endRow()
        }
        ids = ((0..<count).map { "d\($0)" }, (0..<count).map { "c\($0)" })
    }

    /// The maximal covering of the peers: the first of their points, and facilities, straight distances through the earth as far as they are within a reach in metres.
    static func peers(
        _ folder: String, reach: Double, demand: Int = 10_000, candidates: String = "2k"
    ) throws -> SiteCosts {
        let starts = centred(try NumpyFile("\(folder)/points_100k.npy")).prefix(demand)
        let ends = centred(try NumpyFile("\(folder)/facilities_\(candidates).npy"))
        var costs = SiteCosts()
        costs.weights = Array(try NumpyFile("\(folder)/weights_100k.npy").values.prefix(demand))
        for start in starts {
            for (place, end) in ends.enumerated() {
                let (x, y, z) = (start.0 - end.0, start.1 - end.1, start.2 - end.2)
                let distance = (x * x + y * y + z * z).squareRoot()
                if distance <= reach { costs.rows.append(Int32(place), distance) }
            }
            costs.rows.endRow()
        }
        costs.ids = (starts.indices.map { "d\($0)" }, ends.indices.map { "c\($0)" })
        return costs
    }

    /// A graph of the peers: the shortest paths between all of its nodes.
    static func peers(_ folder: String, nodes: Int) throws -> SiteCosts {
        let file = try NumpyFile("\(folder)/pmed_\(nodes).npy")
        var costs = SiteCosts()
        for i in 0..<nodes {
            for j in 0..<nodes { costs.rows.append(Int32(j), file.values[i * nodes + j]) }
            costs.rows.endRow()
        }
        let names = (0..<nodes).map(String.init)
        costs.ids = (names, names)
        return costs
    }

    /// Positions on WGS 84 in metres from the centre of the earth.
    private static func centred(_ file: NumpyFile) -> [(Double, Double, Double)] {
        let (a, f) = (6_378_137.0, 1 / 298.257223563)
        let e2 = f * (2 - f)
        return zip(file.column(0), file.column(1)).map { x, y in
            let (lon, lat) = (x * .pi / 180, y * .pi / 180)
            let n = a / (1 - e2 * sin(lat) * sin(lat)).squareRoot()
            return (
                n * cos(lat) * cos(lon), n * cos(lat) * sin(lon), n * (1 - e2) * sin(lat)
            )
        }
    }

    private init() {
        ids = ([], [])
        rows = NeighbourRows()
    }

    /// SplitMix64.
    struct Numbers {
        private var state: UInt64
        init(seed: UInt64) { state = seed }

        mutating func part() -> Double {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
        }

        mutating func whole(_ most: Int) -> Double { (part() * Double(most)).rounded(.down) + 1 }
    }
}

/// Chooses sites, and prints how long it took to prove the choice.
///
/// The matrix is in memory before the clock starts; making the problem of it counts. The proof is checked
/// after the clock was stopped; one that does not hold ends the run.
func sites(
    _ folder: String, which: String, limit: Double, runs: Int, tasks: Int, verifies: Bool
) async throws {
    let p = Int(option("-p", "5")) ?? 5
    func solve(
        _ name: String, _ costs: SiteCosts, _ model: SitingModel, runs: Int,
        optimum: Double? = nil, capacities: CapacitatedPlane? = nil
    ) async throws {
        let measurement = Measurement(
            workload: "P6",
            sizes: [
                ("demand", costs.ids.demand.count), ("candidates", costs.ids.candidates.count),
                ("p", model.p ?? 0),
            ], runs: runs, unit: "problems/s", labels: [("name", name), ("model", model.name)])
        var last: (problem: SitingProblem, solution: SitingSolution)?
        try await measurement.run(items: 1) {
            var problem = try SitingProblem(
                demandIDs: costs.ids.demand, candidateIDs: costs.ids.candidates,
                weights: costs.weights, costs: costs.rows)
            var options = SitingOptions()
            if let capacities {
                problem = try problem.with(capacities.requirements)
                options.gap = 0.01
            }
            options.timeLimit = limit
            options.leavesUnreachable = true
            options.tasks = tasks
            let solution = try problem.solve(model, options)
            last = (problem, solution)
            if let optimum, solution.objective != optimum {
                print("\(name): \(solution.objective ?? -1) where \(optimum) is right")
                throw CancellationError()
            }
            return [
                ("objective", solution.objective ?? -1), ("bound", solution.bound ?? -1),
                ("gap_percent", 100 * (solution.gap ?? -1)), ("nodes", Double(solution.nodes)),
            ]
        }
        guard verifies, let last else { return }
        let verification = try SitingVerification(
            of: .init(last.solution), model, last.problem, leavesUnreachable: true)
        if verification.isOpen {
            print("\(name): more is claimed than the part of the proof that was kept")
        } else if !verification.holds {
            print("\(name): \(verification.checks.filter { !$0.holds })")
            throw CancellationError()
        }
    }
    switch which {
    case "orlib":
        for number in 1...20 {
            let (costs, p, optimum) = try SiteCosts.library("\(folder)/pmed\(number).txt")
            try await solve("pmed\(number)", costs, .pMedian(p: p), runs: runs, optimum: optimum)
            try await solve("pmed\(number)", costs, .pCenter(p: p), runs: runs)
        }
    case "graphs":
        let costs = SiteCosts.random(900, seed: 7)
        for p in [5, 10, 20, 50, 90, 150, 200] {
            try await solve("graph", costs, .pMedian(p: p), runs: runs)
            try await solve("graph", costs, .pCenter(p: p), runs: runs)
        }
    case "plane":
        let costs = SiteCosts(
            demand: 1300, candidates: 1300, reach: nil, isWeighted: false, seed: 11)
        for p in [5, 10, 20, 50, 100, 200, 300, 500] {
            try await solve("plane", costs, .pMedian(p: p), runs: runs)
        }
    case "capacitated":
        for (count, p, room) in CapacitatedPlane.cases {
            let plane = CapacitatedPlane(points: count, p: p, room: room, seed: 3)
            try await solve(
                "capacitated-\(room)", plane.costs, .pMedian(p: p), runs: runs, capacities: plane)
        }
    case "covering":
        let costs = SiteCosts(
            demand: 10_000, candidates: 2_000, reach: 30, isWeighted: true, seed: 5)
        for p in [20, 50, 100, 200] {
            try await solve("covering", costs, .maximalCovering(p: p), runs: runs)
        }
        try await solve("covering", costs, .setCovering, runs: runs)
    case "peers":
        for (nodes, p) in [(100, 33), (200, 5), (400, 5), (900, 5), (900, 90)] {
            let costs = try SiteCosts.peers(folder, nodes: nodes)
            try await solve("peers", costs, .pMedian(p: p), runs: runs)
        }
        let costs = try SiteCosts.peers(folder, reach: 10_000)
        for p in [20, 60, 200] {
            try await solve("peers", costs, .maximalCovering(p: p), runs: runs)
        }
    case "median":
        let nodes = Int(option("--nodes", "200")) ?? 200
        try await solve("peers", .peers(folder, nodes: nodes), .pMedian(p: p), runs: runs)
    case "cover":
        let costs = try SiteCosts.peers(
            folder, reach: 10_000, demand: Int(option("--demand", "10000")) ?? 10_000,
            candidates: option("--candidates", "2k"))
        try await solve("peers", costs, .maximalCovering(p: p), runs: runs)
    case "room":
        let plane = CapacitatedPlane(
            points: Int(option("--count", "100")) ?? 100, p: p,
            room: Double(option("--room", "1.2")) ?? 1.2, seed: 3)
        try await solve(
            "capacitated", plane.costs, .pMedian(p: p), runs: runs, capacities: plane)
    case "medians":
        let costs = SiteCosts(
            demand: 100_000, candidates: 5_000, reach: 150, isWeighted: true, seed: 5)
        try await solve("plane", costs, .pMedian(p: 100), runs: 1)
    default:
        let costs = SiteCosts(
            demand: 1_000_000, candidates: 1_000, reach: 30, isWeighted: true, seed: 5)
        try await solve("covering", costs, .maximalCovering(p: 100), runs: 1)
    }
}
