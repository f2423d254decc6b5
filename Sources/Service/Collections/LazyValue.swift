import Synchronization

/// A value that is made when it is first asked for, and kept.
final class LazyValue<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)

    /// The value.
    ///
    /// - Parameter make: Makes it; others who ask meanwhile wait.
    /// - Returns: The value.
    func get(_ make: () throws -> Value) rethrows -> Value {
        try made.withLock { made in
            if let made { return made }
            let value = try make()
            made = value
            return value
        }
    }
}
