extension CBCEngine {
    /// Solves a program without a limit of time.
    ///
    /// The program is asked to look at some number of nodes. Where these are not enough, it is asked for
    /// four times as many, beginning with the best solution that it found; and so on. So the best
    /// solution and the bound of each part can be noted, and the way is the same wherever a run was
    /// killed in between: it depends on numbers of nodes, not on time.
    func solveInParts(
        _ formulation: LinearFormulation, _ model: String, _ scale: Double, _ limits: MIPLimits
    ) throws -> MIPOutcome {
        let note = limits.notes.map { MIPNote($0, of: model, gap: limits.gap) }
        let begin = ContinuousClock.now
        var known = note?.read()
        if let known, !known.outcome.isAtMostNodes { return known.outcome }
        let folder = try EngineFolder()
        try folder.write(model, to: "model.mps")
        let first = limits.firstNodes ?? Self.firstNodes(formulation)
        while true {
            let parts = known?.parts ?? 0
            let most = Self.nodes(first, parts)
            var words = ["-maxNodes", "\(most)"]
            if let start = known?.outcome.values {
                try folder.write(CBCSolution.text(start), to: "start.txt")
                words += ["-mipStart", "start.txt"]
            }
            var outcome = try run(
                formulation, scale, in: folder, until: nil, gap: limits.gap, words)
            if let known { outcome.take(known.outcome) }
            let isLast = !outcome.isAtMostNodes || most == Self.mostNodes
            if isLast { outcome.isAtMostNodes = false }
            note?.write(outcome, parts + 1, since: begin, always: !isLast)
            if isLast || parts + 1 == limits.mostParts { return outcome }
            known = (outcome, parts + 1)
        }
    }

    /// How many nodes are looked at first: some minutes of them.
    private static func firstNodes(_ formulation: LinearFormulation) -> Int {
        max(1000, 50_000_000 / max(1, formulation.columns.count))
    }

    /// How many nodes are looked at after some parts.
    private static func nodes(_ first: Int, _ parts: Int) -> Int {
        (0..<parts).reduce(first) { most, _ in min(most * 4, mostNodes) }
    }

    /// More than the program can be asked for.
    private static let mostNodes = Int(Int32.max)
}
