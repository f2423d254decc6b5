internal import Features
internal import Studies

/// The results of a study, each of which is compared with what was noted of it, and read, once.
final class ReadResults {
    private let kept: KeptStudy
    private var records: [String: [InputRecord]] = [:]
    private var tables: [String: ResultTable?] = [:]
    /// In what the maps so far are drawn, each once.
    var projections: [String] = []

    init(_ kept: KeptStudy) { self.kept = kept }

    /// What a step wrote, each of it with the bytes it had then.
    func records(of step: PlannedStep) throws -> [InputRecord] {
        if let known = records[step.id] { return known }
        let found = try kept.results(of: step)
        records[step.id] = found
        return found
    }

    /// A result; `nil` for what is none of features or rows.
    func table(_ file: String) throws -> ResultTable? {
        if let known = tables[file] { return known }
        let table = try ResultTable(file: file, path: kept.path(of: file))
        tables[file] = .some(table)
        return table
    }
}
