#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// One run of the Leiden algorithm: nodes move, communities are refined, and what was refined is
/// merged, until nothing moves.
struct LeidenSearch {
    let resolution: Double

    /// How freely nodes are merged in refinement, in mean strengths of a link; the paper's value.
    private static let randomness = 0.01

    /// Divides a graph, and what comes of that again, as long as it gets better.
    ///
    /// - Returns: The community of each node.
    func divide(_ graph: CommunityGraph, _ random: inout SplitMix64) -> [Int] {
        var labels = Array(0..<graph.count)
        var best = -Double.infinity
        while true {
            let next = divide(graph, from: labels, &random)
            let modularity = graph.modularity(of: next, resolution: resolution)
            guard modularity > best + 1e-12 else { return labels }
            (labels, best) = (next, modularity)
        }
    }

    private func divide(
        _ graph: CommunityGraph, from start: [Int], _ random: inout SplitMix64
    ) -> [Int] {
        var graph = graph
        // The node of the present graph that stands for each node of the first.
        var holders = Array(0..<graph.count)
        var labels = start
        while true {
            labels = Communities.numbered(moved(graph, labels, &random))
            let groups = (labels.max() ?? -1) + 1
            if groups == graph.count { break }
            let refined = Communities.numbered(refine(graph, labels, &random))
            let parts = (refined.max() ?? -1) + 1
            if parts == graph.count {
                // Nothing could be merged: what is left is the division itself.
                break
            }
            var next = Array(repeating: 0, count: parts)
            for node in labels.indices { next[refined[node]] = labels[node] }
            graph = graph.merged(by: refined, count: parts)
            holders = holders.map { refined[$0] }
            labels = next
        }
        return holders.map { labels[$0] }
    }

    /// Moves nodes to the neighbouring community that gains most, until none gains.
    private func moved(
        _ graph: CommunityGraph, _ start: [Int], _ random: inout SplitMix64
    ) -> [Int] {
        var labels = start
        let strengths = graph.strengths
        let total = strengths.reduce(0, +)
        guard total > 0 else { return labels }
        var sums = Array(repeating: 0.0, count: graph.count)
        var sizes = Array(repeating: 0, count: graph.count)
        for node in labels.indices {
            sums[labels[node]] += strengths[node]
            sizes[labels[node]] += 1
        }
        var free = (0..<graph.count).filter { sizes[$0] == 0 }
        var queue = Array(0..<graph.count)
        random.shuffle(&queue)
        var isWaiting = Array(repeating: true, count: graph.count)
        var first = 0
        var towards = Array(repeating: 0.0, count: graph.count)
        while first < queue.count {
            let node = queue[first]
            first += 1
            isWaiting[node] = false
            let own = labels[node]
            var near: [Int] = []
            for link in graph.links[node] {
                let label = labels[link.node]
                if towards[label] == 0 { near.append(label) }
                towards[label] += link.strength
            }
            sums[own] -= strengths[node]
            sizes[own] -= 1
            let share = resolution * strengths[node] / total
            var best = (label: own, gain: towards[own] - share * sums[own])
            for label in near where label != own {
                let gain = towards[label] - share * sums[label]
                if gain > best.gain + 1e-12 * total { best = (label, gain) }
            }
            if sizes[own] > 0, best.gain < -1e-12 * total {
                while let last = free.last, sizes[last] > 0 { free.removeLast() }
                if let empty = free.last { best = (empty, 0) }
            }
            for label in near { towards[label] = 0 }
            sums[best.label] += strengths[node]
            sizes[best.label] += 1
            labels[node] = best.label
            guard best.label != own else { continue }
            if sizes[own] == 0 { free.append(own) }
            for link in graph.links[node] where labels[link.node] != best.label {
                if !isWaiting[link.node] {
                    isWaiting[link.node] = true
                    queue.append(link.node)
                }
            }
        }
        return labels
    }

    /// Merges single nodes within each community into connected parts, at random but never to a loss.
    private func refine(
        _ graph: CommunityGraph, _ labels: [Int], _ random: inout SplitMix64
    ) -> [Int] {
        let strengths = graph.strengths
        let total = strengths.reduce(0, +)
        var parts = Array(0..<graph.count)
        guard total > 0 else { return parts }
        let mean = total / Double(max(1, graph.links.reduce(0) { $0 + $1.count }))
        var sums = strengths
        var sizes = Array(repeating: 1, count: graph.count)
        var groupSums = Array(repeating: 0.0, count: graph.count)
        for node in labels.indices { groupSums[labels[node]] += strengths[node] }
        // The strength between each part and the rest of its community.
        var outward = labels.indices.map { node in
            graph.links[node].reduce(0) { sum, link in
                labels[link.node] == labels[node] ? sum + link.strength : sum
            }
        }
        func isWellConnected(_ part: Int, _ group: Int) -> Bool {
            let expected = resolution * sums[part] * (groupSums[group] - sums[part]) / total
            return outward[part] >= expected - 1e-12 * total
        }
        var towards = Array(repeating: 0.0, count: graph.count)
        var order = Array(0..<graph.count)
        random.shuffle(&order)
        for node in order
        where sizes[parts[node]] == 1 && isWellConnected(parts[node], labels[node]) {
            var near: [Int] = []
            for link in graph.links[node] where labels[link.node] == labels[node] {
                let part = parts[link.node]
                if towards[part] == 0 { near.append(part) }
                towards[part] += link.strength
            }
            let share = resolution * strengths[node] / total
            let gains = near.sorted().compactMap { part -> (part: Int, gain: Double)? in
                let gain = (towards[part] - share * sums[part]) / mean
                guard gain >= 0, isWellConnected(part, labels[node]) else { return nil }
                return (part, gain)
            }
            // Staying alone is no gain. What is drawn by is less the most, so that it stays finite.
            let most = gains.reduce(0) { max($0, $1.gain) }
            let alone = exp(-most / Self.randomness)
            let choices = gains.map { ($0.part, exp(($0.gain - most) / Self.randomness)) }
            let draw = random.unit() * choices.reduce(alone) { $0 + $1.1 } - alone
            if draw > 0, let chosen = pick(choices, draw) {
                let own = parts[node]
                outward[chosen] += outward[own] - 2 * towards[chosen]
                sums[chosen] += strengths[node]
                sizes[chosen] += 1
                sizes[own] = 0
                sums[own] = 0
                parts[node] = chosen
            }
            for part in near { towards[part] = 0 }
        }
        return parts
    }

    private func pick(_ choices: [(Int, Double)], _ draw: Double) -> Int? {
        var left = draw
        for (part, weight) in choices {
            left -= weight
            if left <= 0 { return part }
        }
        return choices.last?.0
    }
}
