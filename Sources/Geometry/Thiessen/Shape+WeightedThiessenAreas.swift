extension Shape {
    /// Divides an area among weighted sites: each part of it goes to the site whose distance along
    /// the geodesic divided by its weight is least.
    ///
    /// The area of a site may have several pieces and holes, in which sites of less weight lie.
    /// Together the parts are the area, without gaps or overlaps: edges between two parts have the
    /// same vertices in both. An edge lies within a metre of equal weighted distance (0.5 m and the
    /// rounding of what is cut); what is less than 0.25 m wide may be missing. Of sites at the same
    /// position, to about a millimetre, only the one of the greatest weight has a part, of equal
    /// ones the first.
    ///
    /// F. Aurenhammer and H. Edelsbrunner, 1984, https://doi.org/10.1016/0031-3203(84)90064-5.
    ///
    /// - Parameters:
    ///   - sites: Longitude, latitude in degrees, with weights of at least 0; a site of weight 0
    ///     has no part.
    ///   - area: A valid polygon or several, which may not overlap.
    /// - Returns: The part of each site; an empty multipolygon for one that has none.
    /// - Throws: ``GeometryError`` where sites and area lie farther than 2,000 km from their middle
    ///   or across the antimeridian.
    /// - Complexity: O(n log n) for n sites that lie well apart, and what cutting the area takes.
    public static func thiessenAreas(
        of sites: WeightedSites, dividing area: Shape
    ) throws(GeometryError) -> [Shape] {
        let sites = try sites.apart()
        let diagram = try WeightedDiagram(sites: sites, dividing: area)
        return try area.divided(by: diagram.edges, among: sites.count) {
            sites.owner(of: $0)?.index
        }
    }
}

extension WeightedSites {
    /// The sites with no weight for those at whose position a site of more weight, or an earlier one
    /// of as much, lies.
    func apart() throws(GeometryError) -> WeightedSites {
        var heaviest: [Position: Int] = [:]
        for (site, position) in positions.enumerated() {
            let place = Position(
                (position.x * 1e8).rounded() / 1e8, (position.y * 1e8).rounded() / 1e8)
            if let other = heaviest[place], weights[other] >= weights[site] { continue }
            heaviest[place] = site
        }
        let kept = Set(heaviest.values)
        return try WeightedSites(
            positions, weights: weights.indices.map { kept.contains($0) ? weights[$0] : 0 })
    }
}
