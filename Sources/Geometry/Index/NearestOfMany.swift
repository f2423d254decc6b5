/// Finds the nearest positions of many places together.
///
/// Their box is quartered until cells hold few places. Where the k-th nearest position of the middle
/// of a cell's places lies a chord D away and none of them more than R from the middle, the triangle
/// inequality leaves each place its k-th within D + R; what can compete with that
/// (``ChordBounds/squaredRivalChord(_:)``) lies within so much and R of the middle. One search of the
/// tree lists it, quarters of the cell thin the list out in the same way, and each place is compared
/// with what is left. A cell so wide that its list would be long is quartered again; places alone in
/// one, and those whose answer chords do not settle, are asked one by one.
///
/// It holds numbers and pointers only, so that handing it on costs nothing.
struct NearestOfMany {
    private let search: PointIndex.Search
    private let tree: PointIndex.Tree
    private let places: OrderedPlaces
    private let longitudes: UnsafePointer<Double>
    private let latitudes: UnsafePointer<Double>
    private let k: Int
    private let limit: Double?
    /// The greatest chord of interest.
    private let longestChord: Double
    /// The columns of the table that is filled.
    private let indices: UnsafeMutablePointer<Int32>
    private let distances: UnsafeMutablePointer<Double>
    private var wide = CandidateList()
    private var narrow = CandidateList()
    private var nearest: NearestChords
    /// One more than are asked for: what comes next tells whether chords settle the answer.
    private var several: NearestChords
    /// Where only one is asked for, the place in the tree of each place's nearest; -1 where there is
    /// none or it is in the table already.
    private let ones: UnsafeMutablePointer<Int32>
    /// The middle of the cell before, and the chord to its k-th nearest.
    private var last: (middle: EarthCentred, chord: Double)?

    /// The most neighbours a place for which this is the faster way.
    static let mostNeighbours = 16
    private static let cellSize = 64
    private static let partSize = 8
    /// Room for rounding where chords are added, in metres.
    private static let slack = 1e-6

    private init(
        _ search: PointIndex.Search, _ places: OrderedPlaces, longitudes: UnsafePointer<Double>,
        latitudes: UnsafePointer<Double>, k: Int, within limit: Double?,
        into columns: (UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Double>)
    ) {
        self.search = search
        tree = search.tree
        self.places = places
        self.longitudes = longitudes
        self.latitudes = latitudes
        self.k = k
        self.limit = limit
        longestChord = PointIndex.Search.squaredBound(limit).squareRoot()
        (indices, distances) = columns
        nearest = NearestChords(k: k)
        several = NearestChords(k: k + 1)
        ones = .allocate(capacity: places.count + 4)
        ones.initialize(repeating: -1, count: places.count + 4)
    }

    /// Finds the k nearest of all places.
    ///
    /// - Parameters:
    ///   - search: The index.
    ///   - longitudes: Degrees; NaN for a row without a place.
    ///   - latitudes: Degrees, as many as longitudes.
    ///   - k: How many a place at most.
    ///   - limit: The greatest distance in metres.
    /// - Returns: One row a place.
    /// - Throws: ``GeometryError`` (`badPosition`) naming the first row that is not on the globe.
    static func table(
        _ search: PointIndex.Search, longitudes: [Double], latitudes: [Double], k: Int,
        within limit: Double?
    ) throws(GeometryError) -> NeighbourTable {
        let places = try OrderedPlaces(longitudes: longitudes, latitudes: latitudes)
        var table = NeighbourTable(rows: longitudes.count, k: k)
        longitudes.withUnsafeBufferPointer { longitudes in
            latitudes.withUnsafeBufferPointer { latitudes in
                guard let x = longitudes.baseAddress, let y = latitudes.baseAddress else { return }
                table.withColumns { indices, distances in
                    var many = NearestOfMany(
                        search, places, longitudes: x, latitudes: y, k: k, within: limit,
                        into: (indices, distances))
                    many.run()
                }
            }
        }
        places.deallocate()
        return table
    }

    private mutating func run() {
        defer {
            wide.deallocate()
            narrow.deallocate()
            nearest.deallocate()
            several.deallocate()
            ones.deallocate()
        }
        guard k <= Self.mostNeighbours else {
            for place in 0..<places.count { settleAlone(place) }
            return
        }
        guard places.count > 0, tree.count > 0 else { return }
        settle(0..<places.count, level: 0)
        measureOnes()
    }

    /// Puts a neighbour into the table.
    @inline(__always)
    private func set(_ row: Int, _ rank: Int, _ neighbour: PointIndex.Neighbour) {
        indices[row * k + rank] = Int32(truncatingIfNeeded: neighbour.index)
        distances[row * k + rank] = neighbour.distance
    }

    /// Answers a cell.
    private mutating func settle(_ cell: Range<Int>, level: Int) {
        guard 4...Self.cellSize ~= cell.count else { return divide(cell, level) }
        let (middle, radius) = places.surroundings(of: cell)
        let chord = kthChord(from: middle, radius)
        let outer = outer(chord, radius)
        // How many a list would hold if positions lay evenly.
        let stretch = chord.map { outer / $0 } ?? 0
        if Double(k) * stretch * stretch > CandidateList.goal {
            return divide(cell, level)
        }
        wide.removeAll()
        var bound = outer * outer
        tree.visit(from: middle, bound: &bound) { leaf, bound in
            for slot in leaf where wide.count <= CandidateList.most {
                let place = tree[slot]
                if middle.squaredChord(to: place) <= bound { wide.append(place, slot) }
            }
        }
        if wide.count > CandidateList.most { return divide(cell, level) }
        wide.pad()
        guard wide.count > 3 * Self.partSize, cell.count > Self.partSize,
            level < OrderedPlaces.depth
        else {
            for place in cell { settle(place, among: wide) }
            return
        }
        let places = places
        places.forEachQuarter(of: cell, level: level) { part in
            let (middle, radius) = places.surroundings(of: part)
            wide.measure(from: middle)
            nearest.take(wide)
            let outer = self.outer(
                nearest.count == k ? nearest.squared[k - 1].squareRoot() : nil, radius)
            narrow.take(wide, within: outer * outer)
            for place in part { settle(place, among: narrow) }
        }
    }

    /// Answers the quarters of a cell, pieces of one that cannot be quartered, or its places one by
    /// one.
    private mutating func divide(_ cell: Range<Int>, _ level: Int) {
        if cell.count < 4 || level > OrderedPlaces.depth {
            for place in cell { settleAlone(place) }
        } else if level == OrderedPlaces.depth {
            for first in stride(from: cell.lowerBound, to: cell.upperBound, by: Self.cellSize) {
                settle(first..<min(first + Self.cellSize, cell.upperBound), level: level + 1)
            }
        } else {
            let places = places
            places.forEachQuarter(of: cell, level: level) { settle($0, level: level + 1) }
        }
    }

    /// How far from a middle something may lie that matters to a place within a radius of it.
    private func outer(_ chord: Double?, _ radius: Double) -> Double {
        var reach = longestChord
        if let chord {
            let farthest = chord + radius + Self.slack
            reach = min(reach, ChordBounds.squaredRivalChord(farthest * farthest).squareRoot())
        }
        return reach + radius + Self.slack
    }

    /// The chord to the k-th nearest position; `nil` where fewer than k are of interest.
    private mutating func kthChord(from middle: EarthCentred, _ radius: Double) -> Double? {
        var bound = longestChord + radius + Self.slack
        if let last {
            let shift = middle.squaredChord(to: last.middle).squareRoot()
            bound = min(bound, last.chord + shift + Self.slack)
        }
        bound *= bound
        nearest.removeAll()
        tree.visit(from: middle, bound: &bound) { leaf, bound in
            for slot in leaf {
                let squared = tree.squaredChord(middle, slot)
                if squared <= bound { nearest.insert(squared, Int32(slot)) }
            }
            if nearest.count == k { bound = min(bound, nearest.squared[k - 1]) }
        }
        guard nearest.count == k else { return nil }
        let chord = nearest.squared[k - 1].squareRoot()
        last = (middle, chord)
        return chord
    }

    /// Answers a place from a list that holds all that matters to it.
    @inline(__always)
    private mutating func settle(_ place: Int, among list: CandidateList) {
        if k == 1 {
            settleOne(place, among: list)
        } else {
            settleSeveral(place, among: list)
        }
    }

    /// Finds the nearest of a place; its distance is worked out with those of others.
    @inline(__always)
    private mutating func settleOne(_ place: Int, among list: CandidateList) {
        let found = list.nearest(to: places[place])
        guard found.at >= 0 else { return }
        if found.second <= ChordBounds.squaredRivalChord(found.squared) {
            return settleAlone(place)
        }
        ones[place] = list.slots[found.at]
    }

    /// Works out the distances to the nearest, four places at a time.
    private mutating func measureOnes() {
        for first in stride(from: 0, to: places.count, by: 4) {
            var (x, y, z) = (SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>())
            for lane in 0..<4 {
                let nearest = tree[Int(max(0, ones[first + lane]))]
                (x[lane], y[lane], z[lane]) = (nearest.x, nearest.y, nearest.z)
            }
            let (lengths, squared) = GeodesicSeries.lengths(
                from: places.four(first), to: (x, y, z))
            for lane in 0..<4 where ones[first + lane] >= 0 {
                let (row, slot) = (Int(places.rows[first + lane]), Int(ones[first + lane]))
                var neighbour = PointIndex.Neighbour(
                    index: Int(tree.original[slot]), distance: lengths[lane])
                if !GeodesicSeries.holds(squared[lane]) {
                    neighbour = PointIndex.Neighbour(
                        index: neighbour.index,
                        distance: search.exactDistance(from: position(row), slot))
                }
                if let limit, neighbour.distance > limit - PointIndex.Search.tieWidth,
                    !search.isWithin(limit, neighbour, of: position(row))
                {
                    continue
                }
                set(row, 0, neighbour)
            }
        }
    }

    /// The place of a row.
    private func position(_ row: Int) -> Position { Position(longitudes[row], latitudes[row]) }

    private mutating func settleSeveral(_ place: Int, among list: CandidateList) {
        let query = places[place]
        let bound = list.measure(from: query, bounding: k)
        several.take(list, within: ChordBounds.squaredRivalChord(bound))
        guard several.count > 0 else { return }
        let found = min(k, several.count)
        // Something left out that is as near, but for a hair?
        if several.count > k,
            several.squared[k] <= ChordBounds.squaredRivalChord(several.squared[k - 1])
        {
            return settleAlone(place)
        }
        let row = Int(places.rows[place])
        for first in stride(from: 0, to: found, by: 4) {
            var (x, y, z) = (SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>())
            for lane in 0..<4 {
                let near = tree[Int(several.slots[min(first + lane, found - 1)])]
                (x[lane], y[lane], z[lane]) = (near.x, near.y, near.z)
            }
            let from = (
                x: SIMD4(repeating: query.x), y: SIMD4(repeating: query.y),
                z: SIMD4(repeating: query.z)
            )
            let lengths = GeodesicSeries.lengths(from: from, to: (x, y, z)).lengths
            for lane in 0..<min(4, found - first) { several.lengths[first + lane] = lengths[lane] }
        }
        for rank in 0..<found {
            if !GeodesicSeries.holds(several.squared[rank]) {
                several.lengths[rank] = search.exactDistance(
                    from: position(row), Int(several.slots[rank]))
            }
            if rank > 0,
                several.lengths[rank] - several.lengths[rank - 1] <= PointIndex.Search.tieWidth
            {
                return settleAlone(place)
            }
        }
        for rank in 0..<found {
            let neighbour = PointIndex.Neighbour(
                index: Int(tree.original[Int(several.slots[rank])]),
                distance: several.lengths[rank])
            if let limit, neighbour.distance > limit - PointIndex.Search.tieWidth,
                !search.isWithin(limit, neighbour, of: position(row))
            {
                return
            }
            set(row, rank, neighbour)
        }
    }

    private mutating func settleAlone(_ place: Int) {
        let row = Int(places.rows[place])
        let position = self.position(row)
        if k == 1 {
            if let one = search.nearestOne(to: position, places[place], within: limit) {
                set(row, 0, one)
            }
        } else {
            let found = search.nearest(to: position, k: k, within: limit)
            for (rank, neighbour) in found.enumerated() { set(row, rank, neighbour) }
        }
    }
}
