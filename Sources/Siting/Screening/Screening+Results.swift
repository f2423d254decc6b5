internal import Analysis
public import Features
internal import Geometry

extension Screening {
    /// The candidates that pass.
    ///
    /// - Parameters:
    ///   - judged: The judged candidates.
    ///   - decision: What the quotas decided, where there are any.
    /// - Returns: Those that meet all rules and that the quotas keep, as they came.
    public func passing(_ judged: Judged, _ decision: ScreeningDecision?) -> FeatureBatch {
        let rows = judged.passing.filter { row in
            guard let decision else { return true }
            return decision.quota(rejecting: judged.batch.firstIndex + row) == quotas.count
        }
        return judged.batch.takingSome(rows)
    }

    /// All candidates with what came of them.
    ///
    /// - Parameters:
    ///   - judged: The judged candidates.
    ///   - decision: What the quotas decided, where there are any.
    /// - Returns: The candidates with `passes` (true or false), `failed_rule` (the name of the first
    ///   rule that each fails), `measured` (what that rule measured: metres, square metres, a count, a
    ///   sum, or the attribute's number; null where no number decides) and `reason` in words.
    /// - Throws: What asking the areas again throws.
    public func explained(
        _ judged: Judged, _ decision: ScreeningDecision?
    ) throws -> FeatureBatch {
        var passes: [Bool] = []
        var failed: [String?] = []
        var measured: [Double?] = []
        var reasons: [String?] = []
        let causes = try causes(judged)
        for row in judged.firstFailed.indices {
            let rule = judged.firstFailed[row]
            var name: String?
            var number: Double?
            var reason: String?
            if rule < rules.count {
                name = rules[rule].name
                number = judged.measured[row].isNaN ? causes[row]?.number : judged.measured[row]
                reason = causes[row]?.text ?? Self.reason(rules[rule], number)
            } else if let decision {
                let quota = decision.quota(rejecting: judged.batch.firstIndex + row)
                if quota < quotas.count {
                    name = quotas[quota].name
                    let value = try quotas[quota].field.map {
                        try judged.candidates.numbers(of: $0, [row])[0]
                    }
                    number = value?.isNaN == true ? nil : value
                    reason = "not among the best \(quotas[quota].count) of its group"
                }
            }
            passes.append(name == nil)
            failed.append(name)
            measured.append(number)
            reasons.append(reason)
        }
        var result = judged.batch
        result.set("passes", .bool(passes))
        result.set("failed_rule", .string(failed))
        result.set("measured", .double(measured))
        result.set("reason", .string(reasons))
        return result
    }

    /// What the rules found that measure no number by themselves.
    private func causes(_ judged: Judged) throws -> [Int: (number: Double?, text: String)] {
        var causes: [Int: (number: Double?, text: String)] = [:]
        for (place, rule) in rules.enumerated() {
            let rows = judged.firstFailed.indices.filter { judged.firstFailed[$0] == place }
            if rows.isEmpty { continue }
            switch rule.kind {
            case .outside(let areas):
                let met = try judged.candidates.areas(met: areas, rows)
                for (at, row) in rows.enumerated() {
                    causes[row] = (
                        nil, met[at] < 0 ? "has no place" : "in \(areas.labels[Int(met[at])])"
                    )
                }
            case .within(let areas):
                for row in rows {
                    let isPlaced = judged.candidates.places[row] != nil
                    causes[row] = (nil, isPlaced ? "outside \(areas.name)" : "has no place")
                }
            case .condition(let filter):
                let names = filter.attributes
                for row in rows {
                    let values = names.map { judged.batch[$0]?[row].plain ?? .null }
                    let text = zip(names, values).map {
                        "\($0) = \($1.isNull ? "nothing" : $1.description)"
                    }
                    causes[row] = (
                        names.count == 1 ? values[0].number : nil, text.joined(separator: ", ")
                    )
                }
            case .distance, .attribute, .count, .sum, .area: break
            }
        }
        return causes
    }

    /// Why a number fails a rule.
    private static func reason(_ rule: ScreeningRule, _ number: Double?) -> String? {
        guard let bounds = rule.bounds else { return nil }
        guard let number, !number.isNaN else {
            switch rule.kind {
            case .attribute(let field, _): return "has no \(field)"
            case .area: return "is no polygon"
            default: return "has no place"
            }
        }
        let isBelow = bounds.least.map { number < $0 } ?? false
        let bound = (isBelow ? bounds.least : bounds.most) ?? 0
        let side = isBelow ? "at least" : "at most"
        func plain(_ value: Double) -> String { JSONText.number(value) }
        switch rule.kind {
        case .distance(let distance, _):
            return "\(plain((number * 10).rounded() / 10)) m to \(distance.layer.name), \(side) "
                + "\(plain(bound)) m"
        case .count(let layer, let limit, _):
            return
                "\(plain(number)) of \(layer.name) within \(limit.label), \(side) \(plain(bound))"
        case .sum(let layer, let limit, _):
            return "\(layer.field) \(plain(number)) within \(limit.label), \(side) \(plain(bound))"
        case .area: return "\(plain(number.rounded())) m², \(side) \(plain(bound)) m²"
        case .attribute(let field, _):
            return "\(field) is \(plain(number)), \(side) \(plain(bound))"
        case .within, .outside, .condition: return nil
        }
    }
}
