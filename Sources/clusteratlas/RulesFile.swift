import Analysis
import ArgumentParser
import Catalogue
import Features
import Formats
import Geometry
import Siting

/// The rules of a screening as a YAML file gives them.
///
/// Every fault names file, line and column.
struct RulesFile {
    private(set) var rules: [ScreeningRule] = []
    private(set) var quotas: [ScreeningQuota] = []
    /// The layers that the rules name.
    private(set) var layers: [InputOptions.Whole] = []
    /// The rules as JSON, for results.
    private(set) var json = JSONValue.null

    /// The words with which rules begin, and the members that each may have.
    static let kinds: [(word: String, members: [String])] = [
        ("distance", ["only", "min", "max"]),
        ("within", ["only"]),
        ("outside", ["only"]),
        ("where", []),
        ("attribute", ["min", "max"]),
        ("count", ["only", "radius", "min", "max"]),
        ("sum", ["of", "only", "radius", "min", "max"]),
        ("area", ["min", "max"]),
        ("quota", ["group", "areas", "best", "order"]),
    ]

    private let file: String
    private let input: InputOptions
    private var read: [String: InputOptions.Whole] = [:]

    /// Reads the rules of a file and the layers that they name.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - input: How layers are found and read.
    /// - Throws: `FormatError` naming line and column, and what reading a layer throws.
    init(_ path: String, _ input: InputOptions) throws {
        file = InputOptions.title(of: path)
        self.input = input
        let root = try LocatedYAML.read(path)
        var list = root
        if root.members != nil {
            for member in root.members ?? [] where member.name != "rules" {
                throw unknown(member, among: ["rules"])
            }
            if let rules = root["rules"] { list = rules }
        }
        json = list.json
        guard let rules = list.sequence, !rules.isEmpty else {
            throw fault(
                list.mark, "expected a list of rules, found \(list.kindInWords)",
                "write rules: and below it a list, each rule after a dash: - distance: stations")
        }
        var names = Set<String>()
        for (place, rule) in rules.enumerated() {
            try add(rule, number: place + 1, &names)
        }
    }

    // MARK: Rules

    private mutating func add(
        _ value: LocatedYAML, number: Int, _ names: inout Set<String>
    ) throws {
        guard let members = value.members else {
            throw fault(
                value.mark, "expected a rule, found \(value.kindInWords)",
                "write what it asks for and a colon, for example distance: stations")
        }
        let words = Self.kinds.map(\.word)
        let chosen = members.filter { words.contains($0.name) }
        guard let kind = chosen.first else {
            if let member = members.first(where: { $0.name != "name" }) {
                throw unknown(member, among: words)
            }
            throw fault(
                value.mark, "the rule asks for nothing",
                "give it one of \(words.joined(separator: ", "))")
        }
        if chosen.count > 1 {
            throw fault(
                chosen[1].mark, "one rule asks for \(kind.name) and \(chosen[1].name)",
                "make two rules of it, each after a dash")
        }
        let known = Self.kinds.first { $0.word == kind.name }?.members ?? []
        for member in members where member.name != kind.name && member.name != "name" {
            if !known.contains(member.name) { throw unknown(member, among: ["name"] + known) }
        }
        let reader = RuleReader(rule: value, kind: kind, file: file)
        var name = "\(number) \(kind.name)"
        if let given = value["name"] {
            name = try reader.word(given, of: "name")
        } else if let word = kind.value.written, !word.isEmpty {
            name += " \(word)"
        }
        if !names.insert(name).inserted {
            throw fault(
                value["name"]?.mark ?? value.mark, "two rules are called \"\(name)\"",
                "give each a name of its own")
        }
        if kind.name == "quota" {
            quotas.append(try quota(name, reader))
            return
        }
        if !quotas.isEmpty {
            throw fault(
                kind.mark, "a rule stands after a quota",
                "move quotas to the end: they choose among those that meet all rules")
        }
        rules.append(ScreeningRule(name, try self.kind(reader)))
    }

    private mutating func kind(_ reader: RuleReader) throws -> ScreeningRule.Kind {
        switch reader.kind.name {
        case "distance":
            let bounds = try reader.bounds("distance", like: "5km or 250m") {
                Distance($0)?.metres
            }
            return .distance(try ScreeningDistance(to: facilities(reader)), bounds)
        case "within": return .within(try areas(reader, reader.kind.value, only: true))
        case "outside": return .outside(try areas(reader, reader.kind.value, only: true))
        case "where":
            let text = try reader.word(reader.kind.value, of: "where")
            do {
                return .condition(try Filter(text))
            } catch {
                throw fault(reader.kind.value.mark, error.problem, error.remedy)
            }
        case "attribute":
            let bounds = try reader.bounds("number", like: "12 or 0.5") { Double($0) }
            return .attribute(try reader.word(reader.kind.value, of: "attribute"), bounds)
        case "count":
            let bounds = try reader.bounds("whole number of at least 0", like: "3") { text in
                Int(text).flatMap { $0 >= 0 ? Double($0) : nil }
            }
            let radius = try reader.radius()
            return .count(of: try facilities(reader), within: radius, bounds)
        case "sum":
            let bounds = try reader.bounds("number", like: "12 or 0.5") { Double($0) }
            let radius = try reader.radius()
            let field = try reader.word(try reader.member("of", like: "population"), of: "of")
            let layer = try layer(reader.kind.value, reader, drawing: .point)
            try reader.check(field, of: layer)
            return .sum(
                of: try ScreeningSum(layer.batch, name: layer.name, field: field), within: radius,
                bounds)
        default:
            if reader.kind.value.scalar?.isNull == false || reader.kind.value.sequence != nil {
                throw fault(
                    reader.kind.value.mark,
                    "area is that of the candidate itself, found \(reader.kind.value.kindInWords)",
                    "leave it empty and give min or max below it: area: and min: 2ha")
            }
            return .area(
                try reader.bounds("area", like: "5000m2, 2ha or 1.5km2") { AreaText.metres($0) })
        }
    }

    private mutating func quota(_ name: String, _ reader: RuleReader) throws -> ScreeningQuota {
        let value = reader.kind.value
        guard let count = value.written.flatMap({ Int($0) }), count >= 1 else {
            throw fault(
                value.mark, "a quota keeps a number of candidates, found \(value.kindInWords)",
                "write how many of each group are kept, for example quota: 3")
        }
        var group = ScreeningQuota.Group.all
        if let field = reader.rule["group"] {
            if let areas = reader.rule["areas"] {
                throw fault(
                    areas.mark, "one quota has a group and areas", "keep one of them")
            }
            group = .attribute(try reader.word(field, of: "group"))
        } else if let areas = reader.rule["areas"] {
            group = .areas(try self.areas(reader, areas, only: false))
        }
        var goal = Criterion.Goal.max
        if let order = reader.rule["order"] {
            let word = try reader.word(order, of: "order")
            guard let known = Criterion.Goal(rawValue: word), reader.rule["best"] != nil else {
                throw fault(
                    order.mark, "\"\(word)\" is no order of a best field",
                    "write order: max or order: min beside best: and a field")
            }
            goal = known
        }
        return try ScreeningQuota(
            name, keep: count, of: group,
            best: try reader.rule["best"].map { try reader.word($0, of: "best") }, goal: goal)
    }

    // MARK: Layers

    private mutating func facilities(_ reader: RuleReader) throws -> FacilityLayer {
        let layer = try layer(reader.kind.value, reader, drawing: .point)
        do {
            return try FacilityLayer(name: layer.name, layer.batch)
        } catch let error as AnalysisError {
            throw fault(
                reader.kind.value.mark, "\(error.place) \(error.problem)", error.remedy)
        }
    }

    private mutating func areas(
        _ reader: RuleReader, _ value: LocatedYAML, only: Bool
    ) throws -> ScreeningAreas {
        let layer = try layer(value, reader, drawing: .outline, filtered: only)
        do {
            return try ScreeningAreas(layer.batch, name: layer.name)
        } catch let error as SitingError {
            throw fault(value.mark, "\(error.place) \(error.problem)", error.remedy)
        }
    }

    /// Reads a layer that a rule names, and takes of it what the rule's `only` asks for.
    private mutating func layer(
        _ value: LocatedYAML, _ reader: RuleReader, drawing: PlaceView.Drawing,
        filtered: Bool = true
    ) throws -> (name: String, batch: FeatureBatch) {
        let reference = try reader.word(value, of: reader.kind.name)
        let isOutlined = drawing == .outline
        let key = isOutlined ? "\(reference) outlined" : reference
        if read[key] == nil {
            do {
                let whole =
                    try isOutlined ? input.readAllOutlined(reference) : input.readAll(reference)
                layers.append(whole)
                read[key] = whole
            } catch let error as FormatError where error.code == .unreadable {
                throw fault(value.mark, "\(error.place): \(error.problem)", error.remedy)
            } catch let error as CatalogueError {
                throw fault(value.mark, error.problem, error.remedy)
            } catch let error as ValidationError {
                // What the catalogue and the file system do not know.
                throw fault(value.mark, error.message, nil)
            }
        }
        guard let whole = read[key] else { return (reference, FeatureBatch(geometry: .init([]))) }
        guard filtered, let only = reader.rule["only"] else { return (whole.name, whole.batch) }
        let text = try reader.word(only, of: "only")
        do {
            let rows = try Filter(text).rows(of: whole.batch)
            if rows.isEmpty {
                throw fault(
                    only.mark, "no feature of \(whole.name) meets the condition",
                    "correct it, or leave only: out")
            }
            return (whole.name, whole.batch.takingSome(rows))
        } catch let error as FilterError {
            throw fault(only.mark, error.problem, error.remedy)
        }
    }

    // MARK: Faults

    private func fault(
        _ mark: LocatedYAML.Mark, _ problem: String, _ remedy: String?
    ) -> FormatError {
        FormatError(at: mark, of: file, problem, remedy: remedy)
    }

    private func unknown(_ member: LocatedYAML.Member, among words: [String]) -> FormatError {
        let near = Spelling.nearest(to: member.name, in: words)
        return fault(
            member.mark, "there is no \"\(member.name)\" here",
            near.map { "did you mean \($0)?" }
                ?? "there are \(words.joined(separator: ", "))")
    }
}
