internal import Features
internal import Formats
internal import Geometry

/// Checks a catalogue: its records one by one, how they refer to each other, where they lie, and
/// whether their sums are those that were published.
public struct CatalogueCheck {
    private let catalogue: PlaceCatalogue
    /// The folder whose files are checked; what stands beside them is only referred to.
    private let folder: String
    private var report = CheckReport()
    private var records: [CheckedRecord] = []
    private var sources: Set<String> = []

    /// Checks a catalogue.
    ///
    /// - Parameters:
    ///   - catalogue: The catalogue. Of one with own records, only these are checked, with the
    ///     built-in ones to refer to.
    ///   - file: A single file of a layer to be checked; `nil` for all.
    /// - Returns: What was counted and found; faults are sorted by file and line.
    /// - Throws: `FormatError` where a file cannot be read at all.
    /// - Complexity: O(n log n) for n records, besides the places that lie outside the municipality
    ///   they name.
    public static func run(_ catalogue: PlaceCatalogue, file: String? = nil) throws -> CheckReport {
        var check = CatalogueCheck(catalogue: catalogue)
        try check.readSources()
        try check.readRecords(only: file)
        check.checkIdentifiers()
        check.checkLinks()
        check.checkNames()
        try check.checkNeighbours()
        try check.checkPlacement()
        if file == nil { try check.checkTotals() }
        check.report.faults.sort { ($0.file, $0.line, $0.message) < ($1.file, $1.line, $1.message) }
        for at in check.report.layers.indices {
            let files = catalogue.layers.first { $0.name == check.report.layers[at].layer }?.files
            check.report.layers[at].faults = check.report.faults.count {
                files?.contains($0.file) ?? false
            }
        }
        return check.report
    }

    private init(catalogue: PlaceCatalogue) {
        self.catalogue = catalogue
        folder = catalogue.folders.last ?? ""
    }

    /// Whether a file is under check, not only referred to.
    private func isOwn(_ file: String) -> Bool { file.hasPrefix(folder + "/") }

    // MARK: Reading

    private mutating func readSources() throws {
        for folder in catalogue.folders {
            let file = folder + "/sources.json"
            let isOwn = isOwn(file)
            var last = ""
            for source in try LocatedJSON.read(file)["sources"]?.array ?? [] {
                guard let id = source["id"]?.string, !id.isEmpty else {
                    if isOwn { report.fault(file, source.line, nil, "a source has no id") }
                    continue
                }
                sources.insert(id)
                guard isOwn else { continue }
                report.sources += 1
                if id == last { report.fault(file, source.line, id, "the source stands twice") }
                if id < last {
                    report.fault(file, source.line, id, "sources are not sorted: after \(last)")
                }
                last = id
                for name in ["publisher", "title"] where source[name]?.string?.isEmpty ?? true {
                    report.fault(file, source.line, id, "the source has no \(name)")
                }
                if id != Vocabulary.compiled, !(source["url"]?.string?.contains(":") ?? false) {
                    report.fault(file, source.line, id, "the source has no address (url)")
                }
                for name in ["date", "accessed"] {
                    if let date = source[name], !date.isNull,
                        PartialDate(date.string ?? "") == nil
                    {
                        report.fault(
                            file, source.line, id,
                            "\"\(date.string ?? "no text")\" is no date (\(name))")
                    }
                }
            }
        }
    }

    private mutating func readRecords(only chosen: String?) throws {
        for layer in catalogue.layers {
            var count = CheckReport.LayerCount(layer: layer.name)
            for file in layer.files {
                let collection = try LocatedJSON.read(file)
                guard let features = collection["features"]?.array else {
                    report.fault(file, 1, nil, "holds no \"features\"; write a FeatureCollection")
                    continue
                }
                let isChecked = isOwn(file) && (chosen.map { $0 == file } ?? true)
                var last = ""
                for feature in features {
                    guard let record = CheckedRecord(feature, layer: layer, file: file) else {
                        if isChecked {
                            report.fault(
                                file, feature.line, feature["id"]?.string,
                                "the record has no id or no properties")
                        }
                        continue
                    }
                    records.append(record)
                    guard isChecked else { continue }
                    if record.id < last {
                        report.fault(
                            file, record.line, record.id,
                            "records are not sorted by id: after \(last)")
                    }
                    last = record.id
                    let check = RecordCheck(record, sources: sources)
                    for fault in check.faults {
                        report.fault(file, fault.line, record.id, fault.message)
                    }
                    count.records += 1
                    count.positions += record.position == nil ? 0 : 1
                    count.facts += check.facts
                    count.sourcedFacts += check.sourcedFacts
                    count.events += record.properties["events"]?.array?.count ?? 0
                    count.links += record.links.count
                }
            }
            if count.records > 0 { report.layers.append(count) }
        }
    }

    // MARK: Between records

    private mutating func checkIdentifiers() {
        var seen: [String: CheckedRecord] = [:]
        for record in records {
            defer { seen[record.id] = record }
            guard let other = seen[record.id] else { continue }
            if isOwn(record.file), !isOwn(other.file) {
                report.remarks.append(
                    "\(record.id) takes the place of the built-in record "
                        + "\"\(other.text("name_en") ?? "")\"")
            } else if isOwn(record.file) {
                report.fault(
                    record.file, record.line, record.id,
                    "the id is used before, in \(Self.name(of: other.file)) line "
                        + "\(other.line)")
            }
        }
    }

    private static func name(of file: String) -> String {
        file.split(separator: "/").last.map(String.init) ?? file
    }

    private var checked: [CheckedRecord] {
        let layers = Set(report.layers.map(\.layer))
        return records.filter { isOwn($0.file) && layers.contains($0.layer.name) }
    }

    private mutating func checkLinks() {
        let known = Dictionary(
            records.map { ($0.id, $0) }, uniquingKeysWith: { _, later in later })
        for record in checked {
            for link in record.links {
                guard let target = known[link.target] else {
                    let near = Spelling.nearest(to: link.target, in: known.keys)
                    report.fault(
                        record.file, link.line, record.id,
                        "links to \"\(link.target)\", which is no record"
                            + (near.map { "; did you mean \($0)?" } ?? ""))
                    continue
                }
                if link.relation == "campus-of", target.layer.kind != "university" {
                    report.fault(
                        record.file, link.line, record.id,
                        "is a campus of \(link.target), which is no university")
                }
            }
        }
    }

    /// Two records of a layer may not bear one name, unless they lie in different places.
    private mutating func checkNames() {
        var seen: [String: CheckedRecord] = [:]
        for record in checked {
            let name = record.text("name_ko") ?? ""
            let key = [record.layer.name, name, record.text("municipality_code") ?? ""]
                .joined(separator: "\t")
            if let other = seen[key] {
                report.fault(
                    record.file, record.line(of: "name_ko"), record.id,
                    "bears the name \(name) as \(other.id) does, in the same municipality")
            }
            seen[key] = record
        }
    }

    /// How near two records of a layer may lie without saying anything of each other, in metres.
    private static let duplicateDistance = Distance(metres: 200)

    /// Two main records of a layer within 200 m that are called alike are one place entered twice.
    ///
    /// Unless one links to the other. Different names may share a building or a campus.
    private mutating func checkNeighbours() throws {
        for (_, layer) in Dictionary(grouping: checked, by: { $0.layer.name }) {
            let placed = layer.filter { record in
                record.listing == "main" && (record.position?.isOnGlobe ?? false)
            }
            guard placed.count > 1 else { continue }
            let index = try PointIndex(placed.compactMap(\.position))
            for (row, record) in placed.enumerated() {
                guard let position = record.position else { continue }
                let near = try index.nearest(
                    to: position, k: placed.count, within: Self.duplicateDistance)
                for found in near where found.index > row {
                    let other = placed[found.index]
                    let isSaid =
                        record.links.contains { $0.target == other.id }
                        || other.links.contains { $0.target == record.id }
                    if isSaid || Self.areNumberedApart(record, other)
                        || !Self.areCalledAlike(record, other)
                    {
                        continue
                    }
                    report.fault(
                        other.file, other.line, other.id,
                        "lies \(Int(found.distance)) m from \(record.id); if they are two places, "
                            + "link them (near)")
                }
            }
        }
    }

    /// Whether a register numbers both, which then are two places.
    private static func areNumberedApart(_ a: CheckedRecord, _ b: CheckedRecord) -> Bool {
        let (one, other) = (
            a.properties["facts"]?["source_id"], b.properties["facts"]?["source_id"]
        )
        guard let one, let other, one["source"]?.string == other["source"]?.string,
            let first = one["value"]?.string, let second = other["value"]?.string
        else { return false }
        return first != second
    }

    /// Whether two records have a name in common, or Korean names that differ by little.
    private static func areCalledAlike(_ a: CheckedRecord, _ b: CheckedRecord) -> Bool {
        func names(_ record: CheckedRecord) -> [[Unicode.Scalar]] {
            let aliases = record.properties["aliases"]?.array?.compactMap(\.string) ?? []
            let all = [record.text("name_ko") ?? "", record.text("name_en") ?? ""] + aliases
            return all.map { $0.lowercased().unicodeScalars.filter { !$0.properties.isWhitespace } }
        }
        let (one, other) = (names(a), names(b))
        if !Set(one).isDisjoint(with: other) { return true }
        // At the centre of one town stand all its numbered complexes.
        let isCoarse = { (record: CheckedRecord) in
            record.properties["position"]?["basis"]?.string?.hasSuffix("-centroid") ?? false
        }
        if isCoarse(a), isCoarse(b) { return false }
        let limit = one[0].count / 5
        return Spelling.distance(one[0], other[0], limit: limit) <= limit
    }

    // MARK: Places and totals

    private mutating func checkPlacement() throws {
        guard
            let layer = catalogue.layers.first(where: {
                $0.kind == "municipality" && $0.outlines != nil
            })
        else { return }
        let placement = try PlacementCheck(
            municipalities: try catalogue.headings(of: layer),
            outlines: try catalogue.outlines(of: layer).0,
            tolerance: layer.outlineAccuracy ?? 0)
        for record in checked where record.layer.kind != "province" {
            guard let position = record.position, position.isOnGlobe,
                let code = record.text("municipality_code"),
                let name = record.text("municipality"), record.listing != "whole"
            else { continue }
            let fault = try placement.fault(
                at: position, code: code, name: name,
                accuracy: record.properties["position"]?["accuracy_m"]?.number ?? 0)
            if let fault {
                report.fault(record.file, record.line(of: "municipality"), record.id, fault)
            }
        }
    }

    private mutating func checkTotals() throws {
        let file = folder + "/totals.json"
        guard CatalogueFolder.isReadable(file) else { return }
        var places: [String: [Place]] = [:]
        for entry in try LocatedJSON.read(file)["totals"]?.array ?? [] {
            guard let total = PublishedTotal(entry),
                let layer = catalogue.layers.first(where: { $0.name == total.layer })
            else {
                report.fault(
                    file, entry.line, nil,
                    "a total needs its subject, a layer that is there, value and source")
                continue
            }
            if !sources.contains(total.source) {
                report.fault(
                    file, entry.line, nil, "cites \"\(total.source)\", which is not listed")
            }
            // A record that cannot be read has been reported already.
            let read = places[layer.name] ?? (try? catalogue.records(of: layer)) ?? []
            places[layer.name] = read
            let comparison = CheckReport.Comparison(
                subject: total.subject, found: total.found(in: read), published: total.value,
                tolerance: total.tolerance, source: total.source)
            report.comparisons.append(comparison)
            if !comparison.agrees {
                report.fault(
                    file, entry.line, nil,
                    "\(total.subject): \(JSONText.number(comparison.found)) in the records, "
                        + "\(JSONText.number(total.value)) published")
            }
        }
    }
}
