import Features
import Geometry

/// Reads Mapbox Vector Tiles for the tests, with no line in common with the writer.
struct TileReader {
    struct Feature {
        var id: UInt64?
        var type = 0
        var attributes: [String: Value] = [:]
        /// The parts: points one by one, lines, or rings without their closing position.
        var parts: [[(x: Int, y: Int)]] = []
    }

    private(set) var name = ""
    private(set) var version = 0
    private(set) var extent = 0
    private(set) var features: [Feature] = []

    private enum Field {
        case number(UInt64)
        case double(Double)
        case bytes([UInt8])
    }

    struct Broken: Error {}

    init(_ bytes: [UInt8]) throws {
        guard case .bytes(let layer)? = try Self.fields(bytes).first(where: { $0.0 == 3 })?.1 else {
            throw Broken()
        }
        var keys: [String] = []
        var values: [Value] = []
        var bodies: [[UInt8]] = []
        for field in try Self.fields(layer) {
            switch field {
            case (15, .number(let number)): version = Int(number)
            case (5, .number(let number)): extent = Int(number)
            case (1, .bytes(let text)): name = String(decoding: text, as: UTF8.self)
            case (3, .bytes(let text)): keys.append(String(decoding: text, as: UTF8.self))
            case (4, .bytes(let value)): values.append(try Self.value(value))
            case (2, .bytes(let body)): bodies.append(body)
            default: throw Broken()
            }
        }
        for body in bodies {
            var feature = Feature()
            for field in try Self.fields(body) {
                switch field {
                case (1, .number(let id)): feature.id = id
                case (3, .number(let type)): feature.type = Int(type)
                case (2, .bytes(let tags)):
                    let tags = try Self.numbers(tags)
                    for at in stride(from: 0, to: tags.count, by: 2) {
                        feature.attributes[keys[Int(tags[at])]] = values[Int(tags[at + 1])]
                    }
                case (4, .bytes(let commands)):
                    feature.parts = try Self.parts(Self.numbers(commands), feature.type)
                default: throw Broken()
                }
            }
            features.append(feature)
        }
    }

    private static func number(_ bytes: [UInt8], _ at: inout Int) throws -> UInt64 {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard at < bytes.count, shift < 64 else { throw Broken() }
            result |= UInt64(bytes[at] & 127) << shift
            at += 1
            if bytes[at - 1] < 128 { return result }
            shift += 7
        }
    }

    private static func numbers(_ bytes: [UInt8]) throws -> [UInt64] {
        var at = 0
        var all: [UInt64] = []
        while at < bytes.count { all.append(try number(bytes, &at)) }
        return all
    }

    private static func fields(_ bytes: [UInt8]) throws -> [(UInt64, Field)] {
        var at = 0
        var fields: [(UInt64, Field)] = []
        while at < bytes.count {
            let key = try number(bytes, &at)
            switch key & 7 {
            case 0: fields.append((key >> 3, .number(try number(bytes, &at))))
            case 1:
                guard at + 8 <= bytes.count else { throw Broken() }
                let bits = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[at + $1]) << (8 * $1) }
                fields.append((key >> 3, .double(Double(bitPattern: bits))))
                at += 8
            case 2:
                let count = Int(try number(bytes, &at))
                guard at + count <= bytes.count else { throw Broken() }
                fields.append((key >> 3, .bytes(Array(bytes[at..<at + count]))))
                at += count
            default: throw Broken()
            }
        }
        return fields
    }

    private static func value(_ bytes: [UInt8]) throws -> Value {
        switch try fields(bytes).first {
        case (1, .bytes(let text))?: .string(String(decoding: text, as: UTF8.self))
        case (3, .double(let number))?: .double(number)
        case (4, .number(let number))?: .int(Int64(bitPattern: number))
        case (7, .number(let number))?: .bool(number == 1)
        default: throw Broken()
        }
    }

    private static func parts(_ numbers: [UInt64], _ type: Int) throws -> [[(x: Int, y: Int)]] {
        var parts: [[(x: Int, y: Int)]] = []
        var (x, y, at) = (0, 0, 0)
        func plain(_ number: UInt64) -> Int { Int(number >> 1) ^ -Int(number & 1) }
        while at < numbers.count {
            let (command, count) = (numbers[at] & 7, Int(numbers[at] >> 3))
            at += 1
            if command == 7 { continue }
            for _ in 0..<count {
                guard at + 1 < numbers.count else { throw Broken() }
                x += plain(numbers[at])
                y += plain(numbers[at + 1])
                at += 2
                if command == 1 { parts.append([]) }
                parts[parts.count - 1].append((x, y))
            }
        }
        return parts
    }
}
