internal import Geometry

/// How sure the nearest facilities of each of many places are.
///
/// A place may lie up to a metres from where it is drawn and a facility up to b: their distance is
/// then wrong by a + b at most, and the difference of a place's distances to two facilities by 2a and
/// both their errors. What is called stable is so wherever they truly lie; what is fragile may be so,
/// too, as the errors of the two distances may not be able to add up.
struct RankCertainty: Sendable {
    /// The greatest error of the distance at each row and rank; NaN where there is none.
    private(set) var errors: [Double]
    /// Whether the answer at each row and rank would be the same, "none" included; `nil` for a
    /// place that is nowhere.
    private(set) var labels: [Stability?]
    private let k: Int

    /// Finds all facilities of a row within a distance, but for those that are known already.
    typealias Reach = (_ row: Int, _ distance: Distance, _ known: Set<Int>) throws ->
        [PointIndex.Neighbour]

    /// Judges who owns places where distances are divided by weights.
    ///
    /// - Parameters:
    ///   - table: The owner of each place, with its own distance.
    ///   - places: The places.
    ///   - accuracies: How far each place may be off, in metres.
    ///   - others: How far each facility may be off, in metres.
    ///   - finder: Finds the facilities.
    ///   - sites: The facilities with their weights.
    /// - Throws: An error naming the first row, from 0, that is not on the globe.
    init(
        ofOwners table: NeighbourTable, from places: Places, _ accuracies: [Double],
        to others: [Double], _ finder: any FacilityFinder, among sites: WeightedSites
    ) throws {
        k = 1
        errors = Array(repeating: .nan, count: table.rows)
        labels = Array(repeating: nil, count: table.rows)
        let worst = others.max() ?? 0
        let heaviest = (0..<sites.count).reduce(0) { max($0, sites.weight($1)) }
        for row in 0..<table.rows where places[row] != nil {
            guard let owner = table[row, 0] else { continue }
            let a = accuracies[row]
            errors[row] = a + others[owner.index]
            let most = (owner.distance + errors[row]) / sites.weight(owner.index)
            let near = try finder.reach(
                longitudes: [places.longitudes[row]], latitudes: [places.latitudes[row]],
                within: .metres((most * heaviest + a + worst).nextUp))
            let isSure = near.entries(of: 0).allSatisfy { entry in
                let rival = Int(near.indices[entry])
                guard rival != owner.index, sites.weight(rival) > 0 else { return true }
                return (near.distances[entry] - a - others[rival]) / sites.weight(rival) >= most
            }
            labels[row] = Stability(isStable: isSure)
        }
    }

    /// Takes over what was judged of one facility for each place.
    ///
    /// - Parameters:
    ///   - table: The facility of each place.
    ///   - accuracies: How far each place may be off, in metres.
    ///   - others: How far each facility may be off, in metres.
    ///   - labels: Whether it would be the same; `nil` for a place that is nowhere.
    init(
        of table: NeighbourTable, _ accuracies: [Double], to others: [Double],
        labels: [Stability?]
    ) {
        k = 1
        self.labels = labels
        errors = (0..<table.rows).map { row in
            table[row, 0].map { accuracies[row] + others[$0.index] } ?? .nan
        }
    }

    /// Judges a table whose distances a finder measures.
    ///
    /// - Parameters:
    ///   - table: The nearest facilities.
    ///   - places: The places.
    ///   - accuracies: How far each place may be off, in metres.
    ///   - others: How far each facility may be off, in metres.
    ///   - finder: Finds the facilities.
    ///   - limit: The greatest distance that was asked for.
    ///   - own: The first place's facility where the places are the facilities themselves.
    /// - Throws: An error naming the first row, from 0, that is not on the globe.
    init(
        of table: NeighbourTable, from places: Places, _ accuracies: [Double],
        to others: [Double], _ finder: any FacilityFinder, within limit: Distance?, own: Int?
    ) throws {
        try self.init(
            of: table, from: places, accuracies, to: others, within: limit, own: own
        ) { row, distance, _ in
            let near = try finder.reach(
                longitudes: [places.longitudes[row]], latitudes: [places.latitudes[row]],
                within: distance)
            return near.entries(of: 0).map {
                PointIndex.Neighbour(index: Int(near.indices[$0]), distance: near.distances[$0])
            }
        }
    }

    /// Judges a table.
    ///
    /// - Parameters:
    ///   - table: The nearest facilities.
    ///   - places: The places.
    ///   - accuracies: How far each place may be off, in metres.
    ///   - others: How far each facility may be off, in metres.
    ///   - limit: The greatest distance that was asked for.
    ///   - own: The first place's facility where the places are the facilities themselves.
    ///   - reach: Finds the facilities.
    /// - Throws: What `reach` throws.
    init(
        of table: NeighbourTable, from places: Places, _ accuracies: [Double],
        to others: [Double], within limit: Distance?, own: Int?,
        reach: Reach
    ) throws {
        k = table.k
        errors = Array(repeating: .nan, count: table.rows * k)
        labels = Array(repeating: nil, count: table.rows * k)
        let worst = others.max() ?? 0
        for row in 0..<table.rows where places[row] != nil {
            let a = accuracies[row]
            let found = (0..<k).compactMap { table[row, $0] }
            var radius = found.reduce(0) { max($0, $1.distance + others[$1.index]) } + 2 * a + worst
            if let limit { radius = max(radius, limit.metres + a + worst) }
            let known = Set(found.map(\.index) + (own.map { [$0 + row] } ?? []))
            /// Those that are not in the table and yet could be within the limit.
            let outside = try reach(row, .metres(radius.nextUp), known).filter {
                !known.contains($0.index)
                    && $0.distance - a - others[$0.index] <= limit?.metres ?? .infinity
            }
            for rank in 0..<k {
                let at = row * k + rank
                guard rank < found.count else {
                    labels[at] = Stability(isStable: limit == nil || outside.isEmpty)
                    continue
                }
                let one = found[rank]
                let error = a + others[one.index]
                errors[at] = error
                let rivals = found.enumerated().filter { $0.offset != rank }.map(\.element)
                let isSure =
                    (rivals + outside).allSatisfy {
                        ($0.distance - one.distance).magnitude
                            >= 2 * a + others[one.index] + others[$0.index]
                    } && one.distance + error <= limit?.metres ?? .infinity
                labels[at] = Stability(isStable: isSure)
            }
        }
    }

    /// The greatest error of a distance in metres, or `nil` where there is none.
    func error(_ row: Int, _ rank: Int) -> Double? {
        let error = errors[row * k + rank]
        return error.isNaN ? nil : error
    }

    /// Whether an answer would be the same.
    func label(_ row: Int, _ rank: Int) -> Stability? { labels[row * k + rank] }
}

/// Between which distances the nearest facility of each of many places truly lies.
struct NearestRange: Sendable {
    /// The least that it can be away, in metres; NaN for a place that is nowhere.
    private(set) var low: [Double]
    /// The most.
    private(set) var high: [Double]

    /// Judges the nearest facility.
    ///
    /// - Parameters:
    ///   - nearest: The distance to it in metres; NaN for a place that is nowhere.
    ///   - places: The places.
    ///   - accuracies: How far each place may be off, in metres.
    ///   - others: How far each facility may be off, in metres.
    ///   - finder: Finds the facilities.
    /// - Throws: An error naming the first row, from 0, that is not on the globe.
    init(
        of nearest: [Double], from places: Places, _ accuracies: [Double], to others: [Double],
        _ finder: any FacilityFinder
    ) throws {
        low = nearest
        high = nearest
        let worst = others.max() ?? 0
        for row in nearest.indices where !nearest[row].isNaN {
            let near = try finder.reach(
                longitudes: [places.longitudes[row]], latitudes: [places.latitudes[row]],
                within: .metres((nearest[row] + worst).nextUp))
            var (least, most) = (Double.infinity, Double.infinity)
            for entry in near.entries(of: 0) {
                let error = others[Int(near.indices[entry])]
                least = min(least, near.distances[entry] - error)
                most = min(most, near.distances[entry] + error)
            }
            low[row] = max(0, least - accuracies[row])
            high[row] = most + accuracies[row]
        }
    }

    /// Whether a place would be covered, or not, wherever things truly lie.
    func label(_ row: Int, within distance: Distance) -> Stability? {
        if low[row].isNaN { return nil }
        return Stability(isStable: high[row] <= distance.metres || low[row] > distance.metres)
    }
}
