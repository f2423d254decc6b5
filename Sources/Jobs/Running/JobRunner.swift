internal import Features
internal import Formats
internal import Studies

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Takes jobs, runs so many at once, and keeps what became of them.
///
/// A job is a process of its own, as a step of a study is: it harms no other, can be ended, and its
/// memory is watched. What it reads is on the disk before it is accepted, and what it gives before it
/// is successful; the journal holds all states in between. A service that is killed therefore loses
/// no accepted job: those that ran are run again by the next one.
public actor JobRunner {
    let folder: JobFolder
    let journal: JobJournal
    /// How much jobs may take.
    public nonisolated let limits: JobLimits
    private let retention: JobRetention
    private let processes: ProcessRunner
    private var lock: JobFolder.Lock?
    private var queue = FairQueue()
    private var reserved: [String: Int] = [:]
    private var running: [String: RunningJob] = [:]
    private var waiters: [String: [CheckedContinuation<Void, Never>]] = [:]
    private var isOpen = false

    /// How often a job is begun before it is given up: one that ends the service each time.
    private static let attempts = 20

    /// Opens the folder of jobs; nothing runs before ``start()``.
    ///
    /// - Parameters:
    ///   - folder: The folder, made where there is none.
    ///   - program: The program that knows the operations.
    ///   - limits: How much jobs may take.
    ///   - retention: How long they are kept.
    /// - Throws: ``JobError`` where it cannot be opened, or another service is at work in it.
    public init(
        folder: String, program: String, limits: JobLimits = JobLimits(),
        retention: JobRetention = JobRetention()
    ) throws {
        self.folder = try JobFolder(folder)
        lock = try JobFolder.Lock(self.folder)
        journal = try JobJournal(self.folder.path + "/journal.sqlite")
        processes = try ProcessRunner(program: program)
        self.limits = limits
        self.retention = retention
    }

    /// Begins to take and run jobs, first of all those that an earlier service left.
    ///
    /// - Throws: ``JobError``.
    public func start() throws {
        let waiting = try journal.recover()
        // What was being accepted when the service ended was accepted by nobody.
        for id in FolderListing.names(in: folder.jobs) where JobFolder.isID(id) {
            if try journal.job(id) == nil { JobFolder.remove(folder.place(id)) }
        }
        for job in waiting {
            if job.attempts >= Self.attempts {
                let text = "the service ended \(job.attempts) times while this job ran"
                _ = try journal.fail(job.id, .program, text)
            } else {
                queue.add(job.id, of: job.owner)
            }
        }
        isOpen = true
        sweep()
        pump()
    }

    // MARK: Jobs

    /// Takes a job.
    ///
    /// - Parameters:
    ///   - order: What it runs.
    ///   - owner: Whose it is.
    /// - Returns: The job, which is on the disk.
    /// - Throws: ``JobLimitError``, ``RequestFault`` for features that cannot be read, ``JobError``.
    public nonisolated func submit(_ order: JobOrder, owner: String = "") async throws -> JobRecord
    {
        try await reserve(owner)
        let id = JobFolder.newID()
        do {
            let digest = try place(order, in: id)
            let record = JobRecord(
                id: id, process: order.process, owner: owner, state: .accepted,
                created: JobJournal.now, updated: JobJournal.now, inputs: digest, bytes: 0,
                attempts: 0, words: order.words, outputs: order.outputs, response: order.response)
            try await accept(record)
            return record
        } catch {
            JobFolder.remove(folder.place(id))
            await release(owner)
            throw error
        }
    }

    /// A job.
    ///
    /// - Parameters:
    ///   - id: Its identifier.
    ///   - owner: Whose it must be; `nil` for anybody's.
    /// - Returns: What is known of it; `nil` where there is none of this owner.
    /// - Throws: ``JobError``.
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
    ///   - last: Only those that were accepted before this one.
    /// - Returns: The jobs.
    /// - Throws: ``JobError``.
    public nonisolated func jobs(
        of owner: String? = nil, processes: [String] = [], states: [JobRecord.State] = [],
        limit: Int = 100, before last: String? = nil
    ) throws -> [JobRecord] {
        try journal.jobs(
            of: owner, processes: processes, states: states, limit: limit, before: last)
    }

    /// Waits until nothing more happens to a job.
    ///
    /// - Parameter id: The job.
    /// - Returns: What became of it; `nil` where there is none. Where the service ends before, it is
    ///   still waiting.
    /// - Throws: ``JobError``.
    public func end(of id: String) async throws -> JobRecord? {
        while let job = try journal.job(id) {
            if job.state.isFinal || !isOpen { return job }
            await withCheckedContinuation { waiters[id, default: []].append($0) }
        }
        return nil
    }

    /// Ends a job that its owner does not want any more, or removes its results.
    ///
    /// - Parameter id: The job.
    /// - Returns: What is known of it afterwards; `nil` where there is none.
    /// - Throws: ``JobError``.
    public func dismiss(_ id: String) throws -> JobRecord? {
        guard let job = try journal.job(id) else { return nil }
        if try journal.dismiss(id) {
            queue.remove(id, of: job.owner)
            if let process = running[id] {
                process.stop(.dismissed)
            } else {
                JobFolder.remove(folder.place(id))
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
    public func removeFolder() { JobFolder.remove(folder.path) }

    // MARK: Taking

    private func reserve(_ owner: String) throws {
        guard isOpen else {
            throw JobLimitError(
                .closing, "the service takes no more jobs", remedy: "ask again soon")
        }
        let waiting = queue.count + reserved.values.reduce(0, +)
        let own = queue.count(of: owner) + (reserved[owner] ?? 0)
        guard waiting < limits.queued, own < limits.queuedOfOne else {
            throw JobLimitError(
                .queued, "\(own < limits.queuedOfOne ? waiting : own) jobs are waiting already",
                remedy: "ask again when some of them have ended")
        }
        reserved[owner, default: 0] += 1
    }

    private func release(_ owner: String) {
        let left = (reserved[owner] ?? 1) - 1
        reserved[owner] = left > 0 ? left : nil
    }

    /// Writes what a job reads.
    ///
    /// - Returns: The SHA-256 of its words and of all it reads.
    private nonisolated func place(_ order: JobOrder, in id: String) throws -> String {
        let place = folder.input(id)
        try JobFolder.make(place)
        var text = JSONValue.array(order.words.map { .string($0) }).text
        var posted = PostedFeatures(limits: limits)
        for input in order.inputs {
            let path = "\(place)/\(input.name)"
            switch input.content {
            case .bytes(let bytes): try JobFolder.write(bytes, to: path)
            case .file(let file): try JobFolder.link(file, as: path)
            }
            if !input.name.hasSuffix(".csv") { try posted.check(path, at: input.pointer) }
            text += try "\n\(input.name) \(InputRecord.of(file: path).sha256)"
        }
        for path in [place, folder.place(id), folder.jobs] { JobFolder.sync(path) }
        return InputRecord.sha256(of: text)
    }

    private func accept(_ record: JobRecord) throws {
        try journal.accept(record)
        release(record.owner)
        queue.add(record.id, of: record.owner)
        pump()
    }

    // MARK: Running

    private func pump() {
        while isOpen, running.count < limits.concurrent, let id = queue.next() {
            let process = RunningJob(seconds: limits.seconds)
            running[id] = process
            Task { await run(id, process) }
        }
    }

    private func run(_ id: String, _ process: RunningJob) async {
        do {
            if try journal.begin(id), let job = try journal.job(id) {
                let telling = Task { await tellProgress(of: id) }
                defer { telling.cancel() }
                let end = try await processes.run(try call(job, process))
                try finish(job, end, process.reason)
            }
        } catch {
            // A disk that is full, say. Where even that cannot be noted, the next service tries again.
            _ = try? journal.fail(id, .program, "\(error)".without(folder.place(id) + "/"))
        }
        running[id] = nil
        JobFolder.remove(folder.work(id))
        if let job = try? journal.job(id), job.state.isFinal {
            JobFolder.remove(folder.input(id))
            JobFolder.remove(folder.notes(id))
            if job.state != .successful { JobFolder.remove(folder.place(id)) }
        }
        wake(id)
        sweep()
        pump()
    }

    private func call(_ job: JobRecord, _ process: RunningJob) throws -> StepCall {
        let work = folder.work(job.id)
        JobFolder.remove(work)
        JobFolder.remove(folder.output(job.id))
        try JobFolder.make(work)
        for name in FolderListing.names(in: folder.input(job.id)) {
            try JobFolder.link("\(folder.input(job.id))/\(name)", as: "\(work)/\(name)")
        }
        return StepCall(
            words: job.words, folder: work, report: "\(work)/\(JobOrder.printed)",
            log: folder.log(job.id), notes: folder.notes(job.id), context: nil,
            memory: limits.memory, isToStop: { process.isToStop() })
    }

    private func finish(_ job: JobRecord, _ end: StepEnd, _ reason: RunningJob.Reason?) throws {
        func fail(_ failure: JobRecord.Failure, _ message: String) throws {
            _ = try journal.fail(job.id, failure, message)
        }
        if end.wasStopped, let reason {
            switch reason {
            case .dismissed: break
            case .closing: try journal.putBack(job.id)
            case .time: try fail(.time, "the job ran longer than \(limits.seconds) s")
            }
            return
        }
        if end.isOverMemory {
            return try fail(.memory, "the job held more than \(limits.memory >> 20) MiB of memory")
        }
        guard end.code == 0 else {
            let log = (try? TextFile.read(folder.log(job.id))) ?? ""
            if let signal = end.signal {
                return try fail(.program, "the operation was ended by signal \(signal)")
            }
            return try fail(.operation, told(log, job))
        }
        for output in job.outputs where JobFolder.size(of: file(output, of: job)) == nil {
            let text = (try? TextFile.read("\(folder.work(job.id))/\(JobOrder.printed)")) ?? ""
            return try fail(.operation, "there is no \(output.id): " + told(text, job))
        }
        let bytes = try keep(job)
        guard try journal.succeed(job.id, bytes: bytes) else { return }
    }

    private func file(_ output: JobOrder.Output, of job: JobRecord) -> String {
        "\(folder.work(job.id))/\(output.file)"
    }

    /// Moves the results to their place, all at once and on the disk.
    private func keep(_ job: JobRecord) throws -> Int {
        let making = folder.output(job.id) + ".making"
        JobFolder.remove(making)
        try JobFolder.make(making)
        var bytes = 0
        for output in job.outputs {
            let file = file(output, of: job)
            bytes += JobFolder.size(of: file) ?? 0
            JobFolder.sync(file)
            try JobFolder.move(file, to: "\(making)/\(output.file)")
        }
        JobFolder.sync(making)
        try JobFolder.move(making, to: folder.output(job.id))
        JobFolder.sync(folder.place(job.id))
        return bytes
    }

    /// What an operation said, without folders of this machine.
    private func told(_ text: String, _ job: JobRecord) -> String {
        var text = text.without(folder.work(job.id) + "/")
        if text.hasPrefix("Error: ") { text.removeFirst("Error: ".count) }
        while text.last?.isNewline == true { text.removeLast() }
        return String(text.prefix(2000))
    }

    // MARK: Telling

    private func tellProgress(of id: String) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(1))
            guard !Task.isCancelled, running[id] != nil,
                let json = try? JSONValue.read(folder.log(id) + ".progress"),
                let progress = StepProgress(json: json)
            else { continue }
            let percent = progress.parts.map { $0.all > 0 ? min(99, 100 * $0.done / $0.all) : 0 }
            let message = progress.features > 0 ? "\(progress.features) features" : nil
            try? journal.note(id, progress: percent, message: message)
        }
    }

    private func wake(_ id: String) {
        for waiter in waiters.removeValue(forKey: id) ?? [] { waiter.resume() }
    }

    /// Forgets jobs that are kept no longer.
    private func sweep() {
        let states = JobRecord.State.allCases.filter(\.isFinal)
        guard let ended = try? journal.jobs(of: nil, states: states, limit: 1_000_000) else {
            return
        }
        let expired = retention.expired(among: ended, at: JobJournal.now)
        guard !expired.isEmpty else { return }
        try? journal.forget(expired)
        for id in expired { JobFolder.remove(folder.place(id)) }
    }
}
