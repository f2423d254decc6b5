import Features
import Geometry

/// What the columns of an Arrow stream hold; it widens by the batches that are written.
struct ArrowSchema: Hashable, Sendable {
    /// The geometries: a layout of GeoArrow (https://geoarrow.org/format.html), or well-known binary.
    enum Geometries: Hashable, Sendable {
        /// No geometry yet.
        case none
        case layout(Shape.Kind, hasHeights: Bool)
        case binary

        func widened(by other: Geometries) -> Geometries {
            if self == .none { return other }
            return other == .none || other == self ? self : .binary
        }

        init(_ column: GeometryColumn) {
            guard column.validity.nullCount < column.count else {
                self = .none
                return
            }
            switch column.layout {
            case .points(let at): self = .layout(.point, hasHeights: at.z != nil)
            case .chains(let at, _, let kind), .rings(let at, _, _, let kind):
                self = .layout(kind, hasHeights: at.z != nil)
            case .polygons(let at, _, _, _): self = .layout(.multiPolygon, hasHeights: at.z != nil)
            case .binary: self = .binary
            }
        }
    }

    /// The kinds of the attributes by name; `nil` where no row holds a value yet.
    struct Attribute: Hashable, Sendable {
        var name: String
        var kind: Column.Kind?
    }

    private(set) var attributes: [Attribute] = []
    private(set) var geometries = Geometries.none
    /// Whether the identifiers are the first column, as no attribute is called so.
    private(set) var hasIdentifiers = false
    /// The coordinate reference system: a code of an authority, or a definition.
    var crs: String

    init(crs: String) { self.crs = crs }

    mutating func widen(by batch: FeatureBatch) {
        geometries = geometries.widened(by: Geometries(batch.geometry))
        for named in batch.columns { add(named.name, named.column) }
        let isNamed = attributes.contains { $0.name.lowercased() == "id" }
        if let ids = batch.ids, !isNamed || hasIdentifiers {
            let isNew = !hasIdentifiers
            hasIdentifiers = true
            add("id", ids)
            if isNew { attributes.insert(attributes.removeLast(), at: 0) }
        }
    }

    private mutating func add(_ name: String, _ column: Column) {
        let kind = column.validity.nullCount < column.count ? column.kind : nil
        guard let at = attributes.firstIndex(where: { $0.name == name }) else {
            attributes.append(Attribute(name: name, kind: kind))
            return
        }
        guard let kind, attributes[at].kind != kind else { return }
        switch (attributes[at].kind, kind) {
        case (nil, _): attributes[at].kind = kind
        case (.int, .double), (.double, .int): attributes[at].kind = .double
        default: attributes[at].kind = .json
        }
    }

    /// The name of the geometry column, which no attribute has.
    var geometryName: String {
        let names = ["geometry", "geom", "wkb_geometry"]
        return names.first { name in !attributes.contains { $0.name == name } } ?? "_geometry"
    }

    /// The fields: the attributes, then the geometry.
    var fields: [ArrowField] {
        attributes.map { attribute in
            switch attribute.kind ?? .string {
            case .bool: ArrowField(name: attribute.name, type: .bool)
            case .int: ArrowField(name: attribute.name, type: .int(bits: 64, isSigned: true))
            case .double: ArrowField(name: attribute.name, type: .float(bits: 64))
            case .string: ArrowField(name: attribute.name, type: .text(isLarge: false))
            case .json:
                ArrowField(
                    name: attribute.name, type: .text(isLarge: false),
                    metadata: [.init(key: ArrowField.nameKey, value: "arrow.json")])
            }
        } + [geometryField]
    }

    private var geometryField: ArrowField {
        var field: ArrowField
        var name = "geoarrow.wkb"
        switch geometries {
        case .binary: field = ArrowField(name: geometryName, type: .binary(isLarge: false))
        case .none: return Self.field(geometryName, .point, false, crs)
        case .layout(let kind, let hasHeights):
            return Self.field(geometryName, kind, hasHeights, crs)
        }
        name = "geoarrow.wkb"
        field.metadata = Self.metadata(name, crs)
        return field
    }

    private static func field(
        _ name: String, _ kind: Shape.Kind, _ hasHeights: Bool, _ crs: String
    ) -> ArrowField {
        let axes = hasHeights ? ["x", "y", "z"] : ["x", "y"]
        let numbers = axes.map {
            ArrowField(name: $0, type: .float(bits: 64), isNullable: false)
        }
        var field = ArrowField(name: name, type: .structure, children: numbers)
        let lists: [String] =
            switch kind {
            case .point, .collection: []
            case .multiPoint: ["points"]
            case .lineString: ["vertices"]
            case .multiLineString: ["linestrings", "vertices"]
            case .polygon: ["rings", "vertices"]
            case .multiPolygon: ["polygons", "rings", "vertices"]
            }
        for list in lists.reversed() {
            field.name = list
            field.isNullable = false
            field = ArrowField(name: name, type: .list(isLarge: false), children: [field])
        }
        field.metadata = metadata("geoarrow." + kind.geoJSONName.lowercased(), crs)
        return field
    }

    private static func metadata(_ name: String, _ crs: String) -> [ArrowField.Pair] {
        let json = String(decoding: JSONText.string(crs.utf8), as: UTF8.self)
        let isCode = !crs.contains("{") && crs.split(separator: ":").count == 2
        let type = isCode ? ",\"crs_type\":\"authority_code\"" : ""
        return [
            .init(key: ArrowField.nameKey, value: name),
            .init(key: ArrowField.metadataKey, value: "{\"crs\":\(json)\(type)}"),
        ]
    }
}
