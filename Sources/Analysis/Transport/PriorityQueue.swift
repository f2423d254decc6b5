/// Elements with priorities, the least first; of equal priorities the one that came first.
struct PriorityQueue<Priority: Comparable, Element> {
    private var heap: [(priority: Priority, order: Int, element: Element)] = []
    private var order = 0

    var isEmpty: Bool { heap.isEmpty }

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        if heap[a].priority != heap[b].priority { return heap[a].priority < heap[b].priority }
        return heap[a].order < heap[b].order
    }

    /// Adds an element.
    ///
    /// - Complexity: O(log n).
    mutating func insert(_ element: Element, priority: Priority) {
        heap.append((priority, order, element))
        order += 1
        var at = heap.count - 1
        while at > 0, precedes(at, (at - 1) / 2) {
            heap.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    /// The first element; `nil` where there is none.
    var first: (priority: Priority, element: Element)? {
        heap.first.map { ($0.priority, $0.element) }
    }

    /// Removes the first element; `nil` where there is none.
    ///
    /// - Complexity: O(log n).
    @discardableResult
    mutating func popFirst() -> (priority: Priority, element: Element)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if heap.isEmpty { return (first.priority, first.element) }
        heap[0] = last
        var at = 0
        while true {
            var least = at
            for child in [2 * at + 1, 2 * at + 2] where child < heap.count && precedes(child, least)
            {
                least = child
            }
            if least == at { break }
            heap.swapAt(at, least)
            at = least
        }
        return (first.priority, first.element)
    }

    /// Removes all elements.
    mutating func removeAll() { heap.removeAll(keepingCapacity: true) }
}
