internal import Features
internal import Formats
internal import Geometry
internal import Maps

/// A result as rows and named columns.
struct ResultTable {
    /// The name of the file.
    let file: String
    let batch: FeatureBatch

    /// Reads a result; `nil` for what is none of features or rows.
    init?(file: String, path: String) throws {
        guard let format = FileFormat(path: path), [.geoJSON, .csv].contains(format) else {
            return nil
        }
        var source = try openSource(path)
        self.file = file
        batch = try source.readAll()
    }

    init(file: String, batch: FeatureBatch) {
        self.file = file
        self.batch = batch
    }

    var count: Int { batch.count }

    func has(_ field: String) -> Bool { batch[field] != nil }

    func number(_ field: String, _ row: Int) -> Double? {
        batch[field].flatMap { $0.number(row) ?? $0[row].plain.number }
    }

    func text(_ field: String, _ row: Int) -> String? {
        guard let value = batch[field]?[row].plain, !value.isNull else { return nil }
        return value.description
    }

    /// Whether any feature has a place.
    var hasPlaces: Bool {
        (0..<batch.count).contains { row in batch.geometry[row].map { !$0.isEmpty } ?? false }
    }

    /// The columns that an operation added to those of the catalogue; all where it added to none.
    ///
    /// Features of the catalogue end in their sources and their layer; results follow.
    var resultFields: [String] {
        let names = batch.columns.map(\.name)
        guard let layer = names.firstIndex(of: "layer"), layer > 0, names[layer - 1] == "sources"
        else { return names }
        return Array(names[(layer + 1)...])
    }

    /// Whether rows are places with names of their own.
    var hasNames: Bool { has("name_ko") || has("name_en") }

    /// What a row is called.
    func name(_ row: Int, _ facts: CatalogueFacts) -> MapName? {
        if hasNames { return MapName(text("name_ko", row), text("name_en", row) ?? "") }
        return batch.id(row).flatMap { facts.names[$0] }
    }

    /// The rows in the order of a number, the greatest first; those without it last.
    func rows(by field: String, descending: Bool = true) -> [Int] {
        let keys = (0..<count).map { number(field, $0) }
        return (0..<count).sorted { a, b in
            guard let x = keys[a] else { return keys[b] == nil && a < b }
            guard let y = keys[b] else { return true }
            return x == y ? a < b : descending ? x > y : x < y
        }
    }

    /// The table with some of its rows.
    func taking(_ rows: [Int]) -> ResultTable {
        ResultTable(file: file, batch: batch.taking(rows))
    }
}
