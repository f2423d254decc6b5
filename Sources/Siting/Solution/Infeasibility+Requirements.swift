extension SitingProblem {
    /// Finds requirements that cannot be met together, and the least change of each that is enough.
    ///
    /// One after another is left out where the others still contradict each other (the deletion filter:
    /// J. W. Chinneck, E. W. Dravnieks, 1991, https://doi.org/10.1287/ijoc.3.2.157); then each is eased
    /// as little as possible, all others unchanged.
    func explainRequirements(
        of model: SitingModel, _ deadline: ContinuousClock.Instant
    ) throws -> Infeasibility {
        var result = Infeasibility(conflicting: [])
        let engine = try CBCEngine()
        let kinds = requirements.kinds(of: model, self)
        func ending(
            _ problem: SitingProblem, without dropped: Set<SitingRequirements.Kind>
        ) throws -> MIPOutcome.Ending {
            let formulation = try SitingFormulation(
                model, problem, for: .feasible(without: dropped, easing: nil))
            return try engine.solve(formulation.program, MIPLimits(deadline: deadline)).ending
        }
        var dropped: Set<SitingRequirements.Kind> = []
        guard try ending(self, without: []) == .infeasible else { return result }
        for kind in kinds.reversed() {
            switch try ending(self, without: dropped.union([kind])) {
            case .infeasible: dropped.insert(kind)
            case .interrupted: return result
            default: break
            }
        }
        result.requirements = kinds.filter { !dropped.contains($0) }
        for kind in result.requirements {
            let value: Double?
            if kind == .spacing {
                value = try greatestSpacing { try ending($0, without: []) }
            } else {
                let formulation = try SitingFormulation(
                    model, self, for: .feasible(without: [], easing: kind))
                let outcome = try engine.solve(formulation.program, MIPLimits(deadline: deadline))
                guard outcome.ending == .optimal, let values = outcome.values else { continue }
                let lack = formulation.missing.sorted().reduce(0) { sum, column in
                    sum + formulation.program.costs[column] * values[column]
                }
                value = changed(kind, by: lack, formulation.chosen(values).count)
            }
            if let value { result.changes.append(.init(kind: kind, value: value)) }
        }
        return result
    }

    /// What would have to be said of a requirement that lacks so much.
    private func changed(
        _ kind: SitingRequirements.Kind, by lack: Double, _ chosen: Int
    ) -> Double {
        // Counts come out of the solver with its tolerance.
        let count = (lack - 1e-6).rounded(.up)
        return switch kind {
        case .number: Double(chosen)
        case .atMost: Double(requirements.atMost ?? 0) + count
        case .atLeast: Double(requirements.atLeast ?? 0) - count
        case .closing: Double(requirements.mayClose ?? 0) + count
        case .new: Double(requirements.new ?? 0) + count
        case .budget: (((requirements.budget ?? 0) + lack) * 1e6).rounded() / 1e6
        case .capacity: (lack * 1e6).rounded() / 1e6
        default: count
        }
    }

    /// The greatest spacing that can be kept, all else unchanged.
    private func greatestSpacing(
        _ ending: (SitingProblem) throws -> MIPOutcome.Ending
    ) throws -> Double? {
        // What is nearer than one of these distances is out.
        let distances = Set(requirements.near.map(\.distance)).sorted()
        var best: Double?
        var (low, high) = (0, distances.count - 1)
        while low <= high {
            let middle = (low + high) / 2
            var eased = self
            eased.requirements.near.removeAll { $0.distance >= distances[middle] }
            switch try ending(eased) {
            case .infeasible: high = middle - 1
            case .interrupted: return nil
            default:
                best = distances[middle]
                low = middle + 1
            }
        }
        return best
    }
}
