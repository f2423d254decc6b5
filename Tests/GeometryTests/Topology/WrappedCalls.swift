import Geometry

/// Every wrapped call of GEOS once, for tests that hold for all of them.
struct WrappedCalls: Sendable {
    let name: String
    let isAboutTwo: Bool
    let run: @Sendable (Shape, Shape) throws(GeometryError) -> Void

    static let all: [WrappedCalls] = [
        two("intersection") { a, b throws(GeometryError) in _ = try a.intersection(b) },
        two("union") { a, b throws(GeometryError) in _ = try a.union(b) },
        two("difference") { a, b throws(GeometryError) in _ = try a.difference(b) },
        two("symmetricDifference") { a, b throws(GeometryError) in
            _ = try a.symmetricDifference(b)
        },
        two("intersection on a grid") { a, b throws(GeometryError) in
            _ = try a.intersection(b, gridSize: 0.01)
        },
        two("union on a grid") { a, b throws(GeometryError) in
            _ = try a.union(b, gridSize: 0.01)
        },
        two("difference on a grid") { a, b throws(GeometryError) in
            _ = try a.difference(b, gridSize: 0.01)
        },
        two("symmetricDifference on a grid") { a, b throws(GeometryError) in
            _ = try a.symmetricDifference(b, gridSize: 0.01)
        },
        two("unionAll") { a, b throws(GeometryError) in _ = try Shape.unionAll([a, b, a]) },
        two("unionAll on a grid") { a, b throws(GeometryError) in
            _ = try Shape.unionAll([a, b], gridSize: 0.01)
        },
        two("covers") { a, b throws(GeometryError) in _ = try a.covers(b) },
        two("contains") { a, b throws(GeometryError) in _ = try a.contains(b) },
        two("coveredBy") { a, b throws(GeometryError) in _ = try a.coveredBy(b) },
        two("within") { a, b throws(GeometryError) in _ = try a.within(b) },
        two("intersects") { a, b throws(GeometryError) in _ = try a.intersects(b) },
        two("disjoint") { a, b throws(GeometryError) in _ = try a.disjoint(b) },
        two("touches") { a, b throws(GeometryError) in _ = try a.touches(b) },
        two("crosses") { a, b throws(GeometryError) in _ = try a.crosses(b) },
        two("overlaps") { a, b throws(GeometryError) in _ = try a.overlaps(b) },
        two("equals") { a, b throws(GeometryError) in _ = try a.equals(b) },
        two("equalsExactly") { a, b throws(GeometryError) in _ = try a.equalsExactly(b) },
        two("relate") { a, b throws(GeometryError) in _ = try a.relate(b) },
        two("relate pattern") { a, b throws(GeometryError) in
            _ = try a.relate(b, pattern: "T*F**FFF*")
        },
        two("planarDistance") { a, b throws(GeometryError) in _ = try a.planarDistance(to: b) },
        two("isWithinPlanarDistance") { a, b throws(GeometryError) in
            _ = try a.isWithinPlanarDistance(1, of: b)
        },
        two("prepared covers") { a, b throws(GeometryError) in _ = try PreparedArea(a).covers(b) },
        two("prepared contains") { a, b throws(GeometryError) in
            _ = try PreparedArea(a).contains(b)
        },
        two("prepared intersects") { a, b throws(GeometryError) in
            _ = try PreparedArea(a).intersects(b)
        },
        two("polygonize") { a, b throws(GeometryError) in _ = try Shape.polygonize(lines: [a, b]) },
        two("noded") { a, b throws(GeometryError) in _ = try Shape.noded(lines: [a, b]) },
        one("prepared position") { a throws(GeometryError) in
            let area = try PreparedArea(a)
            _ = try area.covers(Position(1, 1))
            _ = try area.contains(Position(1, 1))
            _ = try area.intersects(Position(1, 1))
        },
        one("validity") { a throws(GeometryError) in _ = try a.validity() },
        one("madeValid linework") { a throws(GeometryError) in _ = try a.madeValid(.linework) },
        one("madeValid structure") { a throws(GeometryError) in
            _ = try a.madeValid(.structure(keepCollapsed: true))
        },
        one("simplified") { a throws(GeometryError) in _ = try a.simplified(tolerance: 0.1) },
        one("simplifiedPreservingTopology") { a throws(GeometryError) in
            _ = try a.simplifiedPreservingTopology(tolerance: 0.1)
        },
        one("convexHull") { a throws(GeometryError) in _ = try a.convexHull() },
        one("boundary") { a throws(GeometryError) in _ = try a.boundary() },
        one("centroid") { a throws(GeometryError) in _ = try a.centroid() },
        one("interiorPoint") { a throws(GeometryError) in _ = try a.interiorPoint() },
        one("planarArea") { a throws(GeometryError) in _ = try a.planarArea() },
        one("planarLength") { a throws(GeometryError) in _ = try a.planarLength() },
        one("minimumClearance") { a throws(GeometryError) in _ = try a.minimumClearance() },
        one("minimumClearanceLine") { a throws(GeometryError) in
            _ = try a.minimumClearanceLine()
        },
        one("normalized") { a throws(GeometryError) in _ = try a.normalized() },
        one("isSimple") { a throws(GeometryError) in _ = try a.isSimple() },
        one("densified") { a throws(GeometryError) in _ = try a.densified(planarMaxLength: 0.5) },
        one("dissolved") { a throws(GeometryError) in _ = try a.dissolved() },
        one("planarBuffer") { a throws(GeometryError) in
            _ = try a.planarBuffer(width: 0.5, cap: .square, join: .mitre)
        },
        one("voronoi") { a throws(GeometryError) in
            _ = try a.voronoi()
            _ = try a.voronoi(within: Envelope(minX: 0, minY: 0, maxX: 9, maxY: 9))
        },
    ]

    private static func two(
        _ name: String, _ run: @escaping @Sendable (Shape, Shape) throws(GeometryError) -> Void
    ) -> WrappedCalls {
        WrappedCalls(name: name, isAboutTwo: true, run: run)
    }

    private static func one(
        _ name: String, _ run: @escaping @Sendable (Shape) throws(GeometryError) -> Void
    ) -> WrappedCalls {
        WrappedCalls(name: name, isAboutTwo: false) { (a, _) throws(GeometryError) in try run(a) }
    }
}
