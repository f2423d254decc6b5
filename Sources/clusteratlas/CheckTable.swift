import Catalogue
import Features
import Formats

/// The report of a check, for reading or for scripts.
enum CheckTable {
    static func text(_ report: CheckReport) -> String {
        var table = Table([
            ("layer", .whole), ("records", .right), ("placed", .right), ("facts", .right),
            ("sourced", .right), ("events", .right), ("links", .right), ("faults", .right),
        ])
        for layer in report.layers {
            let share = layer.facts == 0 ? "" : percent(layer.sourcedFacts, of: layer.facts)
            table.add([
                layer.layer, String(layer.records), String(layer.positions), String(layer.facts),
                share, String(layer.events), String(layer.links), String(layer.faults),
            ])
        }
        var text = table.text
        if !report.comparisons.isEmpty {
            var totals = Table([
                ("published total", .left), ("here", .right), ("published", .right),
                ("", .left),
            ])
            for total in report.comparisons {
                totals.add([
                    total.subject, JSONText.number(rounded(total.found)),
                    JSONText.number(total.published), total.agrees ? "agrees" : "differs",
                ])
            }
            text += "\n" + totals.text
        }
        for remark in report.remarks { text += "note: \(remark)\n" }
        if !report.faults.isEmpty { text += "\n" }
        for fault in report.faults {
            let id = fault.id.map { "\($0): " } ?? ""
            text += "\(fault.file):\(fault.line): \(id)\(fault.message)\n"
        }
        let records = report.layers.reduce(0) { $0 + $1.records }
        text +=
            "\n\(Figures.count(records, "record")), \(Figures.count(report.sources, "source")), "
        text +=
            report.faults.isEmpty
            ? "no faults\n" : "\(Figures.count(report.faults.count, "fault"))\n"
        return text
    }

    private static func percent(_ part: Int, of whole: Int) -> String {
        "\(Int((100 * Double(part) / Double(whole)).rounded())) %"
    }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    static func json(_ report: CheckReport) -> String {
        func list(_ rows: [[(String, Value)]]) -> Value {
            .json("[" + rows.map { JSONLine.object($0) }.joined(separator: ",\n") + "]")
        }
        let layers = report.layers.map { layer -> [(String, Value)] in
            [
                ("layer", .string(layer.layer)), ("records", .int(Int64(layer.records))),
                ("positions", .int(Int64(layer.positions))), ("facts", .int(Int64(layer.facts))),
                ("sourced_facts", .int(Int64(layer.sourcedFacts))),
                ("events", .int(Int64(layer.events))), ("links", .int(Int64(layer.links))),
                ("faults", .int(Int64(layer.faults))),
            ]
        }
        let totals = report.comparisons.map { total -> [(String, Value)] in
            [
                ("subject", .string(total.subject)), ("found", .double(rounded(total.found))),
                ("published", .double(total.published)),
                ("tolerance", .double(total.tolerance)), ("source", .string(total.source)),
                ("agrees", .bool(total.agrees)),
            ]
        }
        let faults = report.faults.map { fault -> [(String, Value)] in
            [
                ("file", .string(fault.file)), ("line", .int(Int64(fault.line))),
                ("id", fault.id.map { .string($0) } ?? .null), ("message", .string(fault.message)),
            ]
        }
        let remarks = report.remarks.map { JSONText.of(.string($0)) }
        return JSONLine.object([
            ("layers", list(layers)), ("sources", .int(Int64(report.sources))),
            ("totals", list(totals)), ("faults", list(faults)),
            ("remarks", .json("[" + remarks.joined(separator: ", ") + "]")),
        ]) + "\n"
    }
}
