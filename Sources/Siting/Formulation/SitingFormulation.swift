internal import Geometry

/// A siting question as a linear program: a column for each candidate first, then what the model and
/// the requirements need.
///
/// It is made from the question alone, so that anyone who makes it again can check a dual of it.
struct SitingFormulation {
    /// What is made of a question.
    enum Purpose {
        /// The best choice.
        case best
        /// Any choice, without some requirements, or with the least violation of one.
        case feasible(without: Set<SitingRequirements.Kind>, easing: SitingRequirements.Kind?)
        /// The choice that comes nearest to a value of p-center or p-dispersion: what is missing is
        /// made least.
        case threshold(Double)
    }

    let model: SitingModel
    let problem: SitingProblem
    let purpose: Purpose
    /// The program; its objective is made least.
    var program = LinearFormulation()
    /// The column of each pair of demand and candidate, where the model assigns one to the other.
    var pairs: [(demand: Int, candidate: Int, column: Int)] = []

    /// Writes a question as a program.
    ///
    /// - Throws: ``SitingError`` (`badArgument`) for a question without what its model needs.
    init(
        _ model: SitingModel, _ problem: SitingProblem, for purpose: Purpose = .best
    ) throws {
        self.model = model
        self.problem = problem
        self.purpose = purpose
        for candidate in problem.candidateIDs.indices {
            let rule = problem.rules[candidate]
            let isForced = rule == .forced && asks(.forced) && !isEased(.forced)
            _ = program.addColumn(
                from: isForced ? 1 : 0, to: rule == .forbidden ? 0 : 1, isWhole: true)
        }
        addNumber()
        addRequirements()
        try addModel()
        switch purpose {
        case .best: break
        case .feasible, .threshold:
            // Only what is missing counts: the model's own objective does not.
            for column in 0..<program.width where !missing.contains(column) {
                program.setCost(column, 0)
            }
        }
    }

    /// The columns that say what is missing.
    private(set) var missing: Set<Int> = []

    /// The candidates' columns.
    var sites: Range<Int> { problem.candidateIDs.indices }

    /// Whether a requirement is asked for.
    func asks(_ kind: SitingRequirements.Kind) -> Bool {
        if case .feasible(let dropped, _) = purpose { return !dropped.contains(kind) }
        return true
    }

    /// Whether the least violation of a requirement is looked for.
    func isEased(_ kind: SitingRequirements.Kind) -> Bool {
        switch purpose {
        case .feasible(_, let eased): eased == kind
        case .threshold: kind == .service
        case .best: false
        }
    }

    /// A column of what is missing of a requirement, where that is looked for.
    mutating func lack(_ kind: SitingRequirements.Kind, cost: Double = 1, most: Double) -> Int? {
        guard isEased(kind) else { return nil }
        let column = program.addColumn(cost: cost, to: most)
        missing.insert(column)
        return column
    }

    private mutating func addNumber() {
        guard let p = model.p, asks(.number) else { return }
        let terms = sites.map { ($0, 1.0) }
        let most = Double(sites.count + p)
        if let short = lack(.number, most: most), let over = lack(.number, most: most) {
            program.addRow(terms + [(short, 1), (over, -1)], .equal, Double(p))
        } else if case .threshold = purpose, case .dispersion = model {
            guard let short = lack(.service, most: most) else { return }
            program.addRow(terms + [(short, 1)], .equal, Double(p))
        } else {
            program.addRow(terms, .equal, Double(p))
        }
    }

    private mutating func addModel() throws {
        let isFeasibility =
            if case .feasible = purpose { true } else { false }
        if problem.requirements.hasCapacities, asks(.capacity) {
            try addCapacitated()
            return
        }
        switch model {
        case .pMedian, .facilityLocation:
            if isFeasibility { addCovering() } else { addMedian() }
        case .pCenter: addCenter()
        case .setCovering, .backupCovering:
            addCovering()
            for site in sites { program.setCost(site, 1) }
        case .maximalCovering: addMaximalCovering()
        case .backupCoverage: addBackupCoverage()
        case .weighedCoverage(_, let backup): addWeighedCoverage(backup)
        case .expectedCovering(_, let busy): addExpectedCovering(busy)
        case .dispersion: try addDispersion()
        case .sumDispersion(let p): if !isFeasibility { try addSumDispersion(p) }
        case .hubMedian(_, let discount): if !isFeasibility { try addHubs(discount) }
        case .huff: try addHuff()
        }
    }

    /// The objective of the model for an objective of the program, and the other way round.
    func value(_ cost: Double) -> Double { model.isMaximal ? -cost : cost }

    /// The candidates of a solution.
    func chosen(_ values: [Double]) -> [Int] { sites.filter { values[$0] > 0.5 } }

    /// Who serves whom in a solution; `nil` where the model does not assign as a whole.
    func assignment(_ values: [Double]) -> [Int?]? {
        let isAssigning: Bool =
            if case .hubMedian = model { true } else { problem.requirements.hasCapacities }
        guard isAssigning else { return nil }
        var assignment = [Int?](repeating: nil, count: problem.demandIDs.count)
        for pair in pairs where values[pair.column] > 0.5 {
            assignment[pair.demand] = pair.candidate
        }
        return assignment
    }
}
