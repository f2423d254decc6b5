/// Finds rows of the same sites among those that were seen before.
///
/// Open addressing with steps of one, as D. E. Knuth's algorithm L, The Art of Computer Programming 3, 1998,
/// section 6.4.
struct RowTable {
    /// Rows, or -1, by their hashes; the number of slots is a power of two.
    private var slots: [Int32]

    /// Makes room.
    ///
    /// - Parameter rows: How many rows there may be.
    init(rows: Int) {
        var count = 4
        while count < 2 * rows { count *= 2 }
        slots = Array(repeating: -1, count: count)
    }

    /// Looks for the sites that follow the last row of a core.
    ///
    /// - Parameter core: The core, whose last sites are of no row yet.
    /// - Returns: The earlier row with the same sites in the same order; `nil` where there is none, and the
    ///   sites are taken for those of the next row.
    mutating func same(in core: LocationCore) -> Int? {
        let mask = slots.count - 1
        return slots.withUnsafeMutableBufferPointer { slots in
            core.sites.withUnsafeBufferPointer { sites in
                core.starts.withUnsafeBufferPointer { starts in
                    let first = starts[starts.count - 1]
                    let count = sites.count - first
                    var hash: UInt64 = 0
                    for place in first..<sites.count {
                        hash =
                            (hash ^ UInt64(truncatingIfNeeded: sites[place]))
                            &* 0x9E37_79B9_7F4A_7C15
                        hash ^= hash >> 29
                    }
                    var slot = Int(truncatingIfNeeded: hash) & mask
                    while slots[slot] >= 0 {
                        let row = Int(slots[slot])
                        let start = starts[row]
                        if starts[row + 1] - start == count,
                            (0..<count).allSatisfy({ sites[start + $0] == sites[first + $0] })
                        {
                            return row
                        }
                        slot = (slot + 1) & mask
                    }
                    slots[slot] = Int32(starts.count - 1)
                    return nil
                }
            }
        }
    }
}
