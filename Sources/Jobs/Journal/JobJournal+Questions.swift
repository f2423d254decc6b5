internal import GRDB

/// What is asked of the journal.
extension JobJournal {
    /// A job.
    ///
    /// - Parameter id: Its identifier.
    /// - Returns: What is known of it; `nil` where there is none.
    /// - Throws: `FormatError`.
    public func job(_ id: String) throws -> JobRecord? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM job WHERE id = ?", arguments: [id])
                .flatMap(Self.record)
        }
    }

    /// Jobs, the latest first.
    ///
    /// - Parameters:
    ///   - owner: Whose; `nil` for everybody's.
    ///   - processes: Only those of these processes; all where it is empty.
    ///   - states: Only those that stand there; all where it is empty.
    ///   - limit: How many at most.
    ///   - number: Only those that were accepted before the one of this number.
    /// - Returns: The jobs.
    /// - Throws: `FormatError`.
    public func jobs(
        of owner: String?, processes: [String] = [], states: [JobRecord.State] = [],
        limit: Int = 100, before number: Int64? = nil
    ) throws -> [JobRecord] {
        var conditions: [String] = []
        var arguments = StatementArguments()
        func add(_ condition: String, _ values: [String]) {
            conditions.append(condition)
            arguments += StatementArguments(values)
        }
        func marks(_ values: [String]) -> String {
            values.map { _ in "?" }.joined(separator: ", ")
        }
        if let owner { add("owner = ?", [owner]) }
        if !processes.isEmpty { add("process IN (\(marks(processes)))", processes) }
        let words = states.map(\.rawValue)
        if !words.isEmpty { add("state IN (\(marks(words)))", words) }
        if let number { add("number < CAST(? AS INTEGER)", [String(number)]) }
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let settled = arguments
        return try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM job \(filter) ORDER BY number DESC LIMIT \(limit)",
                arguments: settled
            ).compactMap(Self.record)
        }
    }
}
