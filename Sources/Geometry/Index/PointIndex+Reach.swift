extension PointIndex {
    /// Returns all positions within a distance of each of many places.
    ///
    /// - Parameters:
    ///   - longitudes: Degrees; NaN for a row without a place, which reaches nothing.
    ///   - latitudes: Degrees, as many as longitudes.
    ///   - limit: The greatest distance; a position exactly at it counts. `nil` for any.
    /// - Returns: One row a place, with the positions in the order given.
    /// - Throws: ``GeometryError`` (`badPosition`) naming the first row that is not on the globe.
    /// - Complexity: O(m log n + r) on average for m places, n positions and r entries.
    public func reach(
        longitudes: [Double], latitudes: [Double], within limit: Distance?
    ) throws(GeometryError) -> NeighbourRows {
        precondition(longitudes.count == latitudes.count, "as many latitudes as longitudes")
        var rows = NeighbourRows()
        // Where nothing is too far, there is nothing to look for.
        let dense = limit == nil ? DenseDistances(self) : nil
        if dense != nil { rows.reserve(rows: longitudes.count, entries: longitudes.count * count) }
        var marks = PlaceMarks(count: count)
        try withSearch { search throws(GeometryError) in
            for row in longitudes.indices {
                let place = Position(longitudes[row], latitudes[row])
                if !place.x.isNaN, !place.y.isNaN {
                    try place.checkOnGlobe(row: row)
                    if let dense {
                        rows.appendAll(count) { dense.measure(from: place, into: $0) }
                    } else {
                        search.reach(from: place, within: limit?.metres, &marks, into: &rows)
                    }
                }
                rows.endRow()
                if row == 255, dense == nil {
                    rows.reserve(
                        rows: longitudes.count, entries: rows.count * longitudes.count / 256)
                }
            }
        }
        return rows
    }
}

extension PointIndex.Search {
    /// Appends all positions within a distance, in the order given, to a row.
    fileprivate func reach(
        from place: Position, within limit: Double?, _ marks: inout PlaceMarks,
        into rows: inout NeighbourRows
    ) {
        let query = EarthCentred(place)
        let longest = limit ?? .infinity
        var bound = Self.squaredBound(limit)
        tree.visit(from: query, bound: &bound) { leaf, bound in
            for i in leaf where tree.squaredChord(query, i) <= bound {
                marks.mark(original(i), slot: i)
            }
        }
        marks.drain { index, slot in
            let metres = distance(query, at: place, slot, squared: tree.squaredChord(query, slot))
            if metres > longest - Self.tieWidth {
                // Within a hair of the limit Karney's solution decides.
                guard
                    isWithin(
                        longest, PointIndex.Neighbour(index: index, distance: metres), of: place)
                else { return }
            }
            rows.append(Int32(index), metres)
        }
    }
}

/// Which places of a list have been met, given back in order: a set of bits, which sorts some tens
/// among thousands faster than comparing does.
private struct PlaceMarks {
    private var words: [UInt64]
    /// Where each place stands in the tree.
    private var slots: [Int32]
    private var low = Int.max
    private var high = -1

    init(count: Int) {
        words = Array(repeating: 0, count: (count + 63) / 64)
        slots = Array(repeating: 0, count: count)
    }

    @inline(__always)
    mutating func mark(_ place: Int, slot: Int) {
        let word = place >> 6
        words[word] |= 1 << UInt64(place & 63)
        slots[place] = Int32(slot)
        low = min(low, word)
        high = max(high, word)
    }

    /// Gives out all places marked, in order, and forgets them.
    @inline(__always)
    mutating func drain(_ body: (_ place: Int, _ slot: Int) -> Void) {
        guard high >= low else { return }
        for word in low...high {
            var bits = words[word]
            while bits != 0 {
                let place = word << 6 | bits.trailingZeroBitCount
                bits &= bits - 1
                body(place, Int(slots[place]))
            }
            words[word] = 0
        }
        low = .max
        high = -1
    }
}
