internal import CPROJ

/// A coordinate reference system, named by an authority's code, WKT or a PROJ string.
///
/// A value that can be kept and compared; PROJ's own objects are made from it where they are used
/// (see ``Transformation``). Whatever order the authority lists the axes in, coordinates here are
/// always x east, y north.
public struct CoordinateReferenceSystem: Hashable, Sendable {
    /// The definition, fit for PROJ.
    public let definition: String
    /// The name of the system, for example `Korea 2000 / Unified CS`.
    public let name: String
    /// The authority's code, for example `EPSG:5179`, where the definition has one.
    public let code: String?
    /// Whether coordinates are longitudes and latitudes in degrees, not metres.
    public let isGeographic: Bool

    /// Longitude, latitude on WGS 84: what every position inside ClusterAtlas is in.
    public static let wgs84 = CoordinateReferenceSystem(
        definition: "EPSG:4326", name: "WGS 84", code: "EPSG:4326", isGeographic: true)

    private init(definition: String, name: String, code: String?, isGeographic: Bool) {
        self.definition = definition
        self.name = name
        self.code = code
        self.isGeographic = isGeographic
    }

    /// Reads a definition.
    ///
    /// - Parameter text: `EPSG:5179`, a bare EPSG code, `CRS84`, an OGC URN or URL, WKT 1 or 2
    ///   (ESRI's too), PROJJSON, a PROJ string, or a name as in EPSG's registry.
    /// - Throws: ``GeometryError`` (`unknownCRS`) where PROJ cannot read it, or it is no system of
    ///   two horizontal axes.
    public init(_ text: String) throws(GeometryError) {
        let definition = Self.normalised(text)
        if Self.wgs84Names.contains(definition.uppercased()) {
            self = .wgs84
            return
        }
        let object = try Self.object(definition, as: text, in: PROJContext())
        self.init(
            definition: definition, name: object.name, code: object.code,
            isGeographic: Self.isGeographic(object))
    }

    private static let wgs84Names: Set<String> = [
        "EPSG:4326", "OGC:CRS84", "CRS84", "WGS84", "URN:OGC:DEF:CRS:OGC:1.3:CRS84",
        "URN:OGC:DEF:CRS:OGC::CRS84", "URN:OGC:DEF:CRS:EPSG::4326",
        "HTTP://WWW.OPENGIS.NET/DEF/CRS/OGC/1.3/CRS84",
    ]

    /// Whether coordinates are longitude and latitude on WGS 84 already.
    public var isWGS84: Bool { code == "EPSG:4326" || code == "OGC:CRS84" }

    private static func normalised(_ text: String) -> String {
        var trimmed = text[...]
        while trimmed.first?.isWhitespace == true { trimmed.removeFirst() }
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        if !trimmed.isEmpty, trimmed.allSatisfy({ $0.isASCII && $0.isNumber }) {
            return "EPSG:\(trimmed)"
        }
        if trimmed.contains("+proj="), !trimmed.contains("+type=crs") {
            return trimmed + " +type=crs"
        }
        return String(trimmed)
    }

    /// Makes PROJ's object of this system.
    func object(in context: PROJContext) throws(GeometryError) -> PROJObject {
        try Self.object(definition, as: definition, in: context)
    }

    private static func object(
        _ definition: String, as text: String, in context: PROJContext
    ) throws(GeometryError) -> PROJObject {
        guard let object = context.own(create(definition, in: context)) else {
            throw GeometryError(
                .unknownCRS, "\"\(text)\" is no coordinate reference system PROJ knows",
                remedy: "name one as EPSG:5179 (Korea), EPSG:4326 (longitude, latitude), WKT or "
                    + "a PROJ string")
        }
        switch object.type {
        case PJ_TYPE_GEOGRAPHIC_2D_CRS, PJ_TYPE_PROJECTED_CRS: return object
        case PJ_TYPE_BOUND_CRS:
            return object
        default:
            throw GeometryError(
                .unknownCRS, "\"\(text)\" (\(object.name)) is no system of two horizontal axes",
                remedy: "name a geographic or projected system, for example EPSG:5186")
        }
    }

    /// Asks PROJ for a definition, and never to guess.
    ///
    /// PROJ takes a text that has none of its forms for a name, or a part of one, of any object of
    /// its database, which takes it a third of a second and finds systems nobody named.
    private static func create(
        _ definition: String, in context: PROJContext
    ) -> OpaquePointer? {
        guard let form = DefinitionForm(definition) else { return nil }
        guard form == .name else { return proj_create(context.handle, definition) }
        let types = [PJ_TYPE_GEOGRAPHIC_2D_CRS, PJ_TYPE_PROJECTED_CRS]
        guard
            let found = proj_create_from_name(
                context.handle, nil, definition, types, types.count, 0, 1, nil)
        else { return nil }
        defer { proj_list_destroy(found) }
        return proj_list_get_count(found) > 0
            ? proj_list_get(context.handle, found, 0) : nil
    }

    private static func isGeographic(_ object: PROJObject) -> Bool {
        if object.type == PJ_TYPE_BOUND_CRS,
            let base = object.context.own(
                proj_get_source_crs(object.context.handle, object.pointer))
        {
            return base.type == PJ_TYPE_GEOGRAPHIC_2D_CRS
        }
        return object.type == PJ_TYPE_GEOGRAPHIC_2D_CRS
    }
}

extension CoordinateReferenceSystem: CustomStringConvertible {
    /// The code with the name, or the name alone, or the definition where there is no name.
    public var description: String {
        if let code { return "\(code) (\(name))" }
        return name.isEmpty || name == "unknown" ? definition : name
    }
}
