import ArgumentParser

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How much of the machine a command may take.
struct EffortOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many batches are worked on at once; the number of cores by default.",
            valueName: "n"))
    var threads: Int?

    func validate() throws {
        if let threads, threads < 1 {
            throw ValidationError("--threads takes a number of at least 1, not \(threads)")
        }
    }

    var tasks: Int { threads ?? Self.processors }

    /// How many processors there are.
    static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
