internal import Features
internal import Maps

/// Tables of a report.
struct ReportTable {
    let language: ReportLanguage
    let facts: CatalogueFacts
    /// What weighs the demand; `nil` where each counts once.
    var weight: MapName?

    /// A cell of a table.
    struct Cell {
        let content: Markup
        var isNumber = false
        var shade: String?
    }

    /// A table from its heads and rows; the first cell of a row heads it.
    func table(_ caption: Markup?, _ heads: [Cell], _ rows: [[Cell]]) -> Markup {
        func cell(_ cell: Cell, _ name: String, _ scope: String) -> Markup {
            let numeric = cell.isNumber ? " class=\"n\"" : ""
            let shade = cell.shade.map { " style=\"background:\($0)\"" } ?? ""
            return Markup(html: "<\(name)\(scope)\(numeric)\(shade)>\(cell.content.html)</\(name)>")
        }
        let head = heads.map { cell($0, "th", " scope=\"col\"").html }.joined()
        let body = rows.map { row in
            "<tr>"
                + row.enumerated().map { i, one in
                    i == 0 ? cell(one, "th", " scope=\"row\"").html : cell(one, "td", "").html
                }.joined() + "</tr>"
        }.joined(separator: "\n")
        let caption = caption.map { "<caption>\($0.html)</caption>" } ?? ""
        return Markup(
            html: "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\""
                + "\(language.pick("표", "table"))\"><table>\(caption)<thead><tr>\(head)</tr></thead>\n"
                + "<tbody>\n\(body)\n</tbody></table></div>")
    }

    /// The rows of a result with what an operation found: those given, or all, in that order, at
    /// most so many; the columns given, or those that tell the most.
    func table(
        _ result: ResultTable, rows: [Int]? = nil, fields: [String]? = nil, most: Int = 12,
        caption: Markup? = nil
    ) -> Markup {
        let rows = rows ?? Array(0..<result.count)
        let wanted = fields ?? telling(result)
        let hasName = result.hasNames
        var heads: [Cell] = []
        if hasName { heads.append(Cell(content: "\(language.pick("이름", "name"))")) }
        // Rows of numbers alone are told apart by their identifiers.
        let hasID =
            !hasName && result.batch.ids != nil && !wanted.contains("rank")
            && wanted.allSatisfy { ResultField($0).isNumeric(in: result) }
        if hasID { heads.append(Cell(content: "\(language.pick("번호", "identifier"))")) }
        // The nearest and how far it is stand in one column.
        let distances = Dictionary(
            uniqueKeysWithValues: wanted.filter { $0.hasSuffix("_1_id") }.map {
                ($0, String($0.dropLast(2)) + "m")
            })
        let fields = wanted.filter { !distances.values.contains($0) }
        for field in fields {
            let name = ResultField(field).name(facts, weight)
            heads.append(
                Cell(
                    content: language.marked(language.name(name)),
                    isNumber: ResultField(field).isNumeric(in: result)))
        }
        let body = rows.prefix(most).map { row -> [Cell] in
            var cells: [Cell] = []
            if hasName {
                cells.append(
                    Cell(content: result.name(row, facts).map(language.both) ?? ""))
            }
            if hasID {
                let id = result.batch.id(row) ?? ""
                cells.append(Cell(content: facts.names[id].map(language.both) ?? "\(id)"))
            }
            for field in fields {
                let one = cell(result, field, row)
                guard let other = distances[field], result.number(other, row) != nil else {
                    cells.append(one)
                    continue
                }
                let distance = cell(result, other, row)
                cells.append(Cell(content: "\(one.content) <small>\(distance.content) km</small>"))
            }
            return cells
        }
        var captions: [Markup] = []
        if let caption { captions.append(caption) }
        if let first = language.first(most, of: rows.count) { captions.append("\(first)") }
        let joined = captions.map(\.html).joined(separator: "; ")
        return table(captions.isEmpty ? nil : Markup(html: joined), heads, body)
    }

    private func cell(_ result: ResultTable, _ field: String, _ row: Int) -> Cell {
        let style = ResultField(field)
        let isNumber = style.isNumeric(in: result)
        guard let value = result.batch[field]?[row] else { return Cell(content: "") }
        let text = style.text(value)
        if isNumber { return Cell(content: "\(text)", isNumber: true) }
        if let name = facts.names[text] { return Cell(content: language.both(name)) }
        if let layer = facts.layerName(text) {
            return Cell(content: language.marked(language.name(layer)))
        }
        let members = text.components(";")
        if members.count > 1, members.allSatisfy({ facts.names[$0] != nil }) {
            let names = members.compactMap { facts.names[$0].map { language.name($0) } }
            return Cell(content: language.marked(names.joined(separator: ", ")))
        }
        let word = OperationWords.word(text, language)
        let isForeign = Markup.isKorean(word) != (language == .korean) && word == text
        let own = isForeign && word.contains(where: \.isLetter) ? facts.translated(word) : nil
        return Cell(content: language.marked(own ?? word))
    }

    /// The columns worth showing: none that are empty, that say the same of all rows, or that repeat
    /// in words what an identifier says.
    func telling(_ result: ResultTable, most: Int = 7) -> [String] {
        let fields = result.resultFields
        if fields.isEmpty { return facts(of: result) }
        let told = fields.filter { field in
            if ["id", "lon", "lat", "site_rule", "name", "name_ko", "name_en"].contains(field) {
                return false
            }
            if field.hasSuffix("_name"), fields.contains(String(field.dropLast(4)) + "id") {
                return false
            }
            guard let column = result.batch[field] else { return false }
            let values = (0..<column.count).map { column[$0].plain }
            if values.allSatisfy(\.isNull) { return false }
            return result.count < 3 || Set(values.map(\.description)).count > 1
        }
        // A weight that is the count says nothing new.
        let kept = told.filter { field in
            guard field.contains("weight") else { return true }
            let twin =
                field.contains("weight_share")
                ? Self.replacing(field, "weight_share", "share")
                : Self.replacing(field, "weight", "count")
            guard told.contains(twin), let a = result.batch[field], let b = result.batch[twin]
            else { return true }
            return (0..<result.count).contains { a.number($0) != b.number($0) }
        }
        return Array(kept.prefix(most))
    }

    /// Of places as the catalogue has them: what is known of most of them.
    private func facts(of result: ResultTable) -> [String] {
        let unsaid = [
            "id", "kind", "name_ko", "name_en", "aliases", "status", "municipality_code",
            "position_accuracy_m", "position_basis", "sources", "layer",
        ]
        let other = language.pick("_en", "_ko")
        let names = result.batch.columns.map(\.name)
        return Array(
            names.filter { name in
                guard !unsaid.contains(name), !name.hasSuffix("_date"),
                    let column = result.batch[name]
                else { return false }
                if name.hasSuffix(other),
                    names.contains(name.dropLast(3) + "_" + language.rawValue)
                {
                    return false
                }
                let known = (0..<column.count).count { !column[$0].isNull }
                return known * 5 >= column.count * 3
            }.prefix(5))
    }

    private static func replacing(_ text: String, _ part: String, _ other: String) -> String {
        var words = text.split(separator: "_").map(String.init)
        let parts = part.split(separator: "_").map(String.init)
        for i in words.indices where Array(words[i...].prefix(parts.count)) == parts {
            words.replaceSubrange(
                i..<(i + parts.count), with: other.split(separator: "_").map(String.init))
            break
        }
        return words.joined(separator: "_")
    }
}

extension String {
    /// The parts between separators, without spaces around.
    func components(_ separator: Character) -> [String] {
        split(separator: separator).map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
