internal import Dispatch
internal import Formats

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A step's side of being a step: variables of the environment tell a process that it is one.
public enum StepProcess {
    static let prefix = "CLUSTERATLAS_STEP"
    static let context = prefix
    static let folder = prefix + "_FOLDER"
    static let progress = prefix + "_PROGRESS"
    static let notes = prefix + "_NOTES"
    static let fileBytes = prefix + "_FILE_BYTES"

    /// What the results of this process say of the study they belong to, and of the catalogue; `nil`
    /// where it is no step of a study.
    public static var resultContext: (study: String?, catalogue: String?)? {
        guard let context = variable(context), let said = try? JSONValue.parse(Array(context.utf8))
        else { return nil }
        return (said["study"]?.text, said["catalogue"]?.text)
    }

    /// The file in which this process may say how far it has come, as ``StepProgress`` does; `nil`
    /// where it is neither a step of a study nor a job.
    public static var progressFile: String? { variable(progress) }

    /// The folder in which this process may note how far it has come, so that the same step goes on
    /// from there where it is killed; `nil` where it is neither a step of a study nor a job.
    public static var notesFolder: String? { variable(notes) }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Makes this process a step, where it was started as one: goes to its folder, and
    /// ends when the run it belongs to ends.
    public static func begin() {
        guard let folder = variable(folder) else { return }
        if chdir(folder) != 0 { _exit(1) }
        if let bytes = variable(fileBytes).flatMap({ rlim_t($0) }) {
            // Writing more fails, as on a full disk, rather than ends the process.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
            #if canImport(Glibc)
                setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            #else
                setrlimit(RLIMIT_FSIZE, &limit)
            #endif
        }
        // Standard input is a pipe that nobody writes to; its end is the end of the run.
        DispatchQueue(label: "lifeline").async {
            var byte: UInt8 = 0
            while true {
                let count = read(0, &byte, 1)
                if count == 0 || (count < 0 && errno != EINTR) {
                    // One that leads a group takes with it what it has started.
                    if getpgrp() == getpid() { kill(0, SIGKILL) }
                    _exit(130)
                }
            }
        }
    }
}
