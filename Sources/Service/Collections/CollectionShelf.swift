import Catalogue
import Features
import Formats
import Geometry
import HTTPTypes
import Synchronization

/// The collections that the service holds.
final class CollectionShelf: Sendable {
    /// Those of the catalogue and of files, which stay as they are.
    private let fixed: [String]
    private let state: Mutex<State>

    private struct State {
        var collections: [ServedCollection]
        var places: [String: Int]
        var edition: Int

        init(_ collections: [ServedCollection], edition: Int = 0) {
            self.edition = edition
            self.collections = collections
            places = Dictionary(
                collections.enumerated().map { ($1.id, $0) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// Takes the layers of a catalogue, and of the files in a folder.
    ///
    /// - Parameters:
    ///   - catalogue: The catalogue; its layers are read when they are first asked for.
    ///   - folder: A folder with files of features; `nil` for none.
    ///   - lanes: Where layers are read.
    ///   - tell: Is told what is passed over, and why.
    init(
        _ catalogue: PlaceCatalogue, folder: String?, on lanes: WorkLanes,
        tell: (String) -> Void
    ) {
        var collections: [ServedCollection] = []
        for layer in catalogue.layers {
            collections.append(ServedCollection(layer, .point, of: catalogue, on: lanes))
            if layer.outlines != nil {
                collections.append(ServedCollection(layer, .outline, of: catalogue, on: lanes))
            }
        }
        var taken = Set(collections.map(\.id))
        for (file, layer) in folder.map({ Self.layers(in: $0, tell) }) ?? []
            as [(file: String, layer: String?)]
        {
            do {
                var options = ReadingOptions()
                options.recordsInputs = false
                var source = try openSource(layer.map { "\(file):\($0)" } ?? file, options: options)
                let content = try CollectionContent(source.readAll())
                for warning in source.collection.warnings + content.remarks {
                    tell("\(file): \(warning)")
                }
                let id = Self.id(layer ?? FileFormat.layerName(file), avoiding: taken)
                taken.insert(id)
                collections.append(
                    ServedCollection(
                        id: id, .file(file), content: content, catalogue: catalogue, on: lanes))
            } catch {
                tell("passed over: \(error)")
            }
        }
        fixed = collections.map(\.id)
        state = Mutex(State(collections))
    }

    /// The collections, those of tables behind the others.
    var collections: [ServedCollection] { state.withLock { $0.collections } }

    /// Whether a collection is one of the catalogue or of a file.
    func isFixed(_ id: String) -> Bool { fixed.contains(id) }

    /// The name of the collection of a table.
    ///
    /// - Parameters:
    ///   - name: The name of the table.
    ///   - others: The names of the collections of other tables.
    /// - Returns: A name that no other collection has.
    func id(ofTable name: String, avoiding others: Set<String>) -> String {
        Self.id(name, avoiding: others.union(fixed))
    }

    /// A number that grows whenever the shelf changes.
    var edition: Int { state.withLock { $0.edition } }

    /// Puts the tables of a database on the shelf, in place of those that are there.
    func setTables(_ tables: [ServedCollection]) {
        state.withLock { state in
            state = State(
                Array(state.collections.prefix(fixed.count)) + tables, edition: state.edition + 1)
        }
    }

    /// The layers of the files in a folder whose names tell a format.
    private static func layers(
        in folder: String, _ tell: (String) -> Void
    ) -> [(file: String, layer: String?)] {
        var layers: [(file: String, layer: String?)] = []
        for name in FolderListing.names(in: folder) where !name.hasPrefix(".") {
            let file = "\(folder)/\(name)"
            guard FileFormat(path: file) != nil, name != CatalogueFolder.manifest else { continue }
            do {
                let names = try LayerNames.of(file)
                layers += names.isEmpty ? [(file, nil)] : names.map { (file, $0) }
            } catch {
                tell("passed over: \(error)")
            }
        }
        return layers
    }

    /// A name as a word of a path, which no other collection has.
    private static func id(_ name: String, avoiding taken: Set<String>) -> String {
        var word = ""
        for letter in name {
            let isPlain = letter.isLetter || letter.isNumber || "-_.".contains(letter)
            word.append(isPlain ? letter : "-")
        }
        if word.isEmpty || word.allSatisfy({ $0 == "." }) { word = "layer" }
        var id = word
        var number = 2
        while taken.contains(id) {
            id = "\(word)-\(number)"
            number += 1
        }
        return id
    }

    /// The collection of a name.
    ///
    /// - Throws: ``Problem`` (404) where there is none.
    func collection(_ id: String) throws(Problem) -> ServedCollection {
        let found = state.withLock { state in state.places[id].map { state.collections[$0] } }
        if let found { return found }
        let near = Spelling.nearest(to: id, in: collections.map(\.id))
        throw Problem(
            .notFound, "no-such-collection",
            "There is no collection \"\(id.prefix(80))\"."
                + (near.map { " Did you mean \($0)?" } ?? " They are listed in /collections."))
    }
}
