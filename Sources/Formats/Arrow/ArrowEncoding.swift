import Features
import Geometry

/// The buffers of a record batch, one after another as Arrow lays them out.
struct ArrowBody {
    private(set) var bytes: [UInt8] = []
    /// Length and number of nulls of each column, parents first.
    private(set) var nodes: [[Int64]] = []
    /// Offset and length of each buffer.
    private(set) var buffers: [[Int64]] = []

    private mutating func add(_ count: Int, _ write: (inout [UInt8]) -> Void) {
        let start = bytes.count
        write(&bytes)
        buffers.append([Int64(start), Int64(bytes.count - start)])
        while bytes.count % 64 != 0 { bytes.append(0) }
    }

    private mutating func add<Element: BitwiseCopyable>(_ values: [Element]) {
        values.withUnsafeBytes { raw in add(raw.count) { $0.append(contentsOf: raw) } }
    }

    private mutating func add(node count: Int, _ validity: Validity? = nil) {
        nodes.append([Int64(count), Int64(validity?.nullCount ?? 0)])
        // No bits stand for rows that all hold a value.
        add(validity.map { $0.isAllValid ? [] : $0.bytes } ?? [UInt8]())
    }

    /// Adds the length and the number of nulls of a column, whose buffers follow.
    mutating func add(node count: Int, nulls: Int) { nodes.append([Int64(count), Int64(nulls)]) }

    /// Adds a buffer as it is.
    mutating func add(buffer bytes: some Collection<UInt8>) {
        add(bytes.count) { $0.append(contentsOf: bytes) }
    }

    /// Offsets as 32 bits, which is what readers expect.
    private mutating func add(offsets: [Int]) { add(offsets.map { Int32(truncatingIfNeeded: $0) }) }

    // MARK: Columns

    mutating func add(_ column: Column) {
        add(node: column.count, column.validity)
        switch column.storage {
        case .bool(let values):
            var bits = Validity()
            for value in values { bits.append(value) }
            add(bits.bytes)
        case .int(let values): add(values)
        case .double(let values): add(values)
        case .string(let texts), .json(let texts):
            add(offsets: texts.offsets)
            add(texts.bytes)
        }
    }

    mutating func add(_ column: GeometryColumn) {
        switch column.layout {
        case .points(let coordinates):
            add(node: column.count, column.validity)
            add(axes: coordinates)
        case .chains(let coordinates, let offsets, _):
            add(list: offsets, column.validity)
            add(coordinates)
        case .rings(let coordinates, let rings, let offsets, _):
            add(list: offsets, column.validity)
            add(list: rings)
            add(coordinates)
        case .polygons(let coordinates, let rings, let polygons, let offsets):
            add(list: offsets, column.validity)
            add(list: polygons)
            add(list: rings)
            add(coordinates)
        case .binary(let bytes, let offsets):
            add(list: offsets, column.validity)
            add(bytes)
        }
    }

    private mutating func add(list offsets: [Int], _ validity: Validity? = nil) {
        add(node: offsets.count - 1, validity)
        add(offsets: offsets)
    }

    private mutating func add(_ coordinates: GeometryColumn.Coordinates) {
        add(node: coordinates.count)
        add(axes: coordinates)
    }

    private mutating func add(axes coordinates: GeometryColumn.Coordinates) {
        for axis in [coordinates.x, coordinates.y] + (coordinates.z.map { [$0] } ?? []) {
            add(node: axis.count)
            add(axis)
        }
    }
}

extension ArrowSchema {
    /// A batch as the schema lays it out.
    func body(_ batch: FeatureBatch) -> ArrowBody {
        var body = ArrowBody()
        for attribute in attributes {
            let isIdentifier = hasIdentifiers && attribute.name == "id"
            let column = isIdentifier ? batch.ids : batch[attribute.name]
            body.add(Self.column(column, as: attribute.kind ?? .string, count: batch.count))
        }
        body.add(column(batch.geometry))
        return body
    }

    private static func column(_ column: Column?, as kind: Column.Kind, count: Int) -> Column {
        if let column, column.kind == kind { return column }
        var builder = ColumnBuilder()
        for row in 0..<count {
            switch column?[row] ?? .null {
            case .null: builder.appendNulls()
            case let value where kind == .json: builder.appendJSON(utf8: JSONText.of(value).utf8)
            case .int(let value) where kind == .double: builder.append(Double(value))
            case let value: builder.append(value)
            }
        }
        return builder.finish(as: kind)
    }

    /// The geometries in the layout of the schema.
    private func column(_ column: GeometryColumn) -> GeometryColumn {
        switch (geometries, Geometries(column)) {
        case (.binary, _):
            if case .binary = column.layout { return column }
            var bytes: [UInt8] = []
            var offsets = [0]
            for row in 0..<column.count {
                if let shape = column[row] { WellKnownBinary.append(shape, to: &bytes) }
                offsets.append(bytes.count)
            }
            return GeometryColumn(.binary(bytes, offsets: offsets), validity: column.validity)
        case (.layout(let kind, let hasHeights), .none):
            return Self.empty(kind, hasHeights, column.validity)
        case (.none, _): return Self.empty(.point, false, column.validity)
        case (.layout, _): return column
        }
    }

    /// A column of nulls.
    private static func empty(
        _ kind: Shape.Kind, _ hasHeights: Bool, _ validity: Validity
    ) -> GeometryColumn {
        let zeros = [Int](repeating: 0, count: validity.count + 1)
        let none = GeometryColumn.Coordinates(z: hasHeights ? [] : nil)
        switch kind {
        case .point, .collection:
            let gaps = [Double](repeating: .nan, count: validity.count)
            let points = GeometryColumn.Coordinates(x: gaps, y: gaps, z: hasHeights ? gaps : nil)
            return GeometryColumn(.points(points), validity: validity)
        case .multiPoint, .lineString:
            return GeometryColumn(.chains(none, offsets: zeros, kind: kind), validity: validity)
        case .polygon, .multiLineString:
            return GeometryColumn(
                .rings(none, rings: [0], offsets: zeros, kind: kind), validity: validity)
        case .multiPolygon:
            return GeometryColumn(
                .polygons(none, rings: [0], polygons: [0], offsets: zeros), validity: validity)
        }
    }
}
