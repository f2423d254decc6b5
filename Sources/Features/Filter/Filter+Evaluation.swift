extension Filter {
    /// The rows of a batch that meet the condition.
    ///
    /// - Parameter batch: The features.
    /// - Returns: Their rows, from 0, in order.
    /// - Throws: ``FilterError`` that points at the name of an attribute that the features lack.
    /// - Complexity: O(n) for n features.
    public func rows(of batch: FeatureBatch) throws(FilterError) -> [Int] {
        let known = batch.columns.map(\.name)
        for (name, column) in names where batch[name] == nil {
            let near = Spelling.nearest(to: name, in: known)
            throw FilterError(
                text: text, column: column, reason: "there is no attribute \"\(name)\"",
                remedy: near.map { "did you mean \"\($0)\"?" }
                    ?? (known.isEmpty
                        ? "the features have no attributes"
                        : "the attributes are \(known.joined(separator: ", "))"))
        }
        let columns = Dictionary(
            uniqueKeysWithValues: names.keys.compactMap { name in batch[name].map { (name, $0) } })
        return (0..<batch.count).filter { Self.holds(condition, $0, columns) == true }
    }

    /// Whether a condition holds; `nil` where null decides.
    private static func holds(
        _ condition: Condition, _ row: Int, _ columns: [String: Column]
    ) -> Bool? {
        func value(_ operand: Operand) -> Value {
            switch operand {
            case .value(let value): value
            case .attribute(let name): columns[name]?[row].plain ?? .null
            }
        }
        switch condition {
        case .not(let inner): return holds(inner, row, columns).map { !$0 }
        case .and(let a, let b):
            let left = holds(a, row, columns)
            if left == false { return false }
            let right = holds(b, row, columns)
            return right == false ? false : left == nil || right == nil ? nil : true
        case .or(let a, let b):
            let left = holds(a, row, columns)
            if left == true { return true }
            let right = holds(b, row, columns)
            return right == true ? true : left == nil || right == nil ? nil : false
        case .isNull(let operand): return value(operand).isNull
        case .truth(let operand):
            switch value(operand) {
            case .null: return nil
            case .bool(let isTrue): return isTrue
            case let other: return other.number.map { $0 != 0 } ?? false
            }
        case .comparison(let a, let comparison, let b):
            return compare(value(a), value(b)).map { meets(comparison, $0) }
        case .between(let operand, let low, let high):
            let middle = value(operand)
            guard let above = compare(middle, value(low)), let below = compare(middle, value(high))
            else { return nil }
            return above >= 0 && below <= 0
        case .among(let operand, let list):
            let left = value(operand)
            guard !left.isNull else { return nil }
            var hasNull = false
            for item in list {
                guard let order = compare(left, value(item)) else {
                    hasNull = true
                    continue
                }
                if order == 0 { return true }
            }
            return hasNull ? nil : false
        case .like(let operand, let pattern, let ignoresCase):
            let left = value(operand)
            guard !left.isNull else { return nil }
            let text = left.description
            return pattern.matches(ignoresCase ? LikePattern.folded(text) : text)
        }
    }

    private static func meets(_ comparison: Comparison, _ order: Int) -> Bool {
        switch comparison {
        case .equal: order == 0
        case .unequal: order != 0
        case .less: order < 0
        case .atMost: order <= 0
        case .more: order > 0
        case .atLeast: order >= 0
        }
    }

    /// The order of two values, -1, 0 or 1, and none where one is null.
    ///
    /// A number and a text that writes one are compared as numbers, all else of different kinds as
    /// texts.
    private static func compare(_ a: Value, _ b: Value) -> Int? {
        if a.isNull || b.isNull { return nil }
        if case .int(let x) = a, case .int(let y) = b { return x < y ? -1 : x > y ? 1 : 0 }
        if let x = a.number ?? (b.number == nil ? nil : Double(a.description)),
            let y = b.number ?? (a.number == nil ? nil : Double(b.description))
        {
            return x < y ? -1 : x > y ? 1 : 0
        }
        let (x, y) = (a.description, b.description)
        return x == y ? 0 : x < y ? -1 : 1
    }
}
