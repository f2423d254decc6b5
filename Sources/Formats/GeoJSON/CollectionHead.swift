import Features
import Geometry

/// What the top level of a GeoJSON text says besides its features.
struct CollectionHead {
    /// The member "type", where it is a string.
    private(set) var type: String?
    /// Whether the member "features" has been met.
    var hasFeatures = false
    /// The member "name".
    private(set) var name: String?
    /// The coordinate reference system that the old member "crs" names.
    private(set) var crs: String?
    private(set) var foreignMembers: [CollectionInfo.ForeignMember] = []
    private var names: Set<String> = []

    static let geometryTypes = Set(Shape.Kind.allCases.map(\.geoJSONName))

    /// Whether a member "features" that comes now holds the features.
    var mayBeCollection: Bool { type == nil || type == "FeatureCollection" }

    /// Takes note of a member; the scanner stands at its value.
    mutating func add(_ name: String, _ value: JSONScanner) throws(Fault) {
        var value = value
        let start = value.at
        names.insert(name)
        switch name {
        case "type":
            guard try value.peek() == UInt8(ascii: "\"") else {
                throw Fault(
                    .structure, at: start,
                    "\"type\" must be a string, found \(value.described(start))",
                    remedy: "write \"type\": \"FeatureCollection\"")
            }
            type = value.text(try value.string())
        case "bbox": try value.checkBox(of: "the top level")
        case "crs": crs = try Self.crs(try value.value(depth: 1), at: start)
        case "name" where value.bytes[start] == UInt8(ascii: "\""):
            self.name = value.text(try value.string())
        case "features": break
        default:
            let json = String(decoding: value.bytes[start..<value.end], as: UTF8.self)
            foreignMembers.removeAll { $0.name == name }
            foreignMembers.append(.init(name: name, json: json))
        }
    }

    private static func crs(_ value: JSONValue, at start: Int) throws(Fault) -> String? {
        if value.isNull { return nil }
        guard value["type"]?.string == "name", let name = value["properties"]?["name"]?.string
        else {
            throw Fault(
                .crs, at: start, "the member \"crs\" does not name a coordinate reference system",
                remedy: "remove the member, or name the system with --assume-crs")
        }
        return name
    }

    /// A single feature's members belong to the feature.
    mutating func forgetMembersOfFeature() {
        foreignMembers = []
        name = nil
    }

    /// Checks the type of a text that has no features.
    func checkSingle(place: String) throws(FormatError) {
        switch type {
        case "FeatureCollection":
            throw FormatError(
                .structure, at: place, "the FeatureCollection has no member \"features\"",
                remedy: "add \"features\": [] at least")
        case "Feature": break
        case let type? where Self.geometryTypes.contains(type): break
        case "Topology":
            throw FormatError(
                .unknownFormat, at: place, "this is TopoJSON, not GeoJSON",
                remedy: "convert it, for example with `ogr2ogr -f GeoJSON`")
        default: throw badType(place)
        }
    }

    /// Checks the type of a text that has features.
    func checkCollection(place: String) throws(FormatError) {
        guard type != "FeatureCollection" else { return }
        guard let type, type == "Feature" || Self.geometryTypes.contains(type) else {
            throw badType(place)
        }
        throw FormatError(
            .structure, at: place, "the object has \"features\" but its type is \"\(type)\"",
            remedy: "write \"type\": \"FeatureCollection\"")
    }

    private func badType(_ place: String) -> FormatError {
        let known = ["FeatureCollection", "Feature"] + Self.geometryTypes.sorted()
        guard let type else {
            return FormatError(
                .structure, at: place, "the object has no member \"type\"",
                remedy: "add \"type\": \"FeatureCollection\" if it holds features")
        }
        let near = known.first { $0.lowercased() == type.lowercased() }
        return FormatError(
            .structure, at: place, "\"\(type)\" is no type of GeoJSON",
            remedy: near.map { "write \"\($0)\"" }
                ?? "the types are \(known.joined(separator: ", "))")
    }
}

extension JSONScanner {
    /// Checks the value of a member "bbox": an array of 4 or 6 numbers.
    mutating func checkBox(of what: @autoclosure () -> String) throws(Fault) {
        let start = at
        var count = 0
        let wrong = "the \"bbox\" of \(what()) must be an array of 4 or 6 numbers"
        guard try peek() == UInt8(ascii: "[") else { throw Fault(.structure, at: at, wrong) }
        if try enterArray("an array") {
            repeat {
                let byte = try peek()
                guard byte &- 0x30 < 10 || byte == UInt8(ascii: "-") else {
                    throw Fault(.structure, at: at, "\(wrong), found \(described(at))")
                }
                _ = try double()
                count += 1
            } while try anotherElement()
        }
        guard count == 4 || count == 6 else {
            throw Fault(.structure, at: start, "\(wrong), found \(count)")
        }
    }
}
