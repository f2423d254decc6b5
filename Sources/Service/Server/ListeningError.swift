public import Geometry
import NIOCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An address at which the service cannot listen.
public struct ListeningError: ExplainedError {
    /// The host and the port.
    public let place: String
    /// What the system says.
    public let problem: String
    /// What to do.
    public let remedy: String?

    init(place: String, _ error: IOError) {
        self.place = place
        problem = "the service cannot listen there: \(error)"
        remedy =
            error.errnoCode == EADDRINUSE
            ? "name another port with --port, or 0 for one that is free"
            : "name a port above 1023 and an address of this machine"
    }
}
