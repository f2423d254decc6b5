public import Formats

extension CQLExpression {
    /// The filter as CQL2 JSON.
    public var json: JSONValue {
        func operation(_ name: String, _ args: [JSONValue]) -> JSONValue {
            .object(["op": .string(name), "args": .array(args)])
        }
        switch kind {
        case .property(let name): return .object(["property": .string(name)])
        case .text(let text): return .string(text)
        case .integer(let number): return .int(number)
        case .number(let number): return .double(number)
        case .truth(let isTrue): return .bool(isTrue)
        case .date(let text): return .object(["date": .string(text)])
        case .timestamp(let text): return .object(["timestamp": .string(text)])
        case .open: return .string("..")
        case .interval(let a, let b):
            func end(_ end: CQLExpression) -> JSONValue {
                switch end.kind {
                case .date(let text), .timestamp(let text): .string(text)
                default: end.json
                }
            }
            return .object(["interval": .array([end(a), end(b)])])
        case .geometry(let shape): return CQLGeoJSON.json(shape)
        case .box(let sides): return .object(["bbox": .array(sides.map(JSONValue.double))])
        case .arithmetic(let arithmetic, let a, let b):
            return operation(arithmetic.rawValue, [a.json, b.json])
        case .caseless(let part): return operation("casei", [part.json])
        case .and(let parts): return operation("and", parts.map(\.json))
        case .or(let parts): return operation("or", parts.map(\.json))
        case .not(let part): return operation("not", [part.json])
        case .comparison(let comparison, let a, let b):
            return operation(comparison.rawValue, [a.json, b.json])
        case .between(let value, let low, let high):
            return operation("between", [value.json, low.json, high.json])
        case .like(let value, let pattern): return operation("like", [value.json, pattern.json])
        case .among(let value, let list):
            return operation("in", [value.json, .array(list.map(\.json))])
        case .isNull(let part): return operation("isNull", [part.json])
        case .spatial(let relation, let a, let b):
            return operation(relation.rawValue, [a.json, b.json])
        case .near(let a, let b, let metres):
            return operation("s_dwithin", [a.json, b.json, metres.json])
        case .temporal(let relation, let a, let b):
            return operation(relation.rawValue, [a.json, b.json])
        }
    }
}
