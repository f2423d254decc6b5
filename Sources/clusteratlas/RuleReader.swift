import Features
import Formats
import Geometry
import Siting

/// Reads the members of one rule.
struct RuleReader {
    let rule: LocatedYAML
    /// The member that says what the rule asks for.
    let kind: LocatedYAML.Member
    let file: String

    private func fault(
        _ mark: LocatedYAML.Mark, _ problem: String, _ remedy: String?
    ) -> FormatError {
        FormatError(at: mark, of: file, problem, remedy: remedy)
    }

    /// A member that must be there.
    func member(_ name: String, like example: String) throws -> LocatedYAML {
        if let value = rule[name] { return value }
        throw fault(
            kind.mark, "a rule of \(kind.name) needs \(name):", "add it: \(name): \(example)")
    }

    /// A word or text, as it was written.
    func word(_ value: LocatedYAML, of name: String) throws -> String {
        if let word = value.written, value.scalar?.isNull == false, !word.isEmpty { return word }
        throw fault(
            value.mark, "expected a word after \(name):, found \(value.kindInWords)",
            "write one word or text; put it into \"\" where it holds signs")
    }

    /// The distance within which features count.
    func radius() throws -> Distance {
        let value = try member("radius", like: "10km")
        let text = try word(value, of: "radius")
        guard let distance = Distance(text), distance.metres > 0 else {
            throw fault(
                value.mark, "\"\(text)\" is no distance above 0", "write it like 5km or 250m")
        }
        return distance
    }

    /// The rule's min and max.
    ///
    /// - Parameters:
    ///   - thing: What they must be, for messages: a distance.
    ///   - example: How such a thing is written.
    ///   - number: Reads one of them.
    /// - Returns: The bounds.
    /// - Throws: `FormatError` where neither is there, or one cannot be read.
    func bounds(
        _ thing: String, like example: String, _ number: (String) -> Double?
    ) throws -> ScreeningBounds {
        func bound(_ name: String) throws -> Double? {
            guard let value = rule[name] else { return nil }
            let text = try word(value, of: name)
            guard let found = number(text), found.isFinite else {
                throw fault(
                    value.mark, "\(name) is \"\(text)\", which is no \(thing)",
                    "write it like \(example)")
            }
            return found
        }
        let (least, most) = (try bound("min"), try bound("max"))
        do {
            return try ScreeningBounds(least: least, most: most)
        } catch let error as SitingError {
            let mark = rule["min"].flatMap { _ in rule["max"]?.mark } ?? kind.mark
            throw fault(mark, error.problem, error.remedy)
        }
    }

    /// Refuses a field that a layer does not have.
    func check(_ field: String, of layer: (name: String, batch: FeatureBatch)) throws {
        let fields = layer.batch.columns.map(\.name)
        if fields.contains(field) { return }
        let near = Spelling.nearest(to: field, in: fields)
        throw fault(
            rule["of"]?.mark ?? kind.mark, "\(layer.name) has no field \"\(field)\"",
            near.map { "did you mean \($0)?" }
                ?? "its fields are \(fields.joined(separator: ", "))")
    }
}

/// Areas as people write them.
enum AreaText {
    private static let units: [(ending: String, metres: Double)] = [
        ("km²", 1e6), ("km2", 1e6), ("ha", 1e4), ("m²", 1), ("m2", 1),
    ]

    /// Reads an area: `5000m2`, `2 ha`, `1.5km2`; a bare number is of square metres.
    ///
    /// - Parameter text: The area.
    /// - Returns: Square metres; `nil` for other text.
    static func metres(_ text: String) -> Double? {
        let word = text.lowercased().filter { $0 != " " && $0 != "_" }
        let unit = units.first { word.hasSuffix($0.ending) }
        guard let value = Double(word.dropLast(unit?.ending.count ?? 0)), value >= 0 else {
            return nil
        }
        return value * (unit?.metres ?? 1)
    }

    /// An area as people read it: `2ha`, `1.5km²`.
    static func label(_ metres: Double) -> String {
        if metres >= 1e6 { return Figures.plain(metres / 1e6) + "km²" }
        return metres >= 1e4 ? Figures.plain(metres / 1e4) + "ha" : Figures.plain(metres) + "m²"
    }
}
