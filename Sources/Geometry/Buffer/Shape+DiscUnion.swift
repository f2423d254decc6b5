#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension Shape {
    /// Returns the area within a distance of any of many positions: discs of one radius, merged.
    ///
    /// As the union of each ``disc(around:radius:)``, but only what of a disc's edge lies outside
    /// all others is drawn (``DiscArrangement``), from one crossing with another edge to the next.
    ///
    /// - Parameters:
    ///   - centres: Longitude, latitude in degrees.
    ///   - radius: More than 0 and at most 5,000 km.
    /// - Returns: A polygon or multipolygon; empty where there are no positions.
    /// - Throws: ``GeometryError`` for a centre that is not on the globe, a radius out of range, and
    ///   where GEOS fails.
    /// - Complexity: O(n log n + m + e) for n positions, m pairs of discs that meet and e vertices
    ///   outside all other discs.
    public static func discs(
        around centres: [Position], radius: Distance
    ) throws(GeometryError) -> Shape {
        if let arrangement = try DiscArrangement(around: centres, radius: radius.metres),
            let merged = try arrangement.drawn
        {
            return merged
        }
        var seen: Set<Position> = []
        var discs: [Shape] = []
        for centre in centres where seen.insert(Position(centre.x, centre.y)).inserted {
            discs.append(try disc(around: centre, radius: radius))
        }
        return try unionAll(discs)
    }
}

extension DiscArrangement {
    /// The union as polygons; `nil` where arcs do not join, which takes three edges through one
    /// place, or where what is drawn is not valid, as around discs that just touch.
    var drawn: Shape? {
        get throws(GeometryError) {
            guard let rings = rings() else { return nil }
            // Discs that hang together have one outer ring; all others in it are holes.
            var outer: [Int32: [Position]] = [:]
            var holes: [Int32: [[Position]]] = [:]
            for (disc, ring) in rings {
                let group = groups[disc]
                if ring.isCounterClockwise {
                    guard outer.updateValue(ring, forKey: group) == nil else { return nil }
                } else {
                    holes[group, default: []].append(ring)
                }
            }
            guard holes.keys.allSatisfy({ outer[$0] != nil }) else { return nil }
            let polygons = outer.keys.sorted().map { [outer[$0] ?? []] + (holes[$0] ?? []) }
            let shape = Shape.area(of: polygons)
            return try shape.validity().isValid ? shape : nil
        }
    }

    /// The closed chains of arcs, each with one of its discs; `nil` where one does not close.
    private func rings() -> [(disc: Int, ring: [Position])]? {
        var follows: [Junction: Arc] = [:]
        for rim in rims {
            for arc in rim.arcs {
                let from = Junction(disc: Int32(rim.disc), before: arc.before)
                guard follows.updateValue(arc, forKey: from) == nil else { return nil }
            }
        }
        let pattern = DiscRing.Pattern(radius: radius)
        var pens: [Int32: DiscPen] = [:]
        var rings: [(Int, [Position])] = []
        for rim in rims {
            for arc in rim.arcs {
                let start = Junction(disc: Int32(rim.disc), before: arc.before)
                var at = start
                var ring: [Position] = []
                while let next = follows.removeValue(forKey: at) {
                    guard let edge = self.rim(of: Int(at.disc))?.edge,
                        let pen = pens[at.disc] ?? DiscPen(edge, pattern, sampling)
                    else { return nil }
                    pens[at.disc] = pen
                    pen.draw(next, into: &ring)
                    at = Junction(disc: next.after, before: at.disc)
                }
                guard let first = ring.first else { continue }
                guard arc.before < 0 || at == start else { return nil }
                ring.append(first)
                rings.append((rim.disc, ring))
            }
        }
        return rings
    }

    /// Where the outline goes over from one disc's edge to another's.
    private struct Junction: Hashable {
        let disc: Int32
        let before: Int32
    }
}

extension [Position] {
    /// Whether a closed ring runs counter-clockwise in the plane of its coordinates.
    fileprivate var isCounterClockwise: Bool {
        guard let origin = first else { return true }
        var doubled = 0.0
        for (a, b) in zip(self, dropFirst()) {
            doubled += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
        }
        return doubled > 0
    }
}
