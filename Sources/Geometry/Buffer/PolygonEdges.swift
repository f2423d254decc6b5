/// The edges of polygons with what areas and distances need to know of their ends.
///
/// Outer rings run counter-clockwise and holes clockwise, whichever way they came; edges longer than
/// ``longest`` are divided, so that each is as good as straight on the earth.
struct PolygonEdges {
    /// The longest edge in degrees.
    static let longest = 0.05

    /// The positions along the rings, each ring's first one again at its end.
    private(set) var places: [Position] = []
    /// Whether a position is the last of its ring, from which no edge starts.
    private(set) var isLast: [Bool] = []
    private(set) var x: [Double] = []
    private(set) var y: [Double] = []
    private(set) var z: [Double] = []
    private(set) var sines: [Double] = []
    /// ``AuthalicStrip`` at a position of the polygons, which all edges refer to.
    private(set) var base = 0.0
    /// −∫ (S − S₀) dλ along the edge from each position.
    private(set) var beside: [Double] = []
    private(set) var box: Envelope?

    /// Takes the edges of polygons in place of those there were.
    ///
    /// - Parameter polygons: Their rings, the outer one first, in degrees; edges are straight in
    ///   longitude and latitude.
    mutating func take(_ polygons: [[[Position]]]) {
        places.removeAll(keepingCapacity: true)
        isLast.removeAll(keepingCapacity: true)
        for rings in polygons {
            for (number, ring) in rings.enumerated() where ring.count > 2 {
                append(ring, isHole: number > 0)
            }
        }
        measure()
    }

    /// The area inside in square metres.
    var area: Double { beside.reduce(0, +) }

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
        isLast[isLast.count - 1] = true
    }

    private mutating func add(_ place: Position, after previous: Position) {
        let (dx, dy) = (place.x - previous.x, place.y - previous.y)
        let length = max(dx.magnitude, dy.magnitude)
        if length > Self.longest {
            let parts = Int((length / Self.longest).rounded(.up))
            for part in 1..<parts {
                let t = Double(part) / Double(parts)
                add(Position(previous.x + t * dx, previous.y + t * dy))
            }
        }
        add(place)
    }

    private mutating func add(_ place: Position) {
        places.append(place)
        isLast.append(false)
    }

    private mutating func measure() {
        let count = places.count
        for path in [\Self.x, \.y, \.z, \.sines, \.beside] {
            self[keyPath: path].removeAll(keepingCapacity: true)
        }
        box = nil
        guard let first = places.first else { return }
        var box = Envelope(first)
        var strips = [Double](repeating: 0, count: count)
        for at in places.indices {
            let place = places[at]
            box = box.including(place)
            let centred = EarthCentred(longitude: place.x, latitude: place.y)
            x.append(centred.x)
            y.append(centred.y)
            z.append(centred.z)
            let sine = Double.sineAndCosine(degrees: place.y).sine
            sines.append(sine)
            strips[at] = AuthalicStrip.area(sine: sine)
        }
        self.box = box
        base = strips[0]
        for at in places.indices {
            guard !isLast[at] else {
                beside.append(0)
                continue
            }
            beside.append(
                AuthalicStrip.beside(
                    (places[at].x, sines[at], strips[at]),
                    (places[at + 1].x, sines[at + 1], strips[at + 1]), base: base))
        }
    }

    /// The position part of the way along an edge.
    func place(_ edge: Int, _ t: Double) -> Position {
        let (a, b) = (places[edge], places[edge + 1])
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
        for at in places.indices where !isLast[at] {
            let (a, b) = (places[at], places[at + 1])
            if (a.y > place.y) != (b.y > place.y),
                place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x
            {
                isInside.toggle()
            }
        }
        return isInside
    }
}
