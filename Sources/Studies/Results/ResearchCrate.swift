internal import Features
internal import Formats

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension StudyRun {
    /// Writes what the folder holds and how it came about, as an RO-Crate
    /// (https://w3id.org/ro/crate/1.1), where it is a whole study.
    func writeCrate(_ making: StepMaking) throws {
        let path = folder.file(ResearchCrate.file)
        let before = try? JSONValue.read(path)
        let crate = ResearchCrate(
            plan: plan, folder: folder, making: making,
            versions: try operations.versions(in: plan.data.map { making.place($0) }),
            date: plan.date ?? before.flatMap(ResearchCrate.date(of:)) ?? ResearchCrate.today)
        let json = try crate.json()
        if before != json { try TextFile.write(json.indentedText, to: path) }
    }
}

/// The results of a study as research data that others can take in.
struct ResearchCrate {
    /// The file by which a folder is known as a crate.
    static let file = "ro-crate-metadata.json"

    let plan: StudyPlan
    let folder: StudyFolder
    let making: StepMaking
    let versions: StudyVersions
    let date: String

    /// The date that a crate was published on.
    static func date(of crate: JSONValue) -> String? {
        crate["@graph"]?.array?.first { $0["@id"]?.string == "./" }?["datePublished"]?.string
    }

    /// The day by the clock, in UTC.
    static var today: String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    }

    func json() throws -> JSONValue {
        var files: [JSONValue] = []
        var actions: [JSONValue] = []
        var inputs: [InputRecord] = []
        for step in plan.steps {
            let results = folder.record(of: step.id)?.outputs ?? []
            files += results.map { Self.file($0) }
            let read = try making.inputs(of: step)
            for input in read where input.step == nil && !inputs.contains(input.record) {
                inputs.append(input.record)
            }
            actions.append(
                action(
                    step, results.map(\.name),
                    objects: read.map {
                        $0.step == nil ? Self.identifier(of: $0.record) : $0.record.name
                    }))
        }
        return .object([
            "@context": .array([
                .string("https://w3id.org/ro/crate/1.1/context"),
                .object(["sha256": .string("https://schema.org/sha256")]),
            ]),
            "@graph": .array(
                [Self.descriptor, dataset(files, actions), Self.licenceTerms, catalogue]
                    + software + inputs.map(Self.outside) + files + actions),
        ])
    }

    // MARK: What it lists

    /// A step with what it read and wrote.
    private func action(
        _ step: PlannedStep, _ results: [String], objects: [String]
    ) -> JSONValue {
        .object([
            "@id": .string("#\(step.id)"), "@type": .string("CreateAction"),
            "name": .string("\(step.operation.name) (\(step.id))"),
            "description": .string(
                (["clusteratlas"] + step.words(\.bareName)).joined(separator: " ")),
            "instrument": Self.reference("#software-clusteratlas"),
            "object": Self.references(["#catalogue"] + objects),
            "result": Self.references(results),
        ])
    }

    /// The file that makes a folder a crate.
    private static var descriptor: JSONValue {
        .object([
            "@id": .string(file), "@type": .string("CreativeWork"),
            "conformsTo": reference("https://w3id.org/ro/crate/1.1"), "about": reference("./"),
        ])
    }

    /// The folder as a whole.
    private func dataset(_ files: [JSONValue], _ actions: [JSONValue]) -> JSONValue {
        func names(_ entities: [JSONValue]) -> JSONValue {
            Self.references(entities.compactMap { $0["@id"]?.string })
        }
        return .object([
            "@id": .string("./"), "@type": .string("Dataset"), "name": .string(plan.title),
            "description": .string(
                ([plan.question ?? "Results of the study \(plan.name)."] + plan.limits)
                    .joined(separator: " ")),
            "datePublished": .string(date), "license": Self.reference(Self.licence),
            "hasPart": names(files), "mentions": names(actions),
            "isBasedOn": Self.reference("#catalogue"),
        ])
    }

    private static var licenceTerms: JSONValue {
        .object([
            "@id": .string(licence), "@type": .string("CreativeWork"),
            "name": .string("Creative Commons Attribution 4.0 International"),
        ])
    }

    private var catalogue: JSONValue {
        .object([
            "@id": .string("#catalogue"), "@type": .string("Dataset"),
            "name": .string("The catalogue of ClusterAtlas"),
            "version": .string(versions.catalogue), "sha256": .string(versions.catalogueDigest),
            "temporalCoverage": plan.asOf.map { .string($0) },
            "license": Self.reference(Self.licence),
        ])
    }

    private var software: [JSONValue] {
        versions.software.map { software in
            .object([
                "@id": .string("#software-\(software.name)"),
                "@type": .string("SoftwareApplication"), "name": .string(software.name),
                "softwareVersion": .string(software.version),
            ])
        }
    }

    /// A file that the study reads, of which the folder holds no copy.
    private static func outside(_ input: InputRecord) -> JSONValue {
        .object([
            "@id": .string(identifier(of: input)), "@type": .string("CreativeWork"),
            "name": .string(input.name), "sha256": .string(input.sha256),
        ])
    }

    private static let licence = "https://creativecommons.org/licenses/by/4.0/"

    private static func reference(_ id: String) -> JSONValue { .object(["@id": .string(id)]) }

    /// A list of references; one alone stands without brackets, as the specification recommends.
    private static func references(_ ids: [String]) -> JSONValue {
        ids.count == 1 ? reference(ids[0]) : .array(ids.map(reference))
    }

    private static func identifier(of input: InputRecord) -> String {
        "#input-\(input.sha256.prefix(16))"
    }

    private static func file(_ record: InputRecord) -> JSONValue {
        let types = [
            "geojson": "application/geo+json", "json": "application/json", "csv": "text/csv",
            "html": "text/html", "htm": "text/html", "svg": "image/svg+xml", "png": "image/png",
            "txt": "text/plain", "gpkg": "application/geopackage+sqlite3",
        ]
        let ending = record.name.split(separator: ".").last.map(String.init) ?? ""
        return .object([
            "@id": .string(record.name), "@type": .string("File"), "name": .string(record.name),
            "encodingFormat": .string(types[ending] ?? "application/octet-stream"),
            "contentSize": .string(String(record.size)), "sha256": .string(record.sha256),
        ])
    }
}
