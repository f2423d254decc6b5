import Geometry

extension GeoJSONBlockParser {
    /// How deep collections may nest in one another.
    private static var collectionLimit: Int { 32 }

    mutating func parseGeometryOrNull() throws(Fault) -> FlatGeometries.Node {
        switch try scanner.peek() {
        case UInt8(ascii: "{"):
            if let node = parseUsualGeometry() { return node }
            return try parseGeometry(depth: 0)
        case UInt8(ascii: "n"):
            _ = try scanner.word()
            return .null
        default:
            throw Fault(
                .structure, at: scanner.at,
                "a geometry must be an object or null, found \(scanner.described(scanner.at))")
        }
    }

    /// Parses a geometry that begins with the same bytes as the one before and ends behind its
    /// coordinates; `nil` where it does not, or has a fault.
    private mutating func parseUsualGeometry() -> FlatGeometries.Node? {
        guard let (count, kind) = geometryTemplate.match(at: scanner.at, in: scanner.bytes)
        else { return nil }
        let start = scanner.at
        let mark = geometries.mark
        scanner.at += count
        do throws(Fault) {
            let node = try parseCoordinates(kind)
            if scanner.at < scanner.end, scanner.bytes[scanner.at] == UInt8(ascii: "}") {
                scanner.at += 1
                return node
            }
        } catch {}
        scanner.at = start
        geometries.goBack(to: mark)
        return nil
    }

    mutating func parseGeometry(depth: Int) throws(Fault) -> FlatGeometries.Node {
        let start = scanner.at
        let mark = geometries.mark
        var kind: Shape.Kind?
        var content: (kind: Shape.Kind?, at: Int)?
        var node = FlatGeometries.Node.null
        var coordinatesAt: Int?
        var geometriesAt: Int?
        var members = 0
        if try scanner.enterObject() {
            repeat {
                let key = try scanner.key()
                members += 1
                if scanner.stands(key, for: "type") {
                    kind = try parseKind()
                } else if scanner.stands(key, for: "coordinates") {
                    _ = try scanner.peek()
                    coordinatesAt = scanner.at
                    if let kind, kind != .collection {
                        geometries.goBack(to: mark)
                        content = (kind, scanner.at)
                        node = try parseCoordinates(kind)
                    } else {
                        try scanner.skipValue(depth: 4)
                    }
                } else if scanner.stands(key, for: "geometries") {
                    _ = try scanner.peek()
                    geometriesAt = scanner.at
                    if kind == .collection {
                        geometries.goBack(to: mark)
                        content = (kind, scanner.at)
                        node = try parseMembers(depth)
                    } else {
                        try scanner.skipValue(depth: 4)
                    }
                } else if scanner.stands(key, for: "bbox") {
                    try scanner.checkBox(of: "a geometry")
                } else if scanner.stands(key, for: "crs") {
                    throw Fault(
                        .crs, at: key.start, "a geometry has a member \"crs\" of its own",
                        remedy: "name the system once, at the top level of the file")
                } else {
                    try scanner.skipValue(depth: 4)
                }
            } while try scanner.anotherMember()
        }
        guard let kind else {
            throw Fault(
                .structure, at: start, "the geometry has no member \"type\"",
                remedy: "add its type, for example \"type\": \"Point\"")
        }
        let member = kind == .collection ? "geometries" : "coordinates"
        guard let at = kind == .collection ? geometriesAt : coordinatesAt else {
            throw Fault(
                .structure, at: start, "the \(kind.geoJSONName) has no member \"\(member)\"",
                remedy: "add \"\(member)\": [] for an empty geometry")
        }
        if let content, content.kind == kind, content.at == at {
            if kind != .collection, members == 2 {
                geometryTemplate.learn(scanner.bytes, start..<at, kind: kind)
            }
            return node
        }
        let after = scanner.at
        geometries.goBack(to: mark)
        scanner.at = at
        node =
            kind == .collection ? try parseMembers(depth) : try parseCoordinates(kind)
        scanner.at = after
        return node
    }

    private mutating func parseKind() throws(Fault) -> Shape.Kind {
        guard try scanner.peek() == UInt8(ascii: "\"") else {
            throw Fault(
                .structure, at: scanner.at,
                "the type of a geometry must be a string, found \(scanner.described(scanner.at))")
        }
        let start = scanner.at
        let type = try scanner.string()
        if scanner.stands(type, for: "Point") { return .point }
        if scanner.stands(type, for: "Polygon") { return .polygon }
        if scanner.stands(type, for: "MultiPolygon") { return .multiPolygon }
        if scanner.stands(type, for: "LineString") { return .lineString }
        if scanner.stands(type, for: "MultiLineString") { return .multiLineString }
        if scanner.stands(type, for: "MultiPoint") { return .multiPoint }
        if scanner.stands(type, for: "GeometryCollection") { return .collection }
        throw Fault(
            .structure, at: start, "\"\(scanner.text(type))\" is no type of geometry",
            remedy: "the types are "
                + Shape.Kind.allCases.map(\.geoJSONName).joined(separator: ", "))
    }

    private mutating func parseMembers(_ depth: Int) throws(Fault) -> FlatGeometries.Node {
        guard depth < Self.collectionLimit else {
            throw Fault(
                .tooDeep, at: scanner.at, "collections nest deeper than \(Self.collectionLimit)")
        }
        var nodes: [FlatGeometries.Node] = []
        guard try scanner.enterArray("the \"geometries\" of a GeometryCollection as an array")
        else { return .collection(nodes) }
        repeat {
            guard try scanner.peek() == UInt8(ascii: "{") else {
                throw Fault(
                    .structure, at: scanner.at,
                    "a member of a GeometryCollection must be a geometry, found "
                        + scanner.described(scanner.at))
            }
            nodes.append(try parseGeometry(depth: depth + 1))
        } while try scanner.anotherElement()
        return .collection(nodes)
    }

    // MARK: Coordinates

    private mutating func parseCoordinates(
        _ kind: Shape.Kind
    ) throws(Fault) -> FlatGeometries.Node {
        let mark = geometries.beginPart(kind)
        switch kind {
        case .point:
            if try enter(kind, "its position") { try parsePosition(kind) }
        case .multiPoint:
            _ = try parsePositions(kind)
        case .lineString:
            let start = scanner.at
            let count = try parsePositions(kind)
            if count == 1 { throw shortLine(kind, start) }
        case .multiLineString:
            if try enter(kind, "its lines") {
                repeat {
                    let start = scanner.at
                    guard try parsePositions(kind) >= 2 else { throw shortLine(kind, start) }
                    geometries.rings.append(geometries.x.count)
                } while try scanner.anotherElement()
            }
        case .polygon:
            _ = try parseRings(kind)
        case .multiPolygon:
            if try enter(kind, "its polygons") {
                repeat {
                    let start = scanner.at
                    guard try parseRings(kind) > 0 else {
                        throw Fault(
                            .geometry, at: start, "a polygon of a MultiPolygon has no ring",
                            remedy: "remove the polygon")
                    }
                    geometries.polygons.append(geometries.rings.count - 1)
                } while try scanner.anotherElement()
            }
        case .collection: break
        }
        return geometries.endPart(kind, since: mark)
    }

    private func shortLine(_ kind: Shape.Kind, _ start: Int) -> Fault {
        Fault(
            .geometry, at: start, "a line of a \(kind.geoJSONName) has fewer than 2 positions",
            remedy: "remove the line, or make it a point")
    }

    /// Steps into an array of a geometry's coordinates.
    @inline(__always)
    private mutating func enter(_ kind: Shape.Kind, _ what: StaticString) throws(Fault) -> Bool {
        guard try scanner.peek() == UInt8(ascii: "[") else {
            throw Fault(
                .geometry, at: scanner.at,
                "the coordinates of a \(kind.geoJSONName) nest too little: expected an array of "
                    + "\(what), found \(scanner.described(scanner.at))")
        }
        scanner.at += 1
        guard try scanner.peek() == UInt8(ascii: "]") else { return true }
        scanner.at += 1
        return false
    }

    private mutating func parseRings(_ kind: Shape.Kind) throws(Fault) -> Int {
        let first = geometries.rings.count
        guard try enter(kind, "rings") else { return 0 }
        repeat {
            _ = try scanner.peek()
            let start = scanner.at
            let from = geometries.x.count
            _ = try parsePositions(kind)
            try checkRing(from, start, isHole: geometries.rings.count > first)
            geometries.rings.append(geometries.x.count)
        } while try scanner.anotherElement()
        return geometries.rings.count - first
    }

    private func checkRing(_ from: Int, _ start: Int, isHole: Bool) throws(Fault) {
        let name = isHole ? "interior ring" : "exterior ring"
        let count = geometries.x.count - from
        guard count > 0 else {
            throw Fault(.geometry, at: start, "an \(name) has no positions")
        }
        let last = geometries.x.count - 1
        let first = (x: geometries.x[from], y: geometries.y[from])
        let end = (x: geometries.x[last], y: geometries.y[last])
        guard first == end else {
            throw Fault(
                .geometry, at: start,
                "\(name) is not closed\n  first position \(first.x), \(first.y); last position "
                    + "\(end.x), \(end.y)",
                remedy: "repeat the first position at the end of the ring")
        }
        guard count >= 4 else {
            throw Fault(
                .geometry, at: start, "\(name) has \(count) positions; a ring needs at least 4",
                remedy: "remove the ring, or give it three corners and the first one again")
        }
    }

    /// Parses an array of positions and says how many there are.
    @inline(__always)
    private mutating func parsePositions(_ kind: Shape.Kind) throws(Fault) -> Int {
        let first = geometries.x.count
        guard try enter(kind, "positions") else { return 0 }
        repeat { try parsePositionArray(kind) } while try scanner.anotherElement()
        return geometries.x.count - first
    }

    @inline(__always)
    private mutating func parsePositionArray(_ kind: Shape.Kind) throws(Fault) {
        guard try enter(kind, "numbers (a position)") else { throw shortPosition(kind, 0) }
        try parsePosition(kind)
    }

    /// Parses the numbers of a position up to and with the closing bracket.
    @inline(__always)
    private mutating func parsePosition(_ kind: Shape.Kind) throws(Fault) {
        let x = try parseNumber(kind)
        guard try scanner.anotherElement() else { throw shortPosition(kind, 1) }
        let y = try parseNumber(kind)
        guard try scanner.anotherElement() else {
            geometries.append(x, y)
            return
        }
        geometries.append(x, y, try parseNumber(kind))
        while try scanner.anotherElement() { _ = try parseNumber(kind) }
    }

    @inline(__always)
    private mutating func parseNumber(_ kind: Shape.Kind) throws(Fault) -> Double {
        let byte = try scanner.peek()
        guard byte &- 0x30 < 10 || byte == UInt8(ascii: "-") else { throw noNumber(kind) }
        return try scanner.double()
    }

    private func noNumber(_ kind: Shape.Kind) -> Fault {
        let found = scanner.unexpected("a number")
        if found.problem.contains("NaN") || found.isEnd { return found }
        if scanner.bytes[scanner.at] == UInt8(ascii: "[") {
            return Fault(
                .geometry, at: scanner.at,
                "the coordinates of a \(kind.geoJSONName) nest too deep: expected a number, "
                    + "found '['")
        }
        return Fault(
            .geometry, at: scanner.at,
            "a coordinate must be a number, found \(scanner.described(scanner.at))",
            remedy: "write coordinates as numbers, without quotation marks")
    }

    private func shortPosition(_ kind: Shape.Kind, _ count: Int) -> Fault {
        Fault(
            .geometry, at: scanner.at - 1,
            "a position of a \(kind.geoJSONName) has \(count) numbers; it needs at least 2",
            remedy: "write a position as [longitude, latitude]")
    }
}
