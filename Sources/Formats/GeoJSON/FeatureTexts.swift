package import Features

/// The features of a batch as GeoJSON texts, each written once, so that some of them can be handed
/// on as they are.
package struct FeatureTexts: Sendable {
    /// The texts one after another, without separators.
    package let bytes: [UInt8]
    /// Where each text starts, and behind the last one where it ends.
    package let offsets: [Int]

    /// Writes the features of a batch.
    ///
    /// - Parameters:
    ///   - batch: The features.
    ///   - decimals: Digits after the decimal point of a coordinate; `nil` for all that a number
    ///     has.
    ///   - isOnGlobe: Whether positions are longitude, latitude, so that what crosses the
    ///     antimeridian is cut there.
    /// - Throws: ``FormatError`` naming the feature, from 1, that cannot be written.
    package init(
        _ batch: FeatureBatch, decimals: Int? = nil, isOnGlobe: Bool = true
    ) throws(FormatError) {
        var text = GeoJSONText(
            decimals: decimals ?? 15, writesBoxes: false, isOnGlobe: isOnGlobe, separator: "")
        text.isExact = decimals == nil
        var ends = [0]
        ends.reserveCapacity(batch.count + 1)
        do throws(Fault) {
            bytes = try text.texts(of: batch) { ends.append($0) }
        } catch {
            throw FormatError(
                error.code, at: "feature \(ends.count)", error.problem, remedy: error.remedy)
        }
        offsets = ends
    }

    /// The number of texts.
    package var count: Int { offsets.count - 1 }

    /// The text of a feature.
    ///
    /// - Parameter row: The row in the batch, from 0.
    package subscript(row: Int) -> ArraySlice<UInt8> { bytes[offsets[row]..<offsets[row + 1]] }
}
