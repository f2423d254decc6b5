internal import Analysis
public import Features

/// Rules that candidates must meet, all of them, in the order in which they are told.
///
/// Cheap rules are asked first, and of each candidate no more than its answer needs: the first rule
/// of the list that it fails, and whether it fails only that one. Which rules are asked first changes
/// nothing of the answers.
public struct Screening: Sendable {
    /// The rules, in the order in which a candidate fails them.
    public let rules: [ScreeningRule]
    /// The quotas, which choose among those that meet all rules, one after the other.
    public let quotas: [ScreeningQuota]
    /// By how much rules are relaxed to tell what that brings back, in percent.
    public let relaxation: Int

    private let order: [Int]

    /// Creates a screening.
    ///
    /// - Parameters:
    ///   - rules: The rules.
    ///   - quotas: The quotas.
    ///   - relaxation: By how much rules are relaxed to tell what that brings back, in percent.
    /// - Throws: ``SitingError`` where there is nothing to screen by, two rules have one name, or the
    ///   relaxation is not from 1 to 100.
    public init(
        _ rules: [ScreeningRule], quotas: [ScreeningQuota] = [], relaxation: Int = 10
    ) throws {
        if rules.isEmpty, quotas.isEmpty {
            throw SitingError(.empty, at: "", "there is no rule", remedy: "give at least one rule")
        }
        var seen = Set<String>()
        for name in rules.map(\.name) + quotas.map(\.name) where !seen.insert(name).inserted {
            throw SitingError(
                .duplicateID, at: "", "two rules are called \"\(name)\"",
                remedy: "give each a name of its own")
        }
        guard (1...100).contains(relaxation) else {
            throw SitingError(
                .badNumber, at: "", "rules cannot be relaxed by \(relaxation) %",
                remedy: "give 1 to 100 percent")
        }
        self.rules = rules
        self.quotas = quotas
        self.relaxation = relaxation
        order = rules.indices.sorted { (rules[$0].effort, $0) < (rules[$1].effort, $1) }
    }

    /// The bounds of each rule when it is relaxed; `nil` where it cannot be.
    public var relaxedBounds: [ScreeningBounds?] {
        rules.map { $0.relaxed(byPercent: relaxation) }
    }

    /// Judges a batch of candidates.
    ///
    /// - Parameters:
    ///   - batch: The candidates.
    ///   - layer: Their layer's name, for messages.
    /// - Returns: Which of them meet all rules, and what the others fail.
    /// - Throws: `FilterError`, ``SitingError`` and `AnalysisError` naming an attribute that is not
    ///   there, a value that is no number, or a candidate that is not on the globe.
    /// - Complexity: O(n r log m) on average for n candidates, r rules, and m features a rule; counts
    ///   and sums also as much as they find.
    public func judge(_ batch: FeatureBatch, layer: String) throws -> Judged {
        let candidates = try ScreeningCandidates(batch, layer: layer)
        for field in quotas.flatMap(\.fields) { try candidates.require(field) }
        var first = [Int](repeating: rules.count, count: batch.count)
        var failed = [UInt8](repeating: 0, count: batch.count)
        var measured = [Double](repeating: .nan, count: batch.count)
        for rule in order {
            // Two failures settle that no rule alone rejects; only earlier rules matter then.
            let rows = (0..<batch.count).filter { failed[$0] < 2 || rule < first[$0] }
            let readings = try candidates.read(rules[rule], rows)
            for (at, row) in rows.enumerated() where !readings.isMet(at) {
                failed[row] = min(2, failed[row] + 1)
                if rule < first[row] {
                    first[row] = rule
                    measured[row] = readings.numbers?[at] ?? .nan
                }
            }
        }
        return try Judged(self, candidates, first, failed, measured)
    }

    /// Candidates with what came of them.
    public struct Judged: Sendable {
        /// The candidates as they came.
        public let batch: FeatureBatch
        /// For each candidate the first rule that it fails, by its place; the number of rules where it
        /// meets them all.
        public let firstFailed: [Int]
        /// For each candidate whether it fails one rule and no other.
        public let failsOne: [Bool]
        /// What was measured of each candidate by the rule that it fails; NaN where it fails none, or
        /// no number decides.
        public let measured: [Double]
        /// How many candidates each rule would bring back if it were relaxed.
        let broughtBack: [Int]
        /// What the quotas choose by.
        let entries: [QuotaEntry]
        let candidates: ScreeningCandidates

        fileprivate init(
            _ screening: Screening, _ candidates: ScreeningCandidates, _ first: [Int],
            _ failed: [UInt8], _ measured: [Double]
        ) throws {
            self.candidates = candidates
            batch = candidates.batch
            firstFailed = first
            failsOne = failed.map { $0 == 1 }
            self.measured = measured
            var broughtBack = [Int](repeating: 0, count: screening.rules.count)
            let relaxed = screening.relaxedBounds
            for row in first.indices where failed[row] == 1 {
                if relaxed[first[row]]?.hold(measured[row]) == true { broughtBack[first[row]] += 1 }
            }
            self.broughtBack = broughtBack
            let passing = first.indices.filter { first[$0] == screening.rules.count }
            entries = try ScreeningQuota.entries(screening.quotas, candidates, passing)
        }

        /// How many candidates are no points and were measured from a position inside them.
        public var represented: Int { candidates.places.represented }
        /// How many candidates have no place.
        public var unlocated: Int { candidates.places.unlocated }
        /// The rows of the candidates that meet all rules.
        public var passing: [Int] {
            let rules = broughtBack.count
            return firstFailed.indices.filter { firstFailed[$0] == rules }
        }
    }
}
