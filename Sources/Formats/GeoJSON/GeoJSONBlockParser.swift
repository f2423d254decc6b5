import Features
import Geometry

/// Parses the text of one block into columns.
struct GeoJSONBlockParser: ~Copyable {
    var scanner: JSONScanner
    var geometries = FlatGeometries()
    var findings = GeoJSONBlock.Findings()
    let refusesWinding: Bool
    private let keepsNumbers: Bool
    private let block: GeoJSONBlock
    private var properties = PropertyColumns()
    private var ids = ColumnBuilder()
    private var template = FeatureTemplate()
    /// How often the template did, and did not, fit.
    private var fits = 0
    private var misfits = 0
    var geometryTemplate = GeometryTemplate()

    private init(
        _ block: GeoJSONBlock, _ bytes: UnsafeBufferPointer<UInt8>, _ options: ReadingOptions
    ) {
        self.block = block
        scanner = JSONScanner(bytes)
        refusesWinding = options.winding == .refuse
        keepsNumbers = options.keepsNumbers
    }

    /// Parses a block; positions go through the transformation, if there is one.
    static func parse(
        _ block: GeoJSONBlock, options: ReadingOptions, transformation: Transformer?
    ) throws(FormatError) -> GeoJSONBlock.Parsed {
        try block.bytes.withUnsafeBufferPointer { bytes throws(FormatError) in
            var parser = GeoJSONBlockParser(block, bytes, options)
            return try parser.run(transformation)
        }
    }

    private mutating func run(
        _ transformation: Transformer?
    ) throws(FormatError) -> GeoJSONBlock.Parsed {
        for element in block.elements.indices {
            do throws(Fault) {
                try parseElement(block.elements[element], row: element)
            } catch {
                if transformation == nil { try checkPositions() }
                throw block.error(error, element: element)
            }
        }
        if let transformation {
            let place =
                "\(block.file), features \(block.firstIndex + 1) to "
                + "\(block.firstIndex + block.elements.count)"
            try geometries.withCoordinates { x, y throws(FormatError) in
                try transformation.apply(&x, &y, place: place)
            }
        }
        try checkPositions()
        try windRings()
        let hasIds = ids.kind != nil
        let idColumn = hasIds ? ids.finish() : nil
        var batch = FeatureBatch(
            geometry: geometries.column(), ids: idColumn, firstIndex: block.firstIndex)
        properties.finish(into: &batch)
        return GeoJSONBlock.Parsed(batch: batch, findings: findings)
    }

    // MARK: One feature

    private enum Kind { case feature, geometry }

    private mutating func parseElement(_ range: Range<Int>, row: Int) throws(Fault) {
        scanner = JSONScanner(scanner.bytes, from: range.lowerBound, to: range.upperBound)
        let mark = geometries.mark
        if block.mayBeGeometry, try isBareGeometry() {
            let node = try parseGeometry(depth: 0)
            geometries.endRow(node, since: mark)
            ids.appendNulls()
        } else if !fitsTemplate(range, since: mark) {
            geometries.goBack(to: mark)
            scanner.at = range.lowerBound
            try parseFeature(since: mark)
        }
        properties.endRow(row, scanner)
        guard scanner.at == range.upperBound else {
            throw Fault(
                .syntax, at: scanner.at, "brackets and braces do not match",
                remedy: "close every '[' with ']' and every '{' with '}'")
        }
    }

    /// Parses a feature that looks like the one before; false where it does not, or has a fault.
    private mutating func fitsTemplate(
        _ range: Range<Int>, since mark: FlatGeometries.Mark
    ) -> Bool {
        // Features of which each looks different are not worth the try.
        guard template.count > 0, misfits < 64 || misfits < fits else { return false }
        var id = JSONValue.null
        var node = FlatGeometries.Node.null
        properties.beginRow()
        do throws(Fault) {
            for step in 0..<template.count {
                guard let found = template.match(step, at: scanner.at, in: scanner.bytes) else {
                    return misfit()
                }
                scanner.at += found.count
                switch found.slot {
                case .property(let column): try properties.parseValue(of: column, &scanner)
                case .geometry: node = try parseGeometryOrNull()
                case .id: id = try parseID()
                case .end: break
                }
            }
        } catch {
            return misfit()
        }
        guard scanner.at == range.upperBound else { return misfit() }
        fits += 1
        geometries.endRow(node, since: mark)
        append(id: id)
        return true
    }

    private mutating func misfit() -> Bool {
        misfits += 1
        template.forget()
        return false
    }

    /// Whether the object here is a geometry and no feature.
    private mutating func isBareGeometry() throws(Fault) -> Bool {
        var ahead = scanner
        var type: String?
        if try ahead.enterObject() {
            repeat {
                let key = try ahead.key()
                if ahead.stands(key, for: "type"), try ahead.peek() == UInt8(ascii: "\"") {
                    type = ahead.text(try ahead.string())
                } else {
                    try ahead.skipValue(depth: 1)
                }
            } while try ahead.anotherMember()
        }
        guard let type else { return false }
        if type == "FeatureCollection" {
            throw Fault(
                .structure, at: scanner.at, "expected a feature, found a FeatureCollection",
                remedy: "name the file .geojson if it holds one collection")
        }
        return CollectionHead.geometryTypes.contains(type)
    }

    private mutating func parseFeature(since mark: FlatGeometries.Mark) throws(Fault) {
        let start = scanner.at
        var isFeature = false
        var hasProperties = false
        var node: FlatGeometries.Node?
        var id = JSONValue.null
        var hasID = false
        // Where the values stand, while each member is there once and is known.
        var values: [FeatureTemplate.Value]? = []
        properties.beginRow()
        if try scanner.enterObject() {
            repeat {
                let key = try scanner.key()
                _ = try scanner.peek()
                let valueStart = scanner.at
                if scanner.stands(key, for: "type") {
                    try checkType()
                    if isFeature { values = nil }
                    isFeature = true
                } else if scanner.stands(key, for: "geometry") {
                    if node != nil { values = nil }
                    geometries.goBack(to: mark)
                    node = try parseGeometryOrNull()
                    values?.append((valueStart..<scanner.at, .geometry))
                } else if scanner.stands(key, for: "properties") {
                    if hasProperties { values = nil }
                    try properties.parse(&scanner, values: &values)
                    hasProperties = true
                } else if scanner.stands(key, for: "id") {
                    id = try parseID()
                    if hasID { values = nil }
                    hasID = true
                    values?.append((valueStart..<scanner.at, .id))
                } else if scanner.stands(key, for: "bbox") {
                    try scanner.checkBox(of: "a feature")
                    values = nil
                } else {
                    values = nil
                    note(key)
                    try scanner.skipValue(depth: 3)
                }
            } while try scanner.anotherMember()
        }
        guard isFeature else { throw missing("type", at: start, "\"type\": \"Feature\"") }
        guard let node else { throw missing("geometry", at: start, "\"geometry\": null") }
        guard hasProperties else { throw missing("properties", at: start, "\"properties\": {}") }
        geometries.endRow(node, since: mark)
        append(id: id)
        if let values {
            template.learn(scanner.bytes, feature: start..<scanner.at, values: values)
        } else {
            template.forget()
        }
    }

    private mutating func append(id: JSONValue) {
        switch id {
        case .string(let text): ids.append(utf8: text.utf8)
        case .int(let number): ids.append(number)
        case .double(let number): ids.append(number)
        default: ids.appendNulls()
        }
    }

    private func missing(_ member: String, at start: Int, _ remedy: String) -> Fault {
        Fault(
            .structure, at: start, "the feature has no member \"\(member)\"",
            remedy: "add \(remedy)")
    }

    private mutating func checkType() throws(Fault) {
        _ = try scanner.peek()
        let start = scanner.at
        if scanner.bytes[start] == UInt8(ascii: "\"") {
            let type = try scanner.string()
            if scanner.stands(type, for: "Feature") { return }
            throw Fault(
                .structure, at: start,
                "expected the type \"Feature\", found "
                    + "\"\(scanner.text(type))\"", remedy: "write \"type\": \"Feature\"")
        }
        throw Fault(
            .structure, at: start,
            "the type of a feature must be a string, found \(scanner.described(start))",
            remedy: "write \"type\": \"Feature\"")
    }

    private mutating func parseID() throws(Fault) -> JSONValue {
        switch try scanner.peek() {
        case UInt8(ascii: "\""), UInt8(ascii: "-"), 0x30...0x39, UInt8(ascii: "n"):
            return try scanner.value(depth: 3)
        default:
            throw Fault(
                .structure, at: scanner.at,
                "the id of a feature must be a string or a number, found "
                    + scanner.described(scanner.at))
        }
    }

    private mutating func note(_ key: JSONScanner.Text) {
        guard findings.leftOut.count < 16 else { return }
        let name = scanner.text(key)
        if !findings.leftOut.contains(name) { findings.leftOut.append(name) }
    }

    // MARK: After all features

    /// Checks that every position is on the globe, unless any numbers will do.
    private func checkPositions() throws(FormatError) {
        if keepsNumbers { return }
        var isFine = true
        for i in geometries.x.indices {
            let (x, y) = (geometries.x[i], geometries.y[i])
            isFine = isFine && abs(x) <= 180 && abs(y) <= 90
        }
        if isFine { return }
        for i in geometries.x.indices {
            let position = Position(geometries.x[i], geometries.y[i])
            if position.isOnGlobe { continue }
            let row = (geometries.rows.lastIndex { $0.firstPosition <= i }) ?? 0
            let fault = OffGlobe.fault(position, at: block.elements[row].lowerBound)
            throw block.error(fault, element: row)
        }
    }

    /// Turns rings, or refuses those that turn the wrong way round.
    private mutating func windRings() throws(FormatError) {
        var wrong: [Range<Int>] = []
        for part in geometries.parts {
            do throws(Fault) {
                try geometries.forEachRing(of: part) { ring, isHole throws(Fault) in
                    let turn = geometries.turn(ring)
                    if isHole ? turn > 0 : turn < 0 {
                        if refusesWinding { throw Self.wrongWinding(isHole) }
                        wrong.append(ring)
                    }
                }
            } catch {
                let row = geometries.rows.lastIndex {
                    $0.firstPosition <= part.positions.lowerBound
                }
                var fault = error
                fault.at = block.elements[row ?? 0].lowerBound
                throw block.error(fault, element: row)
            }
        }
        for ring in wrong { geometries.reverse(ring) }
        findings.turnedRings += wrong.count
    }

    private static func wrongWinding(_ isHole: Bool) -> Fault {
        Fault(
            .geometry, at: 0,
            isHole
                ? "a hole runs counterclockwise; RFC 7946 wants holes clockwise"
                : "an exterior ring runs clockwise; RFC 7946 wants it counterclockwise",
            remedy: "reverse the ring")
    }
}
