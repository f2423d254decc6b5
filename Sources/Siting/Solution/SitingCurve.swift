/// What each further site brings: the answers to one question for one number of sites after another.
public struct SitingCurve: Sendable {
    /// The answers, by number of sites, ascending.
    public private(set) var solutions: [SitingSolution] = []

    /// Answers a question for each number of sites, each search beginning with the choice before and
    /// one site more.
    ///
    /// - Parameters:
    ///   - problem: The problem.
    ///   - numbers: The numbers of sites.
    ///   - options: How each is worked on; the time limit is that of each.
    ///   - progress: Told how many of how many are done.
    ///   - model: The model for a number of sites.
    /// - Throws: ``SitingError`` as solving does.
    public init(
        of problem: SitingProblem, numbers: ClosedRange<Int>, options: SitingOptions,
        progress: (Int, Int) -> Void = { _, _ in }, model: (Int) throws -> SitingModel
    ) throws {
        for number in numbers {
            var options = options
            if let last = solutions.last, !last.chosen.isEmpty {
                options.start.append(
                    try problem.extended(last.chosen, to: number, for: model(number)))
            }
            solutions.append(try problem.solve(try model(number), options))
            progress(solutions.count, numbers.count)
        }
    }

    /// By how much each answer is better than the one before; `nil` for the first, and where one of
    /// the two has no choice.
    public var gains: [Double?] {
        solutions.indices.map { place in
            guard place > 0, let now = solutions[place].objective,
                let before = solutions[place - 1].objective
            else { return nil }
            return solutions[place].model.isMaximal ? now - before : before - now
        }
    }
}

extension SitingProblem {
    /// A choice with one site more, the one that helps most.
    func extended(_ chosen: [Int], to number: Int, for model: SitingModel) throws -> [Int] {
        guard chosen.count < number else { return chosen }
        var best: (chosen: [Int], value: Double)?
        let service = Service(of: chosen, in: self)
        var saved = [Double](repeating: 0, count: candidateIDs.count)
        for demand in demandIDs.indices where weights[demand] > 0 {
            let now = service.assignment[demand] == nil ? nil : service.costs[demand]
            for entry in reach(demand) {
                if model.isMaximal {
                    if now == nil { saved[Int(entry.site)] += weights[demand] }
                } else if let now, entry.cost < now {
                    saved[Int(entry.site)] += weights[demand] * (now - entry.cost)
                }
            }
        }
        for candidate in candidateIDs.indices
        where rules[candidate] == .free && !chosen.contains(candidate) {
            if saved[candidate] > best?.value ?? -1 {
                best = ((chosen + [candidate]).sorted(), saved[candidate])
            }
        }
        return best?.chosen ?? chosen
    }
}
