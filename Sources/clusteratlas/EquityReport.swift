import Analysis

/// How inequality is told in a line.
enum EquityReport {
    /// `Gini 0.412, Theil 0.305 (34.1 % between province), Hoover 0.298`.
    static func line(
        _ scores: WeightedDistribution, _ parts: EquityTally.Decomposition?, group: String?
    ) -> String {
        guard let gini = scores.gini, let theil = scores.theil, let hoover = scores.hoover else {
            return "no scores above 0"
        }
        var text = "Gini \(figure(gini)), Theil \(figure(theil))"
        if let parts, let group, theil > 0 {
            text += " (\(Figures.share(parts.between / theil)) between \(group))"
        }
        return text + ", Hoover \(figure(hoover))"
    }

    /// A figure of inequality with three decimals.
    static func figure(_ value: Double?) -> String {
        value.map { Figures.number($0, decimals: 3) } ?? "–"
    }
}
