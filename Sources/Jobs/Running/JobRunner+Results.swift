internal import Formats

/// What is kept and told of what a job gave.
extension JobRunner {
    /// Moves the results to their place, all at once and on the disk.
    func keep(_ job: JobRecord) throws -> Int {
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
    func told(_ text: String, _ job: JobRecord) -> String {
        var text = text.without(folder.running(job.id) + "/")
        if text.hasPrefix("Error: ") { text.removeFirst("Error: ".count) }
        while text.last?.isNewline == true { text.removeLast() }
        return String(text.prefix(2000))
    }
}
