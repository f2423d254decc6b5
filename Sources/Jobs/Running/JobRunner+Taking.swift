internal import Features
internal import Formats

/// How a job is accepted: what it reads is on the disk before.
extension JobRunner {
    /// Takes a job.
    ///
    /// - Parameters:
    ///   - order: What it runs.
    ///   - owner: Whose it is.
    /// - Returns: The job, which is on the disk.
    /// - Throws: ``JobLimitError``, ``RequestFault`` for features that cannot be read, `FormatError`.
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
            FolderKeeping.remove(folder.place(id))
            await release(owner)
            throw error
        }
    }

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
        try FolderKeeping.make(place, mode: JobFolder.mode)
        var text = JSONValue.array(order.words.map { .string($0) }).text
        var posted = PostedFeatures(limits: limits)
        for input in order.inputs {
            let path = "\(place)/\(input.name)"
            switch input.content {
            case .bytes(let bytes): try JobFolder.write(bytes, to: path)
            case .file(let file):
                guard JobFolder.size(of: file) != nil else {
                    throw RequestFault(
                        .badInput, at: input.pointer, "the result is not there any more",
                        remedy: "ask for the process that gave it again")
                }
                try JobFolder.link(file, as: path)
            }
            if !input.name.hasSuffix(".csv") { try posted.check(path, at: input.pointer) }
            text += try "\n\(input.name) \(InputRecord.of(file: path).sha256)"
        }
        for path in [place, folder.place(id), folder.jobs] { FolderKeeping.sync(path) }
        return InputRecord.sha256(of: text)
    }

    private func accept(_ record: JobRecord) throws {
        try journal.accept(record)
        metrics.accept()
        release(record.owner)
        queue.add(record.id, of: record.owner)
        pump()
    }
}
