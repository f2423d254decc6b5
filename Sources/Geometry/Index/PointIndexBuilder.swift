/// Orders positions into the tree of a ``PointIndex``: each node halves its range at the median of
/// its widest axis.
struct PointIndexBuilder {
    let points: [EarthCentred]
    var order: [Int32]
    var splits: [PointIndex.Split] = []

    init(points: [EarthCentred]) {
        self.points = points
        order = points.indices.map { Int32($0) }
    }

    mutating func build() {
        var depth = 0
        while points.count >> depth > PointIndex.leafSize { depth += 1 }
        splits = Array(repeating: .init(value: 0, axis: 0), count: (1 << depth) - 1)
        split(node: 0, range: 0..<points.count)
    }

    private mutating func split(node: Int, range: Range<Int>) {
        guard node < splits.count else { return }
        let axis = widestAxis(range)
        let middle = (range.lowerBound + range.upperBound) / 2
        select(middle, in: range, axis: axis)
        splits[node] = .init(value: coordinate(Int(order[middle]), axis), axis: Int32(axis))
        split(node: 2 * node + 1, range: range.lowerBound..<middle)
        split(node: 2 * node + 2, range: middle..<range.upperBound)
    }

    private func coordinate(_ index: Int, _ axis: Int) -> Double {
        switch axis {
        case 0: points[index].x
        case 1: points[index].y
        default: points[index].z
        }
    }

    private func widestAxis(_ range: Range<Int>) -> Int {
        var low = EarthCentred(x: .infinity, y: .infinity, z: .infinity)
        var high = EarthCentred(x: -.infinity, y: -.infinity, z: -.infinity)
        for i in range {
            let point = points[Int(order[i])]
            low = EarthCentred(
                x: min(low.x, point.x), y: min(low.y, point.y), z: min(low.z, point.z))
            high = EarthCentred(
                x: max(high.x, point.x), y: max(high.y, point.y), z: max(high.z, point.z))
        }
        let extents = [high.x - low.x, high.y - low.y, high.z - low.z]
        return extents.firstIndex(of: extents.max() ?? 0) ?? 0
    }

    /// Whether one position comes before another along an axis; equal ones by the order given, so
    /// that the tree is the same on every run.
    private func precedes(_ a: Int32, _ b: Int32, _ axis: Int) -> Bool {
        let first = coordinate(Int(a), axis)
        let second = coordinate(Int(b), axis)
        return first < second || first == second && a < b
    }

    /// Puts the position that belongs at `middle` there, smaller ones before and greater ones after.
    ///
    /// Quickselect, C. A. R. Hoare, 1961, https://doi.org/10.1145/366622.366647.
    private mutating func select(_ middle: Int, in range: Range<Int>, axis: Int) {
        var low = range.lowerBound
        var high = range.upperBound - 1
        while low < high {
            let pivot = medianOfThree(low, (low + high) / 2, high, axis)
            var left = low
            var right = high
            while left <= right {
                while precedes(order[left], pivot, axis) { left += 1 }
                while precedes(pivot, order[right], axis) { right -= 1 }
                if left <= right {
                    order.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if middle <= right {
                high = right
            } else if middle >= left {
                low = left
            } else {
                return
            }
        }
    }

    private func medianOfThree(_ i: Int, _ j: Int, _ k: Int, _ axis: Int) -> Int32 {
        let (a, b, c) = (order[i], order[j], order[k])
        if precedes(a, b, axis) {
            return precedes(b, c, axis) ? b : precedes(a, c, axis) ? c : a
        }
        return precedes(a, c, axis) ? a : precedes(b, c, axis) ? c : b
    }
}
