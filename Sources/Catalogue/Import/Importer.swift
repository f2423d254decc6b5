public import Features
internal import Formats
internal import Geometry

/// Makes records of the catalogue's schema from a table as offices publish it.
public struct Importer {
    /// How a table is imported.
    public struct Options: Sendable {
        /// The kind of the records: `industrial-complex`, or a kind of one's own.
        public var kind: String
        /// Columns that people named for fields.
        public var columns: [ImportField: String] = [:]
        /// The unit of areas, where people named it.
        public var areaUnit: AreaUnit?
        /// Whether records take the place of built-in ones of the same name and municipality; they
        /// are left out otherwise.
        public var overrides = false
        /// How far points may lie from the true middles, in metres, where somebody knows; they then
        /// count as official.
        public var accuracy: Double?

        /// Creates options.
        ///
        /// - Parameter kind: The kind of the records.
        public init(kind: String) { self.kind = kind }
    }

    /// A row that became no record, and why.
    public struct Unplaced: Hashable, Sendable {
        /// The row, from 1.
        public let row: Int
        /// The name in it, where there is one.
        public let name: String?
        /// Why, and what to do.
        public let reason: String
    }

    /// Which column was taken for what.
    public let mapping: ColumnMapping
    /// How many records were made.
    public var count: Int { records.count }
    /// How many of them were placed by their geometry.
    public private(set) var placedByGeometry = 0
    /// How many of them were placed at the middle of the municipality that their address, code or
    /// columns name.
    public private(set) var placedByAddress = 0
    /// How many English names were made from the Korean ones, letter by letter.
    public private(set) var romanised = 0
    /// Rows that lie in another municipality than they name; where they lie goes before.
    public private(set) var elsewhere: [Unplaced] = []
    /// Identifiers of built-in records that are there already.
    public private(set) var matched: [String] = []
    /// The rows that became no record.
    public private(set) var unplaced: [Unplaced] = []
    /// The layer that the records belong to.
    let layer: LayerInfo
    /// The records, sorted by identifier.
    private(set) var records: [RecordText.Draft] = []

    private let batch: FeatureBatch
    private let options: Options
    private let locator: PlaceLocator
    private var identifiers: Set<String> = []

    /// Imports a table.
    ///
    /// - Parameters:
    ///   - batch: The table; geometries are longitude and latitude.
    ///   - catalogue: The catalogue beside which the records will stand.
    ///   - options: How to import.
    /// - Throws: ``CatalogueError`` where no column can be the Korean name, or a named column is not
    ///   there; what reading the catalogue throws.
    /// - Complexity: O(n·m) for n rows and m records of the kind, at most.
    public init(_ batch: FeatureBatch, into catalogue: PlaceCatalogue, _ options: Options) throws {
        self.batch = batch
        self.options = options
        mapping = try ColumnMapping(
            proposedFor: batch, choosing: options.columns, unit: options.areaUnit)
        let isLand = mapping.column(.landCategory) != nil || mapping.column(.landPrice) != nil
        guard mapping.column(.nameKO) != nil || (isLand && mapping.column(.address) != nil) else {
            throw CatalogueError(
                .unknownName, at: "", "no column looks like a Korean name",
                remedy: "name it, for example --map name_ko=\(batch.columns.first?.name ?? "…")")
        }
        locator = try PlaceLocator(catalogue)
        layer =
            catalogue.layers.first { $0.kind == options.kind || $0.name == options.kind }
            ?? Self.newLayer(options.kind, beside: catalogue.layers)
        let known =
            catalogue.layers.contains { $0.name == layer.name }
            ? try catalogue.headings(of: layer) : []
        identifiers = Set(known.map(\.id))
        let twins = KnownRecords(known.filter { $0.listing != .whole })
        for row in 0..<batch.count { add(row, twins) }
        records.sort { $0.id < $1.id }
    }

    private func text(_ field: ImportField, _ row: Int) -> String? {
        mapping.column(field).flatMap { batch[$0] }.flatMap { ImportValue.text($0[row]) }
    }

    private func value(_ field: ImportField, _ row: Int) -> Value? {
        mapping.column(field).flatMap { batch[$0] }.map { $0[row] }
    }

    /// What statistics call 안강 and 일반 is 안강일반산업단지.
    private static func fullName(_ name: String, type: String) -> String? {
        let endings = [
            "national": "국가산업단지", "general": "일반산업단지",
            "urban-high-tech": "도시첨단산업단지", "agro-industrial": "농공단지",
        ]
        guard let ending = endings[type], !name.hasSuffix("단지"), !name.hasSuffix("산단") else {
            return nil
        }
        return name + ending
    }

    private mutating func add(_ row: Int, _ known: KnownRecords) {
        let name =
            text(.nameKO, row) ?? (mapping.column(.nameKO) == nil ? text(.address, row) : nil)
        func leave(_ reason: String) {
            unplaced.append(Unplaced(row: batch.firstIndex + row + 1, name: name, reason: reason))
        }
        guard var name else { return leave("it has no name") }
        var shortName: String?
        if layer.kind == "industrial-complex", let type = text(.type, row),
            let full = Self.fullName(name, type: ImportValue.word(type, for: .type))
        {
            (name, shortName) = (full, name)
        }
        let place: Placed
        do {
            switch try locate(row) {
            case .success(let found): place = found
            case .failure(let reason): return leave(reason.text)
            }
        } catch {
            return leave("its geometry cannot be used: \(error.problem)")
        }
        let twin = known.twin(
            of: [name, shortName, text(.nameEN, row)].compactMap { $0 },
            at: place.isExact ? place.position : nil, in: place.municipality)
        if let twin {
            matched.append(twin.id)
            if !options.overrides { return }
        }
        if place.isExact { placedByGeometry += 1 } else { placedByAddress += 1 }
        if place.isExact, let said = addressed(row), !said.holds(place.municipality) {
            elsewhere.append(
                Unplaced(
                    row: batch.firstIndex + row + 1, name: name,
                    reason: "lies in \(place.municipality.nameKO), but names \(said.nameKO)"))
        }
        var record = draft(row, name, place, id: twin?.id)
        if let shortName { record.aliases = [shortName] }
        records.append(record)
    }

    // MARK: Where it is

    /// Where a row was placed.
    private struct Placed {
        let position: Position
        let accuracy: Double
        let basis: String
        let municipality: PlaceHeading
        let areaKM2: Double?
        let isExact: Bool
    }

    private struct Reason: Error {
        let text: String
    }

    private func locate(_ row: Int) throws(GeometryError) -> Result<Placed, Reason> {
        if let shape = batch.geometry[row], let middle = try middle(of: shape) {
            guard middle.position.isOnGlobe else {
                return .failure(Reason(text: "\(middle.position) is no longitude and latitude"))
            }
            var accuracy = middle.reach
            var municipality = try locator.municipality(at: middle.position)
            if municipality == nil, let named = addressed(row),
                let reach = try locator.reach(from: middle.position, to: named)
            {
                // Off a simplified coast, or on land that was won since: the address tells.
                municipality = named
                accuracy = max(accuracy, reach)
            }
            guard let municipality else {
                return .failure(
                    Reason(
                        text: "\(middle.position) lies in no municipality of South Korea; "
                            + "is its CRS right?"))
            }
            return .success(
                Placed(
                    position: middle.position, accuracy: accuracy, basis: middle.basis,
                    municipality: municipality, areaKM2: middle.areaKM2, isExact: true))
        }
        guard let municipality = addressed(row), let position = municipality.position else {
            let said = text(.address, row) ?? text(.municipality, row)
            return .failure(
                Reason(
                    text: said.map { "no municipality was found for \"\($0)\"" }
                        ?? "it has neither a geometry nor an address"))
        }
        return .success(
            Placed(
                position: position, accuracy: locator.extent(of: municipality) ?? 20_000,
                basis: "municipality-centroid", municipality: municipality, areaKM2: nil,
                isExact: false))
    }

    /// The municipality that a row's code, address or columns name.
    private func addressed(_ row: Int) -> PlaceHeading? {
        if let code = text(.code, row), let found = locator.municipality(code: code) {
            return found
        }
        if let address = text(.address, row), let found = locator.municipality(address: address) {
            return found
        }
        guard let municipality = text(.municipality, row) else { return nil }
        return locator.municipality(
            address: [text(.province, row), municipality].compactMap { $0 }
                .joined(separator: " "))
    }

    /// How far points of tables of addresses usually lie from the middle of a site, in metres.
    private static let usualAccuracy = 500.0

    /// The point that stands for a geometry, how far the geometry reaches from it, and its area.
    private func middle(
        of shape: Shape
    ) throws(GeometryError) -> (position: Position, reach: Double, basis: String, areaKM2: Double?)?
    {
        if case .point(let position) = shape {
            let basis = options.accuracy == nil ? "address" : "official-point"
            return (position, options.accuracy ?? Self.usualAccuracy, basis, nil)
        }
        guard let middle = try shape.interiorPoint() else { return nil }
        var reach = 0.0
        shape.forEachPosition { position in
            reach = max(reach, Geodesic.wgs84.distance(from: middle, to: position))
        }
        let area = shape.geodesicArea
        return (middle, max(100, reach), "site", area > 0 ? area / 1e6 : nil)
    }

    // MARK: What it is

    private mutating func draft(
        _ row: Int, _ name: String, _ place: Placed, id: String?
    ) -> RecordText.Draft {
        let english = text(.nameEN, row).flatMap { name in
            name.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) } ? nil : name
        }
        if english == nil { romanised += 1 }
        let nameEN = english ?? Romanisation.ofPlace(name)
        var draft = RecordText.Draft(
            id: id ?? identifier(nameEN), kind: layer.kind, nameKO: name, nameEN: nameEN,
            status: text(.status, row).map { ImportValue.word($0, for: .status) } ?? "operating",
            province: place.municipality.province, municipality: place.municipality.municipality,
            municipalityCode: place.municipality.municipalityCode, position: place.position,
            accuracy: place.accuracy, basis: place.basis)
        if !Vocabulary.statuses.contains(draft.status) { draft.status = "operating" }
        if !place.isExact {
            draft.noteEN = "Placed at the middle of its municipality; its site is not known."
            draft.noteKO = "소재지를 알 수 없어 시군구의 대표점에 두었다."
        }
        func add(_ name: String, _ value: Value?) {
            if let value, !value.isNull { draft.facts.append((name, value)) }
        }
        add("address_ko", text(.address, row).map { .string($0) })
        let area = value(.area, row).flatMap(ImportValue.number).flatMap { number in
            mapping.areaUnit.map { number * $0.squareKilometres }
        }
        if let area = area ?? place.areaKM2, area > 0 {
            add("area_km2", .double((area * 1e6).rounded() / 1e6))
        }
        let typeFact = ["industrial-complex": "complex_type", "university": "level"][layer.kind]
        for (field, name) in [(ImportField.type, typeFact ?? "type"), (.ownership, "ownership")] {
            add(name, text(field, row).map { .string(ImportValue.word($0, for: field)) })
        }
        for field in [ImportField.tenants, .employees, .landPrice] {
            let number = value(field, row).flatMap(ImportValue.number)
            add(
                field.rawValue,
                number.map { $0 == $0.rounded() && abs($0) < 1e15 ? .int(Int64($0)) : .double($0) })
        }
        for field in [ImportField.landCategory, .homepage, .sourceID] {
            add(field.rawValue, text(field, row).map { .string($0) })
        }
        for (field, event) in [
            (ImportField.founded, "founded"), (.designated, "designated"),
            (.completed, "completed"),
        ] {
            guard let day = value(field, row).flatMap(ImportValue.date) else { continue }
            if field == .founded { add("founded", Int64(day.prefix(4)).map { .int($0) }) }
            draft.events.append((day, event))
        }
        return draft
    }

    /// A stable identifier of an English name.
    private mutating func identifier(_ name: String) -> String {
        let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        var stem = words.joined(separator: "-")
        if stem.count > 48 { stem = String(stem.prefix(48)) }
        while stem.hasSuffix("-") { stem.removeLast() }
        let first = (layer.prefix ?? "") + (stem.isEmpty ? "record" : stem)
        var id = first
        var number = 2
        while !identifiers.insert(id).inserted {
            id = "\(first)-\(number)"
            number += 1
        }
        return id
    }

    /// A layer for a kind that the catalogue does not have.
    private static func newLayer(_ kind: String, beside layers: [LayerInfo]) -> LayerInfo {
        let initials = kind.split(separator: "-").compactMap(\.first).map(String.init).joined()
        var prefix = initials + "-"
        while layers.contains(where: { $0.prefix == prefix }) { prefix = "x" + prefix }
        let title = kind.split(separator: "-").joined(separator: " ")
        return LayerInfo(
            name: kind + "s", titleEN: title.prefix(1).uppercased() + title.dropFirst() + "s",
            titleKO: kind, kind: kind, prefix: prefix, description: "Own records.",
            beginning: nil, files: [], outlines: nil)
    }
}

extension PlaceHeading {
    /// Whether a municipality is another or, as a city, has it for a district.
    fileprivate func holds(_ other: PlaceHeading) -> Bool {
        if id == other.id { return true }
        guard listing == .whole, let code, let part = other.code else { return false }
        // The last digit of a city's code counts its districts.
        return code.dropLast() == part.dropLast()
    }
}
