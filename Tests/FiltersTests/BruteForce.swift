import Features
import Geometry

@testable import Filters

/// A second reading of what filters mean: one feature at a time, everything worked out anew.
enum BruteForce {
    static func truth(_ filter: CQLExpression, _ row: Int, _ batch: FeatureBatch) throws -> Bool? {
        func truth(_ part: CQLExpression) throws -> Bool? { try Self.truth(part, row, batch) }
        func value(_ part: CQLExpression) -> Value { Self.value(part, row, batch) }
        switch filter.kind {
        case .and(let parts):
            let all = try parts.map(truth)
            return all.contains(false) ? false : all.contains(nil) ? nil : true
        case .or(let parts):
            let all = try parts.map(truth)
            return all.contains(true) ? true : all.contains(nil) ? nil : false
        case .not(let part): return try truth(part).map { !$0 }
        case .property(let name):
            if case .bool(let isTrue) = batch[name]?[row] { return isTrue }
            return nil
        case .comparison(let comparison, let a, let b):
            return compare(value(a), comparison, value(b))
        case .between(let a, let low, let high):
            let both = [
                compare(value(a), .atLeast, value(low)), compare(value(a), .atMost, value(high)),
            ]
            return both.contains(false) ? false : both.contains(nil) ? nil : true
        case .among(let a, let list):
            let all = list.map { compare(value(a), .equal, value($0)) }
            return all.contains(true) ? true : all.contains(nil) ? nil : false
        case .isNull(let a): return value(a).isNull
        case .like(let a, let b):
            guard let text = value(a).text, let pattern = value(b).text else { return nil }
            return matches(Array(text)[...], Array(pattern)[...])
        case .temporal(let relation, let a, let b):
            guard let a = time(a, row, batch), let b = time(b, row, batch) else { return nil }
            return relates(relation, a, b)
        case .spatial(let relation, let a, let b):
            guard let a = shape(a, row, batch), let b = shape(b, row, batch) else { return nil }
            let matrix = Array(try a.relate(b))
            func fits(_ pattern: String) -> Bool {
                zip(matrix, pattern).allSatisfy {
                    $1 == "*" || $1 == "T" && $0 != "F" || $0 == $1
                }
            }
            let (m, n) = (a.dimension ?? 0, b.dimension ?? 0)
            return switch relation {
            case .disjoint: fits("FF*FF****")
            case .intersects: !fits("FF*FF****")
            case .equals: fits("T*F**FFF*")
            case .touches: fits("FT*******") || fits("F**T*****") || fits("F***T****")
            case .within: fits("T*F**F***")
            case .contains: fits("T*****FF*")
            case .crosses:
                m < n ? fits("T*T******") : m > n ? fits("T*****T**") : m == 1 && fits("0********")
            case .overlaps:
                m == n && (m == 1 ? fits("1*T***T**") : fits("T*T***T**"))
            }
        case .near(let a, let b, let metres):
            guard let a = shape(a, row, batch), let b = shape(b, row, batch) else { return nil }
            guard let first = try MeasuredShape(a), let second = try MeasuredShape(b) else {
                return nil
            }
            return try first.distance(to: second) <= value(metres).number ?? -1
        default: return nil
        }
    }

    private static func value(_ part: CQLExpression, _ row: Int, _ batch: FeatureBatch) -> Value {
        switch part.kind {
        case .property(let name): return batch[name]?[row] ?? .null
        case .text(let text): return .string(text)
        case .integer(let number): return .int(number)
        case .number(let number): return .double(number)
        case .caseless(let part):
            return value(part, row, batch).text.map { .string($0.lowercased()) } ?? .null
        case .arithmetic(let operation, let a, let b):
            guard let a = value(a, row, batch).number, let b = value(b, row, batch).number else {
                return .null
            }
            let result: Double
            switch operation {
            case .plus: result = a + b
            case .minus: result = a - b
            case .times: result = a * b
            case .over: result = a / b
            case .whole: result = (a / b).rounded(.towardZero)
            case .rest: result = b == 0 ? .nan : a - b * (a / b).rounded(.towardZero)
            case .power:
                // Whole exponents only, which is what the filters here have.
                var power = 1.0
                for _ in 0..<Int(b.magnitude) { power *= a }
                result = b < 0 ? 1 / power : power
            }
            return result.isFinite ? .double(result) : .null
        default: return .null
        }
    }

    private static func compare(_ a: Value, _ comparison: CQLComparison, _ b: Value) -> Bool? {
        func told<Of: Comparable>(_ a: Of, _ b: Of) -> Bool {
            switch comparison {
            case .equal: a == b
            case .unequal: a != b
            case .less: a < b
            case .atMost: a <= b
            case .more: a > b
            case .atLeast: a >= b
            }
        }
        if let a = a.number, let b = b.number { return told(a, b) }
        if let a = a.text, let b = b.text { return told(a, b) }
        return nil
    }

    private static func matches(_ text: ArraySlice<Character>, _ pattern: ArraySlice<Character>)
        -> Bool
    {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        switch first {
        case "%":
            return (0...text.count).contains { matches(text.dropFirst($0), rest) }
        case "_": return !text.isEmpty && matches(text.dropFirst(), rest)
        case "\\": return text.first == rest.first && matches(text.dropFirst(), rest.dropFirst())
        default: return text.first == first && matches(text.dropFirst(), rest)
        }
    }

    private static func shape(_ part: CQLExpression, _ row: Int, _ batch: FeatureBatch) -> Shape? {
        switch part.kind {
        case .geometry(let shape): shape
        case .box(let sides): try? CQLBox.shape(sides, at: .none)
        default: batch.geometry[row]
        }
    }

    /// A time as its ends, in days or in seconds.
    private typealias Ends = (start: Double, end: Double, isInDays: Bool)

    /// Only the days of June 15 and January 1, 2010 to 2013, and one noon, are known here.
    private static func time(_ part: CQLExpression, _ row: Int, _ batch: FeatureBatch) -> Ends? {
        func day(_ text: String) -> Double {
            let days = ["2010": 0.0, "2011": 365, "2012": 730, "2013": 1096]
            let isJune = text.contains("-06-15")
            let leap = text.hasPrefix("2012") ? 1.0 : 0
            return (days[String(text.prefix(4))] ?? 0) + (isJune ? 165 + leap : 0)
        }
        switch part.kind {
        case .property(let name):
            guard let text = batch[name]?[row].text else { return nil }
            return (day(text), day(text), true)
        case .date(let text): return (day(text), day(text), true)
        case .timestamp(let text):
            let noon = day(text) * 86400 + 43200
            return (noon, noon, false)
        case .interval(let a, let b):
            let start = time(a, row, batch)?.start ?? -.infinity
            return (start, time(b, row, batch)?.end ?? .infinity, true)
        default: return nil
        }
    }

    private static func relates(_ relation: CQLTemporalRelation, _ a: Ends, _ b: Ends) -> Bool {
        func inSeconds(_ ends: Ends) -> Ends {
            ends.isInDays
                ? (ends.start * 86400, ends.end * 86400 + 86400 - 1e-6, false) : ends
        }
        let isMixed = a.isInDays != b.isInDays
        let (a, b) = isMixed ? (inSeconds(a), inSeconds(b)) : (a, b)
        return switch relation {
        case .after: a.start > b.end
        case .before: a.end < b.start
        case .disjoint: a.start > b.end || b.start > a.end
        case .intersects: !(a.start > b.end || b.start > a.end)
        case .equals: a.start == b.start && a.end == b.end
        case .contains: a.start < b.start && b.end < a.end
        case .during: b.start < a.start && a.end < b.end
        case .finishedBy: a.start < b.start && a.end == b.end
        case .finishes: a.start > b.start && a.end == b.end
        case .meets: a.end == b.start
        case .metBy: b.end == a.start
        case .overlaps: a.start < b.start && b.start < a.end && a.end < b.end
        case .overlappedBy: b.start < a.start && a.start < b.end && b.end < a.end
        case .startedBy: a.start == b.start && b.end < a.end
        case .starts: a.start == b.start && a.end < b.end
        }
    }
}
