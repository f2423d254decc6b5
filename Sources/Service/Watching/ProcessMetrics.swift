import CoreMetrics
import Formats
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the process of the service takes of the machine, by the names that Prometheus gives it
/// (https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics).
final class ProcessMetrics: Sendable {
    private let memory: Meter
    private let files: Meter
    private let time: FloatingPointCounter
    private let told = Mutex(0.0)

    init(_ factory: any MetricsFactory) {
        memory = Meter(label: "process_resident_memory_bytes", dimensions: [], factory: factory)
        files = Meter(label: "process_open_fds", dimensions: [], factory: factory)
        time = FloatingPointCounter(
            label: "process_cpu_seconds_total", dimensions: [], factory: factory)
    }

    /// Looks at the process; what the system does not tell stays as it is.
    func look() {
        var now = timespec()
        if clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) == 0 {
            let seconds = Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
            let more = told.withLock { told in
                defer { told = max(told, seconds) }
                return max(0, seconds - told)
            }
            time.increment(by: more)
        }
        // proc_pid_statm(5): all pages, and those in memory.
        if let text = try? TextFile.read("/proc/self/statm"),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        {
            memory.set(pages * Int(sysconf(Int32(_SC_PAGESIZE))))
        }
        let open = FolderListing.names(in: "/proc/self/fd").count
        if open > 0 { files.set(open) }
    }
}
