internal import Features

/// What each rule of a screening costs, and what relaxing it would bring back.
///
/// All are counts of candidates, so that the number of tasks and the cutting into batches change
/// nothing. Memory depends on what the quotas keep, not on how many candidates there are.
public struct ScreeningFunnel: Sendable {
    /// How many candidates came.
    public private(set) var candidates = 0
    /// How many candidates are no points and were measured from a position inside them.
    public private(set) var represented = 0
    /// How many candidates have no place.
    public private(set) var unlocated = 0

    private let screening: Screening
    private var rejected: [Int]
    private var alone: [Int]
    private var broughtBack: [Int]
    private var choice: QuotaChoice

    /// Starts without candidates.
    ///
    /// - Parameter screening: The rules.
    public init(of screening: Screening) {
        self.screening = screening
        rejected = Array(repeating: 0, count: screening.rules.count)
        alone = rejected
        broughtBack = rejected
        choice = QuotaChoice(screening.quotas)
    }

    /// Adds judged candidates.
    ///
    /// - Parameter judged: The batch that follows those added before.
    public mutating func add(_ judged: Screening.Judged) {
        candidates += judged.batch.count
        represented += judged.represented
        unlocated += judged.unlocated
        for (row, rule) in judged.firstFailed.enumerated() where rule < rejected.count {
            rejected[rule] += 1
            if judged.failsOne[row] { alone[rule] += 1 }
        }
        for rule in broughtBack.indices { broughtBack[rule] += judged.broughtBack[rule] }
        choice.add(judged.entries)
    }

    /// What a rule or quota costs.
    public struct Step: Hashable, Sendable {
        /// What people call it.
        public let name: String
        /// How many candidates came to it: those that no earlier one rejects.
        public let entered: Int
        /// How many of them it rejects.
        public let rejected: Int
        /// How many would come back if it were dropped: those that no other rule rejects.
        ///
        /// Of several quotas it is not known.
        public let alone: Int?
        /// The bounds when it is relaxed; `nil` where it cannot be.
        public let relaxed: ScreeningBounds?
        /// How many would come back with the relaxed bounds.
        public let broughtBack: Int?
    }

    /// What each rule costs, and then each quota; a funnel from top to bottom.
    public var steps: [Step] {
        var entered = candidates
        var steps: [Step] = []
        let relaxed = screening.relaxedBounds
        for (place, rule) in screening.rules.enumerated() {
            steps.append(
                Step(
                    name: rule.name, entered: entered, rejected: rejected[place],
                    alone: alone[place], relaxed: relaxed[place],
                    broughtBack: relaxed[place].map { _ in broughtBack[place] }))
            entered -= rejected[place]
        }
        let outcome = choice.settled()
        for (place, quota) in screening.quotas.enumerated() {
            let left = outcome.values.count { $0 > place }
            let isOnly = screening.quotas.count == 1
            let bounds =
                isOnly
                ? try? ScreeningBounds(most: Double(quota.count))
                    .relaxed(byPercent: screening.relaxation, isWhole: true) : nil
            steps.append(
                Step(
                    name: quota.name, entered: entered, rejected: entered - left,
                    alone: isOnly ? entered - left : nil, relaxed: bounds,
                    broughtBack: bounds?.most.map { choice.broughtBack(by: Int($0)) }))
            entered = left
        }
        return steps
    }

    /// How many candidates pass.
    public var passed: Int {
        steps.last.map { $0.entered - $0.rejected } ?? candidates
    }

    /// What the quotas decided, once all candidates have been added; `nil` where there are none.
    public var decision: ScreeningDecision? {
        screening.quotas.isEmpty ? nil : ScreeningDecision(outcome: choice.settled())
    }
}

/// What quotas decided about the candidates that meet all rules.
public struct ScreeningDecision: Sendable {
    let outcome: [Int: Int]

    /// The quota that rejects a candidate which meets all rules, by its place among the quotas; as
    /// many as there are quotas where none does.
    ///
    /// - Parameter index: The candidate's place in the whole flow, from 0.
    /// - Returns: The place of the quota.
    func quota(rejecting index: Int) -> Int { outcome[index] ?? 0 }
}
