/// What solves mixed-integer linear programs: the engine of models with requirements of their own.
protocol MIPEngine: Sendable {
    /// The engine with its version, for reports.
    var name: String { get }

    /// Looks for the least solution of a program.
    ///
    /// - Parameters:
    ///   - formulation: The program.
    ///   - limits: When to stop.
    /// - Returns: What was found.
    /// - Throws: ``SitingError`` where the engine is not there or fails.
    func solve(_ formulation: LinearFormulation, _ limits: MIPLimits) throws -> MIPOutcome
}

/// When an engine may stop.
struct MIPLimits {
    /// The latest time.
    var deadline: ContinuousClock.Instant?
    /// A part of the objective: a solution this near to the bound is near enough.
    var gap = 0.0
    /// Where an engine notes what it found, where there is no latest time; `nil` for nowhere.
    var notes: SearchNotes?
    /// How many nodes it looks at before it notes what it found; `nil` for some minutes of them.
    var firstNodes: Int?
    /// How often it notes what it found before it stops; `nil` for as often as it takes.
    var mostParts: Int?
}

/// What an engine found.
struct MIPOutcome {
    /// How it ended.
    enum Ending: UInt8 {
        case optimal
        case nearEnough
        case infeasible
        case interrupted
    }

    /// How it ended.
    var ending: Ending
    /// The value of each column; `nil` where no solution was found.
    var values: [Double]?
    /// What no solution costs less than, as the engine says.
    var bound: Double?
    /// The multiplier of each row in the linear relaxation.
    var multipliers: [Double]?
    /// How many nodes of a tree were looked at.
    var nodes = 0
    /// Whether it stopped as it had looked at so many nodes as it was asked to.
    var isAtMostNodes = false

    /// Takes up what an earlier run on the same program found.
    mutating func take(_ earlier: MIPOutcome) {
        nodes += earlier.nodes
        multipliers = multipliers ?? earlier.multipliers
        if ending == .interrupted { bound = [bound, earlier.bound].compactMap(\.self).max() }
        guard values == nil, let known = earlier.values else { return }
        // What was known and is not improved is the best.
        values = known
        if ending == .infeasible { ending = .optimal }
    }
}
