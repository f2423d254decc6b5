/// The edges of polygons with what areas and distances need to know of their ends.
///
/// Outer rings run counter-clockwise and holes clockwise, whichever way they came; edges longer than
/// ``longest`` are divided, so that each is as good as straight on the earth.
struct PolygonEdges {
    /// The longest edge in degrees.
    static let longest = 0.05

    /// A position along the rings, and the edge that starts there.
    struct Corner {
        let place: Position
        /// Whether it is the last of its ring, from which no edge starts.
        var isLast = false
        /// Metres from the centre of the earth.
        var centred = EarthCentred(x: 0, y: 0, z: 0)
        fileprivate var sine = 0.0
        /// ``AuthalicStrip`` here.
        fileprivate var strip = 0.0
        /// The squared chord along the edge.
        var length = 0.0
        /// −∫ (S − S₀) dλ along the edge.
        var beside = 0.0
    }

    /// The positions along the rings, each ring's first one again at its end.
    private(set) var corners: [Corner] = []
    /// ``AuthalicStrip`` at a position of the polygons, which all edges refer to.
    private(set) var base = 0.0
    /// The area inside in square metres.
    private(set) var area = 0.0
    private(set) var box: Envelope?

    /// Takes the edges of polygons in place of those there were.
    ///
    /// - Parameter polygons: Their rings, the outer one first, in degrees; edges are straight in
    ///   longitude and latitude.
    mutating func take(_ polygons: [[[Position]]]) {
        corners.removeAll(keepingCapacity: true)
        for rings in polygons {
            for (number, ring) in rings.enumerated() where ring.count > 2 {
                append(ring, isHole: number > 0)
            }
        }
        measure()
    }

    private mutating func append(_ ring: [Position], isHole: Bool) {
        let (origin, count) = (ring[0], ring.count)
        var doubled = 0.0
        for at in 1..<count {
            let (a, b) = (ring[at - 1], ring[at])
            doubled += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
        }
        let isTurned = (doubled < 0) != isHole
        var previous = isTurned ? ring[count - 1] : origin
        add(previous)
        for at in 1..<count {
            let next = isTurned ? ring[count - 1 - at] : ring[at]
            add(next, after: previous)
            previous = next
        }
        if ring[0].x != ring[count - 1].x || ring[0].y != ring[count - 1].y {
            add(isTurned ? ring[count - 1] : origin, after: previous)
        }
        corners[corners.count - 1].isLast = true
    }

    private mutating func add(_ place: Position, after previous: Position) {
        let (dx, dy) = (place.x - previous.x, place.y - previous.y)
        let length = max(dx.magnitude, dy.magnitude)
        if length > Self.longest, length <= 360 {
            let parts = Int((length / Self.longest).rounded(.up))
            for part in 1..<parts {
                let t = Double(part) / Double(parts)
                add(Position(previous.x + t * dx, previous.y + t * dy))
            }
        }
        add(place)
    }

    private mutating func add(_ place: Position) {
        corners.append(Corner(place: place))
    }

    private mutating func measure() {
        (base, area, box) = (0, 0, nil)
        corners.withUnsafeMutableBufferPointer { corners in
            guard let first = corners.first else { return }
            var box = Envelope(first.place)
            for start in stride(from: 0, to: corners.count, by: 4) {
                let four = start..<min(start + 4, corners.count)
                var (longitude, latitude) = (SIMD4<Double>(), SIMD4<Double>())
                for at in four {
                    let place = corners[at].place
                    box = box.including(place)
                    longitude[at - start] = place.x
                    latitude[at - start] = place.y
                }
                let turned = SIMD4<Double>.sineAndCosine(degrees: latitude)
                let (x, y, z) = EarthCentred.coordinates(longitude: longitude, latitude: turned)
                let strip = AuthalicStrip.area(sine: turned.sine)
                for at in four {
                    let lane = at - start
                    corners[at].centred = EarthCentred(x: x[lane], y: y[lane], z: z[lane])
                    corners[at].sine = turned.sine[lane]
                    corners[at].strip = strip[lane]
                }
            }
            self.box = box
            base = corners[0].strip
            for at in corners.indices where !corners[at].isLast {
                let (from, to) = (corners[at], corners[at + 1])
                corners[at].length = from.centred.squaredChord(to: to.centred)
                corners[at].beside = AuthalicStrip.beside(
                    (from.place.x, from.sine, from.strip), (to.place.x, to.sine, to.strip),
                    base: base)
                area += corners[at].beside
            }
        }
    }

    /// The position part of the way along an edge.
    func place(_ edge: Int, _ t: Double) -> Position {
        let (a, b) = (corners[edge].place, corners[edge + 1].place)
        return Position(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
    }

    /// −∫ (S − S₀) dλ along a part of an edge.
    func beside(_ edge: Int, from start: Double, to end: Double) -> Double {
        func place(at t: Double) -> (x: Double, sine: Double, strip: Double) {
            let place = self.place(edge, t)
            let sine = Double.sineAndCosine(degrees: place.y).sine
            return (place.x, sine, AuthalicStrip.area(sine: sine))
        }
        return AuthalicStrip.beside(place(at: start), place(at: end), base: base)
    }

    /// Whether a position is inside: an odd number of edges lie to its east.
    func contains(_ place: Position) -> Bool {
        var isInside = false
        for at in corners.indices where !corners[at].isLast {
            let (a, b) = (corners[at].place, corners[at + 1].place)
            if (a.y > place.y) != (b.y > place.y),
                place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x
            {
                isInside.toggle()
            }
        }
        return isInside
    }
}
