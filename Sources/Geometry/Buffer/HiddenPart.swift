#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A part of a disc's edge that is in another disc of its radius.
///
/// Bearings are in radians from the north westwards.
struct HiddenPart {
    /// The other disc.
    let by: Int32
    /// How far away its centre is, in metres.
    let distance: Double
    /// The bearing of the part's middle, from 0 to a full turn.
    let middle: Double
    /// The cosine of half its angle, as a sphere has it.
    private let cosine: Double

    /// What the angles of a sphere may be off, in radians, up to 300 km and 85° of latitude.
    private static let angularRoom = 2e-5
    /// What the cosine may be off.
    private static let cosineRoom = 5e-5
    private static let meanRadius = 6_371_000.0

    /// The tangent of a radius as an angle, which all parts for it have in common.
    static func tangent(radius: Double) -> Double { tan(radius / meanRadius) }

    init(by: Int32, distance: Double, middle: Double, tangent: Double) {
        self.by = by
        self.distance = distance
        self.middle = middle < 0 ? middle + 2 * .pi : middle
        // The spherical triangle with sides r, r and d: tan(d/2)/tan(r).
        let half = distance / (2 * Self.meanRadius)
        let square = half * half
        cosine = half * (1 + square * (1.0 / 3 + square * (2.0 / 15 + square * 17 / 315))) / tangent
    }

    /// Half its angle is at least this, and for discs far apart not much more.
    var surely: Double {
        (2 * max(0, 1 - cosine - Self.cosineRoom)).squareRoot() - Self.angularRoom
    }

    /// Half its angle is at most this, roughly.
    var possibly: Double {
        // acos(c) ≤ π/2·√(1−c) from 0 to 1.
        (max(0, 1 - cosine + Self.cosineRoom)).squareRoot() * (.pi / 2) + Self.angularRoom
    }

    /// Half its angle, at least.
    var least: Double { acos(min(1, cosine + Self.cosineRoom)) - Self.angularRoom }

    /// Half its angle, at most.
    var most: Double { acos(max(-1, min(1, cosine - Self.cosineRoom))) + Self.angularRoom }

    /// Where the part ends, to the last digits, as angles from its middle.
    ///
    /// Newton's steps, kept between the bearing of the other disc, where the edge is inside it, and
    /// the opposite one.
    ///
    /// - Parameters:
    ///   - edge: The edge it is a part of.
    ///   - other: The centre of the other disc.
    /// - Returns: The end before the middle, at most 0, and the one after it.
    func ends(on edge: DiscEdge, other: CentredPosition) -> (back: Double, ahead: Double) {
        let start = (max(0, least) + most) / 2
        func end(side: Double) -> Double {
            var (inside, outside) = (0.0, Double.pi)
            var angle = start
            for _ in 0..<60 {
                let place = CentredPosition(edge.position(middle + side * angle))
                let off = other.distance(to: place) - edge.radius
                if off < 0 { inside = angle } else { outside = angle }
                var next = angle - off / (distance * sin(angle))
                if !(next > inside && next < outside) { next = (inside + outside) / 2 }
                let moved = (next - angle).magnitude
                angle = next
                if moved * edge.radius < 1e-9 { break }
            }
            return side * angle
        }
        return (end(side: -1), end(side: 1))
    }
}

/// Which sixty-fourths of a turn are hidden, each by one part alone.
struct HiddenSectors {
    private var bits: UInt64 = 0
    private static let width = 2 * Double.pi / 64

    /// Whether nothing is left.
    var isFull: Bool { bits == .max }

    /// Marks the sectors that are wholly in a part.
    mutating func hide(_ part: HiddenPart) {
        let half = part.surely
        let first = ((part.middle - half) / Self.width).rounded(.up)
        let count = ((part.middle + half) / Self.width).rounded(.down) - first
        guard count >= 1 else { return }
        if count >= 64 {
            bits = .max
            return
        }
        let run = (UInt64(1) << UInt64(count)) - 1
        let at = (Int(first) + 64) % 64
        bits |= run << UInt64(at)
        if at > 0 { bits |= run >> UInt64(64 - at) }
    }

    /// The runs of sectors that are left, by bearing.
    ///
    /// One may go on into the next turn. Each begins and ends where something is hidden, but for the
    /// whole turn where nothing is.
    var gaps: [ClosedRange<Double>] {
        if bits == 0 { return [0...2 * .pi] }
        var gaps: [ClosedRange<Double>] = []
        for first in 0..<64 where !isHidden(first) && isHidden(first + 63) {
            var last = first + 1
            while !isHidden(last) { last += 1 }
            gaps.append(Double(first) * Self.width...Double(last) * Self.width)
        }
        return gaps
    }

    private func isHidden(_ sector: Int) -> Bool { bits >> UInt64(sector % 64) & 1 == 1 }
}
