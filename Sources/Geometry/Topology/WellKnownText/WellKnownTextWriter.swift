/// Writes shapes as well-known text.
struct WellKnownTextWriter {
    private(set) var text = ""
    private let decimals: Int?
    private let hasZ: Bool

    init(_ shape: Shape, decimals: Int?) {
        self.decimals = decimals
        var hasZ = false
        shape.forEachPosition { if $0.z != nil { hasZ = true } }
        self.hasZ = hasZ
        append(shape)
    }

    private mutating func append(_ shape: Shape) {
        text += shape.kind.geoJSONName.uppercased()
        text += hasZ ? " Z " : " "
        switch shape {
        case .point(let position): append(point: position)
        case .lineString(let line): append(chain: line)
        case .polygon(let rings): append(list: rings) { $0.append(chain: $1) }
        case .multiPoint(let positions): append(list: positions) { $0.append(point: $1) }
        case .multiLineString(let lines): append(list: lines) { $0.append(chain: $1) }
        case .multiPolygon(let polygons):
            append(list: polygons) { $0.append(list: $1) { $0.append(chain: $1) } }
        case .collection(let parts): append(list: parts) { $0.append($1) }
        }
    }

    private mutating func append<Part>(
        list: [Part], _ body: (inout WellKnownTextWriter, Part) -> Void
    ) {
        guard !list.isEmpty else { return text += "EMPTY" }
        text += "("
        for (index, part) in list.enumerated() {
            if index > 0 { text += ", " }
            body(&self, part)
        }
        text += ")"
    }

    private mutating func append(point position: Position) {
        append(chain: position.x.isNaN && position.y.isNaN ? [] : [position])
    }

    private mutating func append(chain: [Position]) {
        append(list: chain) {
            $0.text += $0.number($1.x) + " " + $0.number($1.y)
            if $0.hasZ { $0.text += " " + $0.number($1.z ?? .nan) }
        }
    }

    private func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf" }
        var value = value
        // Beyond 15 decimals, or past 2^53, rounding has nothing left to round.
        if let decimals, decimals <= 15 {
            var scale = 1.0
            for _ in 0..<max(0, decimals) { scale *= 10 }
            let scaled = (value * scale).rounded()
            if abs(scaled) < 0x1p53 { value = scaled / scale }
        }
        return WellKnownTextWriter.plain(value)
    }

    /// The shortest digits that read back as the value, without an exponent where that is short.
    private static func plain(_ value: Double) -> String {
        if value == 0 { return value.sign == .minus ? "-0" : "0" }
        let shortest = value.description
        guard let mark = shortest.firstIndex(of: "e") else {
            return shortest.hasSuffix(".0") ? String(shortest.dropLast(2)) : shortest
        }
        guard let exponent = Int(shortest[shortest.index(after: mark)...]), abs(exponent) <= 20
        else { return shortest }
        let sign = shortest.hasPrefix("-") ? "-" : ""
        var digits = shortest[..<mark].filter { $0.isNumber }
        if digits.count == 2, digits.hasSuffix("0") { digits.removeLast() }
        if exponent < 0 {
            return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
        }
        let missing = exponent + 1 - digits.count
        return missing < 0 ? shortest : sign + digits + String(repeating: "0", count: missing)
    }
}
