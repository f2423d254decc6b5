internal import Geometry

/// Checks the proof of a bound, with nothing taken from the solver but the multipliers.
///
/// Every number that counts is rounded towards less, so that what is found proven is so.
struct ProofChecker {
    /// The sites of each row, with a cost that is not more than the true one.
    private var rows: [[(site: Int32, cost: Double)]]
    /// What each candidate costs to open.
    private let opening: [Double]
    /// Whether what is counted is sites.
    private let countsSites: Bool
    /// What each row costs without a site; infinite where it must be served.
    private var fallback: [Double]
    private let least: Int
    private var most: Int
    /// Whether what is lost without a site is taken off again, so that less loss is more reached.
    private let countsGain: Bool
    private var isRow: [Bool]
    private var decisions: [LocationCore.Decision]

    /// A checker of one model.
    ///
    /// - Parameters:
    ///   - problem: The problem.
    ///   - model: The model; a p-center is checked as a covering with costs below the radius.
    ///   - radius: The radius of a p-center.
    init(_ problem: SitingProblem, _ model: SitingModel, radius: Double?) {
        let count = problem.demandIDs.count
        isRow = problem.weights.map { $0 > 0 }
        rows = Array(repeating: [], count: count)
        fallback = Array(repeating: .infinity, count: count)
        let candidates = problem.candidateIDs.count
        var isCovering = true
        switch model {
        case .pMedian(let p):
            (opening, least, most) = (
                Array(repeating: 0, count: candidates), p ?? 0, p ?? candidates
            )
            isCovering = false
        case .facilityLocation:
            (opening, least, most) = (problem.openingCosts, 1, candidates)
            isCovering = false
        case .maximalCovering(let p):
            (opening, least, most) = (
                Array(repeating: 0, count: candidates), p ?? 0, p ?? candidates
            )
        default: (opening, least, most) = (Array(repeating: 1, count: candidates), 0, candidates)
        }
        countsSites = isCovering && !model.isMaximal
        countsGain = model.isMaximal
        if countsGain { fallback = problem.weights }
        for demand in 0..<count where isRow[demand] {
            for entry in problem.costs.entries(of: demand) {
                let cost = problem.costs.distances[entry]
                if let radius, cost >= radius { continue }
                rows[demand].append(
                    (
                        problem.costs.indices[entry],
                        isCovering ? 0 : OutwardSum.product(problem.weights[demand], cost)
                    ))
            }
        }
        decisions = problem.rules.map {
            switch $0 {
            case .free: .undecided
            case .forced: .open
            case .forbidden: .closed
            }
        }
    }

    /// Whether a proof holds for every choice.
    ///
    /// - Parameters:
    ///   - certificate: The proof.
    ///   - target: What every choice is said to cost at least; of maximal covering, less what it
    ///     reaches.
    /// - Returns: Whether it does.
    mutating func holds(_ certificate: SitingCertificate, _ target: Double) -> Bool {
        // Where sites are what is counted, more of them than the target cost more than that.
        if countsSites { most = min(most, Int(target.rounded(.down))) }
        for reduction in certificate.reductions {
            guard reduce(reduction) else { return false }
        }
        var visited = 0
        let none = [Double](repeating: 0, count: rows.count)
        return holds(certificate.proof, 0, decisions, inherited: none, target, &visited)
    }

    /// Takes a step, where it is right.
    private mutating func reduce(_ reduction: SitingCertificate.Reduction) -> Bool {
        switch reduction {
        case .implied(let demand, let other):
            let (a, b) = (Int(demand), Int(other))
            guard isRow.indices.contains(a), isRow.indices.contains(b), a != b, isRow[a], isRow[b]
            else { return false }
            let sites = Set(rows[a].map(\.site))
            let isImplied = rows[b].allSatisfy {
                decisions[Int($0.site)] == .closed || sites.contains($0.site)
            }
            guard isImplied else { return false }
            isRow[a] = false
        case .dominated(let candidate, let other):
            guard decisions.indices.contains(Int(candidate)),
                decisions.indices.contains(Int(other)), candidate != other,
                decisions[Int(candidate)] == .undecided, decisions[Int(other)] == .undecided
            else { return false }
            for row in rows.indices where isRow[row] {
                if rows[row].contains(where: { decisions[Int($0.site)] == .open }) { continue }
                if rows[row].contains(where: { $0.site == candidate }),
                    !rows[row].contains(where: { $0.site == other })
                {
                    return false
                }
            }
            decisions[Int(candidate)] = .closed
        }
        return true
    }

    /// Whether a node's part of the proof holds under decisions.
    private func holds(
        _ proof: BoundCertificate, _ place: Int, _ given: [LocationCore.Decision],
        inherited: [Double], _ target: Double, _ visited: inout Int
    ) -> Bool {
        visited += 1
        guard proof.nodes.indices.contains(place), visited <= proof.nodes.count else {
            return false
        }
        let node = proof.nodes[place]
        var decisions = given
        var last = inherited
        for multipliers in [inherited] + node.multipliers {
            guard multipliers.count == rows.count else { return false }
            last = multipliers
            // Decisions make the bound rise, and that decides more.
            while true {
                let found = bound(multipliers, decisions)
                if found.value >= target { return true }
                guard decide(&decisions, by: found, target) else { break }
            }
        }
        guard let site = node.site, decisions.indices.contains(Int(site)) else { return false }
        for (decision, child) in [
            (LocationCore.Decision.open, node.chosen), (.closed, node.closed),
        ] {
            if decisions[Int(site)] != .undecided, decisions[Int(site)] != decision {
                visited += 1
                continue
            }
            var next = decisions
            next[Int(site)] = decision
            guard child > place,
                holds(proof, child, next, inherited: last, target, &visited)
            else { return false }
        }
        return true
    }

    /// A bound with what it says of each site.
    private struct Bound {
        var value: Double
        var reduced: [Double]
        var isChosen: [Bool]
        /// The greatest reduced cost that was chosen; 0 where a site that comes in pushes none out.
        var pushed: Double
        /// The reduced cost that comes in where a site goes out.
        var pulled: Double
    }

    /// The Lagrangian bound under decisions, rounded down.
    private func bound(
        _ multipliers: [Double], _ decisions: [LocationCore.Decision]
    ) -> Bound {
        var sum = OutwardSum()
        var reduced = opening.map { OutwardSum(value: $0) }
        for row in rows.indices where isRow[row] {
            var open = fallback[row]
            var nearest = Double.infinity
            for entry in rows[row] {
                switch decisions[Int(entry.site)] {
                case .open: open = min(open, entry.cost)
                case .undecided: nearest = min(nearest, entry.cost)
                case .closed: break
                }
            }
            // No multiplier is worth more above what is open, or below what is nearest.
            let multiplier = max(min(nearest, open), min(open, multipliers[row]))
            guard multiplier < .infinity else {
                return Bound(value: .infinity, reduced: [], isChosen: [], pushed: 0, pulled: 0)
            }
            sum.add(
                countsGain ? OutwardSum.difference(multiplier, fallback[row]) : multiplier)
            for entry in rows[row]
            where decisions[Int(entry.site)] == .undecided && entry.cost < multiplier {
                reduced[Int(entry.site)].add(OutwardSum.difference(entry.cost, multiplier))
            }
        }
        var open = 0
        for site in decisions.indices where decisions[site] == .open {
            open += 1
            sum.add(opening[site])
        }
        return choose(sum, reduced.map(\.value), decisions, open)
    }

    private func choose(
        _ known: OutwardSum, _ reduced: [Double], _ decisions: [LocationCore.Decision], _ open: Int
    ) -> Bound {
        var sum = known
        let (least, most) = (max(0, least - open), most - open)
        let order = decisions.indices.filter { decisions[$0] == .undecided }
            .sorted { (reduced[$0], $0) < (reduced[$1], $1) }
        guard most >= 0, least <= order.count else {
            return Bound(value: .infinity, reduced: [], isChosen: [], pushed: 0, pulled: 0)
        }
        var isChosen = [Bool](repeating: false, count: reduced.count)
        var number = 0
        for site in order {
            guard number < least || (number < most && reduced[site] < 0) else { break }
            isChosen[site] = true
            sum.add(reduced[site])
            number += 1
        }
        let last = number > 0 ? reduced[order[number - 1]] : 0
        let next = number < order.count ? reduced[order[number]] : .infinity
        let isFull = number == most || (number == least && last >= 0)
        return Bound(
            value: sum.value, reduced: reduced, isChosen: isChosen,
            pushed: number > 0 && isFull ? last : 0,
            pulled: number == least ? next : number == most ? min(0, next) : 0)
    }

    /// Decides the sites for which the other decision is proven to cost too much.
    ///
    /// - Returns: Whether any was.
    private func decide(
        _ decisions: inout [LocationCore.Decision], by bound: Bound, _ target: Double
    ) -> Bool {
        var found = false
        for site in decisions.indices where decisions[site] == .undecided {
            // The greatest reduced cost that was chosen is subtracted, so it must not be too small:
            // all three terms are added outward.
            var other = OutwardSum(value: bound.value)
            if bound.isChosen[site] {
                other.add(-bound.reduced[site])
                other.add(bound.pulled)
            } else {
                other.add(bound.reduced[site])
                other.add(-bound.pushed)
            }
            guard other.value >= target else { continue }
            decisions[site] = bound.isChosen[site] ? .open : .closed
            found = true
        }
        return found
    }
}
