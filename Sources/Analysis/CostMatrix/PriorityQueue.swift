/// Elements with priorities, the least first; of equal priorities the one that came first.
struct PriorityQueue<Element> {
    private var heap: [(priority: Double, order: Int, element: Element)] = []
    private var order = 0

    var isEmpty: Bool { heap.isEmpty }

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        (heap[a].priority, heap[a].order) < (heap[b].priority, heap[b].order)
    }

    /// Adds an element.
    ///
    /// - Complexity: O(log n).
    mutating func insert(_ element: Element, priority: Double) {
        heap.append((priority, order, element))
        order += 1
        var at = heap.count - 1
        while at > 0, precedes(at, (at - 1) / 2) {
            heap.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    /// Removes the first element; `nil` where there is none.
    ///
    /// - Complexity: O(log n).
    mutating func popFirst() -> (priority: Double, element: Element)? {
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
