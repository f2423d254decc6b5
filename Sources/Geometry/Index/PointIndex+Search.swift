extension PointIndex {
    /// The tree as pointers, good inside ``PointIndex/withSearch(_:)``, with a stack of its own: one
    /// task at a time.
    struct Search {
        let tree: Tree
        let index: PointIndex
    }

    /// The tree as pointers and nothing else, so that it costs nothing to hand it on.
    struct Tree {
        let x: UnsafePointer<Double>
        let y: UnsafePointer<Double>
        let z: UnsafePointer<Double>
        let original: UnsafePointer<Int32>
        let splits: UnsafeBufferPointer<Split>
        let count: Int
        let stack: UnsafeMutablePointer<Pending>

        /// A subtree still to be visited, with how far its cell is from the query along each axis.
        struct Pending {
            var node: Int
            var low: Int
            var high: Int
            var squared: Double
            var offset: (Double, Double, Double)
        }

        /// Visits the leaves that may hold a position within a chord, nearest cells first.
        ///
        /// - Parameters:
        ///   - query: Where to look from.
        ///   - bound: The square of the greatest chord of interest; `scan` may lower it.
        ///   - scan: Gets the range of a leaf's positions in the order of the tree.
        @inline(__always)
        func visit(
            from query: EarthCentred, bound: inout Double,
            _ scan: (Range<Int>, inout Double) -> Void
        ) {
            guard count > 0 else { return }
            var depth = 1
            stack[0] = Pending(node: 0, low: 0, high: count, squared: 0, offset: (0, 0, 0))
            while depth > 0 {
                depth -= 1
                var cell = stack[depth]
                if cell.squared > bound { continue }
                while cell.node < splits.count {
                    let split = splits[cell.node]
                    let middle = (cell.low + cell.high) / 2
                    var far = cell
                    let reach: Double
                    switch split.axis {
                    case 0:
                        reach = query.x - split.value
                        far.squared += reach * reach - cell.offset.0 * cell.offset.0
                        far.offset.0 = reach
                    case 1:
                        reach = query.y - split.value
                        far.squared += reach * reach - cell.offset.1 * cell.offset.1
                        far.offset.1 = reach
                    default:
                        reach = query.z - split.value
                        far.squared += reach * reach - cell.offset.2 * cell.offset.2
                        far.offset.2 = reach
                    }
                    if reach < 0 {
                        cell.node = 2 * cell.node + 1
                        far.node = cell.node + 1
                        cell.high = middle
                        far.low = middle
                    } else {
                        far.node = 2 * cell.node + 1
                        cell.node = far.node + 1
                        cell.low = middle
                        far.high = middle
                    }
                    // A hair of room: the squared offsets are sums and differences of rounded terms.
                    if far.squared * (1 - 1e-12) <= bound {
                        stack[depth] = far
                        depth += 1
                    }
                }
                scan(cell.low..<cell.high, &bound)
            }
        }

        /// A position of the tree.
        @inline(__always)
        subscript(i: Int) -> EarthCentred { EarthCentred(x: x[i], y: y[i], z: z[i]) }

        @inline(__always)
        func squaredChord(_ query: EarthCentred, _ i: Int) -> Double {
            query.squaredChord(to: self[i])
        }
    }

    /// Calls a closure with the tree ready to be searched.
    func withSearch<Result, Failure: Error>(
        _ body: (Search) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // Every level leaves at most one subtree waiting; positions are fewer than 2³¹.
        let stack = UnsafeMutablePointer<Tree.Pending>.allocate(capacity: 40)
        defer { stack.deallocate() }
        return try x.withUnsafeBufferPointer { x throws(Failure) -> Result in
            try y.withUnsafeBufferPointer { y throws(Failure) -> Result in
                try z.withUnsafeBufferPointer { z throws(Failure) -> Result in
                    try original.withUnsafeBufferPointer { original throws(Failure) -> Result in
                        try splits.withUnsafeBufferPointer { splits throws(Failure) -> Result in
                            guard let x = x.baseAddress, let y = y.baseAddress,
                                let z = z.baseAddress, let original = original.baseAddress
                            else {
                                return try body(
                                    Search(tree: Tree(nothing: stack), index: self))
                            }
                            let tree = Tree(
                                x: x, y: y, z: z, original: original, splits: splits,
                                count: count, stack: stack)
                            return try body(Search(tree: tree, index: self))
                        }
                    }
                }
            }
        }
    }
}

extension PointIndex.Tree {
    /// The tree of an index without positions: `visit` returns before anything is read.
    init(nothing stack: UnsafeMutablePointer<Pending>) {
        let none = UnsafeMutableRawPointer(stack)
        x = UnsafePointer(none.assumingMemoryBound(to: Double.self))
        y = x
        z = x
        original = UnsafePointer(none.assumingMemoryBound(to: Int32.self))
        splits = UnsafeBufferPointer(start: nil, count: 0)
        count = 0
        self.stack = stack
    }
}

extension PointIndex.Search {
    /// The place in the caller's order of a position of the tree.
    @inline(__always)
    func original(_ i: Int) -> Int { Int(tree.original[i]) }

    /// The distance to a position of the tree, by the fast formula where it holds.
    @inline(__always)
    func distance(_ query: EarthCentred, at place: Position, _ i: Int, squared: Double)
        -> Double
    {
        GeodesicSeries.holds(squared)
            ? query.geodesicDistance(to: tree[i])
            : exactDistance(from: place, i)
    }

    /// Karney's distance to a position of the tree.
    func exactDistance(from place: Position, _ i: Int) -> Double {
        Geodesic.wgs84.distance(from: place, to: index.position(original(i)))
    }
}
