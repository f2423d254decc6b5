import HTTPTypes

/// Lets so many in at once, and so many wait.
actor BuildGate {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private let room: Int

    /// Creates a gate.
    ///
    /// - Parameters:
    ///   - atOnce: How many are in at once.
    ///   - room: How many wait at most.
    init(atOnce: Int, room: Int) {
        free = atOnce
        self.room = room
    }

    /// Does something when there is room for it.
    ///
    /// - Parameter work: What is done.
    /// - Returns: What it gives.
    /// - Throws: ``Problem`` (503) where too many wait, and what the work throws.
    nonisolated func pass<Result: Sendable>(
        _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await enter()
        do {
            let result = try await work()
            await leave()
            return result
        } catch {
            await leave()
            throw error
        }
    }

    private func enter() async throws(Problem) {
        if free > 0 {
            free -= 1
            return
        }
        guard waiting.count < room else {
            throw Problem(
                .serviceUnavailable, "busy",
                "Many other days are asked for at once; ask again soon.")
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
