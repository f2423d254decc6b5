import Features
import Formats
import Geometry

extension FileReport {
    /// The report for a person.
    var text: String {
        var rows: [(String, String)] = [
            ("file", "\(path)\(format.map { " (\($0.rawValue))" } ?? "")"), ("layer", name),
            (
                "features",
                Figures.number(Double(summary.count))
                    + (isSample ? " read, more follow (--full reads all)" : "")
            ), ("geometry", geometry), ("CRS", system),
        ]
        for line in CRSCandidate.lines(candidates) { rows.append(("", line)) }
        if let box = rawBox ?? summary.box {
            let digits = rawBox == nil ? 5 : 1
            rows.append(
                (
                    "box",
                    "\(Self.figure(box.minX, digits)), \(Self.figure(box.minY, digits)) to "
                        + "\(Self.figure(box.maxX, digits)), \(Self.figure(box.maxY, digits))"
                ))
        }
        if let encoding { rows.append(("encoding", encoding)) }
        if summary.checkedCount > 0 { rows.append(("validity", validity)) }
        for fault in summary.firstInvalid {
            let place = (rawBox == nil ? fault.place : nil).map {
                " at \(Self.figure($0.x, 6)), \(Self.figure($0.y, 6))"
            }
            rows.append(("", "feature \(fault.feature): \(fault.reason)\(place ?? "")"))
        }
        for remark in remarks { rows.append(("note", remark)) }
        let lines = rows.map { label, value in
            label + String(repeating: " ", count: 10 - label.count) + value + "\n"
        }.joined()
        guard !summary.attributes.isEmpty else { return lines }
        var table = Table([
            ("attribute", .whole), ("type", .left), ("null", .right), ("values", .left),
        ])
        for attribute in summary.attributes {
            table.add([
                attribute.name, Self.type(attribute), nullShare(attribute), Self.values(attribute),
            ])
        }
        return lines + "\n" + table.text
    }

    private var geometry: String {
        var parts = Shape.Kind.allCases.compactMap { kind in
            summary.kinds[kind].map { "\(kind.geoJSONName) \(Figures.number(Double($0)))" }
        }
        if summary.withoutGeometry > 0 || parts.isEmpty {
            parts.append("none \(Figures.number(Double(summary.withoutGeometry)))")
        }
        return parts.joined(separator: ", ")
    }

    /// The system, and how it is known.
    var system: String {
        guard rawBox == nil else {
            return candidates.isEmpty
                ? "not known; the numbers fit none of Korea's systems"
                : "not known; by where the numbers lie:"
        }
        guard let crs else {
            return "longitude, latitude on WGS 84, as nothing else is named"
                + (candidates.isEmpty ? "" : "; but the numbers lie like:")
        }
        let known = (try? CoordinateReferenceSystem(crs))?.description ?? crs
        return known + (isCRSNamed ? ", named by the file" : ", named by --assume-crs")
            + (candidates.isEmpty ? "" : "; but the numbers lie like:")
    }

    private var validity: String {
        let looked = "\(Figures.number(Double(summary.checkedCount))) lines and areas looked at"
        return summary.invalidCount == 0
            ? "all valid (\(looked))"
            : "\(Figures.number(Double(summary.invalidCount))) invalid (\(looked))"
    }

    private static func type(_ attribute: FeatureSummary.Attribute) -> String {
        switch attribute.kind {
        case .bool: "yes/no"
        case .int: "whole"
        case .double: "number"
        case .string: attribute.valueCount == 0 ? "empty" : "text"
        case .json: "JSON"
        }
    }

    private func nullShare(_ attribute: FeatureSummary.Attribute) -> String {
        guard summary.count > 0 else { return "" }
        let nulls = summary.count - attribute.valueCount
        if nulls == 0 { return "0" }
        let percent = Double(nulls) / Double(summary.count) * 100
        return percent < 1 ? "< 1 %" : "\(Int(percent.rounded())) %"
    }

    private static func values(_ attribute: FeatureSummary.Attribute) -> String {
        if let range = attribute.range, attribute.kind == .int || attribute.kind == .double {
            return range.lowerBound == range.upperBound
                ? JSONText.number(range.lowerBound)
                : "\(JSONText.number(range.lowerBound)) to \(JSONText.number(range.upperBound))"
        }
        return attribute.samples.map(\.description).joined(separator: ", ")
    }

    private static func figure(_ value: Double, _ decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        return JSONText.number((value * scale).rounded() / scale)
    }

    /// The report as one JSON object.
    var json: String {
        func box(_ box: Envelope?) -> Value {
            box.map {
                .json(
                    "["
                        + [$0.minX, $0.minY, $0.maxX, $0.maxY].map(JSONText.number)
                        .joined(separator: ", ") + "]")
            } ?? .null
        }
        func list(_ items: [String]) -> Value { .json("[" + items.joined(separator: ", ") + "]") }
        return JSONLine.object([
            ("file", .string(path)), ("format", format.map { .string($0.rawValue) } ?? .null),
            ("layer", .string(name)), ("features", .int(Int64(summary.count))),
            ("is_sample", .bool(isSample)),
            (
                "geometry",
                .json(
                    JSONLine.object(
                        Shape.Kind.allCases.compactMap { kind in
                            summary.kinds[kind].map { (kind.geoJSONName, .int(Int64($0))) }
                        } + [("null", .int(Int64(summary.withoutGeometry)))]))
            ), ("crs", rawBox == nil ? .string(crs ?? "EPSG:4326") : .null),
            ("crs_is_named", .bool(isCRSNamed)),
            (
                "crs_candidates",
                list(
                    candidates.map { candidate in
                        JSONLine.object([
                            ("crs", .string(candidate.system.definition)),
                            ("odds", .double((candidate.odds * 1000).rounded() / 1000)),
                            ("is_swapped", .bool(candidate.isSwapped)),
                            (
                                "metres_from_first",
                                .double(candidate.metres(from: candidates[0]).rounded())
                            ),
                        ])
                    })
            ), ("bbox", box(rawBox == nil ? summary.box : nil)), ("raw_bbox", box(rawBox)),
            ("encoding", encoding.map { .string($0) } ?? .null),
            ("checked", .int(Int64(summary.checkedCount))),
            ("invalid", .int(Int64(summary.invalidCount))),
            (
                "attributes",
                list(
                    summary.attributes.map { attribute in
                        JSONLine.object([
                            ("name", .string(attribute.name)),
                            ("type", .string(attribute.kind.rawValue)),
                            ("values", .int(Int64(attribute.valueCount))),
                            ("least", attribute.range.map { .double($0.lowerBound) } ?? .null),
                            ("greatest", attribute.range.map { .double($0.upperBound) } ?? .null),
                            ("samples", list(attribute.samples.map(JSONText.of))),
                        ])
                    })
            ), ("notes", list(remarks.map { JSONText.of(.string($0)) })),
        ])
    }
}
