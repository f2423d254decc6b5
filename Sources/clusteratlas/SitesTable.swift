import Siting

/// Answers to siting questions as people read them.
enum SitesTable {
    /// What was found, and what each site serves.
    static func text(_ solution: SitingSolution, _ asked: SitesQuestion.Asked) -> String {
        let model = solution.model
        var text = "\(model.name) of \(asked.title): \(solution.status.rawValue)"
        if let objective = solution.objective {
            text += "\n\(name(of: model)) \(figure(objective, model, asked))"
            if let bound = solution.bound {
                text += ", bound \(figure(bound, model, asked)), gap \(Figures.share(solution.gap))"
            }
        }
        text += "\n" + proof(solution, asked)
        guard !solution.chosen.isEmpty else { return text }
        let unit = asked.isMeasured ? " km" : ""
        var table = Table([
            ("site", .whole), ("demand", .right), ("weight", .right), ("mean\(unit)", .right),
            ("greatest\(unit)", .right),
        ])
        for (candidate, load) in zip(solution.chosen, solution.loads(in: asked.problem)) {
            table.add([
                asked.problem.candidateIDs[candidate], Figures.number(Double(load.count)),
                Figures.number(load.weight), cost(load.mean, asked),
                cost(load.count > 0 ? load.greatest : nil, asked),
            ])
        }
        text += table.text
        if !solution.unserved.isEmpty {
            text +=
                "Not served: \(Figures.count(solution.unserved.count, "feature")) of the demand\n"
        }
        return text
    }

    /// Which part of the bound is proven, where the rest is the word of a solver.
    private static func proof(_ solution: SitingSolution, _ asked: SitesQuestion.Asked) -> String {
        guard let proven = ProvenBound(of: solution, in: asked.problem), let word = proven.word
        else { return "" }
        guard let value = proven.value, value != solution.bound else {
            return "The bound is the word of \(word).\n"
        }
        return "Proven: bound \(figure(value, solution.model, asked)), "
            + "gap \(Figures.share(proven.gap(to: solution.objective))); "
            + "the rest is the word of \(word).\n"
    }

    /// What each further site brings.
    static func text(_ curve: SitingCurve, _ asked: SitesQuestion.Asked) -> String {
        guard let first = curve.solutions.first else { return "" }
        var table = Table([
            ("p", .right), (name(of: first.model), .right), ("gain", .right), ("gap", .right),
            ("status", .left), ("new", .left),
        ])
        var before: Set<Int> = []
        for (solution, gain) in zip(curve.solutions, curve.gains) {
            let new = solution.chosen.filter { !before.contains($0) }
            before = Set(solution.chosen)
            table.add([
                solution.model.p.map { "\($0)" } ?? "",
                solution.objective.map { figure($0, solution.model, asked) } ?? "–",
                gain.map { figure($0, solution.model, asked) } ?? "–",
                Figures.share(solution.gap), solution.status.rawValue,
                new.map { asked.problem.candidateIDs[$0] }.joined(separator: ", "),
            ])
        }
        return "\(first.model.name) of \(asked.title):\n" + table.text
    }

    /// The choices that are nearly as good, and the sites that none of them can do without.
    static func text(
        _ near: NearOptimal, _ model: SitingModel, _ asked: SitesQuestion.Asked
    ) -> String {
        let ids = asked.problem.candidateIDs
        var table = Table([("choice", .right), (name(of: model), .right), ("sites", .left)])
        for (place, portfolio) in near.portfolios.enumerated() {
            table.add([
                "\(place + 1)", figure(portfolio.objective, model, asked),
                portfolio.chosen.map { ids[$0] }.joined(separator: ", "),
            ])
        }
        let robust = near.robust.map { ids[$0] }.joined(separator: ", ")
        let title =
            near.isComplete
            ? "All choices within the gap:\n"
            : "The best choices\(near.isInterrupted ? ", as far as there was time" : ""):\n"
        return title + table.text + "In every choice within the gap: "
            + (robust.isEmpty ? near.isInterrupted ? "none is known" : "none" : robust) + "\n"
    }

    /// Why nothing is feasible.
    static func text(_ reasons: Infeasibility, _ asked: SitesQuestion.Asked) -> String {
        let problem = asked.problem
        var text = ""
        if !reasons.conflicting.isEmpty {
            let names = reasons.conflicting.prefix(8).map { problem.demandIDs[$0] }
            let more = reasons.conflicting.count - names.count
            text += "Cannot be served"
            if reasons.conflicting.count > 1 {
                text += " together (without any one of them, the rest can)"
            }
            text += ":\n  " + names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
            // The first of those that no site reaches is a conflict by itself.
            if reasons.conflicting.count == 1, problem.unreachable.count > 1 {
                text += " and \(problem.unreachable.count - 1) more, each on its own"
            }
            text += "\n"
        }
        if !reasons.requirements.isEmpty {
            text += "Cannot be met"
            if reasons.requirements.count > 1 {
                text += " together (without any one of them, the rest can)"
            }
            text += ":\n  " + reasons.requirements.map(\.rawValue).joined(separator: ", ") + "\n"
        }
        for change in reasons.changes { text += "Enough would be: \(Self.text(change))\n" }
        if let sites = reasons.enoughSites { text += "Enough would be: p = \(sites)\n" }
        if let reach = reasons.enoughReach {
            // Rounded up, so that what is shown is enough.
            let shown =
                asked.isMeasured
                ? Figures.kilometres((reach / 100).rounded(.up) * 100) + " km" : "\(reach)"
            text += "Enough would be: within \(shown)\n"
        }
        return text
    }

    private static func text(_ change: Infeasibility.Change) -> String {
        // Rounded so that what is shown is enough.
        let shown =
            (change.value * 1000).rounded(change.kind == .spacing ? .down : .up) / 1000
        let number = Figures.number(shown, decimals: shown == shown.rounded() ? 0 : 3)
        return switch change.kind {
        case .number: "p = \(number)"
        case .forced: "\(number) of the forced sites fewer"
        case .incompatible: "\(number) of the incompatible pairs fewer"
        case .closeness: "\(number) of the demand left out of --mandatory"
        case .service: "\(number) of the demand left out"
        case .capacity: "\(number) more capacity"
        case .spacing: "--spacing \(number)"
        default: "--\(change.kind.rawValue) \(number)"
        }
    }

    private static func name(of model: SitingModel) -> String {
        switch model {
        case .pMedian: "weighted cost"
        case .pCenter: "greatest cost"
        case .setCovering: "sites"
        case .maximalCovering: "weight within reach"
        case .facilityLocation: "cost with opening"
        case .backupCovering, .backupCoverage: "weight within reach of two"
        case .weighedCoverage: "weighed weight within reach"
        case .expectedCovering: "weight expected to be served"
        case .dispersion: "least distance"
        case .sumDispersion: "sum of distances"
        case .hubMedian: "cost of flows"
        case .huff: "weight drawn"
        }
    }

    private static func figure(
        _ value: Double, _ model: SitingModel, _ asked: SitesQuestion.Asked
    ) -> String {
        switch model {
        case .setCovering: Figures.number(value)
        case .pMedian where asked.isMeasured, .pCenter where asked.isMeasured,
            .facilityLocation where asked.isMeasured, .dispersion where asked.isMeasured,
            .sumDispersion where asked.isMeasured, .hubMedian where asked.isMeasured:
            Figures.number(value) + " m"
        default: Figures.number(value, decimals: value == value.rounded() ? 0 : 3)
        }
    }

    static func cost(_ value: Double?, _ asked: SitesQuestion.Asked) -> String {
        asked.isMeasured
            ? Figures.kilometres(value)
            : value.map { Figures.number($0, decimals: $0 == $0.rounded() ? 0 : 3) } ?? "–"
    }
}
