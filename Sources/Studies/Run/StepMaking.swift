internal import Features
internal import Formats

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Works out what a step's results depend on, reading each file once a run.
final class StepMaking {
    private let plan: StudyPlan
    private let folder: StudyFolder
    private let operations: any OperationCatalogue
    private var versions: [String?: StudyVersions] = [:]
    private var sources: [View: Set<String>] = [:]
    private var files: [String: (record: InputRecord, stamp: FileStamp)] = [:]

    /// A layer of a catalogue.
    private struct View: Hashable {
        let folder: String?
        let view: CatalogueView
    }

    /// A file that a step reads.
    struct Input: Hashable {
        /// The parameter that names it.
        let parameter: String
        /// Where it lies.
        let path: String
        /// Its bytes.
        let record: InputRecord
        /// The step that wrote it.
        let step: String?
    }

    init(_ plan: StudyPlan, in folder: StudyFolder, _ operations: any OperationCatalogue) {
        self.plan = plan
        self.folder = folder
        self.operations = operations
    }

    /// The versions that a step's results rest on.
    func versions(of step: PlannedStep) throws -> StudyVersions {
        let path = catalogueFolder(of: step)
        if let known = versions[path] { return known }
        let found = try operations.versions(in: path)
        versions[path] = found
        return found
    }

    /// The folder of own records that a step reads; `nil` for the built-in ones.
    private func catalogueFolder(of step: PlannedStep) -> String? {
        let data = step.arguments.first { $0.parameter.kind == .inputFolder }
        if case .file(let own, _)? = data?.values.first { return place(own) }
        return nil
    }

    /// What of the catalogue the results of a step rest on; `nil` where they do not.
    func catalogue(of step: PlannedStep) throws -> JSONValue? {
        if step.views.isEmpty { return nil }
        let folder = catalogueFolder(of: step)
        var all: Set<String> = []
        for view in step.views {
            let own = View(folder: folder, view: view)
            let found = try sources[own] ?? operations.sources(of: view, in: folder)
            sources[own] = found
            all.formUnion(found)
        }
        let dates = Set(step.views.map { $0.date ?? "latest" }).sorted()
        return .object([
            "version": .string(try versions(of: step).catalogue),
            "as_of": dates.count == 1 ? .string(dates[0]) : .array(dates.map { .string($0) }),
            "sources": .array(all.sorted().map { .string($0) }),
        ])
    }

    /// Where a file that the plan names lies.
    func place(_ file: String) -> String {
        FilePlace.absolute(FilePlace.path(file, in: plan.folder))
    }

    /// The files that a step reads, with the SHA-256 of their bytes.
    func inputs(of step: PlannedStep) throws -> [Input] {
        try step.arguments.flatMap { argument -> [Input] in
            if argument.parameter.kind == .inputFolder { return [] }
            return try argument.values.flatMap { value -> [Input] in
                switch value {
                case .word, .layer: return []
                case .output(let earlier, let file):
                    let path = folder.file(file)
                    return [
                        Input(
                            parameter: argument.parameter.name, path: path,
                            record: try record(of: path), step: earlier)
                    ]
                case .file(let file, _):
                    return try Self.parts(of: place(file)).map { path in
                        Input(
                            parameter: argument.parameter.name, path: path,
                            record: try record(of: path), step: nil)
                    }
                }
            }
        }
    }

    /// A file with those that belong to it, as a shapefile's do.
    private static func parts(of path: String) -> [String] {
        guard path.lowercased().hasSuffix(".shp") else { return [path] }
        let folder = FilePlace.parent(of: path)
        let stem = FilePlace.stem(of: path)
        let others = FolderListing.names(in: folder).filter {
            FilePlace.stem(of: $0) == stem && "\(folder)/\($0)" != path
                && ["dbf", "shx", "prj", "cpg"].contains($0.split(separator: ".").last ?? "")
        }
        return [path] + others.map { "\(folder)/\($0)" }
    }

    /// All that a step's results depend on.
    func parts(of step: PlannedStep) throws -> [StepRecord.Part] {
        var parts = [
            StepRecord.Part(name: "operation", value: step.operation.name),
            StepRecord.Part(name: "name", value: study(of: step).text),
        ]
        for argument in step.arguments {
            let values = argument.values.map { JSONValue.string($0.bareName) }
            parts.append(
                StepRecord.Part(
                    name: "parameter \(argument.parameter.name)",
                    value: JSONValue.array(values).text))
        }
        for input in try inputs(of: step) {
            parts.append(
                StepRecord.Part(
                    name: "input \(input.record.name) (\(input.parameter))",
                    value: input.record.sha256))
        }
        let versions = try versions(of: step)
        for software in versions.software {
            parts.append(
                StepRecord.Part(name: "version of \(software.name)", value: software.version))
        }
        for library in libraries(of: step) {
            parts.append(
                StepRecord.Part(name: "version of \(library.name)", value: library.version))
        }
        parts.append(StepRecord.Part(name: "catalogue", value: versions.catalogueDigest))
        if let catalogue = try catalogue(of: step) {
            parts.append(StepRecord.Part(name: "sources of the catalogue", value: catalogue.text))
        }
        return parts
    }

    /// The libraries that a step's results rest on because of the files that it reads and writes.
    func libraries(of step: PlannedStep) -> [StudyVersions.Software] {
        let files = step.arguments.flatMap { argument in
            argument.values.compactMap { value -> String? in
                switch value {
                case .file(let path, _): path
                case .output(_, let file): file
                case .word(let word): argument.parameter.kind == .outputFile ? word : nil
                case .layer: nil
                }
            }
        }
        return operations.libraries(of: step.operation.name, files: files)
    }

    /// What a step is told that its results shall say of where they come from; see
    /// ``StepProcess/resultContext``.
    func context(of step: PlannedStep) throws -> JSONValue {
        .object(["study": study(of: step), "catalogue": try catalogue(of: step)])
    }

    /// What the results of a step say of the study they belong to.
    func study(of step: PlannedStep) -> JSONValue {
        .object([
            "name": .string(plan.name), "step": .string(step.id),
            "for": step.variables.isEmpty
                ? nil
                : .object(
                    step.variables.map {
                        JSONValue.Member(name: $0.name, value: .string($0.values[0]))
                    }),
        ])
    }

    /// The words that run a step in its own folder, into which its inputs are linked by their bare
    /// names, so that what is printed and written is the same wherever the files lie.
    func words(of step: PlannedStep, in work: String) throws -> [String] {
        var names: [String: String] = [:]
        // What is written must not go through a link to an input of the same name.
        let written = Set((step.outputs.map(\.file) + [step.report]).map(FilePlace.stem(of:)))
        for input in try inputs(of: step) where names[input.path] == nil {
            let stem = FilePlace.stem(of: input.path)
            // Files of one name and several folders keep apart; the parts of one file together.
            let same = names.filter {
                FilePlace.stem(of: $0.key) == stem
                    && FilePlace.parent(of: $0.key) != FilePlace.parent(of: input.path)
            }
            let others =
                Set(same.keys.map(FilePlace.parent(of:))).count + (written.contains(stem) ? 1 : 0)
            var name = FilePlace.name(of: input.path)
            if others > 0 {
                try FolderKeeping.make("\(work)/\(others + 1)")
                name = "\(others + 1)/\(name)"
            }
            try StudyFolder.link("\(work)/\(name)", to: FilePlace.absolute(input.path))
            names[input.path] = name
        }
        return step.words { value in
            switch value {
            case .word(let word), .layer(let word): return word
            case .file(let path, let layer):
                let place = place(path)
                return (names[place] ?? place) + (layer.map { ":\($0)" } ?? "")
            case .output(_, let file): return names[folder.file(file)] ?? file
            }
        }
    }

    // MARK: Bytes

    /// The SHA-256 of a file, from its bytes or from those read before, where it is the same file.
    func record(of path: String) throws -> InputRecord {
        let stamp = FileStamp(path)
        if let known = files[path], known.stamp == stamp { return known.record }
        let record = try InputRecord.of(file: path)
        files[path] = (record, stamp)
        return record
    }

    /// Whether a file is the one that was read.
    func isUnchanged(_ path: String) -> Bool {
        files[path].map { $0.stamp == FileStamp(path) } ?? true
    }
}

/// By which a file is told from what it was: its place on the disk, its size, and its times.
struct FileStamp: Hashable {
    private let numbers: [Int]

    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            numbers = []
            return
        }
        numbers = [
            Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
            status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }
}
