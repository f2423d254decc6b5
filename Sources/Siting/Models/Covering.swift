internal import Geometry

/// A set covering problem: which demand is served by which candidates, made smaller by dominance.
///
/// Of two demands, the one is left out whose candidates include all of the other's; of two
/// candidates, the one that serves nothing but what the other serves. Toregas and ReVelle, 1972,
/// https://doi.org/10.1111/j.1435-5597.1972.tb00825.x.
struct Covering {
    private(set) var frame: ModelFrame
    /// How the problem was made smaller.
    private(set) var reductions: [SitingCertificate.Reduction] = []
    /// The sites of each row, ascending.
    private var rows: [[Int32]] = []
    /// The rows of each site, ascending.
    private var columns: [[Int32]]
    private var isRow: [Bool] = []
    private var isSite: [Bool]
    private let forced: Int
    /// A row that no site serves: nothing is feasible.
    private(set) var hasEmptyRow = false
    private let problem: SitingProblem

    /// Begins with the demand of a problem that counts and that no forced candidate serves.
    ///
    /// - Parameters:
    ///   - problem: The problem.
    ///   - radius: The greatest cost that serves; all that is within reach where `nil`.
    ///   - below: Whether a cost equal to the radius does not serve.
    ///   - demand: The demand to look at; all where `nil`.
    init(
        _ problem: SitingProblem, radius: Double? = nil, below: Bool = false,
        demand: [Int]? = nil
    ) {
        self.problem = problem
        frame = ModelFrame(problem)
        forced = problem.forced
        let sites = frame.sites(of: problem)
        columns = Array(repeating: [], count: frame.candidates.count)
        isSite = Array(repeating: true, count: frame.candidates.count)
        for demand in demand ?? Array(problem.demandIDs.indices)
        where problem.weights[demand] > 0 {
            var row: [Int32] = []
            var isServed = false
            for entry in problem.costs.entries(of: demand) {
                let (candidate, cost) = (
                    Int(problem.costs.indices[entry]), problem.costs.distances[entry]
                )
                if let radius, below ? cost >= radius : cost > radius { continue }
                switch problem.rules[candidate] {
                case .forced: isServed = true
                case .forbidden: continue
                case .free: row.append(sites[candidate])
                }
            }
            if isServed { continue }
            if row.isEmpty { hasEmptyRow = true }
            for site in row { columns[Int(site)].append(Int32(rows.count)) }
            rows.append(row)
            isRow.append(true)
            frame.members.append([(Int32(demand), 1)])
        }
        if !hasEmptyRow { reduce() }
    }

    /// How many comparisons are made at most; what is left is left to the search.
    private static let mostComparisons = 300_000_000

    private mutating func reduce() {
        var work = 0
        while work < Self.mostComparisons {
            let before = reductions.count
            dropDominatedSites(&work)
            dropImpliedRows(&work)
            if reductions.count == before { return }
        }
    }

    private mutating func dropDominatedSites(_ work: inout Int) {
        for site in columns.indices where isSite[site] {
            columns[site].removeAll { !isRow[Int($0)] }
        }
        for site in columns.indices where isSite[site] && !columns[site].isEmpty {
            guard let rarest = columns[site].min(by: { rows[Int($0)].count < rows[Int($1)].count })
            else { continue }
            for other in rows[Int(rarest)] where Int(other) != site && isSite[Int(other)] {
                let (own, its) = (columns[site], columns[Int(other)])
                if its.count < own.count || (its.count == own.count && Int(other) > site) {
                    continue
                }
                if Self.contains(its, own, &work) {
                    isSite[site] = false
                    reductions.append(
                        .dominated(
                            candidate: frame.candidates[site],
                            by: frame.candidates[Int(other)]))
                    break
                }
            }
            if work > Self.mostComparisons { break }
        }
    }

    private mutating func dropImpliedRows(_ work: inout Int) {
        for row in rows.indices where isRow[row] { rows[row].removeAll { !isSite[Int($0)] } }
        for row in rows.indices where isRow[row] {
            guard
                let rarest = rows[row].min(by: { columns[Int($0)].count < columns[Int($1)].count })
            else { continue }
            for other in columns[Int(rarest)] where Int(other) != row && isRow[Int(other)] {
                let (own, its) = (rows[row], rows[Int(other)])
                if its.count < own.count || (its.count == own.count && Int(other) < row) {
                    continue
                }
                if Self.contains(its, own, &work) {
                    isRow[Int(other)] = false
                    reductions.append(
                        .implied(
                            demand: frame.members[Int(other)][0].demand,
                            by: frame.members[row][0].demand))
                }
            }
            if work > Self.mostComparisons { break }
        }
        for site in columns.indices where isSite[site] {
            columns[site].removeAll { !isRow[Int($0)] }
        }
    }

    /// Whether an ascending list contains another.
    private static func contains(_ large: [Int32], _ small: [Int32], _ work: inout Int) -> Bool {
        var place = 0
        for value in small {
            while place < large.count, large[place] < value { place += 1 }
            work += 1
            if place == large.count || large[place] != value { return false }
        }
        return true
    }

    /// The core: sites cost 1 each, and a row without one costs more than all sites.
    ///
    /// Its rows and sites are those of ``frame``; what was left out has an empty place.
    func core(most: Int) -> LocationCore {
        var core = LocationCore(
            opening: Array(repeating: 1, count: columns.count), least: 0,
            most: min(most, columns.count))
        core.isCovering = true
        let penalty = Double(columns.count + 1)
        for row in rows.indices where isRow[row] {
            core.append(
                rows[row].filter { isSite[Int($0)] }.map { ($0, 0) }, fallback: penalty)
        }
        return core
    }

    /// The members of the rows of the core.
    private var kept: [[(demand: Int32, part: Double)]] {
        rows.indices.filter { isRow[$0] }.map { frame.members[$0] }
    }

    /// The proof of a bound of the core in terms of demand and candidates.
    ///
    /// Its bound counts forced candidates too.
    func certificate(_ proof: BoundCertificate, radius: Double? = nil) -> SitingCertificate {
        var frame = frame
        frame.members = kept
        var expanded = frame.expanded(proof)
        expanded.bound += Double(forced)
        return SitingCertificate(reductions: reductions, proof: expanded, radius: radius)
    }

    /// Demand that the last bound rests on.
    func support(of multipliers: [Double]) -> [Int] {
        zip(kept, multipliers).filter { $0.1 > 1e-6 }.map { Int($0.0[0].demand) }
    }

    /// Whether so many sites can serve all.
    enum Answer {
        /// They can: the candidates, forced ones included.
        case yes([Int])
        /// They cannot: the proof, and demand that it rests on.
        case no(SitingCertificate, support: [Int])
        /// The time was up.
        case unknown
    }

    /// Tells whether so many sites can serve all.
    ///
    /// - Parameters:
    ///   - p: How many sites, forced ones included.
    ///   - deadline: When to stop at the latest.
    ///   - options: How much of the proof is kept, and where the search notes how far it has come.
    /// - Returns: The answer, and how many nodes of a tree were looked at.
    func decide(
        within p: Int, _ deadline: ContinuousClock.Instant?,
        _ options: SitingOptions = SitingOptions()
    ) -> (answer: Answer, nodes: Int) {
        if hasEmptyRow {
            let empty = rows.indices.first { rows[$0].isEmpty } ?? 0
            let proof = BoundCertificate(bound: Double(p - forced + 1), nodes: [.init()])
            return (
                .no(certificate(proof), support: [Int(frame.members[empty][0].demand)]), 0
            )
        }
        let core = core(most: p - forced)
        var search = LocationSearch(
            core,
            limits: LocationSearch.Limits(
                deadline: deadline, ceiling: Double(p - forced),
                multipliers: options.mostMultipliers,
                tasks: options.tasks, notes: options.notes))
        let outcome = search.run()
        if let chosen = outcome.chosen, outcome.cost <= Double(p - forced) {
            return (.yes(frame.chosen(chosen, in: problem)), outcome.nodes)
        }
        guard outcome.ending != .interrupted, let proof = outcome.certificate else {
            return (.unknown, outcome.nodes)
        }
        return (
            .no(certificate(proof), support: support(of: outcome.multipliers)), outcome.nodes
        )
    }
}
