/// Some tens of thousands of features in columns: what flows from a source to a sink.
///
/// Positions are longitude, latitude on WGS 84 (EPSG:4326): sources transform on the way in, sinks
/// on the way out.
public struct FeatureBatch: Hashable, Sendable {
    /// The number of features that readers put into one batch.
    public static let usualCount = 65_536

    /// The geometries, one a feature.
    public var geometry: GeometryColumn
    /// The identifiers of the features, texts or numbers as they came; `nil` where none has one.
    public var ids: Column?
    /// The attributes in the order of the file.
    public private(set) var columns: [Named] = []
    /// The place in the whole flow of the first feature of this batch, from 0.
    public var firstIndex: Int

    /// A column with its name.
    public struct Named: Hashable, Sendable {
        /// The name, as in the file.
        public var name: String
        /// The values.
        public var column: Column
    }

    /// Creates a batch of features that have no attributes yet.
    ///
    /// - Parameters:
    ///   - geometry: The geometries, one a feature.
    ///   - ids: The identifiers, if any.
    ///   - firstIndex: The place in the whole flow of the first feature.
    public init(geometry: GeometryColumn, ids: Column? = nil, firstIndex: Int = 0) {
        precondition(ids == nil || ids?.count == geometry.count, "one identifier a feature")
        self.geometry = geometry
        self.ids = ids
        self.firstIndex = firstIndex
    }

    /// The number of features.
    public var count: Int { geometry.count }

    /// The column of a name.
    ///
    /// - Parameter name: The name, exactly as in the file.
    /// - Returns: The column, or `nil` where there is none of that name.
    public subscript(name: String) -> Column? {
        columns.first { $0.name == name }?.column
    }

    /// Sets a column: replaces the one of this name in its place, or appends a new one.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - column: The values, one a feature.
    public mutating func set(_ name: String, _ column: Column) {
        precondition(column.count == count, "one value a feature")
        if let at = columns.firstIndex(where: { $0.name == name }) {
            columns[at].column = column
        } else {
            columns.append(Named(name: name, column: column))
        }
    }

    /// Gives a column another name, in its place, if there is one of this name.
    ///
    /// - Parameters:
    ///   - name: The present name.
    ///   - newName: The new name, which no other column may have.
    public mutating func rename(_ name: String, to newName: String) {
        precondition(self[newName] == nil, "no two columns of one name")
        guard let at = columns.firstIndex(where: { $0.name == name }) else { return }
        columns[at].name = newName
    }

    /// Removes a column, if there is one of this name.
    ///
    /// - Parameter name: The name.
    public mutating func remove(_ name: String) { columns.removeAll { $0.name == name } }

    /// The identifier of a feature as text, or `nil` where it has none.
    ///
    /// - Parameter row: The row in this batch, from 0.
    /// - Returns: The identifier; numbers in their decimal form.
    public func id(_ row: Int) -> String? {
        guard let value = ids?[row].plain, !value.isNull else { return nil }
        return value.description
    }

    /// Returns the batch with some of its features, in the order of the rows given.
    ///
    /// - Parameter rows: The rows to take, from 0.
    /// - Returns: A batch of those features.
    public func taking(_ rows: [Int]) -> FeatureBatch {
        func take(_ column: Column) -> Column {
            var builder = ColumnBuilder()
            for row in rows { builder.append(column[row]) }
            return builder.finish(as: column.kind)
        }
        var batch = FeatureBatch(
            geometry: GeometryColumn(rows.map { geometry[$0] }), ids: ids.map(take),
            firstIndex: firstIndex)
        for named in columns { batch.set(named.name, take(named.column)) }
        return batch
    }

    /// Joins batches into one; columns that one batch lacks hold no value in its rows.
    ///
    /// - Parameter batches: The batches in order.
    /// - Returns: One batch of all their features.
    public static func joining(_ batches: [FeatureBatch]) -> FeatureBatch {
        if batches.count == 1 { return batches[0] }
        var geometry = GeometryColumnBuilder()
        var names: [String] = []
        var seen: Set<String> = []
        for batch in batches {
            for row in 0..<batch.count { geometry.append(batch.geometry[row]) }
            for named in batch.columns where seen.insert(named.name).inserted {
                names.append(named.name)
            }
        }
        func join(_ pick: (FeatureBatch) -> Column?) -> Column {
            var builder = ColumnBuilder()
            var kind: Column.Kind?
            for batch in batches {
                guard let column = pick(batch) else {
                    builder.appendNulls(batch.count)
                    continue
                }
                kind = kind ?? column.kind
                for row in 0..<column.count { builder.append(column[row]) }
            }
            return builder.finish(as: kind ?? .string)
        }
        let hasIds = batches.contains { $0.ids != nil }
        var joined = FeatureBatch(
            geometry: geometry.finish(), ids: hasIds ? join(\.ids) : nil,
            firstIndex: batches.first?.firstIndex ?? 0)
        for name in names { joined.set(name, join { $0[name] }) }
        return joined
    }
}
