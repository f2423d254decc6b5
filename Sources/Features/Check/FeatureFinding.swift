public import Geometry

/// Something about a feature that is wrong, or worth a look.
public struct FeatureFinding: Hashable, Sendable {
    /// What was looked for.
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        /// A geometry that breaks the rules of Simple Features (OGC 06-103r4).
        case invalid
        /// Rings that turn the wrong way round (RFC 7946, section 3.1.6).
        case winding
        /// Latitude before longitude.
        case swapped
        /// The identifier of an earlier feature.
        case repeatedID = "repeated-id"
        /// The geometry and the attributes of an earlier feature.
        case duplicate
        /// A position outside South Korea and its waters.
        case outside
        /// No geometry, or an empty one.
        case missing
        /// Points beside lines or areas in one layer.
        case mixedKinds = "mixed-kinds"
        /// An attribute with values of different types.
        case mixedTypes = "mixed-types"

        /// Whether it is a fault; else it is worth a look.
        public var isFault: Bool {
            switch self {
            case .invalid, .winding, .swapped, .repeatedID, .duplicate: true
            case .outside, .missing, .mixedKinds, .mixedTypes: false
            }
        }
    }

    /// What was looked for.
    public let rule: Rule
    /// The feature, from 1; `nil` where it concerns the layer.
    public let feature: Int?
    /// The feature's identifier, if it has one.
    public let id: String?
    /// What was found.
    public let text: String
    /// Where, if at one place.
    public let place: Position?
    /// What was done about it, where it was repaired.
    public var repair: String?

    /// Creates a finding.
    ///
    /// - Parameters:
    ///   - rule: What was looked for.
    ///   - feature: The feature, from 1.
    ///   - id: The feature's identifier.
    ///   - text: What was found.
    ///   - place: Where, if at one place.
    ///   - repair: What was done about it.
    public init(
        _ rule: Rule, feature: Int? = nil, id: String? = nil, _ text: String,
        place: Position? = nil, repair: String? = nil
    ) {
        self.rule = rule
        self.feature = feature
        self.id = id
        self.text = text
        self.place = place
        self.repair = repair
    }
}
