public import Features
internal import Geometry

extension Accessibility {
    /// The facilities with what they carry.
    ///
    /// Each has its own attributes and `capacity`, `demand_count` (features within the limit),
    /// `load` (demand as the method counts it), `supply_ratio` (capacity for each unit of load) and
    /// `crowding` (load for each unit of capacity), null where they would divide by 0, and
    /// `load_reason`, which says why there is no ratio; where accuracies are asked also `load_low`
    /// and `load_high`. Attributes of these names are replaced.
    ///
    /// - Parameter loads: What all of the demand asks of each facility.
    /// - Returns: One feature a facility, in the order of the layer.
    public func facilities(under loads: AccessibilityLoads) -> FeatureBatch {
        var result = supply.batch
        let rows = 0..<supply.count
        result.set("capacity", .double(capacities.map { $0 }))
        result.set(
            "demand_count", .int(rows.map { isLocated($0) ? loads.counts[$0] : nil }))
        result.set("load", .double(rows.map { isLocated($0) ? loads.sums[$0] : nil }))
        result.set(
            "supply_ratio",
            .double(rows.map { loads.sums[$0] > 0 ? capacities[$0] / loads.sums[$0] : nil }))
        result.set(
            "crowding",
            .double(
                rows.map { row in
                    capacities[row] > 0 && isLocated(row)
                        ? loads.sums[row] / capacities[row] : nil
                }))
        if let ranges = loads.ranges {
            for (name, values) in [("load_low", ranges.least), ("load_high", ranges.most)] {
                result.set(name, .double(rows.map { isLocated($0) ? values[$0] : nil }))
            }
        }
        result.set("load_reason", .string(rows.map { reason(of: $0, loads) }))
        return result
    }

    private func reason(of facility: Int, _ loads: AccessibilityLoads) -> String? {
        if !isLocated(facility) { return "has no place" }
        if loads.counts[facility] == 0 { return "no demand within reach" }
        return loads.sums[facility] > 0 ? nil : "the demand within reach is zero"
    }

    private func isLocated(_ facility: Int) -> Bool {
        supply.shapes[facility].map { !$0.isEmpty } ?? false
    }
}
