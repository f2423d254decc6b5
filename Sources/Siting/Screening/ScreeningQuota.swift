internal import Features

/// How many candidates of each group are kept: the best of those that meet all rules.
///
/// Equal ones are kept in the order in which they came, and those without a value after all others.
/// Candidates without a group are a group of their own.
public struct ScreeningQuota: Sendable {
    /// What people call the quota.
    public let name: String
    /// How many of each group are kept.
    public let count: Int
    /// What makes a group.
    public let group: Group
    /// The attribute by which the best are told; `nil` for the order in which they came.
    public let field: String?
    /// Whether more or less of it is better.
    public let goal: Criterion.Goal

    /// What makes a group.
    public enum Group: Sendable {
        /// All candidates together.
        case all
        /// The values of an attribute.
        case attribute(String)
        /// The areas in which candidates lie.
        case areas(ScreeningAreas)
    }

    /// Creates a quota.
    ///
    /// - Parameters:
    ///   - name: What people call it.
    ///   - count: How many of each group are kept.
    ///   - group: What makes a group.
    ///   - field: The attribute by which the best are told; `nil` for the order of coming.
    ///   - goal: Whether more or less of it is better.
    /// - Throws: ``SitingError`` (`badNumber`) for a count below 1.
    public init(
        _ name: String, keep count: Int, of group: Group, best field: String? = nil,
        goal: Criterion.Goal = .max
    ) throws {
        guard count >= 1 else {
            throw SitingError(
                .badNumber, at: "", "a quota cannot keep \(count)", remedy: "keep at least 1")
        }
        self.name = name
        self.count = count
        self.group = group
        self.field = field
        self.goal = goal
    }

    /// The attributes that it asks for.
    var fields: [String] {
        if case .attribute(let name) = group { return [name] + [field].compactMap { $0 } }
        return [field].compactMap { $0 }
    }

    /// What quotas need to know of candidates.
    static func entries(
        _ quotas: [ScreeningQuota], _ candidates: ScreeningCandidates, _ rows: [Int]
    ) throws -> [QuotaEntry] {
        if quotas.isEmpty { return [] }
        var entries = rows.map {
            QuotaEntry(index: candidates.batch.firstIndex + $0, groups: [], costs: [])
        }
        for quota in quotas {
            let groups: [String?] =
                switch quota.group {
                case .all: rows.map { _ in nil }
                case .attribute(let field): try candidates.texts(of: field, rows)
                case .areas(let areas): try candidates.labels(in: areas, rows)
                }
            let values = try quota.field.map { try candidates.numbers(of: $0, rows) }
            for at in rows.indices {
                entries[at].groups.append(groups[at])
                let value = values?[at] ?? 0
                let cost = quota.goal == .max ? -value : value
                entries[at].costs.append(value.isNaN ? .infinity : cost)
            }
        }
        return entries
    }
}

/// What quotas know of a candidate.
struct QuotaEntry: Sendable {
    /// Its place in the whole flow, from 0.
    let index: Int
    /// Its group in each quota.
    var groups: [String?]
    /// What each quota judges it by; less is better.
    var costs: [Double]

    func precedes(_ other: QuotaEntry, in quota: Int) -> Bool {
        (costs[quota], index) < (other.costs[quota], other.index)
    }
}
