import Catalogue
import Features
import Formats
import HTTPTypes
import Synchronization

/// A collection of the service: a layer of the catalogue, or of a file.
final class ServedCollection: Sendable {
    /// Where its features come from.
    enum Origin: Sendable {
        /// A layer of the catalogue, as points or as outlines.
        case layer(LayerInfo, PlaceView.Drawing)
        /// A file, read when the service began.
        case file(String)
        /// A table of a database.
        case table(String)
    }

    /// The word by which clients name it.
    let id: String
    /// Its title in Korean, where it has one.
    let titleKO: String?
    /// Its title in English.
    let titleEN: String
    /// What it holds.
    let description: String
    let origin: Origin
    private let catalogue: PlaceCatalogue
    private let lanes: WorkLanes
    private let state: Mutex<State>

    private struct State {
        var present: CollectionContent?
        var loading: Task<CollectionContent, any Error>?
        /// Contents of other days, the one asked for last behind the others.
        var past: [(changes: Changes, content: Task<CollectionContent, any Error>)] = []
    }

    /// How many changes lie up to the first and up to the last of some days: where both are the same, so
    /// is what is seen.
    private struct Changes: Hashable {
        let start: Int?
        let end: Int?
    }

    private let changeDays = LazyValue<ChangeDays>()
    /// How many contents of other days are kept.
    static let pastCount = 8

    /// A layer of the catalogue, which is read when it is first asked for.
    init(
        _ layer: LayerInfo, _ drawing: PlaceView.Drawing, of catalogue: PlaceCatalogue,
        on lanes: WorkLanes
    ) {
        let isOutline = drawing == .outline
        id = isOutline ? layer.name + "-outlines" : layer.name
        titleKO = isOutline ? layer.titleKO + " 경계" : layer.titleKO
        titleEN = isOutline ? layer.titleEN + " (outlines)" : layer.titleEN
        description =
            isOutline
            ? layer.description + " Drawn as simplified outlines." : layer.description
        origin = .layer(layer, drawing)
        self.catalogue = catalogue
        self.lanes = lanes
        state = Mutex(State())
    }

    /// A layer of a file or a table of a database, as it was read.
    init(
        id: String, _ origin: Origin, content: CollectionContent, catalogue: PlaceCatalogue,
        on lanes: WorkLanes
    ) {
        self.id = id
        self.origin = origin
        titleKO = nil
        switch origin {
        case .table(let table):
            titleEN = table
            description = "The table \(table) of the service's database."
        case .file(let file):
            titleEN = id
            description = "The features of \(file.split(separator: "/").last ?? "")."
        case .layer(let layer, _):
            titleEN = id
            description = layer.description
        }
        self.catalogue = catalogue
        self.lanes = lanes
        state = Mutex(State(present: content))
    }

    /// The layer of the catalogue that it is; `nil` for a file.
    var layer: LayerInfo? { if case .layer(let layer, _) = origin { layer } else { nil } }

    /// Whether `datetime` chooses what is seen.
    var knowsTime: Bool { layer != nil }

    /// Its title, Korean first.
    var title: String {
        titleKO.map { $0 == titleEN ? $0 : "\($0) · \(titleEN)" } ?? titleEN
    }

    /// Its features.
    ///
    /// - Throws: `CatalogueError` or `FormatError` where the catalogue's file cannot be read.
    func content() async throws -> CollectionContent {
        let (present, loading) = state.withLock { state in
            if state.present == nil, state.loading == nil {
                state.loading = Task(executorPreference: lanes.light) { try self.read(nil) }
            }
            return (state.present, state.loading)
        }
        if let present { return present }
        guard let loading else { return try read(nil) }
        do {
            let content = try await loading.value
            state.withLock {
                $0.present = content
                $0.loading = nil
            }
            return content
        } catch {
            // A file that was being written may be whole the next time.
            state.withLock { $0.loading = nil }
            throw error
        }
    }

    /// Its features as they stood.
    ///
    /// - Parameter days: When; `nil` for as they are written.
    /// - Returns: The features.
    /// - Throws: What ``content()`` throws; ``Problem`` (503) where too many others ask for other days.
    func content(during days: TimeInterval?) async throws -> CollectionContent {
        guard let days, let layer else { return try await content() }
        let change = try changeDays.get { try catalogue.changeDays(of: layer) }
        let changes = Changes(
            start: days.start.map(change.changes), end: days.end.map(change.changes))
        let task = state.withLock { state in
            if let at = state.past.firstIndex(where: { $0.changes == changes }) {
                state.past.append(state.past.remove(at: at))
            } else {
                if state.past.count >= Self.pastCount { state.past.removeFirst() }
                let making = Task(executorPreference: lanes.heavy) {
                    try await self.lanes.builds.pass { try self.read(days) }
                }
                state.past.append((changes, making))
            }
            return state.past[state.past.count - 1].content
        }
        do {
            return try await task.value
        } catch {
            state.withLock { $0.past.removeAll { $0.changes == changes } }
            throw error
        }
    }

    private func read(_ days: TimeInterval?) throws -> CollectionContent {
        guard case .layer(let layer, let drawing) = origin else {
            throw Problem(.internalServerError, "unread", "\(id) is not there.")
        }
        var view = PlaceView(drawing: drawing)
        if let days { view.span = PlaceView.Span(from: days.start, to: days.end) }
        return try CollectionContent(catalogue.features(of: layer.name, view))
    }
}
