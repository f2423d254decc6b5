public import Geometry

/// A filter of the Common Query Language 2 (OGC 21-065r2), or a part of one.
///
/// Text and JSON are read into the same tree. Two expressions are the same where they say the same,
/// wherever they stand.
public struct CQLExpression: Hashable, Sendable {
    /// What an expression says.
    public indirect enum Kind: Hashable, Sendable {
        /// An attribute; `geometry` is the geometry of the feature, and `id` its identifier where no
        /// attribute has that name.
        case property(String)
        /// A text.
        case text(String)
        /// A whole number.
        case integer(Int64)
        /// Any other number.
        case number(Double)
        /// True or false.
        case truth(Bool)
        /// A day, as it was written.
        case date(String)
        /// An instant, as it was written.
        case timestamp(String)
        /// The time from one to another: days, instants, attributes, or ``open``.
        case interval(CQLExpression, CQLExpression)
        /// No beginning, or no end, of an interval.
        case open
        /// A geometry.
        case geometry(Shape)
        /// A box: west, south, east, north; six numbers have heights, which are passed over.
        case box([Double])
        /// Arithmetic with two numbers.
        case arithmetic(CQLArithmetic, CQLExpression, CQLExpression)
        /// A text without regard to case.
        case caseless(CQLExpression)
        /// All conditions hold.
        case and([CQLExpression])
        /// A condition holds.
        case or([CQLExpression])
        /// A condition does not hold.
        case not(CQLExpression)
        /// Two values compare.
        case comparison(CQLComparison, CQLExpression, CQLExpression)
        /// A value lies between two others, or is one of them.
        case between(CQLExpression, CQLExpression, CQLExpression)
        /// A text is like a pattern in which `%` stands for any letters, `_` for one, and `\`
        /// makes the next letter stand for itself.
        case like(CQLExpression, CQLExpression)
        /// A value is one of others.
        case among(CQLExpression, [CQLExpression])
        /// There is no value.
        case isNull(CQLExpression)
        /// Two geometries stand in a relation.
        case spatial(CQLSpatialRelation, CQLExpression, CQLExpression)
        /// Two geometries are at most so many metres apart, on the ellipsoid of WGS 84.
        ///
        /// This function, `S_DWITHIN`, is no part of the standard.
        case near(CQLExpression, CQLExpression, CQLExpression)
        /// Two times stand in a relation.
        case temporal(CQLTemporalRelation, CQLExpression, CQLExpression)
    }

    /// What it says.
    public let kind: Kind
    /// Where it stands.
    public let place: CQLPlace
    /// How many expressions stand in one another, this one included.
    public let depth: Int

    /// Creates an expression.
    ///
    /// - Parameters:
    ///   - kind: What it says.
    ///   - place: Where it stands.
    public init(_ kind: Kind, at place: CQLPlace = .none) {
        self.kind = kind
        self.place = place
        depth = 1 + (kind.parts.map(\.depth).max() ?? 0)
    }

    /// Whether two expressions say the same.
    public static func == (a: CQLExpression, b: CQLExpression) -> Bool { a.kind == b.kind }

    /// Hashes what it says.
    public func hash(into hasher: inout Hasher) { hasher.combine(kind) }

    /// Returns the expression with its geometries and boxes moved to another system.
    ///
    /// - Parameters:
    ///   - isNorthFirst: Whether the first axis of the system they are in points north.
    ///   - isInDegrees: Whether that system is in degrees; its boxes remain boxes, which may cross
    ///     the antimeridian, while those in metres become geometries.
    ///   - move: Returns a geometry for each, which it is given x east, with its place.
    /// - Returns: The expression, x east.
    /// - Throws: ``CQLError`` for a box in metres whose sides are the wrong way round, and what the
    ///   function throws.
    public func mapGeometries(
        isNorthFirst: Bool, isInDegrees: Bool,
        _ move: (Shape, CQLPlace) throws(CQLError) -> Shape
    ) throws(CQLError) -> CQLExpression {
        func map(_ part: CQLExpression) throws(CQLError) -> CQLExpression {
            try part.mapGeometries(isNorthFirst: isNorthFirst, isInDegrees: isInDegrees, move)
        }
        func mapAll(_ parts: [CQLExpression]) throws(CQLError) -> [CQLExpression] {
            var mapped: [CQLExpression] = []
            for part in parts { mapped.append(try map(part)) }
            return mapped
        }
        let moved: Kind
        switch kind {
        case .geometry(let shape):
            let turned = shape.mapPositions {
                isNorthFirst ? Position($0.y, $0.x, $0.z) : $0
            }
            moved = .geometry(try move(turned, place))
        case .box(let written):
            let sides = isNorthFirst ? CQLBox.eastFirst(written) : written
            if isInDegrees {
                moved = .box(sides)
            } else {
                let shape = try CQLBox.shape(sides, isInDegrees: false, at: place)
                moved = .geometry(try move(CQLBox.simplest(shape), place))
            }
        case .and(let parts): moved = .and(try mapAll(parts))
        case .or(let parts): moved = .or(try mapAll(parts))
        case .not(let part): moved = .not(try map(part))
        case .isNull(let part): moved = .isNull(try map(part))
        case .spatial(let relation, let a, let b):
            moved = .spatial(relation, try map(a), try map(b))
        case .near(let a, let b, let metres): moved = .near(try map(a), try map(b), metres)
        default: return self
        }
        return CQLExpression(moved, at: place)
    }
}

extension CQLExpression.Kind {
    /// The expressions it is made of.
    var parts: [CQLExpression] {
        switch self {
        case .property, .text, .integer, .number, .truth, .date, .timestamp, .open, .geometry, .box:
            []
        case .caseless(let part), .not(let part), .isNull(let part): [part]
        case .interval(let a, let b), .arithmetic(_, let a, let b), .comparison(_, let a, let b),
            .like(let a, let b), .spatial(_, let a, let b), .temporal(_, let a, let b):
            [a, b]
        case .between(let a, let b, let c), .near(let a, let b, let c): [a, b, c]
        case .and(let parts), .or(let parts): parts
        case .among(let value, let list): [value] + list
        }
    }

    /// Whether it is true or false by its form.
    var isCondition: Bool {
        switch self {
        case .and, .or, .not, .comparison, .between, .like, .among, .isNull, .spatial, .near,
            .temporal:
            true
        default: false
        }
    }

    /// What it is, in words.
    var words: String {
        switch self {
        case .property(let name): "\"\(name)\""
        case .text(let text): "the text '\(text.prefix(40))'"
        case .integer(let number): "the number \(number)"
        case .number(let number): "the number \(number)"
        case .truth(let isTrue): isTrue ? "TRUE" : "FALSE"
        case .date(let text): "the day \(text)"
        case .timestamp(let text): "the instant \(text)"
        case .interval: "an interval"
        case .open: "an open end"
        case .geometry(let shape): "a geometry (\(shape.kind.geoJSONName))"
        case .box: "a box"
        case .arithmetic: "a calculation"
        case .caseless: "CASEI"
        default: "a condition"
        }
    }
}
