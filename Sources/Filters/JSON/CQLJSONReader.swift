import Features
public import Formats
import Geometry

extension CQLExpression {
    /// Reads a filter written as CQL2 JSON (OGC 21-065r2, annex C).
    ///
    /// - Parameters:
    ///   - json: The filter: `{"op":"=","args":[{"property":"level"},"university"]}`.
    ///   - limits: How large it may be.
    /// - Throws: ``CQLError`` that names the value by a pointer.
    public init(json: JSONValue, limits: CQLLimits = CQLLimits()) throws(CQLError) {
        var reader = CQLJSONReader(builder: CQLBuilder(limits))
        let expression = try reader.expression(json, "", 0)
        guard CQLBuilder.mayHold(expression.kind) else {
            throw CQLError(
                at: .pointer(""), "expected a condition, found \(expression.kind.words)")
        }
        self = expression
    }

    /// Reads a filter written as CQL2 JSON.
    ///
    /// - Parameters:
    ///   - bytes: The JSON text in UTF-8.
    ///   - limits: How large it may be.
    /// - Throws: ``CQLError`` that names the value by a pointer.
    public init(
        jsonText bytes: some Collection<UInt8>, limits: CQLLimits = CQLLimits()
    ) throws(CQLError) {
        let json: JSONValue
        do throws(FormatError) {
            json = try JSONValue.parse(bytes, file: "the filter")
        } catch {
            throw CQLError(at: .none, error.description)
        }
        self = try CQLExpression(json: json, limits: limits)
    }
}

/// Reads CQL2 JSON.
struct CQLJSONReader {
    var builder: CQLBuilder

    mutating func expression(
        _ json: JSONValue, _ pointer: String, _ depth: Int
    ) throws(CQLError) -> CQLExpression {
        let place = CQLPlace.pointer(pointer)
        guard depth < builder.limits.depth else { throw builder.tooDeep(place) }
        switch json {
        case .null: throw CQLError(at: place, "null is no value of a filter", remedy: "use isNull")
        case .bool(let isTrue): return try builder.make(.truth(isTrue), place)
        case .int(let number): return try builder.make(.integer(number), place)
        case .double(let number): return try builder.number(number, place)
        case .string(let text): return try builder.make(.text(text), place)
        case .array:
            throw CQLError(at: place, "expected a condition or a value, found an array")
        case .object(let members):
            if let operation = json["op"] {
                guard let name = operation.string else {
                    throw CQLError(
                        at: .pointer(pointer + "/op"), "expected the name of an operation")
                }
                guard let args = json["args"]?.array else {
                    throw CQLError(
                        at: .pointer(pointer + "/args"), "expected an array of arguments")
                }
                return try operate(name, args, pointer, depth + 1)
            }
            if let name = json["property"] {
                guard let name = name.string else {
                    throw CQLError(at: .pointer(pointer + "/property"), "expected a name")
                }
                return try builder.make(.property(name), place)
            }
            if let date = json["date"] { return try builder.date(date.string ?? "", place) }
            if let instant = json["timestamp"] {
                return try builder.timestamp(instant.string ?? "", place)
            }
            if let interval = json["interval"] {
                return try self.interval(interval, pointer + "/interval", depth + 1, place)
            }
            if let sides = json["bbox"] {
                let numbers = sides.array?.compactMap(\.number) ?? []
                guard numbers.count == sides.array?.count else {
                    throw CQLError(at: .pointer(pointer + "/bbox"), "expected an array of numbers")
                }
                return try builder.box(numbers, place)
            }
            if json["type"] != nil {
                return try builder.geometry(try CQLGeoJSON.shape(json, pointer, 0), place)
            }
            throw CQLError(
                at: place,
                "expected op, property, date, timestamp, interval, bbox or a geometry, found "
                    + (members.first.map { "\"\($0.name.prefix(40))\"" } ?? "an empty object"))
        }
    }

    private mutating func interval(
        _ json: JSONValue, _ pointer: String, _ depth: Int, _ place: CQLPlace
    ) throws(CQLError) -> CQLExpression {
        guard let ends = json.array, ends.count == 2 else {
            throw CQLError(at: .pointer(pointer), "expected two ends of an interval")
        }
        var parts: [CQLExpression] = []
        for (at, end) in ends.enumerated() {
            if let text = end.string {
                parts.append(try builder.end(text, .pointer("\(pointer)/\(at)")))
            } else {
                parts.append(try expression(end, "\(pointer)/\(at)", depth))
            }
        }
        return try builder.make(.interval(parts[0], parts[1]), place)
    }

    private mutating func operate(
        _ operation: String, _ args: [JSONValue], _ pointer: String, _ depth: Int
    ) throws(CQLError) -> CQLExpression {
        let place = CQLPlace.pointer(pointer)
        func expect(_ range: ClosedRange<Int>) throws(CQLError) {
            guard range.contains(args.count) else {
                let wanted =
                    range.upperBound == .max
                    ? "at least \(range.lowerBound)" : "\(range.lowerBound)"
                throw CQLError(
                    at: .pointer(pointer + "/args"),
                    "\(operation.prefix(40)) takes \(wanted) arguments, found \(args.count)")
            }
        }
        func item(
            _ at: Int, _ reader: inout CQLJSONReader
        ) throws(CQLError) -> CQLExpression {
            try reader.expression(args[at], "\(pointer)/args/\(at)", depth)
        }
        let name = operation.lowercased()
        switch name {
        case "and", "or":
            try expect(2...Int.max)
            var parts: [CQLExpression] = []
            for at in args.indices { parts.append(try item(at, &self)) }
            return try builder.make(name == "and" ? .and(parts) : .or(parts), place)
        case "not", "isnull", "casei":
            try expect(1...1)
            let part = try item(0, &self)
            return try builder.make(
                name == "not" ? .not(part) : name == "isnull" ? .isNull(part) : .caseless(part),
                place)
        case "between":
            try expect(3...3)
            let value = try item(0, &self)
            let low = try item(1, &self)
            return try builder.make(.between(value, low, try item(2, &self)), place)
        case "like":
            try expect(2...2)
            let value = try item(0, &self)
            let pattern = try item(1, &self)
            var part = pattern
            while case .caseless(let inner) = part.kind { part = inner }
            guard case .text = part.kind else {
                throw CQLError(
                    at: part.place, "expected a pattern as text, found \(part.kind.words)")
            }
            return try builder.make(.like(value, pattern), place)
        case "in":
            try expect(2...2)
            let value = try item(0, &self)
            guard let items = args[1].array, !items.isEmpty else {
                throw CQLError(at: .pointer(pointer + "/args/1"), "expected an array of values")
            }
            var list: [CQLExpression] = []
            for (at, json) in items.enumerated() {
                list.append(try expression(json, "\(pointer)/args/1/\(at)", depth))
            }
            return try builder.make(.among(value, list), place)
        case "s_dwithin":
            try expect(3...3)
            let (a, b) = (try item(0, &self), try item(1, &self))
            return try builder.make(.near(a, b, try item(2, &self)), place)
        default: break
        }
        let kind: (CQLExpression, CQLExpression) -> CQLExpression.Kind
        if let comparison = CQLComparison(rawValue: name) {
            kind = { .comparison(comparison, $0, $1) }
        } else if let arithmetic = CQLArithmetic(rawValue: name) {
            kind = { .arithmetic(arithmetic, $0, $1) }
        } else if let relation = CQLSpatialRelation(rawValue: name) {
            kind = { .spatial(relation, $0, $1) }
        } else if let relation = CQLTemporalRelation(rawValue: name) {
            kind = { .temporal(relation, $0, $1) }
        } else {
            throw CQLWords.unknown(operation, .pointer(pointer + "/op"))
        }
        try expect(2...2)
        let a = try item(0, &self)
        return try builder.make(kind(a, try item(1, &self)), place)
    }
}
