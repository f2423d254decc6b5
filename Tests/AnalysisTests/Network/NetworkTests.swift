import Analysis
import Features
import Foundation
import Geometry
import TestSupport
import Testing

/// How far apart two ways of adding up the same numbers may come out.
private let rounding = 1e-9

private func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= rounding * max(1, abs(b)) }

/// Rows of a known answer, by the names of their columns.
func knownRows(_ path: String) throws -> [[String: String]] {
    let file = SharedData.packageRoot.appending(path: "Tests/Fixtures/\(path)")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let names = lines[0].split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return Dictionary(uniqueKeysWithValues: zip(names, cells))
    }
}

private func knownNetwork() throws -> SpatialNetwork {
    SpatialNetwork(
        count: 40,
        edges: try knownRows("network/edges.csv").map { row in
            SpatialNetwork.Edge(
                from: try #require(Int(row["from"] ?? "")), to: try #require(Int(row["to"] ?? "")),
                distance: try #require(Double(row["metres"] ?? "")),
                strength: try #require(Double(row["strength"] ?? "")))
        })
}

struct NetworkTests {
    @Test func `centralities are those of NetworkX`() throws {
        let network = try knownNetwork()
        let found = Centrality(of: network)
        let vector = try #require(found.eigenvector)
        for (node, row) in try knownRows("network/nodes.csv").enumerated() {
            func known(_ name: String) throws -> Double { try #require(Double(row[name] ?? "")) }
            #expect(Double(found.degree[node]) == (try known("degree")))
            #expect(near(found.strength[node], try known("strength")))
            #expect(near(found.closeness[node], try known("closeness")))
            #expect(near(found.betweenness[node], try known("betweenness")))
            #expect(near(vector[node], try known("eigenvector")))
        }
    }

    @Test func `tree, parts and modularity are those of NetworkX`() throws {
        let network = try knownNetwork()
        let rows = try knownRows("network/whole.csv")
        func known(_ name: String) throws -> Double {
            try #require(rows.first { $0["measure"] == name }.flatMap { Double($0["value"] ?? "") })
        }
        let tree = network.minimumSpanningTree()
        #expect(
            near(tree.reduce(0) { $0 + network.edges[$1].distance }, try known("tree_metres")))
        #expect(Double(tree.count) == (try known("tree_links")))
        #expect(Double(Set(network.components()).count) == (try known("components")))
        let halves = (0..<network.count).map { $0 % 2 }
        #expect(
            near(
                Communities.modularity(of: halves, in: network),
                try known("modularity_of_odd_and_even")))
        let found = Communities(of: network, seed: 5)
        #expect(found.modularity >= (try known("best_louvain_modularity")) - 1e-9)
        #expect(near(found.modularity, Communities.modularity(of: found.labels, in: network)))
    }

    @Test func `no division of a small network is better than the communities`() throws {
        var random = SeededGenerator(seed: 61)
        for _ in 0..<6 {
            var edges: [SpatialNetwork.Edge] = []
            for a in 0..<8 {
                for b in (a + 1)..<8 where Int.random(in: 0..<3, using: &random) == 0 {
                    edges.append(
                        .init(
                            from: a, to: b, distance: 1,
                            strength: .random(in: 0.1...2, using: &random)))
                }
            }
            let network = SpatialNetwork(count: 8, edges: edges)
            // All divisions: each node joins a community before it or begins one.
            var best = -Double.infinity
            func divide(_ labels: [Int]) {
                if labels.count == 8 {
                    best = max(best, Communities.modularity(of: labels, in: network))
                    return
                }
                for label in 0...((labels.max() ?? -1) + 1) { divide(labels + [label]) }
            }
            divide([])
            let found = Communities(of: network, seed: 2, starts: 20)
            #expect(near(found.modularity, best))
        }
    }

    @Test func `communities are connected, and the same for the same seed`() throws {
        var random = SeededGenerator(seed: 62)
        let places = random.korea(300)
        let network = try SpatialNetwork(
            of: places, masses: Array(repeating: 1, count: 300), within: .kilometres(30),
            decay: .power(exponent: 2, scale: .kilometres(1)))
        let found = Communities(of: network, seed: 7, starts: 2)
        #expect(Communities(of: network, seed: 7, starts: 2).labels == found.labels)
        let inside = SpatialNetwork(
            count: 300,
            edges: network.edges.filter { found.labels[$0.from] == found.labels[$0.to] })
        #expect(Set(inside.components()).count == found.count)
        #expect(found.modularity > 0.5)
    }

    @Test func `links are those of a full scan`() throws {
        var random = SeededGenerator(seed: 63)
        let places = random.korea(60).enumerated().map { $0 % 11 == 10 ? nil : $1 }
        let masses = places.indices.map { _ in Double.random(in: 0...9, using: &random) }
        let groups = places.indices.map { $0 % 3 }
        let decay = DistanceDecay.power(exponent: 1.5, scale: .kilometres(1))
        for (limit, isBetween) in [(80_000.0, false), (60_000, true), (.infinity, false)] {
            let network = try SpatialNetwork(
                of: places, masses: masses, groups: groups,
                within: limit.isFinite ? .metres(limit) : nil, decay: decay,
                isBetweenGroups: isBetween)
            var expected: [(Int, Int, Double)] = []
            for a in places.indices {
                for b in (a + 1)..<60 {
                    guard let from = places[a], let to = places[b] else { continue }
                    let distance = karney(from, to)
                    if distance <= limit, !isBetween || groups[a] != groups[b] {
                        expected.append((a, b, distance))
                    }
                }
            }
            #expect(network.edges.map { [$0.from, $0.to] } == expected.map { [$0.0, $0.1] })
            for (edge, known) in zip(network.edges, expected) {
                #expect(abs(edge.distance - known.2) < micrometre)
                let strength =
                    masses[edge.from] * masses[edge.to] * pow(known.2 / 1000, -1.5)
                #expect(near(edge.strength, strength))
            }
        }
    }

    @Test func `nothing, one place, coincident places, and too many to link`() throws {
        let decay = DistanceDecay.power(exponent: 2, scale: .kilometres(1))
        func linked(_ places: [Position?]) throws -> Linkages {
            var nodes = Linkages.Nodes()
            try nodes.add(FeatureBatch(points: places), layer: "l", mass: nil)
            return try Linkages(between: nodes, within: nil, decay: decay)
        }
        #expect(try linked([]).points.count == 0)
        let alone = try linked([Position(127, 36), nil])
        #expect(alone.lines().count == 0)
        #expect(alone.centrality.closeness == [0, 0])
        #expect(alone.centrality.eigenvector == nil)
        #expect(alone.communities.labels == [0, 1])
        #expect(alone.communities.modularity == 0)
        let place = Position(127, 36)
        let same = try linked([place, place, place, Position(127.1, 36)])
        #expect(same.network.edges.count == 6)
        #expect(same.network.edges[0].strength == 1)
        #expect(same.tree.count == 3)
        #expect(same.centrality.betweenness.allSatisfy { $0 >= 0 && $0.isFinite })
        #expect(same.communities.labels[0] == same.communities.labels[2])
        let many = (0...SpatialNetwork.mostWithoutLimit).map { _ in place }
        #expect(throws: AnalysisError.self) { try linked(many) }
    }
}
