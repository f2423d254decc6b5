internal import Features
internal import Formats
internal import Studies

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How jobs run, and what is noted of their ends.
extension JobRunner {
    /// Begins as many jobs as may run.
    func pump() {
        while isOpen, running.count < limits.concurrent, let id = queue.next() {
            let process = RunningJob(seconds: limits.seconds)
            running[id] = process
            Task { await run(id, process) }
        }
        tellMetrics()
    }

    /// Says how many jobs run and wait.
    func tellMetrics() { metrics.stand(running: running.count, waiting: queue.count) }

    /// Notes that a job failed, unless it has ended already.
    func fail(_ id: String, _ failure: JobRecord.Failure, _ message: String) throws {
        if try journal.fail(id, failure, message) { metrics.end(.failed) }
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
            // A disk that is full, say, on which this cannot be noted either.
            unnoted[id] = "\(error)".without(folder.place(id) + "/")
        }
        running[id] = nil
        FolderKeeping.remove(folder.running(id))
        noteFailures()
        tidy(id)
        wake(id)
        sweep()
        pump()
    }

    /// Notes what could not be noted before, and tries again a little later where it still cannot be.
    ///
    /// Where the service ends before it can, the next one runs the job again.
    private func noteFailures() {
        for (id, problem) in unnoted {
            guard (try? fail(id, .program, problem)) != nil else { continue }
            unnoted[id] = nil
            tidy(id)
        }
        guard !unnoted.isEmpty, isOpen, noting == nil else { return }
        noting = Task { [weak self] in
            try? await Task.sleep(for: .seconds(1))
            await self?.noteAgain()
        }
    }

    private func noteAgain() {
        noting = nil
        noteFailures()
    }

    /// Removes what nobody needs of a job that has ended.
    private func tidy(_ id: String) {
        guard let job = try? journal.job(id), job.state.isFinal else { return }
        FolderKeeping.remove(folder.input(id))
        FolderKeeping.remove(folder.notes(id))
        if job.state != .successful { FolderKeeping.remove(folder.place(id)) }
    }

    private func call(_ job: JobRecord, _ process: RunningJob) throws -> StepCall {
        let place = folder.running(job.id)
        FolderKeeping.remove(place)
        FolderKeeping.remove(folder.output(job.id))
        try FolderKeeping.make(place, mode: JobFolder.mode)
        for name in FolderListing.names(in: folder.input(job.id)) {
            try JobFolder.link("\(folder.input(job.id))/\(name)", as: "\(place)/\(name)")
        }
        return StepCall(
            words: job.words, folder: place, report: "\(place)/\(JobOrder.printed)",
            log: folder.log(job.id),
            // Another version may find otherwise, and begins anew.
            notes: folder.notes(job.id) + "/" + Release.version, context: nil,
            memory: limits.memory, fileBytes: limits.outputBytes, isToStop: { process.isToStop() })
    }

    private func finish(_ job: JobRecord, _ end: StepEnd, _ reason: RunningJob.Reason?) throws {
        func fail(_ failure: JobRecord.Failure, _ message: String) throws {
            try self.fail(job.id, failure, message)
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
            // The system either ends who writes too much, or refuses to write it.
            if end.signal == SIGXFSZ || log.contains(String(cString: strerror(EFBIG))) {
                return try failForBytes(job)
            }
            if let signal = end.signal {
                return try fail(.program, "the operation was ended by signal \(signal)")
            }
            return try fail(.operation, told(log, job))
        }
        for output in job.outputs where JobFolder.size(of: file(output, of: job)) == nil {
            let text = (try? TextFile.read("\(folder.running(job.id))/\(JobOrder.printed)")) ?? ""
            return try fail(.operation, "there is no \(output.id): " + told(text, job))
        }
        let sizes = job.outputs.compactMap { JobFolder.size(of: file($0, of: job)) }
        guard sizes.reduce(0, +) <= limits.outputBytes else { return try failForBytes(job) }
        let bytes = try keep(job)
        if try journal.succeed(job.id, bytes: bytes) { metrics.end(.successful) }
    }

    private func failForBytes(_ job: JobRecord) throws {
        try fail(
            job.id, .output, "the job wrote more than \(limits.outputBytes >> 20) MiB")
    }

    func file(_ output: JobOrder.Output, of job: JobRecord) -> String {
        "\(folder.running(job.id))/\(output.file)"
    }

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
}
