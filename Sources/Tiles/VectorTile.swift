public import Features
public import Geometry

/// Features as a Mapbox Vector Tile, version 2.1
/// (https://github.com/mapbox/vector-tile-spec/tree/master/2.1).
public enum VectorTile {
    /// The cells along a side of a tile.
    public static let extent = 4096
    /// The cells around a tile that are drawn, too, so that nothing breaks at its sides.
    public static let buffer = 64

    /// Encodes features as a tile of one layer.
    ///
    /// Lines and areas are cut at the room around the tile, simplified by half a cell, and laid on
    /// the grid, where areas stay valid. Whole numbers of at least 0 are the identifiers of
    /// features; other identifiers are their attribute `id`, where they have none of that name.
    /// Arrays and objects are JSON texts.
    ///
    /// - Parameters:
    ///   - batch: The features, their positions in EPSG:3857.
    ///   - layer: The name of the layer.
    ///   - tile: The tile.
    /// - Returns: The bytes; none where the tile holds no feature.
    /// - Throws: `GeometryError` where GEOS cannot cut a feature.
    public static func encode(
        _ batch: FeatureBatch, layer: String, in tile: TileAddress
    ) throws(GeometryError) -> [UInt8] {
        var names = Numbered<String>()
        var values = Numbered<Value>()
        var features = ProtocolBuffer()
        var count = 0
        for row in 0..<batch.count {
            guard let shape = batch.geometry[row], !shape.isEmpty else { continue }
            let parts: [TileGeometry]
            do throws(GeometryError) {
                parts = try TileGeometry.of(shape, in: tile)
            } catch {
                throw error.at("feature \(batch.id(row) ?? "\(row + 1)")")
            }
            guard !parts.isEmpty else { continue }
            var tags: [UInt32] = []
            func add(_ name: String, _ value: Value) {
                if case .double(let number) = value, !number.isFinite { return }
                if !value.isNull { tags += [names.number(name), values.number(value)] }
            }
            var id: UInt64?
            let identifier = batch.ids?[row].plain ?? .null
            if case .int(let number) = identifier, number >= 0 {
                id = UInt64(number)
            } else if batch["id"] == nil {
                add("id", identifier)
            }
            for named in batch.columns { add(named.name, named.column[row].plain) }
            for part in parts {
                var feature = ProtocolBuffer()
                if let id { feature.field(1, id) }
                if !tags.isEmpty { feature.field(2, packed: tags) }
                feature.field(3, part.type)
                feature.field(4, packed: part.commands)
                features.field(2, bytes: feature.bytes)
                count += 1
            }
        }
        guard count > 0 else { return [] }
        var body = ProtocolBuffer()
        body.field(15, 2)
        body.field(1, bytes: layer.utf8)
        var bytes = body.bytes + features.bytes
        var rest = ProtocolBuffer()
        for name in names.all { rest.field(3, bytes: name.utf8) }
        for value in values.all { rest.field(4, bytes: encoded(value)) }
        rest.field(5, UInt64(extent))
        bytes += rest.bytes
        var whole = ProtocolBuffer()
        whole.field(3, bytes: bytes)
        return whole.bytes
    }

    private static func encoded(_ value: Value) -> [UInt8] {
        var buffer = ProtocolBuffer()
        switch value {
        case .null: break
        case .bool(let isTrue): buffer.field(7, isTrue ? 1 : 0)
        case .int(let number): buffer.field(4, UInt64(bitPattern: number))
        case .double(let number): buffer.field(3, double: number)
        case .string(let text), .json(let text): buffer.field(1, bytes: text.utf8)
        }
        return buffer.bytes
    }
}

/// Values numbered in the order in which they first come.
private struct Numbered<Item: Hashable> {
    private(set) var all: [Item] = []
    private var numbers: [Item: UInt32] = [:]

    mutating func number(_ item: Item) -> UInt32 {
        if let number = numbers[item] { return number }
        let number = UInt32(all.count)
        numbers[item] = number
        all.append(item)
        return number
    }
}
