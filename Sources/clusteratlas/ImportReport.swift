import Catalogue
import Features

/// What an import took for what, and what became of the rows.
struct ImportReport {
    private let importer: Importer
    private let rows: Int

    init(_ importer: Importer, of batch: FeatureBatch) {
        self.importer = importer
        rows = batch.count
    }

    /// How many rows that were not placed are listed.
    private static let listed = 10

    var text: String {
        var table = Table([
            ("field", .whole), ("column", .left), ("first value", .left), ("read as", .left),
        ])
        for entry in importer.mapping.entries {
            let unit: String =
                if entry.field == .area {
                    entry.unit.map { $0.rawValue } ?? "unit unknown: --area-unit"
                } else {
                    ""
                }
            table.add([entry.field.rawValue, entry.column, entry.example ?? "", unit])
        }
        var lines = [table.text]
        let unused = importer.mapping.unused
        if !unused.isEmpty { lines.append("not taken: \(unused.joined(separator: ", "))\n") }
        lines.append(
            "\n\(Figures.count(rows, "row")), \(Figures.count(importer.count, "record")):\n")
        func count(_ number: Int, _ what: String) {
            if number > 0 { lines.append("  \(Figures.number(Double(number)))  \(what)\n") }
        }
        count(importer.placedByGeometry, "placed by geometry")
        count(importer.placedByAddress, "placed at the middle of the municipality they name")
        count(importer.romanised, "English names romanised syllable by syllable")
        count(importer.matched.count, "are built-in records already, such as \(examples)")
        count(importer.elsewhere.count, "lie in another municipality than they name")
        lines.append(Self.list(importer.elsewhere))
        count(importer.unplaced.count, "could not be placed")
        lines.append(Self.list(importer.unplaced))
        return lines.joined()
    }

    private static func list(_ rows: [Importer.Unplaced]) -> String {
        var text = ""
        for row in rows.prefix(listed) {
            text += "     row \(row.row)\(row.name.map { " \($0)" } ?? ""): \(row.reason)\n"
        }
        let more = rows.count - listed
        if more > 0 { text += "     and \(Figures.number(Double(more))) more\n" }
        return text
    }

    private var examples: String { importer.matched.prefix(3).joined(separator: ", ") }
}
