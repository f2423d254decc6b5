internal import Formats

/// What is kept and told of what a job gave.
extension JobRunner {
    /// Moves the results to their place, all at once and on the disk.
    func keep(_ job: JobRecord) throws -> Int {
        let making = folder.output(job.id) + ".making"
        FolderKeeping.remove(making)
        try FolderKeeping.make(making, mode: JobFolder.mode)
        var bytes = 0
        for output in job.outputs {
            let file = file(output, of: job)
            bytes += JobFolder.size(of: file) ?? 0
            FolderKeeping.sync(file)
            try FolderKeeping.move(file, to: "\(making)/\(output.file)")
        }
        FolderKeeping.sync(making)
        try FolderKeeping.move(making, to: folder.output(job.id))
        FolderKeeping.sync(folder.place(job.id))
        return bytes
    }

    /// What an operation said, without folders of this machine.
    func told(_ text: String, _ job: JobRecord) -> String {
        String(text.without(folder.running(job.id) + "/").forRequests.prefix(2000))
    }
}
