import Features
import Geometry

/// Turns expressions into functions of a row.
struct CQLBinder {
    typealias Condition = (Int) throws(CQLError) -> Bool?

    let batch: FeatureBatch

    func condition(_ expression: CQLExpression) throws(CQLError) -> Condition {
        switch expression.kind {
        case .and(let parts):
            let conditions = try conditions(parts)
            return { (row) throws(CQLError) in
                var result: Bool? = true
                for condition in conditions {
                    switch try condition(row) {
                    case false: return false
                    case nil: result = nil
                    default: break
                    }
                }
                return result
            }
        case .or(let parts):
            let conditions = try conditions(parts)
            return { (row) throws(CQLError) in
                var result: Bool? = false
                for condition in conditions {
                    switch try condition(row) {
                    case true: return true
                    case nil: result = nil
                    default: break
                    }
                }
                return result
            }
        case .not(let part):
            let condition = try condition(part)
            return { (row) throws(CQLError) in try condition(row).map { !$0 } }
        case .truth(let isTrue): return { (_) throws(CQLError) in isTrue }
        case .property(let name):
            switch try operand(expression) {
            case .truth(let value): return { (row) throws(CQLError) in value(row) }
            case .mixed(let value):
                return { (row) throws(CQLError) in
                    if case .bool(let isTrue) = value(row) { isTrue } else { nil }
                }
            case let other:
                throw CQLError(
                    at: expression.place,
                    "expected a condition, found \"\(name)\", which holds \(other.words)")
            }
        case .comparison(let comparison, let a, let b): return try compare(comparison, a, b)
        case .between(let value, let low, let high):
            let above = try compare(.atLeast, value, low)
            let below = try compare(.atMost, value, high)
            return { (row) throws(CQLError) in
                let (isAbove, isBelow) = (try above(row), try below(row))
                if isAbove == false || isBelow == false { return false }
                return isAbove == nil || isBelow == nil ? nil : true
            }
        case .like(let value, let pattern): return try like(value, pattern)
        case .among(let value, let list): return try among(value, list)
        case .isNull(let part):
            let hasValue = try presence(part)
            return { (row) throws(CQLError) in !hasValue(row) }
        case .spatial(let relation, let a, let b): return try spatial(relation, a, b)
        case .near(let a, let b, let metres): return try near(a, b, metres)
        case .temporal(let relation, let a, let b):
            let (left, right) = (try time(a), try time(b))
            return { (row) throws(CQLError) in
                guard let a = left(row), let b = right(row) else { return nil }
                return relation.isMet(a, b)
            }
        default:
            throw CQLError(
                at: expression.place, "expected a condition, found \(expression.kind.words)")
        }
    }

    private func conditions(_ parts: [CQLExpression]) throws(CQLError) -> [Condition] {
        var conditions: [Condition] = []
        for part in parts { conditions.append(try condition(part)) }
        return conditions
    }

    /// Whether there is a value.
    private func presence(_ part: CQLExpression) throws(CQLError) -> (Int) -> Bool {
        switch part.kind {
        case .box(let sides):
            _ = try CQLBox.shape(sides, at: part.place)
            return { _ in true }
        case .geometry, .date, .timestamp, .interval: return { _ in true }
        default: break
        }
        return switch try operand(part) {
        case .integer(let value): { value($0) != nil }
        case .number(let value): { value($0) != nil }
        case .text(let value): { value($0) != nil }
        case .truth(let value): { value($0) != nil }
        case .time(let value): { value($0) != nil }
        case .geometry(let value): { value($0) != nil }
        case .mixed(let value): { !value($0).isNull }
        }
    }

    // MARK: Comparisons

    private func compare(
        _ comparison: CQLComparison, _ a: CQLExpression, _ b: CQLExpression
    ) throws(CQLError) -> Condition {
        let order = try order(a, b, isEquality: comparison == .equal || comparison == .unequal)
        return { (row) throws(CQLError) in order(row).map(comparison.isMet) }
    }

    /// The order of two values, -1, 0 or 1.
    private func order(
        _ a: CQLExpression, _ b: CQLExpression, isEquality: Bool
    ) throws(CQLError) -> (Int) -> Int? {
        func ordered<Value: Comparable>(
            _ a: @escaping (Int) -> Value?, _ b: @escaping (Int) -> Value?
        ) -> (Int) -> Int? {
            { row in
                guard let a = a(row), let b = b(row) else { return nil }
                return a < b ? -1 : a == b ? 0 : 1
            }
        }
        if a.kind.isTime || b.kind.isTime {
            let (left, right) = (try time(a), try time(b))
            return { row in
                guard let a = left(row), let b = right(row) else { return nil }
                return CQLTime.order(a, b)
            }
        }
        let (left, right) = (try operand(a), try operand(b))
        switch (left, right) {
        case (.integer(let a), .integer(let b)): return ordered(a, b)
        case (.text(let a), .text(let b)): return ordered(a, b)
        case (.truth(let a), .truth(let b)) where isEquality:
            return ordered({ a($0).map { $0 ? 1 : 0 } }, { b($0).map { $0 ? 1 : 0 } })
        case (.mixed(let a), .mixed(let b)):
            return { Self.order(a($0), b($0)) }
        case (.mixed(let a), _):
            guard let b = right.cell else { break }
            return { Self.order(a($0), b($0)) }
        case (_, .mixed(let b)):
            guard let a = left.cell else { break }
            return { Self.order(a($0), b($0)) }
        default:
            if let a = left.number, let b = right.number { return ordered(a, b) }
        }
        throw CQLError(
            at: b.place,
            "\(a.kind.words), \(left.words), cannot be compared with \(b.kind.words), "
                + right.words)
    }

    /// The order of two cells of one kind; `nil` where they are of different kinds.
    private static func order(_ a: Value, _ b: Value) -> Int? {
        switch (a, b) {
        case (.int(let a), .int(let b)): return a < b ? -1 : a == b ? 0 : 1
        case (.string(let a), .string(let b)): return a < b ? -1 : a == b ? 0 : 1
        case (.bool(let a), .bool(let b)): return a == b ? 0 : a ? 1 : -1
        default:
            guard let a = a.number, let b = b.number else { return nil }
            return a < b ? -1 : a == b ? 0 : a > b ? 1 : nil
        }
    }

    private func among(
        _ value: CQLExpression, _ list: [CQLExpression]
    ) throws(CQLError) -> Condition {
        let texts: [String] = list.compactMap {
            if case .text(let text) = $0.kind { text } else { nil }
        }
        if texts.count == list.count, case .text(let value) = try operand(value) {
            let wanted = Set(texts)
            return { (row) throws(CQLError) in value(row).map(wanted.contains) }
        }
        var orders: [(Int) -> Int?] = []
        for item in list { orders.append(try order(value, item, isEquality: true)) }
        return { (row) throws(CQLError) in
            var result: Bool? = false
            for order in orders {
                switch order(row) {
                case 0: return true
                case nil: result = nil
                default: break
                }
            }
            return result
        }
    }

    private func like(
        _ value: CQLExpression, _ pattern: CQLExpression
    ) throws(CQLError) -> Condition {
        guard let text = try operand(value).textual else {
            throw CQLError(
                at: value.place,
                "LIKE asks for a text, found \(value.kind.words), \(try operand(value).words)")
        }
        var part = pattern
        var isCaseless = false
        while case .caseless(let inner) = part.kind {
            part = inner
            isCaseless = true
        }
        guard case .text(let written) = part.kind else {
            throw CQLError(at: part.place, "expected a pattern, found \(part.kind.words)")
        }
        let matcher = LikePattern(
            isCaseless ? LikePattern.folded(written) : written, escape: "\\")
        return { (row) throws(CQLError) in text(row).map(matcher.matches) }
    }
}

extension CQLExpression.Kind {
    /// Whether it is a time by its form.
    var isTime: Bool {
        switch self {
        case .date, .timestamp, .interval: true
        default: false
        }
    }
}
