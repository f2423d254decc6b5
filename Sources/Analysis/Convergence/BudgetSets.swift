/// The maximal sets of items that weigh no more than a budget: none of those left out would fit in.
///
/// Items are decided the heaviest first. A branch is followed only while the items still to come can
/// fill the room below the lightest item left out, which they then always do; so no branch is
/// followed in vain.
struct BudgetSets {
    /// The weights, the heaviest first, none below 0 and none above the budget.
    private let weights: [Double]
    /// The sum of the weights from an item on.
    private let rest: [Double]
    private let budget: Double

    /// Prepares the search.
    ///
    /// - Parameters:
    ///   - weights: The weights in descending order, each at least 0.
    ///   - budget: The greatest weight of a set.
    init(weights: [Double], budget: Double) {
        self.weights = weights
        self.budget = budget
        var sums = [0.0]
        for weight in weights.reversed() { sums.append((sums.last ?? 0) + weight) }
        rest = sums.reversed()
    }

    /// Finds the sets, those with the heaviest items first.
    ///
    /// - Parameter body: Gets a set, ascending, with its weight; false ends the search.
    func forEach(_ body: ([Int], Double) -> Bool) {
        guard budget >= 0 else { return }
        var chosen: [Int] = []
        _ = search(0, 0, .infinity, &chosen, body)
    }

    private func search(
        _ item: Int, _ sum: Double, _ lightestOut: Double, _ chosen: inout [Int],
        _ body: ([Int], Double) -> Bool
    ) -> Bool {
        // What was left out must not fit in, even when all that comes is taken.
        if sum + rest[item] + lightestOut <= budget { return true }
        if item == weights.count { return body(chosen, sum) }
        if sum + weights[item] <= budget {
            chosen.append(item)
            let goesOn = search(item + 1, sum + weights[item], lightestOut, &chosen, body)
            chosen.removeLast()
            if !goesOn { return false }
        }
        return search(item + 1, sum, min(lightestOut, weights[item]), &chosen, body)
    }
}
