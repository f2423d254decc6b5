import Analysis
import Features
import Foundation
import Geometry
import TestSupport
import Testing

/// Groups as sets of places, and noise.
private func groups(_ labels: [Int?]) -> Set<Set<Int>> {
    let inGroups = labels.indices.filter { labels[$0] != nil }
    return Set(Dictionary(grouping: inGroups) { labels[$0] ?? 0 }.values.map(Set.init))
}

struct DensityClustersTests {
    @Test func `DBSCAN gives the labels of scikit-learn`() throws {
        let known = try KnownConcentration()
        let found = try DensityClusters.dbscan(known.places, within: .kilometres(12), least: 4)
        #expect(found.labels.map { Double($0 ?? -1) } == (try known.column("dbscan")))
        #expect(found.count > 2)
    }

    @Test(arguments: [(6, 3), (8, 3)])
    func `HDBSCAN gives the groups of scikit-learn`(least: Int, density: Int) throws {
        let known = try KnownConcentration()
        let found = try DensityClusters.hdbscan(
            known.places, leastCluster: least, least: density)
        let name = "hdbscan_\(least)_\(density)"
        let labels = try known.column(name).map { $0 < 0 ? nil : Int($0) }
        #expect(groups(found.labels) == groups(labels))
        let probabilities = try known.column("\(name)_p")
        for (own, theirs) in zip(found.probabilities, probabilities) {
            #expect(abs(own - theirs) < 1e-6)
        }
    }

    @Test func `the order of places does not change the groups of HDBSCAN`() throws {
        var random = SeededGenerator(seed: 84)
        let known = try KnownConcentration()
        let found = try DensityClusters.hdbscan(known.places, leastCluster: 5)
        for _ in 0..<3 {
            let order = known.places.indices.shuffled(using: &random)
            let other = try DensityClusters.hdbscan(
                order.map { known.places[$0] }, leastCluster: 5)
            let turned = groups(other.labels).map { Set($0.map { order[$0] }) }
            #expect(Set(turned) == groups(found.labels))
        }
    }

    @Test func `DBSCAN is what its definition says`() throws {
        var random = SeededGenerator(seed: 81)
        for _ in 0..<6 {
            let places = (0..<70).map { _ in random.position(127...127.5, 36...36.4) }
            let found = try DensityClusters.dbscan(places, within: .metres(4000), least: 4)
            func near(_ i: Int) -> [Int] {
                places.indices.filter { karney(places[i], places[$0]) <= 4000 }
            }
            for i in places.indices {
                #expect(found.isCore[i] == (near(i).count >= 4))
                let cores = near(i).filter { found.isCore[$0] }
                if found.isCore[i] {
                    #expect(Set(cores.map { found.labels[$0] }).count == 1)
                } else if let first = cores.compactMap({ found.labels[$0] }).min() {
                    #expect(found.labels[i] == first)
                } else {
                    #expect(found.labels[i] == nil)
                }
            }
        }
    }

    @Test func `no places, one, coincident ones, and senseless numbers`() throws {
        let place = Position(127, 36)
        #expect(try DensityClusters.dbscan([], within: .metres(1), least: 1).count == 0)
        #expect(try DensityClusters.hdbscan([], leastCluster: 2).count == 0)
        #expect(try DensityClusters.dbscan([place], within: .metres(1), least: 2).labels == [nil])
        #expect(try DensityClusters.hdbscan([place], leastCluster: 2).labels == [nil])
        let same = Array(repeating: place, count: 6)
        #expect(try DensityClusters.dbscan(same, within: .metres(1), least: 3).count == 1)
        let apart = same + Array(repeating: Position(128, 36), count: 4)
        let found = try DensityClusters.hdbscan(apart, leastCluster: 3)
        #expect(found.labels == Array(repeating: 0, count: 6) + Array(repeating: 1, count: 4))
        #expect(found.probabilities.allSatisfy { $0 == 1 })
        #expect(throws: AnalysisError.self) {
            try DensityClusters.dbscan(same, within: .metres(0), least: 2)
        }
        #expect(throws: AnalysisError.self) {
            try DensityClusters.hdbscan(same, leastCluster: 1)
        }
    }
}

struct KernelDensityTests {
    @Test(arguments: KernelDensity.Kernel.allCases)
    func `a surface holds all places, and is the sum of their kernels`(
        kernel: KernelDensity.Kernel
    ) async throws {
        var random = SeededGenerator(seed: 82)
        let places = (0..<20).map { _ in random.position(127...127.4, 36...36.3) }
        let weights = places.map { _ in Double.random(in: 0...3, using: &random) }
        let density = try KernelDensity(
            of: places, weights: weights, bandwidth: .kilometres(4), kernel: kernel)
        let surface = try await DensitySurface(
            of: density, around: places, cell: .metres(600), tasks: 2)
        let columns = surface.longitudes.count
        // Each node stands for a cell of the grid; the sum is the integral.
        var total = 0.0
        for row in 1..<surface.latitudes.count {
            let (south, north) = (surface.latitudes[row - 1], surface.latitudes[row])
            let (west, east) = (surface.longitudes[0], surface.longitudes[1])
            let cell = Shape.polygon([
                [
                    Position(west, south), Position(east, south), Position(east, north),
                    Position(west, north), Position(west, south),
                ]
            ]).geodesicArea
            total +=
                cell / 1e6
                * surface.densities[(row * columns)..<((row + 1) * columns)].reduce(0, +)
        }
        let all = weights.reduce(0, +)
        #expect(abs(total - all) < 5e-3 * all)
        for _ in 0..<20 {
            let row = Int.random(in: 0..<surface.latitudes.count, using: &random)
            let column = Int.random(in: 0..<columns, using: &random)
            let node = Position(surface.longitudes[column], surface.latitudes[row])
            let expected = zip(places, weights).reduce(0) { sum, item in
                let u = karney(node, item.0) / 4000
                let area = Double.pi * 16
                let reach = kernel == .gaussian ? 5.0 : 1
                guard u <= reach else { return sum }
                let spread =
                    switch kernel {
                    case .quartic: 3 / area * (1 - u * u) * (1 - u * u)
                    case .epanechnikov: 2 / area * (1 - u * u)
                    case .gaussian: exp(-u * u / 2) / (2 * area)
                    }
                return sum + item.1 * spread
            }
            #expect(abs(surface.densities[row * columns + column] - expected) < 1e-9)
        }
        let again = try await DensitySurface(
            of: density, around: places, cell: .metres(600), tasks: 8)
        #expect(again.densities == surface.densities)
    }

    @Test func `areas are valid, within each other, and hold what they say`() async throws {
        var random = SeededGenerator(seed: 83)
        let places = (0..<60).map { _ in random.position(127...127.6, 36...36.4) }
        let weights = Array(repeating: 1.0, count: 60)
        let density = try KernelDensity(
            of: places, weights: weights, bandwidth: .kilometres(6))
        let surface = try await DensitySurface(of: density, around: places, cell: .metres(700))
        let shares = [0.1, 0.3, 0.5, 0.8, 0.99]
        let areas = try DensityAreas(
            of: surface, density, places: places, weights: weights, holding: shares)
        #expect(areas.rows.map(\.share) == shares)
        var holes = 0
        for (row, next) in zip(areas.rows, areas.rows.dropFirst()) {
            #expect(row.density >= next.density)
            #expect(row.areaKM2 <= next.areaKM2)
            #expect(row.places <= next.places)
        }
        for row in areas.rows {
            #expect(try row.shape.validity().isValid)
            if case .multiPolygon(let polygons) = row.shape {
                holes += polygons.reduce(0) { $0 + $1.count - 1 }
            }
            let prepared = try PreparedArea(row.shape)
            for node in stride(from: 0, to: surface.densities.count, by: 7) {
                let columns = surface.longitudes.count
                let place = Position(
                    surface.longitudes[node % columns], surface.latitudes[node / columns])
                let value = surface.densities[node]
                // A node exactly at the level is drawn inside by a millionth of a cell.
                guard abs(value - row.density) > 1e-12 else { continue }
                #expect(try prepared.intersects(place) == (value > row.density))
            }
        }
        #expect(holes > 0)
    }

    @Test func `nothing, nothing that counts, a pole and too fine a grid`() async throws {
        let none = try KernelDensity(of: [], weights: [], bandwidth: .metres(9))
        let empty = try await DensitySurface(of: none, around: [], cell: .metres(1))
        #expect(empty.level(holding: 0.5) == nil)
        #expect(empty.area(above: 1) == nil)
        let place = [Position(127, 36)]
        let naught = try KernelDensity(of: place, weights: [0], bandwidth: .metres(900))
        let flat = try await DensitySurface(of: naught, around: place, cell: .metres(100))
        #expect(
            try DensityAreas(
                of: flat, naught, places: place, weights: [0], holding: [0.5]
            ).rows.isEmpty)
        let pole = [Position(0, 89.9)]
        let high = try KernelDensity(of: pole, weights: [1], bandwidth: .kilometres(9))
        await #expect(throws: AnalysisError.self) {
            try await DensitySurface(of: high, around: pole, cell: .kilometres(1))
        }
        let wide = try KernelDensity(of: place, weights: [1], bandwidth: .kilometres(90))
        await #expect(throws: AnalysisError.self) {
            try await DensitySurface(of: wide, around: place, cell: .metres(1))
        }
        #expect(throws: AnalysisError.self) {
            try KernelDensity(of: place, weights: [1], bandwidth: .metres(0))
        }
    }
}
