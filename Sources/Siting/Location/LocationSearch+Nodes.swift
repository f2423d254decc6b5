extension LocationSearch {
    /// Works on one node until it is proven or branched.
    ///
    /// - Returns: A bound of what is left behind, without the branches.
    mutating func work(on node: Pending, _ pending: inout [Pending]) -> Double {
        nodes += 1
        let isRoot = nodes == 1
        var core = node.core
        var start = node.multipliers
        var share = node.share
        var bound = node.bound
        var rounds = 0
        while true {
            rounds += 1
            if rounds == 1, !isRoot {
                shrink(&core, &start, &share)
                if core.least > core.count || core.most < 0 { return goal }
            }
            var ascent = MultiplierAscent(core, from: start, share: share)
            climb(
                &ascent, rounds: isRoot && rounds == 1 ? 100 : 5,
                nearness: isRoot ? 0.01 : 0.3)
            if rounds == 1, ascent.bound < goal {
                var columns: SiteColumns?
                polish(ascent.likely, of: core, &columns)
            }
            if rounds == 1, let division = node.division {
                gains.learn(division, min(ascent.bound, goal) - node.bound)
            }
            bound = max(bound, ascent.bound)
            if isRoot, rounds == 1 {
                rootMultipliers = ascent.multipliers
                rootBound = ascent.bound
            }
            if rounds == 1, isRoot || nodes % 64 == 0, ascent.bound < goal {
                for certainty in isRoot ? [0.95, 0.8, 0.6] : [0.8] { dive(from: ascent, certainty) }
                if isRoot { probe(ascent) }
            }
            keep(ascent.multipliers, of: core, at: node.place)
            if ascent.bound >= goal { return ascent.bound }
            let (decisions, count) = ascent.decisions(below: goal)
            if count > 0 {
                (core, start) = core.decided(decisions, ascent.multipliers)
                share = Self.kept(ascent.share, decisions)
                if core.least > core.count || core.most < 0 { return goal }
                if count * 8 >= ascent.core.count || core.count <= 2, !isLate { continue }
                branch(core, start: start, share: share ?? [], bound, node.place, &pending)
                return .infinity
            }
            if isLate { return bound }
            branch(
                core, start: ascent.multipliers, share: ascent.share, bound, node.place, &pending)
            return .infinity
        }
    }

    static func kept(
        _ share: [Double], _ decisions: [LocationCore.Decision]
    ) -> [Double] {
        zip(share, decisions).filter { $0.1 == .undecided }.map(\.0)
    }

    /// Leaves out of a core what the multipliers it begins with decide.
    private func shrink(
        _ core: inout LocationCore, _ start: inout [Double], _ share: inout [Double]?
    ) {
        var dual = LagrangianDual(core)
        dual.evaluate(core, at: start.indices.map { core.clamped(start[$0], $0) })
        let (decisions, count) = dual.decisions(below: goal, in: core)
        guard count > 0 else { return }
        (core, start) = core.decided(decisions, start)
        share = share.map { Self.kept($0, decisions) }
    }

    /// Divides a node by the site that the relaxation is least sure of.
    private mutating func branch(
        _ core: LocationCore, start: [Double], share: [Double], _ bound: Double, _ place: Int,
        _ pending: inout [Pending]
    ) {
        guard core.count > 0 else { return }
        let site = gains.divider(of: core, share)
        tree[place].site = core.siteNumbers[site]
        (tree[place].chosen, tree[place].closed) = (tree.count, tree.count + 1)
        tree += [BoundCertificate.Node(), BoundCertificate.Node()]
        var parts: [Pending] = []
        for (decision, child) in [
            (LocationCore.Decision.open, tree.count - 2), (.closed, tree.count - 1),
        ] {
            var decisions = [LocationCore.Decision](repeating: .undecided, count: core.count)
            decisions[site] = decision
            let (smaller, multipliers) = core.decided(decisions, start)
            if smaller.least > smaller.count || smaller.most < 0 { continue }
            parts.append(
                Pending(
                    core: smaller, multipliers: multipliers,
                    share: Self.kept(share, decisions), bound: bound, place: child,
                    division: (core.siteNumbers[site], decision, share[site])))
        }
        // What is popped first is what the relaxation thinks more likely.
        pending += share[site] > 0.5 ? parts.reversed() : parts
    }

    /// Keeps multipliers for the certificate.
    private mutating func keep(_ multipliers: [Double], of core: LocationCore, at place: Int) {
        guard (kept + 1) * root.rows <= limits.multipliers else {
            isComplete = false
            return
        }
        kept += 1
        var all = [Double](repeating: 0, count: root.rows)
        for (first, row) in core.rowOfFirst.enumerated() where row >= 0 {
            // Of rows that became one, each has the part of what it costs.
            let part =
                core.isCovering ? root.fallback[first] / core.fallback[Int(row)] : 1
            all[first] = multipliers[Int(row)] * part
        }
        tree[place].multipliers.append(all)
    }
}
