import Features
import Geometry

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension CQLBinder {
    /// A value of each row, of one kind.
    enum Operand {
        case integer((Int) -> Int64?)
        case number((Int) -> Double?)
        case text((Int) -> String?)
        case truth((Int) -> Bool?)
        case time((Int) -> CQLTime?)
        case geometry((Int) -> Shape?)
        /// Of a kind that only the row tells.
        case mixed((Int) -> Value)

        var words: String {
            switch self {
            case .integer: "a whole number"
            case .number: "a number"
            case .text: "a text"
            case .truth: "true or false"
            case .time: "a time"
            case .geometry: "a geometry"
            case .mixed: "values of several kinds"
            }
        }

        /// The number of a row, where all are.
        var number: ((Int) -> Double?)? {
            switch self {
            case .integer(let value): { value($0).map(Double.init) }
            case .number(let value): value
            default: nil
            }
        }

        /// The text of a row, where it may be one.
        var textual: ((Int) -> String?)? {
            switch self {
            case .text(let value): value
            case .mixed(let value): { value($0).text }
            default: nil
            }
        }

        /// The value of a row as a cell.
        var cell: ((Int) -> Value)? {
            switch self {
            case .integer(let value): { value($0).map { .int($0) } ?? .null }
            case .number(let value): { value($0).map { .double($0) } ?? .null }
            case .text(let value): { value($0).map { .string($0) } ?? .null }
            case .truth(let value): { value($0).map { .bool($0) } ?? .null }
            case .mixed(let value): value
            case .time, .geometry: nil
            }
        }
    }

    func operand(_ expression: CQLExpression) throws(CQLError) -> Operand {
        switch expression.kind {
        case .property(let name): return try attribute(name, expression.place)
        case .text(let text): return .text { _ in text }
        case .integer(let number): return .integer { _ in number }
        case .number(let number): return .number { _ in number }
        case .truth(let isTrue): return .truth { _ in isTrue }
        case .date, .timestamp, .interval: return .time(try time(expression))
        case .geometry(let shape): return .geometry { _ in shape }
        case .box(let sides):
            let shape = try CQLBox.shape(sides, at: expression.place)
            return .geometry { _ in shape }
        case .caseless(let part):
            guard let text = try operand(part).textual else {
                throw CQLError(
                    at: part.place,
                    "CASEI asks for a text, found \(part.kind.words), \(try operand(part).words)")
            }
            return .text { text($0).map(LikePattern.folded) }
        case .arithmetic(let operation, let a, let b):
            let (left, right) = (try number(a), try number(b))
            return .number { row in
                guard let a = left(row), let b = right(row) else { return nil }
                return Self.calculate(operation, a, b)
            }
        default:
            throw CQLError(
                at: expression.place, "expected a value, found \(expression.kind.words)")
        }
    }

    private func number(_ expression: CQLExpression) throws(CQLError) -> (Int) -> Double? {
        let operand = try operand(expression)
        if let number = operand.number { return number }
        if case .mixed(let value) = operand { return { value($0).number } }
        throw CQLError(
            at: expression.place,
            "expected a number, found \(expression.kind.words), \(operand.words)")
    }

    /// What a calculation yields; nothing where that is no number.
    private static func calculate(
        _ operation: CQLArithmetic, _ a: Double, _ b: Double
    ) -> Double? {
        let result: Double
        switch operation {
        case .plus: result = a + b
        case .minus: result = a - b
        case .times: result = a * b
        case .over: result = a / b
        case .whole: result = (a / b).rounded(.towardZero)
        case .rest: result = a.truncatingRemainder(dividingBy: b)
        case .power: result = pow(a, b)
        }
        return result.isFinite ? result : nil
    }

    private func attribute(_ name: String, _ place: CQLPlace) throws(CQLError) -> Operand {
        guard let column = batch[name] ?? (name == "id" ? batch.ids : nil) else {
            if name == "geometry" {
                let geometry = batch.geometry
                return .geometry { row in geometry[row] }
            }
            throw unknown(name, place)
        }
        let validity = column.validity
        switch column.storage {
        case .bool(let values): return .truth { validity[$0] ? values[$0] : nil }
        case .int(let values): return .integer { validity[$0] ? values[$0] : nil }
        case .double(let values):
            return .number { validity[$0] && !values[$0].isNaN ? values[$0] : nil }
        case .string(let values): return .text { validity[$0] ? values[$0] : nil }
        case .json: return .mixed { column[$0].plain }
        }
    }

    private func unknown(_ name: String, _ place: CQLPlace) -> CQLError {
        let known = batch.columns.map(\.name) + ["geometry"]
        let near = Spelling.nearest(to: name, in: known)
        return CQLError(
            at: place, "there is no attribute \"\(name.prefix(80))\"",
            remedy: near.map { "did you mean \"\($0)\"?" }
                ?? "the attributes are \(known.joined(separator: ", "))")
    }

    // MARK: Times

    /// The time of each row.
    func time(_ expression: CQLExpression) throws(CQLError) -> (Int) -> CQLTime? {
        switch expression.kind {
        case .date, .timestamp:
            let time = CQLTime(literal: expression)
            return { _ in time }
        case .interval(let a, let b):
            let start = try end(a)
            let finish = try end(b)
            return { row in
                // An end that is not known makes the interval unknown; an open one does not.
                let (a, b) = (start?(row), finish?(row))
                if start != nil, a == nil { return nil }
                if finish != nil, b == nil { return nil }
                return CQLTime(from: a ?? nil, to: b ?? nil)
            }
        case .property(let name):
            guard let text = try operand(expression).textual else {
                throw CQLError(
                    at: expression.place,
                    "expected a time, found \"\(name)\", \(try operand(expression).words)")
            }
            var times: [CQLTime?] = []
            times.reserveCapacity(batch.count)
            for row in 0..<batch.count {
                guard let text = text(row) else {
                    times.append(nil)
                    continue
                }
                guard let time = CQLTime(any: text) else {
                    throw CQLError(
                        at: expression.place,
                        "expected times in \"\(name)\", found '\(text.prefix(40))'")
                }
                times.append(time)
            }
            return { times[$0] }
        default:
            throw CQLError(
                at: expression.place, "expected a time, found \(expression.kind.words)")
        }
    }

    /// An end of an interval; `nil` for an open one.
    private func end(_ expression: CQLExpression) throws(CQLError) -> ((Int) -> CQLTime?)? {
        expression.kind == .open ? nil : try time(expression)
    }
}
