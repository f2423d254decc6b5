import Features
import Formats
import Geometry

/// The check of a file of features, and its repair.
struct FileCheck {
    let path: String
    private(set) var check: FeatureCheck

    /// Checks a file; what is repaired goes to `output`.
    static func run(
        _ path: String, _ input: InputOptions, repairedTo output: String?
    ) throws -> FileCheck {
        do {
            return try FileCheck(path, input, output, despite: nil)
        } catch let error as FormatError where error.code == .swappedAxes && path != "-" {
            // Readers refuse what has the latitude first; here it is looked at all the same.
            return try FileCheck(path, input, output, despite: error)
        }
    }

    private init(
        _ path: String, _ input: InputOptions, _ output: String?, despite swapped: FormatError?
    ) throws {
        self.path = path
        check = FeatureCheck(repairs: output != nil)
        var options = input.readingOptions
        options.keepsNumbers = true
        var source =
            swapped == nil ? try input.open(path).source : try openSource(path, options: options)
        var collection = source.collection
        var sink = try output.map { output in
            // All digits are kept, for only what is listed is changed.
            TellingSink(
                try openSink(output, options: WritingOptions(precision: 15)), name: output)
        }
        while let batch = try source.next() {
            // Only degrees on WGS 84 can be put right by their place alone.
            if let swapped, let crs = source.collection.crs,
                (try? CoordinateReferenceSystem(crs))?.isWGS84 != true
            {
                throw swapped
            }
            let checked = check.check(batch)
            try sink?.write(checked)
        }
        let end = source.collection
        collection.foreignMembers = end.foreignMembers
        for remark in end.remarks where remark.contains("turn") {
            check.add(
                FeatureFinding(
                    .winding, remark, repair: output == nil ? nil : "turned"))
        }
        check.finish()
        try sink?.finish(collection)
    }

    /// Every finding with its place, and a count of them.
    var text: String {
        var text = ""
        for finding in check.findings {
            var place = path
            if let feature = finding.feature { place += ", feature \(feature)" }
            if let id = finding.id { place += " (id \"\(id)\")" }
            text += "\(place): \(finding.rule.rawValue): \(finding.text)"
            if let at = finding.place {
                text += " at \(Self.figure(at.x)), \(Self.figure(at.y))"
            }
            text += finding.repair.map { "; \($0)" } ?? ""
            text += "\n"
        }
        let parts = FeatureFinding.Rule.allCases.compactMap { rule in
            check.counts[rule].map { "\(rule.rawValue) \(Figures.number(Double($0)))" }
        }
        return text + "\(path): \(Figures.count(check.count, "feature")), "
            + (parts.isEmpty ? "nothing found" : parts.joined(separator: ", ")) + "\n"
    }

    /// A coordinate to the centimetre.
    private static func figure(_ value: Double) -> String {
        JSONText.number((value * 1e7).rounded() / 1e7)
    }

    /// The findings as one JSON object.
    var json: String {
        let rows = check.findings.map { finding in
            JSONLine.object([
                ("rule", .string(finding.rule.rawValue)),
                ("is_fault", .bool(finding.rule.isFault)),
                ("feature", finding.feature.map { .int(Int64($0)) } ?? .null),
                ("id", finding.id.map { .string($0) } ?? .null), ("text", .string(finding.text)),
                (
                    "place",
                    finding.place.map {
                        .json("[\(Self.figure($0.x)), \(Self.figure($0.y))]")
                    } ?? .null
                ), ("repair", finding.repair.map { .string($0) } ?? .null),
            ])
        }
        return JSONLine.object([
            ("file", .string(path)), ("features", .int(Int64(check.count))),
            ("findings", .json("[" + rows.joined(separator: ", ") + "]")),
        ])
    }
}
