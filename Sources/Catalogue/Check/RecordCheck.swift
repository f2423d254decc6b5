internal import Features
internal import Formats
internal import Geometry

/// Checks a record by itself: its members, words, dates, figures and sources.
struct RecordCheck {
    let record: CheckedRecord
    let sources: Set<String>
    /// What was found, with the line.
    private(set) var faults: [(line: Int, message: String)] = []
    private(set) var facts = 0
    private(set) var sourcedFacts = 0

    init(_ record: CheckedRecord, sources: Set<String>) {
        self.record = record
        self.sources = sources
        checkIdentity()
        checkNames()
        checkWords()
        checkGeometry()
        checkFacts()
        checkEvents()
        checkLinks()
        checkHistory()
    }

    private mutating func fault(_ line: Int, _ message: String) {
        faults.append((line, message))
    }

    private mutating func checkIdentity() {
        let id = record.id
        let line = record.line
        let isPlain = id.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
        if !isPlain { fault(line, "the id may hold a-z, 0-9 and hyphens only") }
        if let prefix = record.layer.prefix, !id.hasPrefix(prefix) || id.count == prefix.count {
            fault(line, "the id does not begin with \(prefix), as those of \(record.layer.name) do")
        }
        for member in record.properties.members ?? []
        where !Vocabulary.properties.contains(member.name) {
            let near = Spelling.nearest(to: member.name, in: Array(Vocabulary.properties))
            fault(
                member.line,
                "there is no property \"\(member.name)\""
                    + (near.map { "; did you mean \($0)?" } ?? ""))
        }
        var seen: Set<String> = []
        for member in record.properties.members ?? [] where !seen.insert(member.name).inserted {
            fault(member.line, "the property \"\(member.name)\" stands twice")
        }
        for name in Vocabulary.required where record.properties[name] == nil {
            fault(record.line, "has no \(name)")
        }
        if let kind = record.text("kind"), kind != record.layer.kind {
            fault(
                record.line(of: "kind"),
                "is of the kind \"\(kind)\", but the layer holds \"\(record.layer.kind)\"")
        }
    }

    private static func isHangul(_ scalar: Unicode.Scalar) -> Bool {
        (0xAC00...0xD7A3).contains(scalar.value) || (0x1100...0x11FF).contains(scalar.value)
            || (0x3131...0x318E).contains(scalar.value)
    }

    private mutating func checkNames() {
        let korean = record.text("name_ko") ?? ""
        if !korean.unicodeScalars.contains(where: Self.isHangul),
            !korean.unicodeScalars.contains(where: \.properties.isAlphabetic)
        {
            fault(record.line(of: "name_ko"), "the Korean name is empty or no text")
        }
        let english = record.text("name_en") ?? ""
        if english.isEmpty || english.unicodeScalars.contains(where: Self.isHangul) {
            fault(
                record.line(of: "name_en"),
                english.isEmpty
                    ? "the English name is empty or no text" : "the English name holds Hangul")
        }
        guard let aliases = record.properties["aliases"] else { return }
        guard let values = aliases.array else {
            return fault(aliases.line, "aliases is no list")
        }
        var seen: Set<String> = [korean, english]
        for value in values {
            guard let alias = value.string, !alias.isEmpty else {
                fault(value.line, "an alias is empty or no text")
                continue
            }
            if !seen.insert(alias).inserted {
                fault(value.line, "the name \"\(alias)\" is there twice")
            }
        }
    }

    private mutating func check(_ name: String, in words: Set<String>) {
        guard let value = record.properties[name], !value.isNull else { return }
        guard let word = value.string, words.contains(word) else {
            return fault(
                value.line, Self.unknown(name, value.string ?? "no text", words))
        }
    }

    private static func unknown(_ what: String, _ word: String, _ words: Set<String>) -> String {
        let near = Spelling.nearest(to: word, in: Array(words))
        return "the \(what) \"\(word)\" is not one of \(words.sorted().joined(separator: ", "))"
            + (near.map { "; did you mean \($0)?" } ?? "")
    }

    private mutating func checkWords() {
        check("listing", in: Set(PlaceCatalogue.Listing.allCases.map(\.rawValue)))
        check("status", in: Vocabulary.statuses)
        check("biz_park_type", in: Vocabulary.bizParkTypes)
        for note in ["note_en", "note_ko"] {
            if let value = record.properties[note], value.string?.isEmpty ?? true {
                fault(value.line, "\(note) is empty or no text")
            }
        }
        if let province = record.properties["province"], !province.isNull {
            let name = province.string ?? ""
            if Province(named: name)?.names.first != name {
                let near = Province(named: name)?.names.first
                fault(
                    province.line,
                    "there is no province \"\(name)\" today"
                        + (near.map { "; did you mean \($0)?" } ?? ""))
            }
        }
        if let code = record.properties["municipality_code"], !code.isNull {
            let digits = code.string ?? ""
            let province = record.text("province").flatMap(Province.init(named:))
            if digits.utf8.count != 5 || !digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                fault(code.line, "a municipality's code has five digits, not \"\(digits)\"")
            } else if let province, !digits.hasPrefix(province.rawValue) {
                fault(
                    code.line, "the municipality \(digits) is not in \(province.names[0])")
            }
        }
    }

    private mutating func checkGeometry() {
        guard let geometry = record.feature["geometry"] else {
            return fault(record.line, "has no geometry; write null for what has no place")
        }
        if geometry.isNull {
            if record.properties["position"] != nil {
                fault(record.line(of: "position"), "says how a position was found, but has none")
            }
            return
        }
        guard geometry["type"]?.string == "Point", let position = record.position else {
            return fault(geometry.line, "the geometry is no point")
        }
        guard (124.5...132).contains(position.x), (33...38.7).contains(position.y) else {
            let swapped = (124.5...132).contains(position.y) && (33...38.7).contains(position.x)
            return fault(
                geometry.line,
                swapped
                    ? "longitude and latitude are swapped"
                    : "\(position) is not in South Korea")
        }
        guard let found = record.properties["position"] else {
            return fault(record.line, "does not say how its position was found")
        }
        if (found["accuracy_m"]?.number ?? 0) <= 0 {
            fault(found.line, "the position has no accuracy_m above 0")
        }
        let basis = found["basis"]?.string ?? ""
        if !Vocabulary.bases.contains(basis) {
            fault(found.line, Self.unknown("basis", basis, Vocabulary.bases))
        }
        checkCitation(found, "the position", line: found.line)
        checkMembers(
            of: found, "position", ["accuracy_m", "basis", "source", "date", "confidence"])
        for name in ["province", "municipality", "municipality_code"]
        where record.text(name)?.isEmpty ?? true {
            // A province is no part of a municipality.
            if record.layer.kind == "province", name != "province" { continue }
            fault(record.line, "has a position, but no \(name)")
        }
    }

    private mutating func checkMembers(
        of value: LocatedJSON, _ what: String, _ known: Set<String>
    ) {
        for member in value.members ?? [] where !known.contains(member.name) {
            fault(member.line, "\(what) has no member \"\(member.name)\"")
        }
    }

    /// Checks the source, date and confidence of something.
    private mutating func checkCitation(_ value: LocatedJSON, _ what: String, line: Int) {
        let one = value["source"]?.string.map { [$0] }
        let cited = one ?? value["source"]?.array?.compactMap(\.string) ?? []
        if cited.isEmpty { fault(line, "\(what) has no source") }
        for source in cited where !sources.contains(source) {
            let near = Spelling.nearest(to: source, in: Array(sources))
            fault(
                line,
                "\(what) cites \"\(source)\", which sources.json does not list"
                    + (near.map { "; did you mean \($0)?" } ?? ""))
        }
        let confidence = value["confidence"]?.string ?? ""
        if !Vocabulary.confidences.contains(confidence) {
            fault(line, "the confidence of \(what) is high, medium or low, not \"\(confidence)\"")
        } else if confidence != "low", cited.allSatisfy({ $0 == Vocabulary.compiled }) {
            fault(line, "\(what) rests on general reference alone, so its confidence is low")
        }
        if let date = value["date"], !date.isNull, PartialDate(date.string ?? "") == nil {
            fault(line, "the date of \(what) is no date: \"\(date.string ?? "no text")\"")
        }
    }

    private mutating func checkFacts() {
        guard let all = record.properties["facts"] else { return }
        guard let members = all.members else { return fault(all.line, "facts is no object") }
        var seen: Set<String> = []
        for member in members {
            facts += 1
            let fact = member.value
            let what = "the fact \(member.name)"
            if !seen.insert(member.name).inserted { fault(member.line, "\(what) stands twice") }
            checkValue(fact, of: member.name, line: member.line)
            checkCitation(fact, what, line: member.line)
            checkMembers(of: fact, what, ["value", "source", "date", "confidence", "earlier"])
            let one = fact["source"]?.string
            if one != Vocabulary.compiled { sourcedFacts += 1 }
            var last: PartialDate?
            for earlier in fact["earlier"]?.array ?? [] {
                checkValue(earlier, of: member.name, line: earlier.line)
                checkCitation(earlier, "an earlier value of \(what)", line: earlier.line)
                guard let date = PartialDate(earlier["date"]?.string ?? "") else {
                    fault(earlier.line, "an earlier value of \(what) has no date")
                    continue
                }
                if let last, date <= last {
                    fault(earlier.line, "earlier values of \(what) do not follow by date")
                }
                last = date
            }
            if let last, let now = PartialDate(fact["date"]?.string ?? ""), now <= last {
                fault(member.line, "\(what) is not younger than its earlier values")
            } else if last != nil, fact["date"]?.string == nil {
                fault(member.line, "\(what) has earlier values, so it needs a date")
            }
        }
    }

    /// Facts that are years.
    private static let years: Set<String> = [
        "founded", "opened", "designated", "completed", "relocated",
    ]

    private mutating func checkValue(_ fact: LocatedJSON, of name: String, line: Int) {
        guard let value = fact["value"], !value.isNull else {
            return fault(line, "the fact \(name) has no value; leave out what is not known")
        }
        if name.hasSuffix("_km2"), (value.number ?? 0) <= 0 || (value.number ?? 0) > 101_000 {
            fault(line, "the fact \(name) is no area in square kilometres")
        }
        if name.hasPrefix("population") || name == "institutions" || name == "staff" {
            if let number = value.number, number < 0 || number != number.rounded() {
                fault(line, "the fact \(name) is no number of people or things")
            }
        }
        if Self.years.contains(name), let year = value.number, !(1300...2100).contains(year) {
            fault(line, "the fact \(name) is no year")
        }
    }

    private mutating func checkEvents() {
        guard let all = record.properties["events"] else { return }
        guard let events = all.array else { return fault(all.line, "events is no list") }
        var last: PartialDate?
        for event in events {
            let name = event["event"]?.string ?? ""
            if !Vocabulary.events.contains(name) {
                fault(event.line, Self.unknown("event", name, Vocabulary.events))
            }
            checkCitation(event, "the event \(name)", line: event.line)
            checkMembers(
                of: event, "the event", ["date", "event", "by", "source", "confidence"])
            guard let date = PartialDate(event["date"]?.string ?? "") else {
                if event["date"] == nil { fault(event.line, "the event \(name) has no date") }
                continue
            }
            if let last, date < last { fault(event.line, "events do not follow by date") }
            last = date
        }
    }

    private mutating func checkLinks() {
        guard let all = record.properties["links"] else { return }
        guard let links = all.array else { return fault(all.line, "links is no list") }
        var seen: Set<String> = []
        for link in links {
            let relation = link["relation"]?.string ?? ""
            if !Vocabulary.relations.contains(relation) {
                fault(link.line, Self.unknown("relation", relation, Vocabulary.relations))
            }
            let target = link["to"]?.string ?? ""
            if target == record.id { fault(link.line, "links to itself") }
            if !seen.insert(relation + " " + target).inserted {
                fault(link.line, "the link \(relation) \(target) stands twice")
            }
        }
    }

    private mutating func checkHistory() {
        for name in ["former_names", "former_places"] {
            guard let all = record.properties[name] else { continue }
            guard let values = all.array else {
                fault(all.line, "\(name) is no list")
                continue
            }
            var last: PartialDate?
            for value in values {
                checkCitation(value, "an entry of \(name)", line: value.line)
                guard let until = PartialDate(value["until"]?.string ?? "") else {
                    fault(value.line, "an entry of \(name) does not say until when")
                    continue
                }
                if let last, until <= last { fault(value.line, "\(name) does not follow by date") }
                last = until
                let needed = name == "former_names" ? ["name_ko"] : ["province"]
                for part in needed where value[part]?.string?.isEmpty ?? true {
                    fault(value.line, "an entry of \(name) has no \(part)")
                }
            }
        }
    }
}
