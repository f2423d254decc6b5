/// What chords tell of being within a radius.
struct DiscReach {
    let radius: Double
    /// A squared chord up to this is certainly within.
    let inner: Double
    /// A squared chord from this on is certainly beyond.
    let outer: Double

    init(radius: Double) {
        self.radius = radius
        let chord = ChordBounds.longestChord(under: radius)
        outer = chord * chord
        // A chord is shorter than its geodesic by up to s³/24ρ²; s less twice that is enough.
        let ratio = radius / WGS84.leastRadius
        let sure = max(0, radius * (1 - ratio * ratio / 12) - 1e-6)
        inner = sure * sure
    }
}

/// Where the edges of polygons are in discs, one disc after another.
struct DiscMeeting {
    /// Where an edge goes into or out of the disc met last.
    struct Crossing {
        let place: Position
        let isLeaving: Bool
    }

    /// The crossings with the disc met last.
    private(set) var crossings: [Crossing] = []
    private var squared: [Double] = []
    private var isInside: [Bool] = []
    private var isCovered: [Bool] = []
    private var parts: [(edge: Int, from: Double, to: Double)] = []

    /// Starts with the edges of other polygons.
    mutating func begin(_ edges: PolygonEdges) {
        parts.removeAll(keepingCapacity: true)
        crossings.removeAll(keepingCapacity: true)
        let count = edges.corners.count
        if squared.count < count {
            squared = [Double](repeating: 0, count: count)
            isInside = [Bool](repeating: false, count: count)
            isCovered = isInside
        }
        for at in 0..<count { isCovered[at] = edges.corners[at].isLast }
    }

    /// The greatest distance of a vertex, in metres; not less than that.
    func farthest(from place: EarthCentred, _ edges: PolygonEdges) -> Double {
        let greatest = edges.corners.reduce(0) { max($0, $1.centred.squaredChord(to: place)) }
        return min(ChordBounds.longest(over: greatest.squareRoot()), 20_100_000)
    }

    /// Meets the next disc.
    ///
    /// - Returns: Whether all edges are in it.
    mutating func meet(
        _ centre: CentredPosition, _ edges: PolygonEdges, _ reach: DiscReach
    ) -> Bool {
        crossings.removeAll(keepingCapacity: true)
        let count = edges.corners.count
        let place = centre.centred
        var least = Double.infinity
        var greatest = 0.0
        for at in 0..<count {
            let chord = edges.corners[at].centred.squaredChord(to: place)
            squared[at] = chord
            least = min(least, chord)
            greatest = max(greatest, chord)
        }
        if greatest <= reach.inner { return true }
        var inside = 0
        if least < reach.outer {
            for at in 0..<count {
                let isIn =
                    squared[at] <= reach.inner
                    || (squared[at] < reach.outer
                        && centre.distance(to: CentredPosition(edges.corners[at].place))
                            <= reach.radius)
                isInside[at] = isIn
                if isIn { inside += 1 }
            }
            if inside == count { return true }
        } else {
            for at in 0..<count { isInside[at] = false }
        }
        for at in 0..<count where !edges.corners[at].isLast {
            let (starts, ends) = (isInside[at], isInside[at + 1])
            if starts, ends {
                isCovered[at] = true
                continue
            }
            let length = edges.corners[at].length
            guard length > 0 else { continue }
            if starts != ends {
                let t = crossing(at, from: 0, to: 1, isLeaving: starts, centre, edges, reach)
                parts.append(starts ? (at, 0, t) : (at, t, 1))
                continue
            }
            // Both ends are outside: does the edge come near enough in between?
            let foot = (squared[at] - squared[at + 1] + length) / (2 * length)
            guard foot > 0, foot < 1, squared[at] - foot * foot * length < reach.outer,
                centre.distance(to: CentredPosition(edges.place(at, foot))) < reach.radius
            else { continue }
            let first = crossing(at, from: 0, to: foot, isLeaving: false, centre, edges, reach)
            let last = crossing(at, from: foot, to: 1, isLeaving: true, centre, edges, reach)
            parts.append((at, first, last))
        }
        return false
    }

    /// Where an edge crosses the disc's, as a part of its length.
    private mutating func crossing(
        _ edge: Int, from start: Double, to end: Double, isLeaving: Bool, _ centre: CentredPosition,
        _ edges: PolygonEdges, _ reach: DiscReach
    ) -> Double {
        // Along a short edge the squared distance is as good as q + 2h·t + L²·t².
        let (length, q) = (edges.corners[edge].length, squared[edge])
        let half = (squared[edge + 1] - q - length) / 2
        let root = max(0, half * half - length * (q - (reach.inner + reach.outer) / 2)).squareRoot()
        var t = (isLeaving ? root - half : -root - half) / length
        var (low, high) = (start, end)
        let metres = length.squareRoot()
        for _ in 0..<60 {
            if !(t >= low && t <= high) { t = (low + high) / 2 }
            let distance = centre.distance(to: CentredPosition(edges.place(edge, t)))
            let off = distance - reach.radius
            if (off > 0) == isLeaving { high = t } else { low = t }
            let slope = (half + t * length) / distance
            let step = off / slope
            t -= step
            if step.magnitude * metres < 1e-6 || (high - low) * metres < 1e-9 { break }
        }
        // A step along an edge that only touches the disc may lead anywhere.
        if !(t >= low && t <= high) { t = (low + high) / 2 }
        crossings.append(Crossing(place: edges.place(edge, t), isLeaving: isLeaving))
        return t
    }

    /// −∫ (S − S₀) dλ along what of the edges is in any of the discs met, and whether that is all.
    mutating func sumOfCoveredParts(_ edges: PolygonEdges) -> (sum: Double, isWhole: Bool) {
        var sum = 0.0
        var isWhole = true
        for at in edges.corners.indices where isCovered[at] { sum += edges.corners[at].beside }
        parts.sort { ($0.edge, $0.from) < ($1.edge, $1.from) }
        var next = 0
        for at in edges.corners.indices where !isCovered[at] {
            while next < parts.count, parts[next].edge < at { next += 1 }
            var covered = 0.0
            var end = 0.0
            while next < parts.count, parts[next].edge == at {
                let from = max(parts[next].from, end)
                var to = max(parts[next].to, from)
                next += 1
                while next < parts.count, parts[next].edge == at, parts[next].from <= to {
                    to = max(to, parts[next].to)
                    next += 1
                }
                if to > from {
                    sum += edges.beside(at, from: from, to: to)
                    covered += to - from
                }
                end = to
            }
            if covered < 1 { isWhole = false }
        }
        return (sum, isWhole)
    }
}
