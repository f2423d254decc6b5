/// Comparisons of two values.
public enum CQLComparison: String, Hashable, Sendable, CaseIterable {
    /// The same.
    case equal = "="
    /// Not the same.
    case unequal = "<>"
    /// Less.
    case less = "<"
    /// Less, or the same.
    case atMost = "<="
    /// More.
    case more = ">"
    /// More, or the same.
    case atLeast = ">="

    /// Whether an order of two values, -1, 0 or 1, is the one asked for.
    func isMet(by order: Int) -> Bool {
        switch self {
        case .equal: order == 0
        case .unequal: order != 0
        case .less: order < 0
        case .atMost: order <= 0
        case .more: order > 0
        case .atLeast: order >= 0
        }
    }
}

/// Arithmetic with two numbers.
public enum CQLArithmetic: String, Hashable, Sendable, CaseIterable {
    /// The sum.
    case plus = "+"
    /// The difference.
    case minus = "-"
    /// The product.
    case times = "*"
    /// The quotient; none for a divisor of 0.
    case over = "/"
    /// The whole part of the quotient; none for a divisor of 0.
    case whole = "div"
    /// What is left of a division; none for a divisor of 0.
    case rest = "%"
    /// The power.
    case power = "^"
}

/// Relations of two geometries, as Simple Features define them (OGC 06-103r4, section 6.1.15).
public enum CQLSpatialRelation: String, Hashable, Sendable, CaseIterable {
    /// They share a position.
    case intersects = "s_intersects"
    /// They share none.
    case disjoint = "s_disjoint"
    /// They hold the same positions.
    case equals = "s_equals"
    /// They meet at their borders only.
    case touches = "s_touches"
    /// They share a part of lower dimension.
    case crosses = "s_crosses"
    /// The first lies in the second.
    case within = "s_within"
    /// The second lies in the first.
    case contains = "s_contains"
    /// They share a part of their dimension, and each has more.
    case overlaps = "s_overlaps"
}

/// Relations of two times (James Allen, 1983, https://doi.org/10.1145/182.358434).
public enum CQLTemporalRelation: String, Hashable, Sendable, CaseIterable {
    /// The first begins when the second is over.
    case after = "t_after"
    /// The first is over when the second begins.
    case before = "t_before"
    /// The second lies within the first, and meets neither end.
    case contains = "t_contains"
    /// They share no instant.
    case disjoint = "t_disjoint"
    /// The first lies within the second, and meets neither end.
    case during = "t_during"
    /// They begin and end together.
    case equals = "t_equals"
    /// They end together, and the first begins before.
    case finishedBy = "t_finishedby"
    /// They end together, and the first begins later.
    case finishes = "t_finishes"
    /// They share an instant.
    case intersects = "t_intersects"
    /// The first ends when the second begins.
    case meets = "t_meets"
    /// The first begins when the second ends.
    case metBy = "t_metby"
    /// The first begins while the second lasts, and ends after it.
    case overlappedBy = "t_overlappedby"
    /// The first ends while the second lasts, and begins before it.
    case overlaps = "t_overlaps"
    /// They begin together, and the first ends later.
    case startedBy = "t_startedby"
    /// They begin together, and the first ends before.
    case starts = "t_starts"

    /// Whether two times stand in this relation.
    func isMet(_ a: CQLTime, _ b: CQLTime) -> Bool {
        let (a, b) = CQLTime.alike(a, b)
        return switch self {
        case .after: a.first > b.last
        case .before: a.last < b.first
        case .contains: a.first < b.first && a.last > b.last
        case .disjoint: a.first > b.last || a.last < b.first
        case .during: a.first > b.first && a.last < b.last
        case .equals: a.first == b.first && a.last == b.last
        case .finishedBy: a.first < b.first && a.last == b.last
        case .finishes: a.first > b.first && a.last == b.last
        case .intersects: a.first <= b.last && a.last >= b.first
        case .meets: a.last == b.first
        case .metBy: a.first == b.last
        case .overlappedBy: a.first > b.first && a.first < b.last && a.last > b.last
        case .overlaps: a.first < b.first && a.last > b.first && a.last < b.last
        case .startedBy: a.first == b.first && a.last > b.last
        case .starts: a.first == b.first && a.last < b.last
        }
    }
}
