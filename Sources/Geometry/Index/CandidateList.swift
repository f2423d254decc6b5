/// Positions of a tree side by side, that four chords at a time may be worked out.
///
/// Memory of its own, to be given back with ``deallocate()``.
struct CandidateList {
    /// Metres from the centre of the earth.
    private let x: UnsafeMutablePointer<Double>
    private let y: UnsafeMutablePointer<Double>
    private let z: UnsafeMutablePointer<Double>
    /// The place of each in the tree.
    let slots: UnsafeMutablePointer<Int32>
    /// The squares of the chords last measured.
    let squared: UnsafeMutablePointer<Double>
    private(set) var count = 0

    /// The most positions of a list; one more is room for saying so.
    static let most = 511
    /// A length up to which comparing with all is faster than dividing further.
    static let goal = 160.0

    init() {
        let room = Self.most + 5
        x = .allocate(capacity: room)
        y = .allocate(capacity: room)
        z = .allocate(capacity: room)
        slots = .allocate(capacity: room)
        squared = .allocate(capacity: room)
    }

    func deallocate() {
        x.deallocate()
        y.deallocate()
        z.deallocate()
        slots.deallocate()
        squared.deallocate()
    }

    mutating func removeAll() { count = 0 }

    @inline(__always)
    mutating func append(_ place: EarthCentred, _ slot: Int) {
        x[count] = place.x
        y[count] = place.y
        z[count] = place.z
        slots[count] = Int32(truncatingIfNeeded: slot)
        count += 1
    }

    /// Fills the last four with positions infinitely far away.
    mutating func pad() {
        for at in count..<count + 4 {
            x[at] = .infinity
            y[at] = .infinity
            z[at] = .infinity
        }
    }

    /// Takes the positions of another list whose chords, as measured, are within a bound.
    mutating func take(_ other: CandidateList, within bound: Double) {
        count = 0
        for at in 0..<other.count {
            // Written always, kept only where it counts: no jumps to be guessed.
            x[count] = other.x[at]
            y[count] = other.y[at]
            z[count] = other.z[at]
            slots[count] = other.slots[at]
            count += other.squared[at] <= bound ? 1 : 0
        }
        pad()
    }

    /// Works out the squares of the chords from a place.
    @inline(__always)
    func measure(from place: EarthCentred) {
        let (fromX, fromY, fromZ) = (
            SIMD4(repeating: place.x), SIMD4(repeating: place.y), SIMD4(repeating: place.z)
        )
        for at in stride(from: 0, to: count, by: 4) {
            let dx = Self.four(x + at) - fromX
            let dy = Self.four(y + at) - fromY
            let dz = Self.four(z + at) - fromZ
            UnsafeMutableRawPointer(squared + at).storeBytes(
                of: dx * dx + dy * dy + dz * dz, as: SIMD4<Double>.self)
        }
    }

    /// The position with the shortest chord from a place, and the square of the one after it.
    ///
    /// - Parameter place: Where to look from.
    /// - Returns: Where it stands in the list, -1 in an empty one, with the squares of both chords.
    @inline(__always)
    func nearest(to place: EarthCentred) -> (at: Int, squared: Double, second: Double) {
        let (fromX, fromY, fromZ) = (
            SIMD4(repeating: place.x), SIMD4(repeating: place.y), SIMD4(repeating: place.z)
        )
        var best = SIMD4<Double>(repeating: .infinity)
        var second = best
        var places = SIMD4<Double>(repeating: -1)
        var current = SIMD4<Double>(0, 1, 2, 3)
        for at in stride(from: 0, to: count, by: 4) {
            let dx = Self.four(x + at) - fromX
            let dy = Self.four(y + at) - fromY
            let dz = Self.four(z + at) - fromZ
            let squared = dx * dx + dy * dy + dz * dz
            let isNearer = squared .< best
            let loser = squared.replacing(with: best, where: isNearer)
            second.replace(with: loser, where: loser .< second)
            best.replace(with: squared, where: isNearer)
            places.replace(with: current, where: isNearer)
            current += 4
        }
        var result = (at: -1, squared: Double.infinity, second: Double.infinity)
        for lane in 0..<4 {
            if best[lane] < result.squared {
                result = (Int(places[lane]), best[lane], min(result.squared, second[lane]))
            } else {
                result.second = min(result.second, best[lane])
            }
        }
        return result
    }

    /// Works out the squares of the chords from a place, and a bound for some of the shortest.
    ///
    /// - Parameters:
    ///   - place: Where to look from.
    ///   - some: How many.
    /// - Returns: Not less than the square of the chord to the last of so many; infinite for more
    ///   than four.
    @inline(__always)
    func measure(from place: EarthCentred, bounding some: Int) -> Double {
        let (fromX, fromY, fromZ) = (
            SIMD4(repeating: place.x), SIMD4(repeating: place.y), SIMD4(repeating: place.z)
        )
        // The least of every fourth: as many are at most the greatest of them.
        var least = SIMD4<Double>(repeating: .infinity)
        for at in stride(from: 0, to: count, by: 4) {
            let dx = Self.four(x + at) - fromX
            let dy = Self.four(y + at) - fromY
            let dz = Self.four(z + at) - fromZ
            let chords = dx * dx + dy * dy + dz * dz
            UnsafeMutableRawPointer(squared + at).storeBytes(of: chords, as: SIMD4<Double>.self)
            least.replace(with: chords, where: chords .< least)
        }
        guard some <= 4 else { return .infinity }
        // Sorted by a network of five comparisons.
        for (a, b) in [(0, 1), (2, 3), (0, 2), (1, 3), (1, 2)] where least[a] > least[b] {
            (least[a], least[b]) = (least[b], least[a])
        }
        return least[some - 1]
    }

    @inline(__always)
    private static func four(_ pointer: UnsafeMutablePointer<Double>) -> SIMD4<Double> {
        UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Double>.self)
    }
}
