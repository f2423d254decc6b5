internal import Features
internal import Geometry

extension Catchment {
    /// The facilities' weights, by which distances to them are divided.
    ///
    /// - Parameters:
    ///   - field: The facilities' field.
    ///   - facilities: The facilities, each at one position.
    ///   - sites: Those positions; `nil` for a facility without a place, which owns nothing.
    /// - Returns: The sites with their weights, and how many facilities have none.
    /// - Throws: ``AnalysisError`` (`badField`) naming the first facility whose weight is no number
    ///   of at least 0, or where no facility with a place has one above 0.
    static func weighted(
        by field: String, _ facilities: FacilityLayer, at sites: [Position?]
    ) throws -> (sites: WeightedSites, missing: Int) {
        let read = try DemandWeights(of: facilities.batch, field: field, layer: facilities.source)
        let weights = zip(sites, read.values).map { $0 == nil ? 0 : $1 }
        guard weights.contains(where: { $0 > 0 }) else {
            throw AnalysisError(
                .badField, at: facilities.source,
                "no facility with a place has a weight \"\(field)\" above 0",
                remedy: "choose another field")
        }
        let positions = sites.map { $0 ?? Position(0, 0) }
        return (try WeightedSites(positions, weights: weights), read.missing)
    }

    /// The facility of each place by weighted distance, with its own distance, and that divided by
    /// its weight.
    static func owners(
        of places: Places, among sites: WeightedSites
    ) -> (table: NeighbourTable, weighted: [Double?]) {
        var table = NeighbourTable(rows: places.count, k: 1)
        var weighted = [Double?](repeating: nil, count: places.count)
        for row in 0..<places.count {
            guard let place = places[row], let owner = sites.owner(of: place) else { continue }
            table.set(row, 0, PointIndex.Neighbour(index: owner.index, distance: owner.distance))
            weighted[row] = owner.weighted
        }
        return (table, weighted)
    }

    /// Why a facility has no area where distances are weighted.
    func weightedNote(_ facility: Int, _ weighted: WeightedSites) -> String {
        guard let site = sites[facility] else { return "has no place" }
        if weighted.weight(facility) == 0 { return "has no weight" }
        if let other = weighted.owner(of: site)?.index, other != facility, sites[other] == site {
            return "at the same position as \(facilities.label(other))"
        }
        return "no part of the boundary belongs to it"
    }
}
