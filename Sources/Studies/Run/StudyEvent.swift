public import Formats

/// What happens while a study runs, in the order in which it happens.
public enum StudyEvent: Sendable {
    /// A run began.
    case began(study: String, steps: Int)
    /// A step need not run.
    case upToDate(step: String)
    /// A step began, and why.
    case started(step: String, reason: String)
    /// How far the run has come, and each step at work, as far as it says so.
    case progress(StepProgress, atWork: [(step: String, progress: StepProgress?)])
    /// A step ended well.
    case finished(step: String, outputs: [String], seconds: Double, memory: Int)
    /// A step failed.
    case failed(step: String, problem: String)
    /// The run ended.
    case ended(run: Int, upToDate: Int, failed: Int, left: Int)

    /// The event as one JSON object, for batch systems.
    public var json: JSONValue {
        switch self {
        case .began(let study, let steps):
            .object([
                "event": .string("began"), "study": .string(study), "steps": .int(Int64(steps)),
            ])
        case .upToDate(let step):
            .object(["event": .string("up-to-date"), "step": .string(step)])
        case .started(let step, let reason):
            .object([
                "event": .string("started"), "step": .string(step), "reason": .string(reason),
            ])
        case .progress(let whole, let steps):
            .object(
                [JSONValue.Member(name: "event", value: .string("progress"))]
                    + (whole.json.members ?? []) + [
                        JSONValue.Member(
                            name: "at_work",
                            value: .array(
                                steps.map { step, progress in
                                    .object(
                                        [JSONValue.Member(name: "step", value: .string(step))]
                                            + (progress?.json.members ?? []))
                                }))
                    ])
        case .finished(let step, let outputs, let seconds, let memory):
            .object([
                "event": .string("finished"), "step": .string(step),
                "outputs": .array(outputs.map { .string($0) }),
                "seconds": .double((seconds * 1000).rounded() / 1000),
                "memory": .int(Int64(memory)),
            ])
        case .failed(let step, let problem):
            .object([
                "event": .string("failed"), "step": .string(step), "problem": .string(problem),
            ])
        case .ended(let run, let upToDate, let failed, let left):
            .object([
                "event": .string("ended"), "run": .int(Int64(run)),
                "up_to_date": .int(Int64(upToDate)), "failed": .int(Int64(failed)),
                "left": .int(Int64(left)),
            ])
        }
    }
}

/// How a run ended.
public struct StudySummary: Hashable, Sendable {
    /// How many steps ran.
    public var run = 0
    /// How many did not need to.
    public var upToDate = 0
    /// The steps that failed, each with what went wrong.
    public var failures: [Failure] = []
    /// How many steps were left because of those.
    public var left = 0

    /// A step that failed.
    public struct Failure: Hashable, Sendable {
        /// The step.
        public let step: String
        /// What went wrong.
        public let problem: String
    }
}
