/// Reads well-known text byte by byte.
struct WellKnownTextReader {
    let text: [UInt8]
    private var at = 0

    init(text: [UInt8]) { self.text = text }

    /// The ordinates a position has after its x and y: as its tag says, or as many as there are.
    private enum Ordinates {
        case untold
        case xy
        case xyz
        case xyzm
    }

    /// Reads one geometry and nothing after it.
    mutating func wholeShape() throws(GeometryError) -> Shape {
        let shape = try shape(depth: 0)
        skipBlanks()
        guard at == text.count else { throw malformed("text follows the geometry") }
        return shape
    }

    private mutating func shape(depth: Int) throws(GeometryError) -> Shape {
        guard depth < WellKnownBinary.depthLimit else {
            throw malformed("collections nest deeper than \(WellKnownBinary.depthLimit)")
        }
        let start = at
        let (name, ordinates) = try tag()
        switch name {
        case "POINT":
            return .point(isEmpty() ? .empty : try point(ordinates))
        case "LINESTRING", "LINEARRING":
            return .lineString(try chain(ordinates))
        case "POLYGON":
            return .polygon(try rings(ordinates))
        case "MULTIPOINT":
            return .multiPoint(try points(ordinates))
        case "MULTILINESTRING":
            return .multiLineString(try rings(ordinates))
        case "MULTIPOLYGON":
            return .multiPolygon(
                try list { (reader) throws(GeometryError) in try reader.rings(ordinates) })
        case "GEOMETRYCOLLECTION":
            return .collection(
                try list { (reader) throws(GeometryError) in try reader.shape(depth: depth + 1) })
        default:
            at = start
            if name == "SRID" {
                throw malformed("an SRID is no part of well-known text", "leave out `SRID=…;`")
            }
            throw malformed(
                name.isEmpty ? "expected the name of a geometry" : "unknown geometry \"\(name)\"")
        }
    }

    // MARK: Names

    /// The name of a kind and what is said about its ordinates, together or apart.
    private mutating func tag() throws(GeometryError) -> (String, Ordinates) {
        let name = word()
        let before = at
        let flag = word()
        switch flag {
        case "Z": return (name, .xyz)
        case "ZM": return (name, .xyzm)
        case "M": throw malformed("measures (M) are not supported")
        default: at = before
        }
        if Shape.Kind.allCases.contains(where: { $0.geoJSONName.uppercased() == name }) {
            return (name, .untold)
        }
        if name.hasSuffix("ZM") { return (String(name.dropLast(2)), .xyzm) }
        if name.hasSuffix("Z") { return (String(name.dropLast()), .xyz) }
        return (name, .untold)
    }

    /// The letters that follow, in upper case.
    private mutating func word() -> String {
        skipBlanks()
        let start = at
        while at < text.count, isLetter(text[at]) { at += 1 }
        return String(decoding: text[start..<at], as: UTF8.self).uppercased()
    }

    private mutating func isEmpty() -> Bool {
        let before = at
        if word() == "EMPTY" { return true }
        at = before
        return false
    }

    // MARK: Lists

    private mutating func list<Part>(
        _ part: (inout WellKnownTextReader) throws(GeometryError) -> Part
    ) throws(GeometryError) -> [Part] {
        if isEmpty() { return [] }
        try expect("(")
        var parts = [try part(&self)]
        while take(",") { parts.append(try part(&self)) }
        try expect(")")
        return parts
    }

    private mutating func rings(_ ordinates: Ordinates) throws(GeometryError) -> [[Position]] {
        try list { (reader) throws(GeometryError) in try reader.chain(ordinates) }
    }

    private mutating func chain(_ ordinates: Ordinates) throws(GeometryError) -> [Position] {
        try list { (reader) throws(GeometryError) in try reader.position(ordinates) }
    }

    /// Members in parentheses of their own, as the standard has it, or bare.
    private mutating func points(_ ordinates: Ordinates) throws(GeometryError) -> [Position] {
        try list { (reader) throws(GeometryError) in
            if reader.isEmpty() { return .empty }
            reader.skipBlanks()
            return reader.next == UInt8(ascii: "(")
                ? try reader.point(ordinates) : try reader.position(ordinates)
        }
    }

    private mutating func point(_ ordinates: Ordinates) throws(GeometryError) -> Position {
        try expect("(")
        let position = try position(ordinates)
        try expect(")")
        return position
    }

    private mutating func position(_ ordinates: Ordinates) throws(GeometryError) -> Position {
        let x = try number()
        let y = try number()
        var height = Double.nan
        switch ordinates {
        case .xy: break
        case .xyz: height = try number()
        case .xyzm:
            height = try number()
            _ = try number()
        case .untold:
            if isAtNumber() { height = try number() }
            if isAtNumber() { _ = try number() }
        }
        return Position(x, y, height.isNaN ? nil : height)
    }

    // MARK: Bytes

    private var next: UInt8? { at < text.count ? text[at] : nil }

    private func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { at += 1 }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard next == UInt8(ascii: mark) else { return false }
        at += 1
        return true
    }

    private mutating func expect(_ mark: Unicode.Scalar) throws(GeometryError) {
        guard take(mark) else { throw malformed("expected \"\(mark)\"") }
    }

    private mutating func isAtNumber() -> Bool {
        skipBlanks()
        guard let byte = next else { return false }
        return byte != UInt8(ascii: ",") && byte != UInt8(ascii: ")")
    }

    /// A number, or `NaN` and `inf`, which operations refuse but a reader must not change.
    private mutating func number() throws(GeometryError) -> Double {
        skipBlanks()
        let start = at
        while let byte = next,
            isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "+")
        {
            at += 1
        }
        let digits = String(decoding: text[start..<at], as: UTF8.self)
        guard let value = Double(digits), !digits.lowercased().contains("x") else {
            at = start
            throw malformed("expected a number")
        }
        return value
    }

    private func malformed(_ what: String, _ remedy: String? = nil) -> GeometryError {
        let rest = text[at...].prefix(24)
        let found =
            rest.isEmpty ? "the end" : "\"\(String(decoding: rest, as: UTF8.self))\""
        return GeometryError(
            .malformed, "well-known text, byte \(at): \(what), found \(found)", remedy: remedy)
    }
}
