import Features
import Geometry

extension CQLBinder {
    /// A geometry of each row, or one for all.
    private enum Place {
        case fixed(Shape, at: CQLPlace)
        case changing((Int) -> Shape?)
    }

    private func place(_ expression: CQLExpression) throws(CQLError) -> Place {
        switch expression.kind {
        case .geometry(let shape):
            return .fixed(try Self.checked(shape, expression), at: expression.place)
        case .box(let sides):
            let shape = try CQLBox.shape(sides, at: expression.place)
            return .fixed(try Self.checked(shape, expression), at: expression.place)
        default:
            guard case .geometry(let shape) = try operand(expression) else {
                throw CQLError(
                    at: expression.place,
                    "expected a geometry, found \(expression.kind.words), "
                        + (try operand(expression).words))
            }
            return .changing(shape)
        }
    }

    /// A shape of a filter, where it is valid and on the globe.
    private static func checked(
        _ shape: Shape, _ expression: CQLExpression
    ) throws(CQLError) -> Shape {
        var outside: Position?
        shape.forEachPosition { if !$0.isOnGlobe { outside = outside ?? $0 } }
        if let outside {
            throw CQLError(
                at: expression.place, "the position \(outside) lies off the globe",
                remedy: "longitudes are -180 to 180 and latitudes -90 to 90, longitude first "
                    + "unless the system of the filter has it otherwise")
        }
        // A box without width or height is a line or a point, as good as any.
        if case .box = expression.kind { return CQLBox.simplest(shape) }
        let validity = try told(expression.place) { () throws(GeometryError) in
            try shape.validity()
        }
        guard validity.isValid else {
            throw CQLError(
                at: expression.place,
                "the geometry is invalid: \(validity.reason ?? "unknown reason")"
                    + (validity.place.map { " at \($0)" } ?? ""))
        }
        return shape
    }

    func spatial(
        _ relation: CQLSpatialRelation, _ a: CQLExpression, _ b: CQLExpression
    ) throws(CQLError) -> Condition {
        switch (try place(a), try place(b)) {
        case (.changing(let first), .fixed(let shape, let place)):
            return try Self.fixed(relation, first, shape, place)
        case (.fixed(let shape, let place), .changing(let second)):
            return try Self.fixed(relation.turned, second, shape, place)
        case (.fixed(let first, let place), .fixed(let second, _)):
            let answer = try Self.told(place) { () throws(GeometryError) in
                try relation.holds(first, second)
            }
            return { (_) throws(CQLError) in answer }
        case (.changing(let first), .changing(let second)):
            return { (row) throws(CQLError) in
                guard let a = first(row), let b = second(row) else { return nil }
                return try Self.told(.none) { () throws(GeometryError) in
                    try relation.holds(a, b)
                }
            }
        }
    }

    /// A relation to one shape for all rows, which is prepared once.
    private static func fixed(
        _ relation: CQLSpatialRelation, _ value: @escaping (Int) -> Shape?, _ shape: Shape,
        _ place: CQLPlace
    ) throws(CQLError) -> Condition {
        let area = try told(place) { () throws(GeometryError) in try PreparedArea(shape) }
        let box = area.envelope
        return { (row) throws(CQLError) in
            guard let other = value(row) else { return nil }
            guard let box, let envelope = other.envelope, BoxMeeting.meet(box, envelope) else {
                return relation == .disjoint
            }
            return try told(place) { () throws(GeometryError) in
                switch relation {
                case .intersects: try area.intersects(other)
                case .disjoint: try !area.intersects(other)
                case .within: try area.contains(other)
                default: try relation.holds(other, shape)
                }
            }
        }
    }

    private static func told<Answer>(
        _ place: CQLPlace, _ ask: () throws(GeometryError) -> Answer
    ) throws(CQLError) -> Answer {
        do throws(GeometryError) {
            return try ask()
        } catch {
            throw CQLError(at: place, "how the geometries lie cannot be told: \(error.problem)")
        }
    }

    // MARK: Distance

    func near(
        _ a: CQLExpression, _ b: CQLExpression, _ metres: CQLExpression
    ) throws(CQLError) -> Condition {
        let limit: Double
        switch metres.kind {
        case .integer(let number): limit = Double(number)
        case .number(let number): limit = number
        default:
            throw CQLError(at: metres.place, "expected a number of metres")
        }
        let value: (Int) -> Shape?
        let shape: Shape
        let at: CQLPlace
        switch (try place(a), try place(b)) {
        case (.changing(let changing), .fixed(let fixed, let place)),
            (.fixed(let fixed, let place), .changing(let changing)):
            (value, shape, at) = (changing, fixed, place)
        default:
            throw CQLError(
                at: a.place, "S_DWITHIN asks for the geometry of features and one of its own")
        }
        let boxes = ImpliedBoxes.around(shape, metres: limit)
        let measured = try Self.told(at) { () throws(GeometryError) in try MeasuredShape(shape) }
        let target = try Self.told(at) { () throws(GeometryError) in try DistanceTarget(shape) }
        return { (row) throws(CQLError) in
            guard let other = value(row) else { return nil }
            guard let envelope = other.envelope else { return false }
            if let boxes, !boxes.contains(where: { BoxMeeting.meet($0, envelope) }) { return false }
            return try Self.told(at) { () throws(GeometryError) in
                if case .point(let position) = other {
                    return try target.distance(from: position).map { $0 <= limit } ?? false
                }
                guard let measured, let second = try MeasuredShape(other) else { return false }
                if second.leastDistance(to: measured) > limit { return false }
                return try second.distance(to: measured) <= limit
            }
        }
    }
}

/// Whether boxes share a position.
enum BoxMeeting {
    static func meet(_ a: Envelope, _ b: Envelope) -> Bool {
        a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY
    }
}

extension CQLSpatialRelation {
    /// The relation of the second to the first.
    var turned: CQLSpatialRelation {
        switch self {
        case .within: .contains
        case .contains: .within
        default: self
        }
    }

    /// Whether two shapes stand in the relation.
    func holds(_ a: Shape, _ b: Shape) throws(GeometryError) -> Bool {
        switch self {
        case .intersects: try a.intersects(b)
        case .disjoint: try a.disjoint(b)
        case .equals: try a.equals(b)
        case .touches: try a.touches(b)
        case .crosses: try a.crosses(b)
        case .within: try a.within(b)
        case .contains: try a.contains(b)
        case .overlaps: try a.overlaps(b)
        }
    }
}
