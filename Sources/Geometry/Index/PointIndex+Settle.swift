extension PointIndex.Search {
    /// Distances closer together than this, in metres, are put in order by Karney's solution.
    static var tieWidth: Double { 2e-6 }

    /// The nearest position; the case that a million places ask, without any allocation unless two
    /// positions are within a hair of equal distance.
    ///
    /// - Parameters:
    ///   - place: Where to look from.
    ///   - query: The same from the centre of the earth.
    ///   - limit: The greatest distance in metres.
    /// - Returns: The nearest, or `nil` where none is within the limit.
    func nearestOne(
        to place: Position, _ query: EarthCentred, within limit: Double?
    ) -> PointIndex.Neighbour? {
        var best = -1
        var squared = Double.infinity
        var isContested = false
        var bound = Self.squaredBound(limit)
        tree.visit(from: query, bound: &bound) { leaf, bound in
            for i in leaf {
                let chord = tree.squaredChord(query, i)
                guard chord <= bound else { continue }
                if chord < squared {
                    let rivals = ChordBounds.squaredRivalChord(chord)
                    isContested = rivals >= squared
                    best = i
                    squared = chord
                    bound = min(bound, rivals)
                } else {
                    isContested = true
                }
            }
        }
        guard best >= 0 else { return nil }
        if isContested { return nearest(to: place, k: 1, within: limit).first }
        let neighbour = PointIndex.Neighbour(
            index: original(best),
            distance: distance(query, at: place, best, squared: squared))
        guard let limit, !isWithin(limit, neighbour, of: place) else { return neighbour }
        return nil
    }

    /// The k nearest positions, in the order of Karney's distances.
    func nearest(to place: Position, k: Int, within limit: Double?) -> [PointIndex.Neighbour] {
        guard k > 0, tree.count > 0 else { return [] }
        let query = EarthCentred(place)
        // The k smallest chords and one more: where that one cannot compete, the k are the answer.
        let wanted = min(k, tree.count) + 1
        var chords: [Double] = []
        var places: [Int] = []
        chords.reserveCapacity(wanted)
        places.reserveCapacity(wanted)
        let outer = Self.squaredBound(limit)
        var bound = outer
        tree.visit(from: query, bound: &bound) { leaf, bound in
            for i in leaf {
                let chord = tree.squaredChord(query, i)
                guard chord <= bound else { continue }
                if chords.count == wanted {
                    guard chord < chords[wanted - 1] else { continue }
                    chords.removeLast()
                    places.removeLast()
                }
                var at = chords.count
                while at > 0, chords[at - 1] > chord { at -= 1 }
                chords.insert(chord, at: at)
                places.insert(i, at: at)
                if chords.count == wanted { bound = min(bound, chords[wanted - 1]) }
            }
        }
        if chords.count == wanted {
            let rivals = min(outer, ChordBounds.squaredRivalChord(chords[wanted - 2]))
            if chords[wanted - 1] > rivals {
                places.removeLast()
            } else {
                places = within(squaredChord: rivals, of: query)
            }
        }
        let settled = settle(places, from: place).prefix(k)
        guard let limit else { return Array(settled) }
        return settled.filter { isWithin(limit, $0, of: place) }
    }

    /// The positions of the tree that may lie within a distance: all that do, and perhaps a few
    /// that lie a hair beyond it.
    func rivals(of place: Position, within radius: Double) -> [Int] {
        within(squaredChord: Self.squaredBound(radius), of: EarthCentred(place))
    }

    private func within(squaredChord: Double, of query: EarthCentred) -> [Int] {
        var found: [Int] = []
        var bound = squaredChord
        tree.visit(from: query, bound: &bound) { leaf, bound in
            for i in leaf where tree.squaredChord(query, i) <= bound { found.append(i) }
        }
        return found
    }

    static func squaredBound(_ limit: Double?) -> Double {
        guard let limit else { return .infinity }
        let chord = ChordBounds.longestChord(under: limit)
        return chord * chord
    }

    /// Whether a position found lies within a distance, by Karney's distance where it is close.
    func isWithin(
        _ limit: Double, _ neighbour: PointIndex.Neighbour, of place: Position
    ) -> Bool {
        if (neighbour.distance - limit).magnitude > Self.tieWidth {
            return neighbour.distance < limit
        }
        return Geodesic.wgs84.distance(from: place, to: index.position(neighbour.index)) <= limit
    }

    /// Puts positions of the tree in the order of Karney's distances, equal ones as given.
    func settle(_ places: [Int], from place: Position) -> [PointIndex.Neighbour] {
        let query = EarthCentred(place)
        var found = places.map { i in
            PointIndex.Neighbour(
                index: original(i),
                distance: distance(query, at: place, i, squared: tree.squaredChord(query, i)))
        }
        found.sort(by: Self.precedes)
        var start = 0
        while start < found.count {
            var end = start + 1
            while end < found.count,
                found[end].distance - found[end - 1].distance <= Self.tieWidth
            { end += 1 }
            if end - start > 1 {
                found[start..<end] = ArraySlice(
                    found[start..<end].map { near in
                        PointIndex.Neighbour(
                            index: near.index,
                            distance: Geodesic.wgs84.distance(
                                from: place, to: index.position(near.index)))
                    }.sorted(by: Self.precedes))
            }
            start = end
        }
        return found
    }

    private static func precedes(_ a: PointIndex.Neighbour, _ b: PointIndex.Neighbour) -> Bool {
        a.distance < b.distance || a.distance == b.distance && a.index < b.index
    }
}
