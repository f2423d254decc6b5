import Geometry

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The boxes that features must touch for a filter to be true of them.
enum ImpliedBoxes {
    /// More boxes are joined into one.
    private static let most = 8

    /// The boxes of which each feature that is kept touches one; `nil` for anywhere.
    static func of(_ expression: CQLExpression) -> [Envelope]? {
        switch expression.kind {
        case .and(let parts):
            // Each is true of all that are kept: the smallest does best.
            return parts.compactMap(of).min { area($0) < area($1) }
        case .or(let parts):
            var all: [Envelope] = []
            for part in parts {
                guard let boxes = of(part) else { return nil }
                all += boxes
            }
            guard all.count > most else { return all }
            return all.dropFirst().reduce(all.first) { $0?.union($1) }.map { [$0] }
        case .spatial(let relation, let a, let b):
            guard relation != .disjoint, let shape = shape(a, b) else { return nil }
            if case .multiPolygon(let polygons) = shape, polygons.count <= most {
                return polygons.compactMap { Shape.polygon($0).envelope }
            }
            return shape.envelope.map { [$0] }
        case .near(let a, let b, let metres):
            guard let shape = shape(a, b) else { return nil }
            switch metres.kind {
            case .integer(let metres): return around(shape, metres: Double(metres))
            case .number(let metres): return around(shape, metres: metres)
            default: return nil
            }
        default: return nil
        }
    }

    /// The literal beside the geometry of features.
    private static func shape(_ a: CQLExpression, _ b: CQLExpression) -> Shape? {
        func literal(_ part: CQLExpression) -> Shape? {
            switch part.kind {
            case .geometry(let shape): shape
            case .box(let sides): try? CQLBox.shape(sides, at: part.place)
            default: nil
            }
        }
        func isAttribute(_ part: CQLExpression) -> Bool {
            if case .property = part.kind { true } else { false }
        }
        if isAttribute(a) { return literal(b) }
        return isAttribute(b) ? literal(a) : nil
    }

    private static func area(_ boxes: [Envelope]) -> Double {
        boxes.reduce(0) { $0 + $1.width * $1.height }
    }

    /// The boxes around all that is at most so far away; `nil` for anywhere.
    static func around(_ shape: Shape, metres: Double) -> [Envelope]? {
        guard let box = shape.envelope else { return nil }
        // A degree of latitude is nowhere shorter than 110.5 km.
        let north = metres / 110_000 + 1e-6
        let (south, top) = (box.minY - north, box.maxY + north)
        let highest = max(south.magnitude, top.magnitude)
        guard highest < 89 else { return nil }
        let east = metres / (110_000 * cos(highest * .pi / 180)) + 1e-6
        let (west, right) = (box.minX - east, box.maxX + east)
        guard right - west < 360 else { return nil }
        func part(_ west: Double, _ east: Double) -> Envelope {
            Envelope(minX: west, minY: south, maxX: east, maxY: top)
        }
        var boxes = [part(max(west, -180), min(right, 180))]
        if west < -180 { boxes.append(part(west + 360, 180)) }
        if right > 180 { boxes.append(part(-180, right - 360)) }
        return boxes
    }
}
