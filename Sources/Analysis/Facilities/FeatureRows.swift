internal import Features
internal import Geometry

/// Features of several kinds while they are collected: each with the attributes it has.
struct FeatureRows {
    private var shapes: [Shape?] = []
    private var rows: [[(name: String, value: Value)]] = []
    /// The columns that stand even where no feature has them.
    private let given: [String]

    init(columns given: [String] = []) { self.given = given }

    /// Appends a feature.
    ///
    /// - Parameters:
    ///   - shape: Its geometry.
    ///   - attributes: Its attributes in order.
    mutating func append(_ shape: Shape?, _ attributes: [(name: String, value: Value)]) {
        shapes.append(shape)
        rows.append(attributes)
    }

    /// The features; a column stands where the first feature that has it puts it.
    var batch: FeatureBatch {
        var names = given
        for row in rows {
            var last = -1
            for (name, _) in row {
                if let at = names.firstIndex(of: name) {
                    last = at
                } else {
                    last += 1
                    names.insert(name, at: last)
                }
            }
        }
        var batch = FeatureBatch(geometry: GeometryColumn(shapes))
        for name in names {
            var column = ColumnBuilder()
            for row in rows { column.append(row.first { $0.name == name }?.value ?? .null) }
            batch.set(name, column.finish())
        }
        return batch
    }
}

extension Value {
    /// A number that may be missing.
    static func number(_ value: Double?) -> Value { value.map { .double($0) } ?? .null }
    /// A length in metres that may be missing, to the micrometre.
    static func metres(_ value: Double?) -> Value { number(value?.toMicrometre) }
    /// A text that may be missing.
    static func text(_ value: String?) -> Value { value.map { .string($0) } ?? .null }
    /// An area in square kilometres, without the noise of sums.
    static func squareKilometres(_ value: Double?) -> Value {
        number(value.map { ($0 * 1e6).rounded() / 1e6 })
    }
}
