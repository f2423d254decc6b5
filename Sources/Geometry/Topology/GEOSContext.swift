internal import CGEOS

/// A context of GEOS: the handle that every reentrant call takes, and the last message of GEOS.
///
/// One is made for each synchronous scope by ``withGEOS(_:)``, which costs about 0.15 µs; only
/// ``PreparedArea`` keeps one for longer. A context is not `Sendable` and GEOS wants it used by one
/// thread at a time, so a scope never crosses an `await`.
final class GEOSContext {
    /// The handle of the C interface, alive as long as the context.
    let handle: OpaquePointer
    /// What GEOS said last, until somebody reads it.
    private var lastMessage: String?

    init() throws(GeometryError) {
        guard let handle = GEOS_init_r() else {
            throw GeometryError(.topology, "GEOS could not start: no memory for a context")
        }
        self.handle = handle
        // The context owns the handle, so the pointer to it that GEOS keeps never outlives it.
        GEOSContext_setErrorMessageHandler_r(
            handle,
            { message, context in
                guard let message, let context else { return }
                Unmanaged<GEOSContext>.fromOpaque(context).takeUnretainedValue().lastMessage =
                    String(cString: message)
            },
            Unmanaged.passUnretained(self).toOpaque())
    }

    deinit { GEOS_finish_r(handle) }

    /// The error for an operation that GEOS has just refused; clears the message.
    func failure(of operation: String) -> GeometryError {
        var message = lastMessage ?? "GEOS gave no reason"
        while message.last?.isWhitespace == true { message.removeLast() }
        lastMessage = nil
        let remedy: String? =
            if message.hasPrefix("TopologyException") {
                "repair the shapes first with `madeValid()`, or give a grid size where one is taken"
            } else if message.contains("GeometryCollection")
                || message.contains("mixed-dimension")
            {
                "ask for the parts of the collection one by one"
            } else {
                nil
            }
        return GeometryError(.topology, "\(operation): \(message)", remedy: remedy)
    }
}

/// Runs a closure with a fresh context of GEOS.
///
/// The closure is synchronous on purpose: a task may change its thread at an `await`.
func withGEOS<Result: ~Copyable>(
    _ body: (GEOSContext) throws(GeometryError) -> Result
) throws(GeometryError) -> Result {
    try body(try GEOSContext())
}
