public import Features
public import Geometry

/// The features of a layer that have a place and a value: what spatial statistics are made from.
public struct ValuedPlaces: Sendable {
    /// The rows of the layer that have both, ascending.
    public let rows: [Int]
    /// Where each of these is, longitude and latitude in degrees.
    public let places: [Position]
    /// The value of each.
    public let values: [Double]
    /// How many features have no place.
    public let unlocated: Int
    /// How many features with a place have no value.
    public let unvalued: Int
    /// How many are no points and are represented by a position inside them.
    public let represented: Int

    /// Takes the features of a layer.
    ///
    /// - Parameters:
    ///   - batch: The layer.
    ///   - layer: Its name, for messages.
    ///   - field: The field of the values; `nil` where each feature counts 1.
    ///   - divisor: A field by which values are divided, such as an area; where it is 0 or missing
    ///     there is no value.
    /// - Throws: ``AnalysisError`` (`badField`) where there is no such field or naming the first value
    ///   that is no number, or for a place that is not on the globe (`badPosition`).
    public init(
        of batch: FeatureBatch, layer: String, field: String?, per divisor: String? = nil
    ) throws {
        let all = try Places(of: batch, layer: layer)
        let numbers = try Self.numbers(of: batch, field, layer)
        let divisors = try divisor.map { try Self.numbers(of: batch, $0, layer) }
        var rows: [Int] = []
        var places: [Position] = []
        var values: [Double] = []
        for row in 0..<batch.count {
            guard let place = all[row], let number = numbers[row] else { continue }
            var value = number
            if let divisors {
                guard let divisor = divisors[row], divisor != 0 else { continue }
                value /= divisor
            }
            rows.append(row)
            places.append(place)
            values.append(value)
        }
        self.rows = rows
        self.places = places
        self.values = values
        unlocated = all.unlocated
        unvalued = batch.count - all.unlocated - rows.count
        represented = all.represented
    }

    private static func numbers(
        of batch: FeatureBatch, _ field: String?, _ layer: String
    ) throws -> [Double?] {
        guard let field else { return Array(repeating: 1, count: batch.count) }
        guard let column = batch[field] else {
            if batch.count == 0 { return [] }
            let fields = batch.columns.map(\.name)
            let near = Spelling.nearest(to: field, in: fields).map { "did you mean \($0)? " } ?? ""
            throw AnalysisError(
                .badField, at: layer, "has no field \"\(field)\"",
                remedy: near + "its fields are " + fields.joined(separator: ", "))
        }
        return try (0..<batch.count).map { row in
            let value = column[row].plain
            if value.isNull || value.text?.isEmpty == true { return nil }
            let number = value.number ?? value.text.flatMap { Double($0) }
            guard let number, number.isFinite else {
                throw AnalysisError(
                    .badField, at: batch.label(row, of: layer),
                    "\"\(field)\" is \(value), which is no number",
                    remedy: "correct the value, leave it empty, or choose another field")
            }
            return number
        }
    }

    /// A column for all features of the layer from figures of these.
    ///
    /// - Parameters:
    ///   - figures: One figure for each of ``rows``.
    ///   - count: How many features the layer has.
    /// - Returns: One cell a feature, `nil` where it has no place or value.
    public func spread<Figure>(_ figures: [Figure], over count: Int) -> [Figure?] {
        var cells: [Figure?] = Array(repeating: nil, count: count)
        for (row, figure) in zip(rows, figures) { cells[row] = figure }
        return cells
    }
}
