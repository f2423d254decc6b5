/// How far zones and each facility may be off from each other.
struct ZoneErrors: Sendable {
    /// For each facility how far it and any zone may be off together, in metres.
    let metres: [Double]
    /// How many facilities have no accuracy and are taken as exact.
    let missing: Int

    /// Reads the accuracies.
    ///
    /// - Parameters:
    ///   - accuracy: How far positions may be off.
    ///   - facilities: The facilities.
    /// - Throws: ``AnalysisError`` (`badArgument`) where the zones' accuracy is a field; (`badField`)
    ///   naming a facility whose accuracy is no number of at least 0.
    init(_ accuracy: PositionAccuracy, to facilities: FacilityLayer) throws {
        guard case .metres(let own) = accuracy.moving, own.isFinite, own >= 0 else {
            throw AnalysisError(
                .badArgument, at: "", "zones are off as wholes, all by the same distance at most",
                remedy: "give their distance before that of the facilities: 0m,position_accuracy_m")
        }
        let read = try accuracy.fixed.values(of: facilities.batch, layer: facilities.source)
        metres = read.metres.map { $0 + own }
        missing = read.missing
    }
}
