import Features
import Geometry

/// The geometries of a block while it is parsed: all coordinates in flat arrays, whatever the kinds.
///
/// A block of one kind becomes a column without a copy; a block of mixed kinds goes through shapes.
struct FlatGeometries: ~Copyable {
    private(set) var x = GrowingBuffer<Double>(capacity: 1024)
    private(set) var y = GrowingBuffer<Double>(capacity: 1024)
    /// Heights, NaN where a position has none; empty while none has one.
    private(set) var z = GrowingBuffer<Double>()
    /// Where rings (or the chains of a multi line string) end, after a first 0.
    var rings = [0]
    /// At which ring polygons of multipolygons end, after a first 0.
    var polygons = [0]
    private(set) var parts: [Part] = []
    private(set) var rows: [Row] = []

    /// A geometry that is no collection.
    struct Part {
        var kind: Shape.Kind
        var positions: Range<Int>
        var rings: Range<Int>
        var polygons: Range<Int>
    }

    /// The geometry of a feature, or of a member of a collection.
    enum Node {
        case null
        case part(Int)
        case collection([Node])
    }

    /// The geometry of a feature with its positions.
    struct Row {
        var node: Node
        var firstPosition: Int
    }

    /// A place to go back to.
    struct Mark {
        fileprivate var positions: Int
        fileprivate var rings: Int
        fileprivate var polygons: Int
        fileprivate var parts: Int
    }

    var mark: Mark {
        Mark(
            positions: x.count, rings: rings.count, polygons: polygons.count, parts: parts.count)
    }

    /// Forgets what came after a mark.
    mutating func goBack(to mark: Mark) {
        x.cut(to: mark.positions)
        y.cut(to: mark.positions)
        z.cut(to: mark.positions)
        rings.removeLast(rings.count - mark.rings)
        polygons.removeLast(polygons.count - mark.polygons)
        parts.removeLast(parts.count - mark.parts)
    }

    @inline(__always)
    mutating func append(_ x: Double, _ y: Double) {
        self.x.append(x)
        self.y.append(y)
        if !z.isEmpty { z.append(.nan) }
    }

    mutating func append(_ x: Double, _ y: Double, _ z: Double) {
        while self.z.count < self.x.count { self.z.append(.nan) }
        self.x.append(x)
        self.y.append(y)
        self.z.append(z)
    }

    /// Begins a geometry: where one of another kind, without rings, came before it, its coordinates
    /// are closed off as if they were a ring, so that the next ring starts behind them.
    mutating func beginPart(_ kind: Shape.Kind) -> Mark {
        switch kind {
        case .multiLineString, .polygon, .multiPolygon:
            if rings[rings.count - 1] != x.count { rings.append(x.count) }
        case .point, .multiPoint, .lineString, .collection: break
        }
        if kind == .multiPolygon, polygons[polygons.count - 1] != rings.count - 1 {
            polygons.append(rings.count - 1)
        }
        return mark
    }

    /// Ends a geometry whose coordinates began at a mark.
    mutating func endPart(_ kind: Shape.Kind, since mark: Mark) -> Node {
        parts.append(
            Part(
                kind: kind, positions: mark.positions..<x.count,
                rings: mark.rings - 1..<rings.count - 1,
                polygons: mark.polygons - 1..<polygons.count - 1))
        return .part(parts.count - 1)
    }

    /// Ends a feature whose coordinates began at a mark.
    mutating func endRow(_ node: Node, since mark: Mark) {
        rows.append(Row(node: node, firstPosition: mark.positions))
    }

    // MARK: Winding

    /// Twice the signed area of a ring, or 0 where it is too small to tell the sign.
    func turn(_ range: Range<Int>) -> Double {
        guard range.count > 3 else { return 0 }
        let x0 = x[range.lowerBound]
        let y0 = y[range.lowerBound]
        var area = 0.0
        var length = 0.0
        var (dx, dy) = (0.0, 0.0)
        for i in range.lowerBound + 1..<range.upperBound {
            let (nx, ny) = (x[i] - x0, y[i] - y0)
            area += dx * ny - nx * dy
            length += abs(nx - dx) + abs(ny - dy)
            (dx, dy) = (nx, ny)
        }
        return abs(area) <= length * 1e-13 ? 0 : area
    }

    mutating func reverse(_ range: Range<Int>) {
        x.reverse(range)
        y.reverse(range)
        if !z.isEmpty { z.reverse(range) }
    }

    /// The rings of an areal part with whether each is a hole.
    func forEachRing(
        of part: Part, _ body: (_ positions: Range<Int>, _ isHole: Bool) throws(Fault) -> Void
    ) throws(Fault) {
        switch part.kind {
        case .polygon:
            for ring in part.rings {
                try body(rings[ring]..<rings[ring + 1], ring > part.rings.lowerBound)
            }
        case .multiPolygon:
            for polygon in part.polygons {
                let first = polygons[polygon]
                for ring in first..<polygons[polygon + 1] {
                    try body(rings[ring]..<rings[ring + 1], ring > first)
                }
            }
        default: break
        }
    }

    // MARK: The column

    /// Replaces all coordinates.
    mutating func withCoordinates<Failure: Error>(
        _ body: (inout [Double], inout [Double]) throws(Failure) -> Void
    ) throws(Failure) {
        var (newX, newY) = (x.array, y.array)
        try body(&newX, &newY)
        for i in newX.indices { (x[i], y[i]) = (newX[i], newY[i]) }
    }

    /// The column of all rows.
    func column() -> GeometryColumn {
        var hasGaps = false
        for i in z.indices where z[i].isNaN { hasGaps = true }
        guard let kind = commonKind, !hasGaps else {
            var builder = GeometryColumnBuilder()
            for row in rows { builder.append(shape(row.node)) }
            return builder.finish()
        }
        var validity = Validity()
        let isAllValid = parts.count == rows.count
        if isAllValid {
            validity = Validity(repeating: true, count: rows.count)
        } else {
            for row in rows { validity.append(!row.node.isNull) }
        }
        var coordinates = GeometryColumn.Coordinates(
            x: x.array, y: y.array, z: z.isEmpty ? nil : z.array)
        if kind == .point {
            if !isAllValid || parts.count != x.count {
                coordinates = spreadPoints(hasHeights: !z.isEmpty)
            }
            return GeometryColumn(.points(coordinates), validity: validity)
        }
        var offsets = [0]
        offsets.reserveCapacity(rows.count + 1)
        for row in rows {
            guard case .part(let part) = row.node else {
                offsets.append(offsets[offsets.count - 1])
                continue
            }
            switch kind {
            case .multiPoint, .lineString: offsets.append(parts[part].positions.upperBound)
            case .polygon, .multiLineString: offsets.append(parts[part].rings.upperBound)
            default: offsets.append(parts[part].polygons.upperBound)
            }
        }
        return switch kind {
        case .multiPoint, .lineString:
            GeometryColumn(.chains(coordinates, offsets: offsets, kind: kind), validity: validity)
        case .polygon, .multiLineString:
            GeometryColumn(
                .rings(coordinates, rings: rings, offsets: offsets, kind: kind), validity: validity)
        default:
            GeometryColumn(
                .polygons(coordinates, rings: rings, polygons: polygons, offsets: offsets),
                validity: validity)
        }
    }

    /// The kind of all geometries; points where there are none, `nil` for mixed kinds.
    private var commonKind: Shape.Kind? {
        let kind = parts.first?.kind ?? .point
        for part in parts where part.kind != kind { return nil }
        for row in rows where row.node.isCollection { return nil }
        return kind
    }

    /// The coordinates of points with NaN for rows that have none.
    private func spreadPoints(hasHeights: Bool) -> GeometryColumn.Coordinates {
        var spread = GeometryColumn.Coordinates(z: hasHeights ? [] : nil)
        for row in rows {
            var at: Int?
            if case .part(let part) = row.node { at = parts[part].positions.first }
            guard let at else {
                spread.x.append(.nan)
                spread.y.append(.nan)
                spread.z?.append(.nan)
                continue
            }
            spread.x.append(x[at])
            spread.y.append(y[at])
            if hasHeights { spread.z?.append(z[at]) }
        }
        return spread
    }

    private func positions(_ range: Range<Int>) -> [Position] {
        var positions: [Position] = []
        positions.reserveCapacity(range.count)
        for i in range {
            positions.append(Position(x[i], y[i], z.isEmpty || z[i].isNaN ? nil : z[i]))
        }
        return positions
    }

    private func chains(_ range: Range<Int>) -> [[Position]] {
        var chains: [[Position]] = []
        for ring in range { chains.append(positions(rings[ring]..<rings[ring + 1])) }
        return chains
    }

    func shape(_ node: Node) -> Shape? {
        switch node {
        case .null: return nil
        case .collection(let nodes):
            var shapes: [Shape] = []
            for node in nodes { if let shape = shape(node) { shapes.append(shape) } }
            return .collection(shapes)
        case .part(let index):
            let part = parts[index]
            switch part.kind {
            case .point: return .point(positions(part.positions).first ?? .empty)
            case .multiPoint: return .multiPoint(positions(part.positions))
            case .lineString: return .lineString(positions(part.positions))
            case .multiLineString: return .multiLineString(chains(part.rings))
            case .polygon: return .polygon(chains(part.rings))
            default:
                var members: [[[Position]]] = []
                for polygon in part.polygons {
                    members.append(chains(polygons[polygon]..<polygons[polygon + 1]))
                }
                return .multiPolygon(members)
            }
        }
    }
}

extension FlatGeometries.Node {
    var isNull: Bool { if case .null = self { true } else { false } }
    var isCollection: Bool { if case .collection = self { true } else { false } }
}
