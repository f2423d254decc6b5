import Features
import Formats
import Geometry
import Synchronization

/// The features of a collection as they are served: their texts written beforehand, their boxes in
/// an index.
final class CollectionContent: Sendable {
    /// The features.
    let batch: FeatureBatch
    /// Each as GeoJSON, with all digits that its numbers have.
    let texts: FeatureTexts
    let index: BoxIndex
    /// Tells these features from others.
    let tag: String
    /// Whether every feature with a place is a point.
    let isPoints: Bool
    /// What a person should know who looks after the service.
    let remarks: [String]
    private let rows: [String: Int32]
    private let attributes = Mutex<[String: AttributeIndex]>([:])

    /// Makes features ready to be served.
    ///
    /// - Parameter batch: The features; where their identifiers are not one a feature, they are
    ///   numbered from 1 instead.
    /// - Throws: `FormatError` for a feature that cannot be written.
    init(_ batch: FeatureBatch) throws {
        var batch = batch
        var remarks: [String] = []
        var rows: [String: Int32] = [:]
        rows.reserveCapacity(batch.count)
        for row in 0..<batch.count {
            if let id = batch.id(row), !id.isEmpty { rows[id] = Int32(row) }
        }
        if rows.count < batch.count {
            if batch.ids != nil {
                remarks.append("identifiers are missing or repeated; features are numbered from 1")
            }
            batch.ids = .int((0..<batch.count).map { $0 + 1 } as [Int?])
            rows = Dictionary(
                uniqueKeysWithValues: (0..<batch.count).map { (String($0 + 1), Int32($0)) })
        }
        self.batch = batch
        self.remarks = remarks
        self.rows = rows
        texts = try FeatureTexts(batch)
        index = BoxIndex(Self.envelopes(of: batch.geometry))
        isPoints = batch.geometry.kind == .point
        tag = String(EntityTag.hash(texts.bytes), radix: 36)
    }

    private static func envelopes(of column: GeometryColumn) -> [Envelope?] {
        if case .points(let coordinates) = column.layout {
            return (0..<column.count).map { row in
                let position = coordinates[row]
                return column.validity[row] ? Envelope(position) : nil
            }
        }
        return (0..<column.count).map { column[$0]?.envelope }
    }

    /// The number of features.
    var count: Int { batch.count }

    /// All features as one text of GeoJSON.
    var collectionText: [UInt8] {
        var out = Array("{\"type\":\"FeatureCollection\",\"features\":[".utf8)
        out.reserveCapacity(texts.bytes.count + 2 * count + 64)
        for row in 0..<texts.count {
            out += row == 0 ? "\n".utf8 : ",\n".utf8
            out += texts[row]
        }
        out += "\n]}\n".utf8
        return out
    }

    /// The row of a feature.
    func row(of id: String) -> Int? { rows[id].map(Int.init) }

    /// The features that hold a value of an attribute, in their order.
    func rows(where name: String, is value: String) -> [Int32] {
        guard let column = batch[name] else { return [] }
        guard let key = AttributeIndex.key(value, column.kind) else { return [] }
        if let made = attributes.withLock({ $0[name] }) { return made.rows(holding: key) }
        let made = AttributeIndex(column)
        attributes.withLock { $0[name] = made }
        return made.rows(holding: key)
    }

    /// Whether a feature holds a value of an attribute.
    func holds(_ row: Int, _ name: String, _ key: String) -> Bool {
        guard let value = batch[name]?[row].plain, !value.isNull else { return false }
        return value.description == key
    }
}
