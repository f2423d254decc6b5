/// Tells of many places together the least of some distances within which a position lies.
///
/// Their box is quartered. Where the nearest position to the middle of a cell's places lies a chord
/// D away and none of them more than R from the middle, each place has its nearest between D − R and
/// D + R; where ``ChordBounds`` put both between the same two distances, all of the cell are
/// answered. In small cells that are not, one search of the tree lists what lies within D + 2R of
/// the middle, and each place is compared with the list. What chords do not settle, Karney's solution
/// does, one place at a time.
///
/// It holds numbers and pointers only, so that handing it on costs nothing.
struct CoveringOfMany {
    private let search: PointIndex.Search
    private let tree: PointIndex.Tree
    private let places: OrderedPlaces
    private let longitudes: UnsafePointer<Double>
    private let latitudes: UnsafePointer<Double>
    private let limits: UnsafeBufferPointer<Limit>
    /// The column that is filled.
    private let steps: UnsafeMutablePointer<Int>
    private var list = CandidateList()
    /// The middle of the cell before, and the chord to its nearest.
    private var last: (middle: EarthCentred, chord: Double)?

    /// A distance, and what chords say of it.
    private struct Limit {
        let metres: Double
        /// Up to this chord something is certainly within the distance.
        let near: Double
        /// Beyond this chord something is certainly farther.
        let far: Double
        let squaredNear: Double
        let squaredFar: Double

        init(_ metres: Double) {
            self.metres = metres
            near = ChordBounds.certainChord(within: metres)
            far = ChordBounds.longestChord(under: metres)
            squaredNear = near < 0 ? -1 : near * near
            squaredFar = far * far
        }
    }

    /// Cells of more places are quartered before anything is asked of them.
    private static let cellSize = 256
    /// Places of a cell so small are compared with a list.
    private static let partSize = 8
    /// Room for rounding where chords are added, in metres.
    private static let slack = 1e-6

    /// Answers all places.
    ///
    /// - Parameters:
    ///   - search: The index.
    ///   - longitudes: Degrees; NaN for a row without a place.
    ///   - latitudes: Degrees, as many as longitudes.
    ///   - limits: Metres, ascending.
    /// - Returns: For each row the place of the distance in `limits`, their number where a position
    ///   lies within none, -1 for a row without a place.
    /// - Throws: ``GeometryError`` (`badPosition`) naming the first row that is not on the globe.
    static func steps(
        _ search: PointIndex.Search, longitudes: [Double], latitudes: [Double],
        within limits: [Double]
    ) throws(GeometryError) -> [Int] {
        let places = try OrderedPlaces(longitudes: longitudes, latitudes: latitudes)
        var steps = [Int](repeating: -1, count: longitudes.count)
        steps.withUnsafeMutableBufferPointer { steps in
            longitudes.withUnsafeBufferPointer { longitudes in
                latitudes.withUnsafeBufferPointer { latitudes in
                    limits.map(Limit.init).withUnsafeBufferPointer { limits in
                        guard let x = longitudes.baseAddress, let y = latitudes.baseAddress,
                            let steps = steps.baseAddress
                        else { return }
                        var many = CoveringOfMany(
                            search: search, tree: search.tree, places: places, longitudes: x,
                            latitudes: y, limits: limits, steps: steps)
                        if places.count > 0 { many.answer(0..<places.count, level: 0) }
                        many.list.deallocate()
                    }
                }
            }
        }
        places.deallocate()
        return steps
    }

    private init(
        search: PointIndex.Search, tree: PointIndex.Tree, places: OrderedPlaces,
        longitudes: UnsafePointer<Double>, latitudes: UnsafePointer<Double>,
        limits: UnsafeBufferPointer<Limit>, steps: UnsafeMutablePointer<Int>
    ) {
        self.search = search
        self.tree = tree
        self.places = places
        self.longitudes = longitudes
        self.latitudes = latitudes
        self.limits = limits
        self.steps = steps
    }

    /// Answers a cell.
    private mutating func answer(_ cell: Range<Int>, level: Int) {
        guard cell.count <= Self.cellSize else { return divide(cell, level) }
        let (middle, radius) = places.surroundings(of: cell)
        let outermost = limits.last.map(\.far) ?? 0
        let chord = nearestChord(from: middle, within: outermost + radius + Self.slack)
        guard let chord else { return answer(cell, with: limits.count) }
        let least = chord - radius - Self.slack
        let most = chord + radius + Self.slack
        let surely = limits.firstIndex { most <= $0.near } ?? limits.count
        let perhaps = limits.firstIndex { least <= $0.far } ?? limits.count
        if surely == perhaps { return answer(cell, with: surely) }
        guard cell.count <= Self.partSize || level > OrderedPlaces.depth else {
            return divide(cell, level)
        }
        let reach = min(most, outermost) + radius + Self.slack
        var bound = reach * reach
        list.removeAll()
        tree.visit(from: middle, bound: &bound) { leaf, bound in
            for slot in leaf where list.count <= CandidateList.most {
                let place = tree[slot]
                if middle.squaredChord(to: place) <= bound { list.append(place, slot) }
            }
        }
        if list.count > CandidateList.most {
            for place in cell { answerAlone(place) }
        } else {
            list.pad()
            for place in cell { answer(place, list.nearest(to: places[place]).squared) }
        }
    }

    /// Answers the quarters of a cell, or pieces of one that cannot be quartered.
    private mutating func divide(_ cell: Range<Int>, _ level: Int) {
        let places = places
        if level < OrderedPlaces.depth {
            places.forEachQuarter(of: cell, level: level) { answer($0, level: level + 1) }
        } else {
            for first in stride(from: cell.lowerBound, to: cell.upperBound, by: Self.cellSize) {
                answer(first..<min(first + Self.cellSize, cell.upperBound), level: level + 1)
            }
        }
    }

    /// The chord to the nearest position; `nil` where none is within a bound.
    private mutating func nearestChord(from middle: EarthCentred, within bound: Double) -> Double? {
        var bound = bound
        if let last {
            let shift = middle.squaredChord(to: last.middle).squareRoot()
            bound = min(bound, last.chord + shift + Self.slack)
        }
        bound *= bound
        var least = Double.infinity
        tree.visit(from: middle, bound: &bound) { leaf, bound in
            for slot in leaf { least = min(least, tree.squaredChord(middle, slot)) }
            bound = min(bound, least)
        }
        guard least <= bound else { return nil }
        last = (middle, least.squareRoot())
        return last?.chord
    }

    /// Gives all places of a cell the same answer.
    private func answer(_ cell: Range<Int>, with step: Int) {
        for place in cell { steps[Int(places.rows[place])] = step }
    }

    /// Answers a place by the square of the chord to its nearest position.
    @inline(__always)
    private func answer(_ place: Int, _ squared: Double) {
        let row = Int(places.rows[place])
        var step = 0
        while step < limits.count, squared > limits[step].squaredNear {
            if squared <= limits[step].squaredFar, isReached(place, row, limits[step].metres) {
                break
            }
            step += 1
        }
        steps[row] = step
    }

    /// Answers a place by Karney's solution.
    private func answerAlone(_ place: Int) {
        let row = Int(places.rows[place])
        steps[row] = limits.firstIndex { isReached(place, row, $0.metres) } ?? limits.count
    }

    @inline(never)
    private func isReached(_ place: Int, _ row: Int, _ metres: Double) -> Bool {
        let position = Position(longitudes[row], latitudes[row])
        return search.nearestOne(to: position, places[place], within: metres) != nil
    }
}
