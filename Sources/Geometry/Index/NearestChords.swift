/// The k shortest chords met, shortest first.
///
/// Memory of its own, to be given back with ``deallocate()``.
struct NearestChords {
    private let k: Int
    /// The squares of the chords.
    let squared: UnsafeMutablePointer<Double>
    /// The place in the tree of each.
    let slots: UnsafeMutablePointer<Int32>
    /// The lengths of the geodesics in metres, as far as they are worked out.
    let lengths: UnsafeMutablePointer<Double>
    private(set) var count = 0

    init(k: Int) {
        self.k = k
        squared = .allocate(capacity: k + 4)
        slots = .allocate(capacity: k + 4)
        lengths = .allocate(capacity: k + 4)
    }

    func deallocate() {
        squared.deallocate()
        slots.deallocate()
        lengths.deallocate()
    }

    mutating func removeAll() { count = 0 }

    /// Keeps a chord if it is among the k shortest.
    @inline(__always)
    mutating func insert(_ chord: Double, _ slot: Int32) {
        if count == k {
            guard chord < squared[k - 1] else { return }
            count -= 1
        }
        var at = count
        while at > 0, squared[at - 1] > chord {
            squared[at] = squared[at - 1]
            slots[at] = slots[at - 1]
            at -= 1
        }
        squared[at] = chord
        slots[at] = slot
        count += 1
    }

    /// Begins anew with the chords of a list, as measured.
    @inline(__always)
    mutating func take(_ list: CandidateList) {
        count = 0
        if k == 1 {
            var best = -1
            var least = Double.infinity
            for at in 0..<list.count where list.squared[at] < least {
                least = list.squared[at]
                best = at
            }
            guard best >= 0 else { return }
            squared[0] = least
            slots[0] = list.slots[best]
            count = 1
        } else {
            for at in 0..<list.count { insert(list.squared[at], list.slots[at]) }
        }
    }

    /// Begins anew with the chords of a list, as measured, that are within a bound.
    @inline(__always)
    mutating func take(_ list: CandidateList, within bound: Double) {
        count = 0
        for at in 0..<list.count where list.squared[at] <= bound {
            insert(list.squared[at], list.slots[at])
        }
    }
}
