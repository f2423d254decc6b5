public import Formats

extension JobRecord {
    /// What is told of a job (OGC API – Processes, `statusInfo`).
    ///
    /// - Parameter base: Where clients find the service.
    /// - Returns: The object.
    public func statusInfo(at base: String) -> JSONValue {
        var links: [JSONValue] = [
            .object([
                "href": .string("\(base)/jobs/\(id)"), "rel": .string("self"),
                "type": .string("application/json"),
            ])
        ]
        if state == .successful {
            links.append(
                .object([
                    "href": .string("\(base)/jobs/\(id)/results"),
                    "rel": .string("http://www.opengis.net/def/rel/ogc/1.0/results"),
                    "type": .string("application/json"),
                ]))
        }
        return .object([
            "processID": .string(process), "type": .string("process"), "jobID": .string(id),
            "status": .string(state.rawValue),
            "message": message.map { .string($0) },
            "created": .string(Self.text(of: created)),
            "started": started.map { .string(Self.text(of: $0)) },
            "finished": finished.map { .string(Self.text(of: $0)) },
            "updated": .string(Self.text(of: updated)),
            "progress": progress.map { .int(Int64($0)) },
            "links": .array(links),
        ])
    }

    /// A moment as RFC 3339 writes it: `2026-11-22T02:03:04.567Z`.
    ///
    /// The day is found as in H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"
    /// (https://howardhinnant.github.io/date_algorithms.html, `civil_from_days`).
    public static func text(of moment: Moment) -> String {
        func padded(_ number: Int64, _ digits: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        let days = Int64((Double(moment) / 86_400_000).rounded(.down))
        let rest = moment - days * 86_400_000
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * part + 2) / 5 + 1
        let month = part < 10 ? part + 3 : part - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
            + "\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):"
            + "\(padded(rest / 1000 % 60, 2)).\(padded(rest % 1000, 3))Z"
    }
}
