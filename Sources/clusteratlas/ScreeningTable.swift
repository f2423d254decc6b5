import Features
import Geometry
import Siting

/// The funnel of a screening as people and scripts read it.
struct ScreeningTable {
    let screening: Screening
    let funnel: ScreeningFunnel

    /// The funnel as a table.
    var text: String {
        var table = Table([
            ("rule", .left), ("in", .right), ("rejected", .right), ("alone", .right),
            ("relaxed", .right), ("back", .right),
        ])
        for (place, step) in funnel.steps.enumerated() {
            table.add([
                step.name, Figures.number(Double(step.entered)),
                Figures.number(Double(step.rejected)), count(step.alone),
                step.relaxed.map { bounds($0, place) } ?? "–", count(step.broughtBack),
            ])
        }
        let share = Double(funnel.passed) / Double(max(1, funnel.candidates))
        return table.text + "\(Figures.number(Double(funnel.passed))) of "
            + Figures.count(funnel.candidates, "candidate") + " pass (\(Figures.share(share)))\n"
    }

    /// The funnel as one JSON object.
    var json: String {
        let steps = funnel.steps.enumerated().map { place, step in
            Value.json(
                JSONLine.object([
                    ("rule", .string(step.name)), ("kind", .string(kind(place))),
                    ("in", .int(Int64(step.entered))), ("rejected", .int(Int64(step.rejected))),
                    ("alone", number(step.alone)),
                    ("relaxed_min", step.relaxed?.least.map { .double($0) } ?? .null),
                    ("relaxed_max", step.relaxed?.most.map { .double($0) } ?? .null),
                    ("back", number(step.broughtBack)),
                ]))
        }
        let list = "[" + steps.map { JSONText.of($0) }.joined(separator: ",") + "]"
        return JSONLine.object([
            ("candidates", .int(Int64(funnel.candidates))),
            ("passed", .int(Int64(funnel.passed))),
            ("relaxed_percent", .int(Int64(screening.relaxation))), ("rules", .json(list)),
        ]) + "\n"
    }

    private func count(_ number: Int?) -> String {
        number.map { Figures.number(Double($0)) } ?? "–"
    }

    private func number(_ number: Int?) -> Value { number.map { .int(Int64($0)) } ?? .null }

    private func kind(_ place: Int) -> String {
        guard place < screening.rules.count else { return "quota" }
        switch screening.rules[place].kind {
        case .distance: return "distance"
        case .within: return "within"
        case .outside: return "outside"
        case .condition: return "where"
        case .attribute: return "attribute"
        case .count: return "count"
        case .sum: return "sum"
        case .area: return "area"
        }
    }

    private func bounds(_ bounds: ScreeningBounds, _ place: Int) -> String {
        func figure(_ value: Double) -> String {
            guard place < screening.rules.count else { return Figures.plain(value) }
            switch screening.rules[place].kind {
            case .distance:
                return value >= 1000
                    ? Figures.plain(value / 1000) + "km" : Figures.plain(value) + "m"
            case .area: return AreaText.label(value)
            default: return Figures.plain(value)
            }
        }
        switch (bounds.least, bounds.most) {
        case (let least?, let most?): return "\(figure(least))–\(figure(most))"
        case (let least?, nil): return "≥ \(figure(least))"
        case (nil, let most?): return "≤ \(figure(most))"
        case (nil, nil): return "–"
        }
    }
}
