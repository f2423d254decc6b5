import Features
import Geometry

/// What a layer to be written holds: its columns in order with their types, and the kinds of its
/// geometries.
struct LayerSchema {
    struct Field {
        var name: String
        var kind: Column.Kind
    }

    private(set) var fields: [Field] = []
    private(set) var kinds: Set<Shape.Kind> = []
    private(set) var hasHeights = false
    private(set) var hasPlane = false

    /// Takes note of a batch; types of one column widen to one that holds both.
    mutating func add(_ batch: FeatureBatch) {
        for named in batch.columns {
            let isEmpty = named.column.validity.nullCount == named.column.count
            if let at = fields.firstIndex(where: { $0.name == named.name }) {
                if !isEmpty { fields[at].kind = Self.widened(fields[at].kind, named.column.kind) }
            } else {
                fields.append(Field(name: named.name, kind: named.column.kind))
            }
        }
        for row in 0..<batch.count {
            if case .points(let coordinates) = batch.geometry.layout {
                guard batch.geometry.validity.nullCount < batch.count else { break }
                kinds.insert(.point)
                if coordinates.z != nil { hasHeights = true } else { hasPlane = true }
                break
            }
            guard let shape = batch.geometry[row] else { continue }
            kinds.insert(shape.kind)
            var first: Position?
            shape.forEachPosition { if first == nil { first = $0 } }
            if first?.z != nil { hasHeights = true } else { hasPlane = true }
        }
    }

    static func widened(_ a: Column.Kind, _ b: Column.Kind) -> Column.Kind {
        switch (a, b) {
        case _ where a == b: a
        case (.int, .double), (.double, .int): .double
        default: .string
        }
    }

    /// The code of OGC's well-known binary for the geometries: their kind, or 0 for any.
    var geometryCode: UInt32 {
        guard kinds.count == 1, let kind = kinds.first else { return 0 }
        if hasHeights, hasPlane { return 0 }
        return kind.rawValue + (hasHeights ? 1000 : 0)
    }
}
