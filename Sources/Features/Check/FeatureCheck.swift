internal import Geometry

/// Checks features batch by batch, and repairs what can be repaired without choosing.
///
/// A repair makes an invalid geometry valid, puts the longitude first where a feature lies in Korea
/// only so, and leaves out a feature that repeats an earlier one; nothing else is touched.
public struct FeatureCheck {
    /// What was found, in the order of the features; of each rule the first thousand.
    public private(set) var findings: [FeatureFinding] = []
    /// How often each rule was broken.
    public private(set) var counts: [FeatureFinding.Rule: Int] = [:]
    /// The number of features that were looked at.
    public private(set) var count = 0
    private let repairs: Bool
    private var seen: [Fingerprint: Int] = [:]
    private var ids: [String: Int] = [:]
    private var dimensions: Set<Int> = []
    private var mixed: Set<String> = []

    /// How many findings of one rule are kept.
    private static let limit = 1000
    /// South Korea with its islands and waters.
    private static let korea = Envelope(minX: 124, minY: 32, maxX: 132.5, maxY: 39)

    /// Two hashes with different beginnings: equal ones are equal features.
    private struct Fingerprint: Hashable {
        let a: Int
        let b: Int
    }

    /// Begins to check.
    ///
    /// - Parameter repairs: Whether what can be repaired is.
    public init(repairs: Bool = false) { self.repairs = repairs }

    /// Takes note of a finding that a reader made.
    ///
    /// - Parameter finding: The finding.
    public mutating func add(_ finding: FeatureFinding) {
        counts[finding.rule, default: 0] += 1
        if counts[finding.rule, default: 0] <= Self.limit { findings.append(finding) }
    }

    /// Whether faults were found that stay.
    public var hasFaults: Bool { findings.contains { $0.rule.isFault && $0.repair == nil } }

    /// Checks the next features.
    ///
    /// - Parameter batch: The features.
    /// - Returns: The features as repaired, or as they are.
    public mutating func check(_ batch: FeatureBatch) -> FeatureBatch {
        var rows: [Int] = []
        var shapes: [Shape?] = []
        for row in 0..<batch.count {
            var shape = batch.geometry[row]
            let feature = count + row + 1
            let id = batch.id(row)
            checkID(id, feature)
            if isDuplicate(row, of: batch, feature, id), repairs { continue }
            if let known = shape, !known.isEmpty {
                dimensions.formUnion([known.dimension].compactMap { $0 })
                shape = checkPlace(known, feature, id)
                shape = shape.map { checkValidity($0, feature, id) }
            } else {
                add(FeatureFinding(.missing, feature: feature, id: id, "no geometry"))
            }
            rows.append(row)
            shapes.append(shape)
        }
        for named in batch.columns where named.column.kind == .json {
            checkTypes(named.column, named.name)
        }
        count += batch.count
        guard repairs else { return batch }
        var repaired = batch.takingSome(rows)
        repaired.geometry = GeometryColumn(shapes)
        return repaired
    }

    /// Ends the check: says what concerns the layer as a whole.
    public mutating func finish() {
        guard dimensions.count > 1 else { return }
        let names = ["points", "lines", "areas"]
        let kinds = dimensions.sorted().map { names[$0] }.joined(separator: " and ")
        add(FeatureFinding(.mixedKinds, "the layer holds \(kinds)"))
    }

    private mutating func checkID(_ id: String?, _ feature: Int) {
        guard let id else { return }
        if let first = ids[id] {
            add(
                FeatureFinding(
                    .repeatedID, feature: feature, id: id, "feature \(first) has the same id"))
        } else {
            ids[id] = feature
        }
    }

    private mutating func isDuplicate(
        _ row: Int, of batch: FeatureBatch, _ feature: Int, _ id: String?
    ) -> Bool {
        let shape = batch.geometry[row]
        func hash(_ salt: Int) -> Int {
            var hasher = Hasher()
            hasher.combine(salt)
            hasher.combine(shape)
            for named in batch.columns where named.name.lowercased() != "id" {
                let value = named.column[row]
                if value.isNull { continue }
                hasher.combine(named.name)
                hasher.combine(value)
            }
            return hasher.finalize()
        }
        let print = Fingerprint(a: hash(1), b: hash(2))
        guard let first = seen[print] else {
            seen[print] = feature
            return false
        }
        add(
            FeatureFinding(
                .duplicate, feature: feature, id: id,
                "the geometry and the attributes are those of feature \(first)",
                repair: repairs ? "left out" : nil))
        return true
    }

    private mutating func checkPlace(_ shape: Shape, _ feature: Int, _ id: String?) -> Shape {
        var outside: Position?
        var isSwapped = true
        shape.forEachPosition {
            guard $0.isFinite else { return }
            if !Self.korea.covers($0), outside == nil { outside = $0 }
            if !Self.korea.covers(Position($0.y, $0.x)) { isSwapped = false }
        }
        guard let outside else { return shape }
        if isSwapped {
            add(
                FeatureFinding(
                    .swapped, feature: feature, id: id, "the latitude stands before the longitude",
                    place: outside, repair: repairs ? "longitude put first" : nil))
            return repairs ? shape.mapPositions { Position($0.y, $0.x, $0.z) } : shape
        }
        add(
            FeatureFinding(
                .outside, feature: feature, id: id, "a position lies outside Korea",
                place: outside))
        return shape
    }

    private mutating func checkValidity(_ shape: Shape, _ feature: Int, _ id: String?) -> Shape {
        if case .point = shape { return shape }
        guard let validity = try? shape.validity(), !validity.isValid else { return shape }
        let repaired = repairs ? try? shape.madeValid() : nil
        let usable = repaired.flatMap { $0.isEmpty ? nil : $0 }
        add(
            FeatureFinding(
                .invalid, feature: feature, id: id, validity.reason ?? "not valid",
                place: validity.place, repair: usable == nil ? nil : "made valid"))
        return usable ?? shape
    }

    private mutating func checkTypes(_ column: Column, _ name: String) {
        guard !mixed.contains(name) else { return }
        var kinds: Set<String> = []
        for row in 0..<column.count {
            switch column[row].plain {
            case .null: break
            case .bool: kinds.insert("yes/no")
            case .int, .double: kinds.insert("numbers")
            case .string: kinds.insert("texts")
            case .json: kinds.insert("lists or objects")
            }
        }
        guard kinds.count > 1 else { return }
        mixed.insert(name)
        add(
            FeatureFinding(
                .mixedTypes,
                "the attribute \"\(name)\" holds \(kinds.sorted().joined(separator: " and "))"))
    }
}
