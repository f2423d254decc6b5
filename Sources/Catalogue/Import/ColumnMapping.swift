public import Features

/// Which column of a table is taken for which field of a record.
public struct ColumnMapping: Hashable, Sendable {
    /// A column, the field it is taken for and what was seen in it.
    public struct Entry: Hashable, Sendable {
        /// The field.
        public let field: ImportField
        /// The column's header.
        public let column: String
        /// The first value in it.
        public let example: String?
        /// How areas in it are read.
        public let unit: AreaUnit?
    }

    /// The columns that are taken, by field.
    public private(set) var entries: [Entry] = []
    /// The columns that are not taken.
    public private(set) var unused: [String] = []

    /// Proposes a mapping, and lets people correct it.
    ///
    /// - Parameters:
    ///   - batch: The table.
    ///   - chosen: Columns that people named for fields; they go before what would be proposed.
    ///   - unit: The unit of areas, where people named it.
    /// - Throws: ``CatalogueError`` (`unknownName`) for a column that is not there.
    public init(
        proposedFor batch: FeatureBatch, choosing chosen: [ImportField: String] = [:],
        unit: AreaUnit? = nil
    ) throws(CatalogueError) {
        let headers = batch.columns.map(\.name)
        var taken: [ImportField: String] = [:]
        for (field, column) in chosen {
            guard headers.contains(column) else {
                let near = Spelling.nearest(to: column, in: headers)
                throw CatalogueError(
                    .unknownName, at: "", "there is no column \"\(column)\"",
                    remedy: (near.map { "did you mean \($0)? " } ?? "")
                        + "the columns are \(headers.joined(separator: ", "))")
            }
            taken[field] = column
        }
        // The best fits are settled first, so that 지정면적 goes before 면적.
        var fits: [(field: ImportField, column: String, fit: Double)] = []
        for field in ImportField.allCases where taken[field] == nil {
            for header in headers where field.fit(header) > 0 {
                fits.append((field, header, field.fit(header)))
            }
        }
        fits.sort { ($1.fit, $0.field.rawValue) < ($0.fit, $1.field.rawValue) }
        for fit in fits
        where taken[fit.field] == nil && !taken.values.contains(fit.column) {
            taken[fit.field] = fit.column
        }
        // A table of municipalities names them in the column that else says where something lies.
        if taken[.nameKO] == nil, taken[.address] == nil, let name = taken[.municipality] {
            taken[.nameKO] = name
            taken[.municipality] = nil
        }
        let isLand = taken[.landCategory] != nil || taken[.landPrice] != nil
        for field in ImportField.allCases {
            guard let name = taken[field], let column = batch[name] else { continue }
            let example = (0..<batch.count).lazy.map { column[$0].plain }.first { !$0.isNull }
            let areas: AreaUnit? =
                field == .area
                ? unit ?? AreaUnit(header: name)
                    ?? AreaUnit(guessedFrom: column, isLand: isLand) : nil
            entries.append(
                Entry(
                    field: field, column: name, example: example.map { "\($0)" }, unit: areas))
        }
        unused = headers.filter { header in !entries.contains { $0.column == header } }
    }

    /// The column taken for a field.
    func column(_ field: ImportField) -> String? { entries.first { $0.field == field }?.column }

    /// How areas are read; `nil` where nobody can tell.
    var areaUnit: AreaUnit? { entries.first { $0.field == .area }?.unit }
}

/// A unit of area.
public enum AreaUnit: String, Hashable, Sendable, CaseIterable {
    /// Square metres.
    case squareMetres = "m2"
    /// Thousands of square metres, as Korean statistics have them.
    case thousandSquareMetres = "1000m2"
    /// Hectares.
    case hectares = "ha"
    /// Square kilometres.
    case squareKilometres = "km2"
    /// Pyeong, 400/121 square metres.
    case pyeong

    /// Square kilometres of one unit.
    var squareKilometres: Double {
        switch self {
        case .squareMetres: 1e-6
        case .thousandSquareMetres: 1e-3
        case .hectares: 1e-2
        case .squareKilometres: 1
        case .pyeong: 400.0 / 121 * 1e-6
        }
    }

    /// The unit that a header names.
    init?(header: String) {
        let text = header.lowercased().filter { !$0.isWhitespace }
        let said: [(AreaUnit, [String])] = [
            (.squareKilometres, ["km2", "㎢", "km²", "제곱킬로"]),
            (.thousandSquareMetres, ["천㎡", "천m2", "천m²", "천제곱미터", "1000㎡", "1000m2"]),
            (.pyeong, ["평)", "(평", "pyeong"]), (.hectares, ["(ha", "_ha", "헥타르"]),
            (.squareMetres, ["㎡", "m2", "m²", "제곱미터"]),
        ]
        guard let found = said.first(where: { $0.1.contains { text.contains($0) } }) else {
            return nil
        }
        self = found.0
    }

    /// The one unit in which the areas of a column are of a likely size; `nil` where several are.
    ///
    /// Parcels of land are in square metres, as the land register has them. Of complexes and
    /// campuses the middle one measures between 0.02 and 20 km².
    init?(guessedFrom column: Column, isLand: Bool) {
        if isLand {
            self = .squareMetres
            return
        }
        let values = (0..<column.count).compactMap { ImportValue.number(column[$0]) }
            .filter { $0 > 0 }.sorted()
        guard !values.isEmpty else { return nil }
        let middle = values[values.count / 2]
        let likely = [AreaUnit.squareMetres, .thousandSquareMetres, .squareKilometres].filter {
            (0.02...20).contains(middle * $0.squareKilometres)
        }
        guard likely.count == 1 else { return nil }
        self = likely[0]
    }
}
