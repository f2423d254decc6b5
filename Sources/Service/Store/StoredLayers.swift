import Catalogue
import Features
import Formats
import HTTPTypes
import Synchronization

/// The tables of a database as collections of a shelf, and kept as the database has them.
///
/// What is done with the database is done one at a time, and blocks the thread.
final class StoredLayers: Sendable {
    private let store: PostGISStore
    private let shelf: CollectionShelf
    private let catalogue: PlaceCatalogue
    private let lanes: WorkLanes
    private let state = Mutex(State())

    private struct State {
        /// How far the database's log of changes had come when the tables were last looked at.
        var place = ""
        var tables: [String: (state: String?, collection: ServedCollection)] = [:]
        /// What was told of tables that cannot be read, each told once.
        var told: [String: String] = [:]

        /// The table of a collection.
        func table(of id: String) -> String? {
            tables.first { $0.value.collection.id == id }?.key
        }
    }

    /// Brings a database and a shelf together.
    ///
    /// - Parameters:
    ///   - store: The database.
    ///   - shelf: The shelf, which gets a collection for each table.
    ///   - catalogue: The catalogue of the service.
    ///   - lanes: Where answers are worked out.
    init(
        _ store: PostGISStore, on shelf: CollectionShelf, _ catalogue: PlaceCatalogue,
        _ lanes: WorkLanes
    ) {
        self.lanes = lanes
        self.store = store
        self.shelf = shelf
        self.catalogue = catalogue
    }

    /// Reads the tables that are new or were changed; what cannot be read stays as it was read last.
    ///
    /// - Parameter tell: Is told which table cannot be read, and why.
    /// - Throws: `FormatError` where the database does not answer.
    func refresh(tell: (String) -> Void) throws {
        try state.withLock { state in try refresh(&state, tell) }
    }

    private func refresh(_ state: inout State, _ tell: (String) -> Void) throws {
        let place = try store.place()
        if place == state.place, !place.isEmpty { return }
        let tables = try store.tables()
        var kept: [String: (state: String?, collection: ServedCollection)] = [:]
        var isChanged = false
        var isWhole = true
        for table in tables {
            if let before = state.tables[table.name], before.state == table.state,
                table.state != nil
            {
                kept[table.name] = before
                continue
            }
            do {
                if let problem = table.problem { throw problem }
                let others = state.tables.merging(kept) { $1 }.filter { $0.key != table.name }
                let id = shelf.id(
                    ofTable: table.name, avoiding: Set(others.values.map(\.collection.id)))
                kept[table.name] = (table.state, try read(table.name, as: id, tell))
                isChanged = true
                state.told[table.name] = nil
            } catch {
                isWhole = false
                let reason = "\(table.name): \(error)"
                if state.told.updateValue(reason, forKey: table.name) != reason { tell(reason) }
                kept[table.name] = state.tables[table.name]
            }
        }
        if Set(kept.keys) != Set(state.tables.keys) { isChanged = true }
        state.tables = kept
        // What could not be read is tried again, whether the database changes or not.
        state.place = isWhole ? place : ""
        if isChanged { shelf.setTables(tables.compactMap { kept[$0.name]?.collection }) }
    }

    private func read(
        _ table: String, as id: String, _ tell: (String) -> Void
    ) throws -> ServedCollection {
        var source = try store.source(table)
        let content = try CollectionContent(source.readAll())
        for warning in source.collection.warnings + content.remarks {
            tell("\(table): \(warning)")
        }
        return ServedCollection(
            id: id, .table(table), content: content, catalogue: catalogue,
            on: lanes)
    }

    /// Puts features into the database as a table, in place of one that is there.
    ///
    /// - Parameters:
    ///   - id: The name of the collection, or of a new table.
    ///   - features: The features.
    ///   - tell: Is told of tables that cannot be read.
    /// - Returns: Whether the table is new.
    /// - Throws: `FormatError` where the database does not take them.
    func put(_ id: String, _ features: FeatureBatch, tell: (String) -> Void) throws -> Bool {
        try state.withLock { state in
            try refresh(&state, tell)
            let table = state.table(of: id) ?? id
            let isNew = state.tables[table] == nil
            if isNew, try store.holds(table) {
                throw Problem(
                    .conflict, "not-in-store",
                    "The database has something named \"\(table)\" that is no collection. It is "
                        + "not replaced.")
            }
            try store.put(table, features)
            state.place = ""
            try refresh(&state, tell)
            return isNew
        }
    }

    /// Removes a table from the database.
    ///
    /// - Parameters:
    ///   - id: The name of the collection.
    ///   - tell: Is told of tables that cannot be read.
    /// - Returns: Whether it was there.
    /// - Throws: `FormatError` where the database keeps it.
    func drop(_ id: String, tell: (String) -> Void) throws -> Bool {
        try state.withLock { state in
            try refresh(&state, tell)
            guard let table = state.table(of: id) else { return false }
            try store.drop(table)
            state.place = ""
            try refresh(&state, tell)
            return true
        }
    }
}
