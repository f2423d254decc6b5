extension CriteriaTable {
    /// The table with weights by swing: how much it is worth to go from a criterion's worst to its best
    /// value, in points, 100 for the swing that is worth most.
    ///
    /// D. von Winterfeldt, W. Edwards, Decision Analysis and Behavioral Research, 1986, section 8.4.
    ///
    /// - Parameter points: The points of each criterion, from 0 to 100; one has 100.
    /// - Returns: The table, with the points divided by their sum as weights.
    /// - Throws: ``SitingError`` (`badWeight`) for points out of range, or where none is 100.
    public func weightedBySwing(_ points: [Double]) throws -> CriteriaTable {
        precondition(points.count == criteria.count, "points for each criterion")
        for (criterion, points) in zip(criteria, points) where !(0...100).contains(points) {
            throw SitingError(
                .badWeight, at: "criterion \"\(criterion.name)\"",
                "its swing is worth \(points) points", remedy: "give 0 to 100 points")
        }
        guard points.contains(100) else {
            throw SitingError(
                .badWeight, at: "", "no swing is worth 100 points",
                remedy: "give 100 points to the swing that is worth most, and others beside it")
        }
        var result = self
        try result.set(points)
        return result
    }
}
