public import CoreMetrics
internal import Formats
internal import Studies

/// Takes jobs, runs so many at once, and keeps what became of them.
///
/// A job is a process of its own, as a step of a study is: it harms no other, can be ended, and its
/// memory is watched. What it reads is on the disk before it is accepted, and what it gives before it
/// is successful; the journal holds all states in between. A service that is killed therefore loses
/// no accepted job: those that ran are run again by the next one.
public actor JobRunner {
    nonisolated let folder: JobFolder
    nonisolated let journal: JobJournal
    /// How much jobs may take.
    public nonisolated let limits: JobLimits
    private let retention: JobRetention
    let processes: ProcessRunner
    private var lock: FolderLock?
    var queue = FairQueue()
    /// How many jobs of an owner are being accepted.
    var reserved: [String: Int] = [:]
    var running: [String: RunningJob] = [:]
    /// What went wrong with jobs whose end could not be noted; it is tried again.
    var unnoted: [String: String] = [:]
    var noting: Task<Void, Never>?
    let metrics: JobMetrics
    private var waiters: [String: [CheckedContinuation<Void, Never>]] = [:]
    private(set) var isOpen = false

    /// How often a job is begun before it is given up: one that ends the service each time.
    private static let attempts = 20

    /// Opens the folder of jobs; nothing runs before ``start()``.
    ///
    /// - Parameters:
    ///   - folder: The folder, made where there is none.
    ///   - program: The program that knows the operations.
    ///   - limits: How much jobs may take.
    ///   - retention: How long they are kept.
    ///   - metrics: Where jobs are counted.
    /// - Throws: `FormatError` where it cannot be opened, or another service is at work in it.
    public init(
        folder: String, program: String, limits: JobLimits = JobLimits(),
        retention: JobRetention = JobRetention(),
        metrics: any MetricsFactory = NOOPMetricsHandler.instance
    ) throws {
        self.folder = try JobFolder(folder)
        lock = try self.folder.lock()
        journal = try JobJournal(self.folder.path + "/journal.sqlite")
        processes = try ProcessRunner(program: program)
        self.limits = limits
        self.retention = retention
        self.metrics = JobMetrics(metrics)
    }

    /// Begins to take and run jobs, first of all those that an earlier service left.
    ///
    /// - Throws: `FormatError`.
    public func start() throws {
        let waiting = try journal.recover()
        // What was being accepted when the service ended was accepted by nobody.
        for id in FolderListing.names(in: folder.jobs) where JobFolder.isID(id) {
            if try journal.job(id) == nil { FolderKeeping.remove(folder.place(id)) }
        }
        for job in waiting {
            if job.attempts >= Self.attempts {
                let text = "the service ended \(job.attempts) times while this job ran"
                try fail(job.id, .program, text)
            } else {
                queue.add(job.id, of: job.owner)
            }
        }
        isOpen = true
        sweep()
        pump()
    }

    // MARK: Jobs

    /// A job.
    ///
    /// - Parameters:
    ///   - id: Its identifier.
    ///   - owner: Whose it must be; `nil` for anybody's.
    /// - Returns: What is known of it; `nil` where there is none of this owner.
    /// - Throws: `FormatError`.
    public nonisolated func job(_ id: String, of owner: String? = nil) throws -> JobRecord? {
        guard let job = try journal.job(id) else { return nil }
        return owner == nil || job.owner == owner ? job : nil
    }

    /// Jobs, the latest first.
    ///
    /// - Parameters:
    ///   - owner: Whose; `nil` for everybody's.
    ///   - processes: Only those of these processes; all where it is empty.
    ///   - states: Only those that stand there; all where it is empty.
    ///   - limit: How many at most.
    ///   - number: Only those that were accepted before the one of this number, which need not be
    ///     kept any more.
    /// - Returns: The jobs.
    /// - Throws: `FormatError`.
    public nonisolated func jobs(
        of owner: String? = nil, processes: [String] = [], states: [JobRecord.State] = [],
        limit: Int = 100, before number: Int64? = nil
    ) throws -> [JobRecord] {
        try journal.jobs(
            of: owner, processes: processes, states: states, limit: limit, before: number)
    }

    /// Waits until nothing more happens to a job.
    ///
    /// - Parameter id: The job.
    /// - Returns: What became of it; `nil` where there is none. Where the service ends before, it is
    ///   still waiting.
    /// - Throws: `FormatError`, also where its end cannot be noted, as on a full disk.
    public func end(of id: String) async throws -> JobRecord? {
        while let job = try journal.job(id) {
            if job.state.isFinal || !isOpen { return job }
            if let problem = unnoted[id] {
                throw FormatError(
                    .unwritable, at: folder.path,
                    "what became of the job \(id) cannot be noted: \(problem)",
                    remedy: "make room on the disk; it is noted as soon as it can be")
            }
            await withCheckedContinuation { waiters[id, default: []].append($0) }
        }
        return nil
    }

    /// Ends a job that its owner does not want any more, or removes its results.
    ///
    /// - Parameter id: The job.
    /// - Returns: What is known of it afterwards; `nil` where there is none.
    /// - Throws: `FormatError`.
    public func dismiss(_ id: String) throws -> JobRecord? {
        guard let job = try journal.job(id) else { return nil }
        if try journal.dismiss(id) {
            if !job.state.isFinal { metrics.end(.dismissed) }
            queue.remove(id, of: job.owner)
            tellMetrics()
            if let process = running[id] {
                process.stop(.dismissed)
            } else {
                FolderKeeping.remove(folder.place(id))
            }
            wake(id)
        }
        return try journal.job(id)
    }

    /// The results of a job.
    ///
    /// - Parameter job: The job, which was successful.
    /// - Returns: The results.
    public nonisolated func results(of job: JobRecord) -> JobResults {
        JobResults(job: job, folder: folder.output(job.id))
    }

    /// Takes no more jobs, and ends.
    ///
    /// - Parameter grace: How long jobs that run may go on; those that then still run wait for the
    ///   next service.
    public func shutdown(grace: Duration) async {
        isOpen = false
        let deadline = ContinuousClock.now + grace
        while !running.isEmpty, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(20))
        }
        for process in running.values { process.stop(.closing) }
        while !running.isEmpty { try? await Task.sleep(for: .milliseconds(5)) }
        for id in Array(waiters.keys) { wake(id) }
        lock = nil
    }

    /// Removes the folder with all jobs; the runner is of no use afterwards.
    public func removeFolder() { FolderKeeping.remove(folder.path) }

    /// Lets those go on who wait for the end of a job.
    func wake(_ id: String) {
        for waiter in waiters.removeValue(forKey: id) ?? [] { waiter.resume() }
    }

    /// Forgets jobs that are kept no longer.
    func sweep() {
        let states = JobRecord.State.allCases.filter(\.isFinal)
        guard let ended = try? journal.jobs(of: nil, states: states, limit: 1_000_000) else {
            return
        }
        let expired = retention.expired(among: ended, at: JobJournal.now)
        guard !expired.isEmpty else { return }
        try? journal.forget(expired)
        for id in expired { FolderKeeping.remove(folder.place(id)) }
    }
}
