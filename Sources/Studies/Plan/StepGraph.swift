/// Which step needs which, as numbers.
struct StepGraph {
    /// For each step those it needs.
    let needs: [[Int]]

    /// An order in which each step comes after those it needs, and else the order of the file.
    ///
    /// A. B. Kahn, 1962, https://doi.org/10.1145/368996.369025.
    ///
    /// - Returns: The order, and the steps of one circle where there is one.
    /// - Complexity: O(n²) for n steps.
    func order() -> (order: [Int], circle: [Int]) {
        var done = Set<Int>()
        var order: [Int] = []
        while order.count < needs.count {
            guard
                let next = needs.indices.first(where: { step in
                    !done.contains(step) && needs[step].allSatisfy { done.contains($0) }
                })
            else { return (order, circle(outside: done)) }
            done.insert(next)
            order.append(next)
        }
        return (order, [])
    }

    /// A circle among the steps that are left: from any of them, along what it needs, until a step
    /// comes twice.
    private func circle(outside done: Set<Int>) -> [Int] {
        guard var step = needs.indices.first(where: { !done.contains($0) }) else { return [] }
        var path: [Int] = []
        while !path.contains(step) {
            path.append(step)
            guard let next = needs[step].first(where: { !done.contains($0) }) else { return [] }
            step = next
        }
        return Array(path[(path.firstIndex(of: step) ?? 0)...])
    }
}
