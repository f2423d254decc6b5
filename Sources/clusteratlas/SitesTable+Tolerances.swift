import Siting

extension SitesTable {
    /// The demand of which a number may change least.
    static func text(
        _ tolerances: SitingTolerances, _ solution: SitingSolution, _ asked: SitesQuestion.Asked
    ) -> String {
        let problem = asked.problem
        let tightest = tolerances.tolerances.sorted {
            (room($0, tolerances, problem), $0.demand) < (room($1, tolerances, problem), $1.demand)
        }.prefix(5)
        var columns = columns(tolerances, solution, asked)
        if !tolerances.tellsWeights {
            let name = asked.isMeasured ? "km" : "cost"
            columns.insert((name, .right, { cost($0.now, asked) }), at: 0)
        }
        var table = Table([("demand", .left)] + columns.map { ($0.name, $0.alignment) })
        for tolerance in tightest {
            table.add([problem.demandIDs[tolerance.demand]] + columns.map { $0.cell(tolerance) })
        }
        let what = tolerances.tellsWeights ? "between these weights" : "up to these distances"
        var text =
            "The choice is the best \(tolerances.isExact ? "" : "at least ")\(what)"
            + " (the tightest demand):\n" + table.text
        for kind in SitingTolerances.Kind.allCases {
            guard let reason = tolerances.untold[kind] else { continue }
            text += "Not told of \(kind == .shorter ? "shorter distances" : kind.rawValue): "
            text += reason + "\n"
        }
        if tolerances.isInterrupted {
            text +=
                "The time was up: \(Figures.count(tolerances.tolerances.count, "demand")) "
                + "looked at.\n"
        }
        return text
    }

    /// How near a demand is to a change of the choice: by the part of its weight, or else by its cost.
    private static func room(
        _ tolerance: SitingTolerances.Tolerance, _ tolerances: SitingTolerances,
        _ problem: SitingProblem
    ) -> Double {
        guard tolerances.tellsWeights else {
            return (tolerance.cost ?? .infinity) - (tolerance.now ?? 0)
        }
        let weight = problem.weights[tolerance.demand]
        return min(weight - tolerance.least, (tolerance.most ?? .infinity) - weight) / weight
    }

    private typealias Column = (
        name: String, alignment: Table.Alignment, cell: (SitingTolerances.Tolerance) -> String
    )

    private static func columns(
        _ tolerances: SitingTolerances, _ solution: SitingSolution, _ asked: SitesQuestion.Asked
    ) -> [Column] {
        func any(_ value: Double?) -> String { value.map { cost($0, asked) } ?? "any" }
        func weight(_ value: Double) -> String { Figures.number(value, decimals: 2) }
        let unit = asked.isMeasured ? " km" : ""
        var columns: [Column] = []
        if tolerances.tellsWeights {
            columns += [
                ("weight", .right, { weight(asked.problem.weights[$0.demand]) }),
                ("from", .right, { weight($0.least) }),
                ("to", .right, { $0.most.map { weight($0) } ?? "any" }),
            ]
        }
        if tolerances.tellsCosts {
            columns.append(
                (
                    asked.isMeasured ? "up to km" : "cost up to", .right,
                    { solution.assignment[$0.demand] == nil ? "–" : any($0.cost) }
                ))
        }
        if tolerances.tellsShorter {
            if tolerances.tolerances.contains(where: { $0.shorter != nil }) {
                columns.append(("shorter by\(unit)", .right, { any($0.shorter) }))
            }
            if tolerances.tolerances.contains(where: { $0.nearer != nil }) {
                columns.append(("others to\(unit)", .right, { any($0.nearer) }))
            }
        }
        return columns
    }
}
