import Geometry

/// Puts expressions together and holds them to the limits, whatever they are read from.
struct CQLBuilder {
    let limits: CQLLimits
    private var nodes = 0
    private var positions = 0

    init(_ limits: CQLLimits) { self.limits = limits }

    /// Makes an expression.
    ///
    /// - Throws: ``CQLError`` where there are too many, or they stand in one another too deep, or
    ///   a part is of a kind that has no place there.
    mutating func make(
        _ kind: CQLExpression.Kind, _ place: CQLPlace
    ) throws(CQLError) -> CQLExpression {
        nodes += 1
        guard nodes <= limits.nodes else {
            throw CQLError(at: place, "the filter has more than \(limits.nodes) parts")
        }
        try Self.check(kind, place)
        let expression = CQLExpression(kind, at: place)
        guard expression.depth <= limits.depth else { throw tooDeep(place) }
        return expression
    }

    func tooDeep(_ place: CQLPlace) -> CQLError {
        CQLError(at: place, "the filter nests deeper than \(limits.depth)")
    }

    /// Makes a number.
    mutating func number(_ value: Double, _ place: CQLPlace) throws(CQLError) -> CQLExpression {
        guard value.isFinite else {
            throw CQLError(at: place, "a number is out of range")
        }
        if value == value.rounded(), value.magnitude < 9_007_199_254_740_992 {
            return try make(.integer(Int64(value)), place)
        }
        return try make(.number(value), place)
    }

    /// Makes a geometry.
    mutating func geometry(_ shape: Shape, _ place: CQLPlace) throws(CQLError) -> CQLExpression {
        positions += shape.positionCount
        guard positions <= limits.positions else {
            throw CQLError(
                at: place, "the geometries have more than \(limits.positions) positions",
                remedy: "simplify them")
        }
        guard !shape.isEmpty else {
            throw CQLError(at: place, "a geometry is empty")
        }
        var isFinite = true
        shape.forEachPosition { if !$0.isFinite { isFinite = false } }
        guard isFinite else { throw CQLError(at: place, "a position is not finite") }
        return try make(.geometry(shape), place)
    }

    /// Makes a box.
    mutating func box(_ sides: [Double], _ place: CQLPlace) throws(CQLError) -> CQLExpression {
        guard sides.count == 4 || sides.count == 6 else {
            throw CQLError(
                at: place, "a box has four numbers, or six with heights; found \(sides.count)")
        }
        guard sides.allSatisfy(\.isFinite) else {
            throw CQLError(at: place, "a side of a box is not finite")
        }
        return try make(.box(sides), place)
    }

    /// Makes a day.
    mutating func date(_ text: String, _ place: CQLPlace) throws(CQLError) -> CQLExpression {
        guard text.utf8.count == 10, CQLTime(day: text) != nil else {
            throw CQLError(
                at: place, "expected a day like 2020-06-30, found '\(text.prefix(40))'")
        }
        return try make(.date(text), place)
    }

    /// Makes an instant.
    mutating func timestamp(_ text: String, _ place: CQLPlace) throws(CQLError) -> CQLExpression {
        guard CQLTime(instant: text) != nil else {
            throw CQLError(
                at: place,
                "expected an instant like 2020-06-30T12:00:00Z, found '\(text.prefix(40))'")
        }
        return try make(.timestamp(text), place)
    }

    /// Makes an end of an interval out of a text.
    mutating func end(_ text: String, _ place: CQLPlace) throws(CQLError) -> CQLExpression {
        if text == ".." { return try make(.open, place) }
        return text.utf8.count <= 10 ? try date(text, place) : try timestamp(text, place)
    }

    private static func check(
        _ kind: CQLExpression.Kind, _ place: CQLPlace
    ) throws(CQLError) {
        func expect(
            _ part: CQLExpression, _ what: String, _ isRight: (CQLExpression.Kind) -> Bool
        ) throws(CQLError) {
            guard !isRight(part.kind) else { return }
            throw CQLError(at: part.place, "expected \(what), found \(part.kind.words)")
        }
        func isValue(_ kind: CQLExpression.Kind) -> Bool {
            switch kind {
            case .open, .geometry, .box, .interval: false
            default: !kind.isCondition
            }
        }
        switch kind {
        case .and(let parts), .or(let parts):
            for part in parts { try expect(part, "a condition", mayHold) }
        case .not(let part): try expect(part, "a condition", mayHold)
        case .comparison, .between, .among, .like:
            for part in kind.parts { try expect(part, "a value", isValue) }
        case .arithmetic:
            for part in kind.parts {
                try expect(part, "a number") {
                    switch $0 {
                    case .property, .integer, .number, .arithmetic: true
                    default: false
                    }
                }
            }
        case .caseless(let part):
            try expect(part, "a text") {
                switch $0 {
                case .property, .text, .caseless: true
                default: false
                }
            }
        case .isNull(let part):
            try expect(part, "an attribute or a value") { !$0.isCondition && $0 != .open }
        case .spatial(_, let a, let b), .near(let a, let b, _):
            for part in [a, b] {
                try expect(part, "a geometry") {
                    switch $0 {
                    case .property, .geometry, .box: true
                    default: false
                    }
                }
            }
            if case .near(_, _, let metres) = kind {
                try expect(metres, "a number of metres of at least 0") {
                    switch $0 {
                    case .integer(let metres): metres >= 0
                    case .number(let metres): metres >= 0
                    default: false
                    }
                }
            }
        case .temporal(_, let a, let b):
            for part in [a, b] {
                try expect(part, "a time") {
                    switch $0 {
                    case .property, .date, .timestamp, .interval: true
                    default: false
                    }
                }
            }
        case .interval(let a, let b):
            for part in [a, b] {
                try expect(part, "a day, an instant, an attribute or '..'") {
                    switch $0 {
                    case .property, .date, .timestamp, .open: true
                    default: false
                    }
                }
            }
            if let first = CQLTime(literal: a), let last = CQLTime(literal: b),
                CQLTime(from: first, to: last) == nil
            {
                throw CQLError(at: place, "an interval ends before it begins")
            }
        default: break
        }
    }

    /// Whether an expression can be a condition.
    static func mayHold(_ kind: CQLExpression.Kind) -> Bool {
        switch kind {
        case .property, .truth: true
        default: kind.isCondition
        }
    }
}

extension CQLTime {
    /// The time that a day or an instant is; `nil` for anything else.
    init?(literal: CQLExpression) {
        switch literal.kind {
        case .date(let text): self.init(day: text)
        case .timestamp(let text): self.init(instant: text)
        default: return nil
        }
    }
}
