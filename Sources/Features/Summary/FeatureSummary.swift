public import Geometry

/// What features hold, counted batch by batch.
public struct FeatureSummary: Hashable, Sendable {
    /// One attribute.
    public struct Attribute: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// The type that holds all its values.
        public fileprivate(set) var kind: Column.Kind
        /// How many features have a value.
        public fileprivate(set) var valueCount = 0
        /// The first different values, at most three.
        public fileprivate(set) var samples: [Value] = []
        /// The least and the greatest number, where it holds numbers.
        public fileprivate(set) var range: ClosedRange<Double>?
    }

    /// A geometry that breaks the rules of Simple Features.
    public struct Invalid: Hashable, Sendable {
        /// The feature, from 1.
        public let feature: Int
        /// What is wrong.
        public let reason: String
        /// Where, if at one place.
        public let place: Position?
    }

    /// The number of features.
    public private(set) var count = 0
    /// How many geometries there are of each kind, in the order of the kinds.
    public private(set) var kinds: [Shape.Kind: Int] = [:]
    /// How many features have no geometry.
    public private(set) var withoutGeometry = 0
    /// The box around all positions.
    public private(set) var box: Envelope?
    /// The attributes in the order in which they came.
    public private(set) var attributes: [Attribute] = []
    /// How many lines and areas were looked at, and which of them are invalid, the first few.
    public private(set) var checkedCount = 0
    /// How many of those are invalid.
    public private(set) var invalidCount = 0
    /// The first of the invalid ones.
    public private(set) var firstInvalid: [Invalid] = []
    private let checkLimit: Int

    /// Begins to count.
    ///
    /// - Parameter checkLimit: How many geometries are checked for validity at most.
    public init(checkLimit: Int = .max) { self.checkLimit = checkLimit }

    /// Counts a batch.
    ///
    /// - Parameter batch: The features.
    public mutating func add(_ batch: FeatureBatch) {
        for named in batch.columns { add(named.column, named.name, before: count) }
        for row in 0..<batch.count {
            guard let shape = batch.geometry[row] else {
                withoutGeometry += 1
                continue
            }
            kinds[shape.kind, default: 0] += 1
            if let envelope = shape.envelope { box = box?.union(envelope) ?? envelope }
            if shape.kind != .point, checkedCount < checkLimit {
                check(shape, feature: count + row + 1)
            }
        }
        count += batch.count
    }

    private mutating func check(_ shape: Shape, feature: Int) {
        checkedCount += 1
        guard let validity = try? shape.validity(), !validity.isValid else { return }
        invalidCount += 1
        if firstInvalid.count < 5 {
            firstInvalid.append(
                Invalid(
                    feature: feature, reason: validity.reason ?? "invalid", place: validity.place))
        }
    }

    private mutating func add(_ column: Column, _ name: String, before: Int) {
        let at: Int
        if let known = attributes.firstIndex(where: { $0.name == name }) {
            at = known
            if attributes[at].kind != column.kind, column.validity.nullCount < column.count {
                let kinds: Set = [attributes[at].kind, column.kind]
                attributes[at].kind =
                    attributes[at].valueCount == 0
                    ? column.kind : kinds == [.int, .double] ? .double : .string
            }
        } else {
            at = attributes.count
            attributes.append(Attribute(name: name, kind: column.kind))
        }
        attributes[at].valueCount += column.count - column.validity.nullCount
        for row in 0..<column.count where column.validity[row] {
            if let number = column.number(row), number.isFinite {
                let range = attributes[at].range ?? number...number
                attributes[at].range =
                    min(range.lowerBound, number)...max(range.upperBound, number)
            } else if attributes[at].samples.count == 3 {
                break
            }
            if attributes[at].samples.count < 3, !attributes[at].samples.contains(column[row]) {
                attributes[at].samples.append(column[row])
            }
        }
    }
}
