/// All series of one name.
struct MetricFamily {
    /// The kinds of metrics, in Prometheus's words.
    enum Kind: String {
        case counter, gauge, histogram
    }

    let kind: Kind
    private var series: [String: any MetricSeries] = [:]

    init(_ kind: Kind) { self.kind = kind }

    /// The series with some labels.
    subscript(labels: String) -> (any MetricSeries)? {
        get { series[labels] }
        set { series[labels] = newValue }
    }

    var isEmpty: Bool { series.isEmpty }

    /// Forgets a series.
    mutating func remove(_ one: AnyObject) {
        if let at = series.firstIndex(where: { $0.value === one }) { series.remove(at: at) }
    }

    /// Writes what the metric is, and all its series.
    func write(_ name: String, help: String?, to text: inout String) {
        if let help {
            let escaped = help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
            text += "# HELP \(name) \(escaped)\n"
        }
        text += "# TYPE \(name) \(kind.rawValue)\n"
        for (labels, one) in series.sorted(by: { $0.key < $1.key }) {
            one.write(name, labels, to: &text)
        }
    }

    /// One line of the format.
    static func line(_ name: String, _ labels: String, _ value: Double, to text: inout String) {
        text += labels.isEmpty ? name : "\(name){\(labels)}"
        text += " \(number(value))\n"
    }

    /// A number as Prometheus reads it; whole ones without a point.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map { String($0) } ?? String(value)
    }
}
