/// Well-known binary, the form in which columns of mixed kinds hold geometries.
///
/// ISO flavour, little-endian when written, either order when read, with heights where a position
/// has one (type code + 1000); the older high-bit flag for heights is understood too.
/// See OGC 06-103r4, section 8.
public enum WellKnownBinary {
    /// How deep collections may nest before they are refused.
    public static let depthLimit = 64

    /// Returns the bytes of a shape.
    ///
    /// - Parameter shape: The shape to encode.
    /// - Returns: Its well-known binary.
    public static func encode(_ shape: Shape) -> [UInt8] {
        var bytes: [UInt8] = []
        append(shape, to: &bytes)
        return bytes
    }

    /// Appends the bytes of a shape to a buffer.
    ///
    /// - Parameters:
    ///   - shape: The shape to encode.
    ///   - bytes: The buffer to extend.
    public static func append(_ shape: Shape, to bytes: inout [UInt8]) {
        var hasZ = false
        shape.forEachPosition { if $0.z != nil { hasZ = true } }
        write(shape, hasZ, to: &bytes)
    }

    private static func write(_ shape: Shape, _ hasZ: Bool, to bytes: inout [UInt8]) {
        bytes.append(1)
        Self.put(shape.kind.rawValue + (hasZ ? 1000 : 0), to: &bytes)
        func put(positions: [Position]) {
            Self.put(UInt32(positions.count), to: &bytes)
            for position in positions { Self.put(position, hasZ, to: &bytes) }
        }
        func put(rings: [[Position]]) {
            Self.put(UInt32(rings.count), to: &bytes)
            for ring in rings { put(positions: ring) }
        }
        func put(parts: [Shape]) {
            Self.put(UInt32(parts.count), to: &bytes)
            for part in parts { write(part, hasZ, to: &bytes) }
        }
        switch shape {
        case .point(let position): Self.put(position, hasZ, to: &bytes)
        case .lineString(let line): put(positions: line)
        case .polygon(let rings): put(rings: rings)
        case .multiPoint(let positions): put(parts: positions.map { .point($0) })
        case .multiLineString(let lines): put(parts: lines.map { .lineString($0) })
        case .multiPolygon(let polygons): put(parts: polygons.map { .polygon($0) })
        case .collection(let parts): put(parts: parts)
        }
    }

    private static func put(_ value: UInt32, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private static func put(_ position: Position, _ hasZ: Bool, to bytes: inout [UInt8]) {
        func put(_ value: Double) {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        put(position.x)
        put(position.y)
        if hasZ { put(position.z ?? .nan) }
    }

    /// Reads one geometry.
    ///
    /// - Parameter bytes: Well-known binary, the whole of one geometry.
    /// - Returns: The shape.
    /// - Throws: ``GeometryError`` (`malformed`) that names the byte where it stopped.
    public static func decode(_ bytes: some Collection<UInt8>) throws(GeometryError) -> Shape {
        var reader = Reader(bytes: Array(bytes))
        let shape = try reader.shape(depth: 0)
        guard reader.at == reader.bytes.count else {
            throw reader.malformed("\(reader.bytes.count - reader.at) bytes follow the geometry")
        }
        return shape
    }

    private struct Reader {
        let bytes: [UInt8]
        var at = 0
        var swapped = false

        func malformed(_ what: String) -> GeometryError {
            GeometryError(.malformed, "well-known binary, byte \(at): \(what)")
        }

        mutating func byte() throws(GeometryError) -> UInt8 {
            guard at < bytes.count else { throw malformed("ends too early") }
            at += 1
            return bytes[at - 1]
        }

        mutating func word() throws(GeometryError) -> UInt32 {
            guard at + 4 <= bytes.count else { throw malformed("ends too early") }
            var value: UInt32 = 0
            for i in 0..<4 { value |= UInt32(bytes[at + i]) << UInt32(8 * i) }
            at += 4
            return swapped ? value.byteSwapped : value
        }

        mutating func number() throws(GeometryError) -> Double {
            guard at + 8 <= bytes.count else { throw malformed("ends too early") }
            var value: UInt64 = 0
            for i in 0..<8 { value |= UInt64(bytes[at + i]) << UInt64(8 * i) }
            at += 8
            return Double(bitPattern: swapped ? value.byteSwapped : value)
        }

        /// A count, checked against the bytes that are left so that a lie cannot allocate.
        mutating func count(of size: Int) throws(GeometryError) -> Int {
            let value = Int(try word())
            guard value * size <= bytes.count - at else {
                throw malformed(
                    "announces \(value) parts, more than the bytes that follow can hold")
            }
            return value
        }

        mutating func positions(_ dimensions: Int) throws(GeometryError) -> [Position] {
            var result: [Position] = []
            for _ in 0..<(try count(of: 8 * dimensions)) { result.append(try position(dimensions)) }
            return result
        }

        mutating func position(_ dimensions: Int) throws(GeometryError) -> Position {
            let x = try number()
            let y = try number()
            var z = dimensions > 2 ? try number() : nil
            if dimensions > 3 { _ = try number() }
            if let height = z, height.isNaN { z = nil }
            return Position(x, y, z)
        }

        mutating func shape(depth: Int) throws(GeometryError) -> Shape {
            guard depth < WellKnownBinary.depthLimit else {
                throw malformed("collections nest deeper than \(WellKnownBinary.depthLimit)")
            }
            let order = try byte()
            guard order < 2 else { throw malformed("byte order \(order) is neither 0 nor 1") }
            swapped = order == 0
            var code = try word()
            var dimensions = 2
            if code & 0x2000_0000 != 0 { _ = try wordAfterCode() }
            if code & 0x8000_0000 != 0 { dimensions += 1 }
            if code & 0x4000_0000 != 0 { dimensions += 1 }
            code &= 0x0FFF_FFFF
            switch code / 1000 {
            case 0: break
            case 1: dimensions = 3
            case 2: throw malformed("measures (M) are not supported")
            case 3: dimensions = 4
            default: throw malformed("unknown geometry code \(code)")
            }
            guard let kind = Shape.Kind(rawValue: code % 1000) else {
                throw malformed("unknown geometry code \(code)")
            }
            switch kind {
            case .point: return .point(try position(dimensions))
            case .lineString: return .lineString(try positions(dimensions))
            case .polygon: return .polygon(try rings(dimensions))
            default: return try several(kind, depth: depth)
            }
        }

        /// The spatial reference id of the extended flavour, which is ignored.
        mutating func wordAfterCode() throws(GeometryError) -> UInt32 { try word() }

        mutating func rings(_ dimensions: Int) throws(GeometryError) -> [[Position]] {
            var rings: [[Position]] = []
            for _ in 0..<(try count(of: 4)) { rings.append(try positions(dimensions)) }
            return rings
        }

        mutating func several(_ kind: Shape.Kind, depth: Int) throws(GeometryError) -> Shape {
            var points: [Position] = []
            var lines: [[Position]] = []
            var polygons: [[[Position]]] = []
            var parts: [Shape] = []
            for _ in 0..<(try count(of: 5)) {
                let part = try shape(depth: depth + 1)
                switch (kind, part) {
                case (.multiPoint, .point(let position)): points.append(position)
                case (.multiLineString, .lineString(let line)): lines.append(line)
                case (.multiPolygon, .polygon(let rings)): polygons.append(rings)
                case (.collection, _): parts.append(part)
                default:
                    throw malformed(
                        "a \(part.kind.geoJSONName) inside a \(kind.geoJSONName)")
                }
            }
            return switch kind {
            case .multiPoint: .multiPoint(points)
            case .multiLineString: .multiLineString(lines)
            case .multiPolygon: .multiPolygon(polygons)
            default: .collection(parts)
            }
        }
    }
}
