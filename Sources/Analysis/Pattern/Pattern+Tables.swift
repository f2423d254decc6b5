public import Features
internal import Geometry

extension PointPattern.Findings {
    /// The findings at each distance as a table.
    ///
    /// Columns `within_m`, `k_km2`, `l_m`, `simulated_l_m`, `low_l_m`, `high_l_m`, `p_l_m`, `verdict_l_m`
    /// (`above`, `below` or `chance`); then what is the same for all distances: the mean distance to
    /// the nearest other as `nearest_m` with the same, `clark_evans`, `clark_evans_borders`,
    /// `clark_evans_z`, and `p_all`, of L at all distances. The features have no geometry.
    ///
    /// - Returns: One feature a distance.
    public func table() -> FeatureBatch {
        var batch = FeatureBatch(
            geometry: GeometryColumn(rows.map { _ in nil }),
            ids: .string(rows.map(\.distance.label)))
        batch.set("within_m", .double(rows.map(\.distance.metres)))
        batch.set("k_km2", .double(rows.map { $0.k.isNaN ? nil : $0.k.toSquareKilometres }))
        batch.set(figures: rows.map(\.l), named: "l_m", rounded: true)
        batch.set(figures: rows.map { _ in nearest }, named: "nearest_m", rounded: true)
        for (name, value) in [
            ("clark_evans", clarkEvans), ("clark_evans_borders", donnelly), ("clark_evans_z", z),
            ("p_all", p),
        ] {
            batch.set(name, .double(rows.map { _ in value.isFinite ? value : nil }))
        }
        return batch
    }
}

extension CoLocation {
    /// The findings at each distance as a table.
    ///
    /// Columns `within_m`, then for the cross-K in square kilometres and for the share the observed
    /// figure (`k_km2`, `share`), `simulated_…`, `low_…`, `high_…`, `p_…` and `verdict_…`. The
    /// features have no geometry.
    ///
    /// - Parameter rows: What was found.
    /// - Returns: One feature a distance.
    public static func table(of rows: [Row]) -> FeatureBatch {
        var batch = FeatureBatch(
            geometry: GeometryColumn(rows.map { _ in nil }),
            ids: .string(rows.map(\.distance.label)))
        batch.set("within_m", .double(rows.map(\.distance.metres)))
        batch.set(figures: rows.map(\.k), named: "k_km2", scale: 1e-6)
        batch.set(figures: rows.map(\.share), named: "share")
        return batch
    }
}

extension FeatureBatch {
    /// Sets the columns of a figure and its simulations.
    fileprivate mutating func set(
        figures: [SimulatedFigure], named name: String, scale: Double = 1, rounded: Bool = false
    ) {
        func column(_ pick: (SimulatedFigure) -> Double) -> Column {
            .double(
                figures.map { figure in
                    let value = pick(figure) * scale
                    return value.isNaN ? nil : rounded ? value.toMicrometre : value
                })
        }
        set(name, column(\.observed))
        set("simulated_\(name)", column(\.mean))
        set("low_\(name)", column(\.low))
        set("high_\(name)", column(\.high))
        set("p_\(name)", .double(figures.map { $0.observed.isNaN ? nil : $0.p }))
        set(
            "verdict_\(name)",
            .string(figures.map { $0.observed.isNaN ? nil : $0.verdict.rawValue }))
    }
}
