import Geometry

/// Runs one operation the way GEOS's own `xmltester` does, through our interface only.
extension XMLOperation {
    /// What went wrong: `nil` where the answer is the expected one.
    func failure() -> String? {
        do {
            return try run()
        } catch {
            return expected == "exception" ? nil : "error: \(error.problem)"
        }
    }

    /// Whether the answer of an overlay is the expected one but for the pieces of its lines.
    func differsInPiecesOnly() throws -> Bool {
        let shapes = (try shape(a), try b.map { try shape($0) })
        let swapped = arguments["arg1"]?.uppercased() == "B"
        let first = swapped ? shapes.1 ?? .collection([]) : shapes.0
        let second = swapped ? shapes.0 : shapes.1
        let answer = try second.flatMap { try overlay(first, $0) } ?? unary(first)
        return try answer.map { try Self.haveSameParts($0, shape(expected)) } ?? false
    }

    private func run() throws(GeometryError) -> String? {
        let shapes = (try shape(a), try b.map { text throws(GeometryError) in try shape(text) })
        // `arg1="B"` swaps the two.
        let swapped = arguments["arg1"]?.uppercased() == "B"
        guard let first = swapped ? shapes.1 : shapes.0 else { return "there is no b" }
        let second = swapped ? shapes.0 : shapes.1
        if let second, let answer = try predicate(first, second) { return compare(answer) }
        if let second, let result = try overlay(first, second) { return try compare(result) }
        if let result = try unary(first) { return try compare(result) }
        switch name {
        case "isvalid": return compare(try first.validity().isValid)
        case "issimple": return compare(try first.isSimple())
        case "minclearance":
            return compare(min(try first.minimumClearance(), .greatestFiniteMagnitude))
        case "unionarea": return compare(try first.dissolved().planarArea())
        case "distance":
            guard let second else { return "there is no b" }
            // The files say inf for the distance to an empty shape, where we say that there is none.
            return compare(try first.planarDistance(to: second) ?? .infinity)
        case "buffer", "buffermitredjoin": return try compareBuffer(of: first)
        case "areatest":
            guard let second else { return "there is no b" }
            return try areaTest(first, second)
        default: return "unknown operation"
        }
    }

    // MARK: Operations

    private func predicate(_ a: Shape, _ b: Shape) throws(GeometryError) -> Bool? {
        if isPrepared {
            switch name {
            case "contains": return try PreparedArea(a).contains(b)
            case "covers": return try PreparedArea(a).covers(b)
            case "intersects": return try PreparedArea(a).intersects(b)
            default: break
            }
        }
        switch name {
        case "relate": return try a.relate(b, pattern: arguments["arg3"] ?? "")
        case "intersects": return try a.intersects(b)
        case "contains": return try a.contains(b)
        case "overlaps": return try a.overlaps(b)
        case "within": return try a.within(b)
        case "touches": return try a.touches(b)
        case "crosses": return try a.crosses(b)
        case "disjoint": return try a.disjoint(b)
        case "covers": return try a.covers(b)
        case "coveredby": return try a.coveredBy(b)
        case "equalstopo": return try a.equals(b)
        case "equalsexact": return try a.equalsExactly(b)
        case "equalsnorm": return try a.normalized().equalsExactly(b.normalized())
        case "iswithindistance":
            return try a.isWithinPlanarDistance(argument("arg3") ?? .nan, of: b)
        default: return nil
        }
    }

    private func overlay(_ a: Shape, _ b: Shape) throws(GeometryError) -> Shape? {
        let grid = gridSize
        switch name {
        case "intersection", "intersectionng", "intersectionsr":
            return try a.intersection(b, gridSize: grid)
        case "union", "unionng", "unionsr": return try a.union(b, gridSize: grid)
        case "difference", "differenceng", "differencesr":
            return try a.difference(b, gridSize: grid)
        case "symdifference", "symdifferenceng", "symdifferencesr":
            return try a.symmetricDifference(b, gridSize: grid)
        default: return nil
        }
    }

    private func unary(_ a: Shape) throws(GeometryError) -> Shape? {
        switch name {
        case "union", "unionng", "unionsr": return try a.dissolved(gridSize: gridSize)
        case "densify": return try a.densified(planarMaxLength: argument("arg2") ?? .nan)
        case "getboundary": return try a.boundary()
        case "getcentroid": return .point(try a.centroid() ?? .empty)
        case "getinteriorpoint": return .point(try a.interiorPoint() ?? .empty)
        case "convexhull": return try a.convexHull()
        case "minclearanceline": return try a.minimumClearanceLine()
        case "simplifydp": return try a.simplified(tolerance: argument("arg2") ?? .nan)
        case "simplifytp":
            return try a.simplifiedPreservingTopology(tolerance: argument("arg2") ?? .nan)
        default: return nil
        }
    }

    private func argument(_ name: String) -> Double? { arguments[name].flatMap { Double($0) } }

    /// The spacing of the grid: of an operation with snap rounding its last argument, otherwise of
    /// the file's precision model.
    private var gridSize: Double? {
        guard name.hasSuffix("sr") else { return scale.map { 1 / $0 } }
        return 1 / (argument(b == nil ? "arg2" : "arg3") ?? 1)
    }

    // MARK: Shapes

    private func shape(_ text: String) throws(GeometryError) -> Shape {
        // One file has a stray apostrophe behind a geometry.
        let text = text.hasSuffix("'") ? String(text.dropLast()) : text
        let shape =
            text.hasPrefix("0")
            ? try WellKnownBinary.decode(XMLOperation.bytes(hex: text)) : try Shape(wkt: text)
        guard let scale else { return shape }
        // As a fixed precision model reads them: halves go up.
        return shape.mapPositions {
            Position(
                ($0.x * scale + 0.5).rounded(.down) / scale,
                ($0.y * scale + 0.5).rounded(.down) / scale, $0.z)
        }
    }

    private static func bytes(hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(digits[$0] * 16 + digits[$0 + 1])
        }
    }

    // MARK: Comparison

    private func compare(_ answer: Bool) -> String? {
        "\(answer)" == expected ? nil : "\(answer) instead of \(expected)"
    }

    private func compare(_ answer: Double) -> String? {
        guard let value = Double(expected) else { return "\(expected) is no number" }
        // The files give some answers to 6 digits only.
        let agrees = value == answer || abs(value - answer) <= 1e-6 * abs(value)
        return agrees ? nil : "\(answer) instead of \(expected)"
    }

    private func compare(_ answer: Shape) throws(GeometryError) -> String? {
        let wanted = try shape(expected)
        if answer.kind == wanted.kind,
            try answer.normalized().equalsExactly(wanted.normalized())
        {
            return nil
        }
        if name.hasPrefix("union"), try isGoodEnoughUnion(answer, wanted) { return nil }
        return "\(answer.wkt().prefix(400)) instead of \(wanted.wkt().prefix(400))"
    }

    /// GEOS's `checkOverlaySuccess`, which its tester uses for unions only: any two empty shapes, the
    /// same set of positions, or positions that differ by less than 1e-9 of the extent.
    private func isGoodEnoughUnion(_ a: Shape, _ b: Shape) throws(GeometryError) -> Bool {
        guard let box = b.envelope else { return a.isEmpty }
        if try a.equals(b) { return true }
        return try a.normalized().equalsExactly(
            b.normalized(), tolerance: min(box.width, box.height) * 1e-9)
    }

    /// Whether two shapes hold the same areas, lines and points, though perhaps in other pieces.
    static func haveSameParts(_ a: Shape, _ b: Shape) throws(GeometryError) -> Bool {
        guard a.polygons.isEmpty == b.polygons.isEmpty, a.lines.isEmpty == b.lines.isEmpty
        else { return false }
        if !a.polygons.isEmpty {
            let areas = (Shape.multiPolygon(a.polygons), Shape.multiPolygon(b.polygons))
            guard try areas.0.normalized().equalsExactly(areas.1.normalized()) else { return false }
        }
        if !a.lines.isEmpty {
            let lines = (Shape.multiLineString(a.lines), Shape.multiLineString(b.lines))
            let isEqual = try lines.0.equals(lines.1)
            guard try isEqual ? true : nearlyCoincide(lines.0, lines.1) else { return false }
        }
        return Set(a.points) == Set(b.points)
    }

    /// Whether lines are of one length and all their positions on each other, but for the last
    /// digits of crossings.
    private static func nearlyCoincide(_ a: Shape, _ b: Shape) throws(GeometryError) -> Bool {
        let lengths = (try a.planarLength(), try b.planarLength())
        guard abs(lengths.0 - lengths.1) < 1e-6 * lengths.1 else { return false }
        for (line, other) in [(a, b), (b, a)] {
            for position in line.allPositions {
                let far = try other.planarDistance(to: .point(position)) ?? .infinity
                guard far < 1e-9 else { return false }
            }
        }
        return true
    }

    /// GEOS's `BufferResultMatcher`: hardly any area apart, and the borders near each other.
    private func compareBuffer(of shape: Shape) throws(GeometryError) -> String? {
        let width = argument("arg2") ?? .nan
        let segments = argument("arg3").map { Int($0) } ?? 8
        let answer = try shape.planarBuffer(
            width: width, quadrantSegments: segments,
            join: name == "buffermitredjoin" ? .mitre : .round)
        let wanted = try self.shape(expected)
        guard answer.kind == wanted.kind else {
            return "\(answer.wkt().prefix(400)) instead of \(wanted.wkt().prefix(400))"
        }
        if answer.isEmpty, wanted.isEmpty { return nil }
        let apart = try answer.symmetricDifference(wanted).planarArea()
        let area = try wanted.planarArea()
        guard apart <= 0 || apart < 1e-3 * area else { return "\(apart) of \(area) apart" }
        let border = try wanted.boundary()
        let step = max(try answer.planarLength() / 1000, 1e-9)
        for position in try answer.densified(planarMaxLength: step).allPositions {
            let far = try border.planarDistance(to: .point(position)) ?? .infinity
            guard far <= abs(width) / 100 + 1e-9 else { return "the border is \(far) off" }
        }
        return nil
    }

    private func areaTest(_ a: Shape, _ b: Shape) throws(GeometryError) -> String? {
        let common = try a.intersection(b).planarArea()
        let onlyA = try a.difference(b).planarArea()
        let onlyB = try b.difference(a).planarArea()
        let either = try a.symmetricDifference(b).planarArea()
        let all = try a.union(b).planarArea()
        let worst =
            [
                try a.planarArea() - common - onlyA, try b.planarArea() - common - onlyB,
                onlyA + onlyB - either, common + either - all,
            ].map(abs).max() ?? 0
        return worst <= Double(expected) ?? 0 ? nil : "areas differ by \(worst)"
    }
}

extension Shape {
    fileprivate var allPositions: [Position] {
        var positions: [Position] = []
        forEachPosition { positions.append($0) }
        return positions
    }
}
