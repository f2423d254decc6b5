/// Jobs that wait: those of one owner in their order, and each owner in turn.
struct FairQueue {
    private var owners: [String] = []
    private var waiting: [String: [String]] = [:]

    private(set) var count = 0

    /// How many jobs of an owner wait.
    func count(of owner: String) -> Int { waiting[owner]?.count ?? 0 }

    /// Adds a job behind the others of its owner.
    mutating func add(_ id: String, of owner: String) {
        if waiting[owner] == nil { owners.append(owner) }
        waiting[owner, default: []].append(id)
        count += 1
    }

    /// Takes the first job of the owner whose turn it is, who then comes last.
    mutating func next() -> String? {
        guard !owners.isEmpty else { return nil }
        let owner = owners.removeFirst()
        guard var jobs = waiting[owner], !jobs.isEmpty else { return nil }
        let id = jobs.removeFirst()
        waiting[owner] = jobs.isEmpty ? nil : jobs
        if !jobs.isEmpty { owners.append(owner) }
        count -= 1
        return id
    }

    /// Takes out a job.
    mutating func remove(_ id: String, of owner: String) {
        guard var jobs = waiting[owner], let index = jobs.firstIndex(of: id) else { return }
        jobs.remove(at: index)
        waiting[owner] = jobs.isEmpty ? nil : jobs
        if jobs.isEmpty { owners.removeAll { $0 == owner } }
        count -= 1
    }
}
