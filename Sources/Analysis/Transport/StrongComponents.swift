/// The strongly connected components of a directed graph: sets of nodes each of which leads to each
/// other.
///
/// Two searches in depth, the second against the arcs (S. R. Kosaraju; M. Sharir, 1981,
/// https://doi.org/10.1016/0898-1221(81)90008-0), without recursion.
struct StrongComponents {
    /// The component of each node, numbered from 0.
    private(set) var labels: [Int]
    /// How many components there are.
    private(set) var count = 0

    /// Divides a graph.
    ///
    /// - Parameters:
    ///   - nodes: How many nodes there are, numbered from 0.
    ///   - arcs: From which node to which.
    /// - Complexity: O(n + m) for n nodes and m arcs.
    init(nodes: Int, arcs: [(from: Int, to: Int)]) {
        labels = Array(repeating: -1, count: nodes)
        var ahead = Array(repeating: [Int](), count: nodes)
        var back = ahead
        for arc in arcs {
            ahead[arc.from].append(arc.to)
            back[arc.to].append(arc.from)
        }
        for root in Self.finished(ahead).reversed() where labels[root] < 0 {
            var open = [root]
            labels[root] = count
            while let node = open.popLast() {
                for next in back[node] where labels[next] < 0 {
                    labels[next] = count
                    open.append(next)
                }
            }
            count += 1
        }
    }

    /// The nodes in the order in which a search in depth leaves them.
    private static func finished(_ ahead: [[Int]]) -> [Int] {
        var order: [Int] = []
        var isSeen = ahead.map { _ in false }
        for root in ahead.indices where !isSeen[root] {
            isSeen[root] = true
            var open = [(node: root, next: 0)]
            while let (node, next) = open.last {
                guard next < ahead[node].count else {
                    order.append(node)
                    open.removeLast()
                    continue
                }
                open[open.count - 1].next += 1
                let other = ahead[node][next]
                if !isSeen[other] {
                    isSeen[other] = true
                    open.append((other, 0))
                }
            }
        }
        return order
    }
}
