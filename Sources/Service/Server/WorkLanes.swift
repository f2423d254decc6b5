/// The threads on which answers are worked out, in lanes: what is light never waits for what is heavy.
///
/// Each lane has threads of its own, which the system lets compute by turns. Pages, descriptions and single
/// features are light; filters, tiles, other days and large bodies are heavy.
final class WorkLanes: Sendable {
    /// Where what takes milliseconds is worked out, and where layers are first read: without them
    /// nothing can be answered.
    let light: WorkExecutor
    /// Where what may take seconds is worked out.
    let heavy: WorkExecutor
    /// Half of the heavy lane is for layers as they stood on other days, so that the rest answers
    /// meanwhile.
    let builds: BuildGate

    /// Creates the threads.
    ///
    /// - Parameter heavyWidth: How much that is heavy runs at once; `nil` for as much as there are
    ///   processors.
    init(heavyWidth: Int? = nil) {
        heavy = WorkExecutor(width: heavyWidth)
        light = WorkExecutor(width: max(2, heavyWidth ?? heavy.width))
        builds = BuildGate(atOnce: max(1, heavy.width / 2), room: 32)
    }

    /// The lane of answers of some weight; `nil` for what needs no thread of its own.
    subscript(weight: Route.Weight) -> WorkExecutor? {
        switch weight {
        case .nothing: nil
        case .light: light
        case .heavy: heavy
        }
    }
}
