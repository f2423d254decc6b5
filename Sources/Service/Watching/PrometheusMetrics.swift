public import CoreMetrics
import Synchronization

/// Keeps what is counted through swift-metrics, and writes it for Prometheus.
///
/// Counters are counters, meters and recorders that do not aggregate are gauges, recorders that do are
/// histograms, and timers are histograms of seconds. Names and labels that Prometheus does not take are
/// brought into its alphabet (https://prometheus.io/docs/concepts/data_model/).
public final class PrometheusMetrics: MetricsFactory {
    private let state = Mutex(State())

    private struct State {
        var families: [String: MetricFamily] = [:]
        var helps: [String: String] = [:]
    }

    /// Creates an empty keeper.
    public init() {}

    /// Says what metrics are, for those who read them.
    ///
    /// - Parameter texts: One sentence a name.
    func describe(_ texts: [String: String]) {
        state.withLock { $0.helps.merge(texts) { $1 } }
    }

    /// All metrics in Prometheus's text format, version 0.0.4
    /// (https://prometheus.io/docs/instrumenting/exposition_formats/).
    ///
    /// - Complexity: O(n log n) for n series.
    public var text: String {
        let (families, helps) = state.withLock { ($0.families, $0.helps) }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) where !family.isEmpty {
            family.write(name, help: helps[name], to: &text)
        }
        return text
    }

    // MARK: What swift-metrics asks for

    /// Makes a counter, whose name ends in `_total`.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(Self.name(label, unit: "total"), .counter, dimensions) { NumberSeries() }
    }

    /// Makes a counter of fractions, whose name ends in `_total`.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(Self.name(label, unit: "total"), .counter, dimensions) { NumberSeries() }
    }

    /// Makes a gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(Self.name(label), .gauge, dimensions) { NumberSeries() }
    }

    /// Makes a gauge, or a histogram where values are to be aggregated.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else {
            return series(Self.name(label), .gauge, dimensions) { NumberSeries() }
        }
        return series(Self.name(label), .histogram, dimensions) {
            HistogramSeries(bounds: HistogramSeries.decades)
        }
    }

    /// Makes a histogram of seconds, whose name ends in `_seconds`.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(Self.name(label, unit: "seconds"), .histogram, dimensions) {
            HistogramSeries(bounds: HistogramSeries.seconds)
        }
    }

    /// Forgets a series.
    public func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
    /// Forgets a series.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {
        forget(handler)
    }
    /// Forgets a series.
    public func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
    /// Forgets a series.
    public func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
    /// Forgets a series.
    public func destroyTimer(_ handler: any TimerHandler) { forget(handler) }

    private func forget(_ handler: AnyObject) {
        state.withLock { state in
            for name in state.families.keys { state.families[name]?.remove(handler) }
        }
    }

    /// The series of a name and labels, made where there is none.
    ///
    /// A name that is taken by another kind of metric gets the kind behind it: Prometheus knows one kind
    /// for a name.
    private func series<Series: MetricSeries>(
        _ name: String, _ kind: MetricFamily.Kind, _ dimensions: [(String, String)],
        _ make: () -> Series
    ) -> Series {
        let labels = Self.labels(dimensions)
        return state.withLock { state in
            var name = name
            while let there = state.families[name], there.kind != kind { name += "_\(kind)" }
            if let there = state.families[name]?[labels] as? Series { return there }
            let made = make()
            state.families[name, default: MetricFamily(kind)][labels] = made
            return made
        }
    }

    // MARK: Names

    /// A name in Prometheus's alphabet, with its unit behind it.
    private static func name(_ label: String, unit: String? = nil) -> String {
        let name = plain(label, also: ":")
        guard let unit, !name.hasSuffix("_" + unit) else { return name }
        return name + "_" + unit
    }

    private static func plain(_ text: String, also: Character? = nil) -> String {
        var plain = ""
        for letter in text {
            let isPlain = letter.isASCII && (letter.isLetter || letter.isNumber)
            plain.append(isPlain || letter == also ? letter : "_")
        }
        return plain.first.map { !$0.isNumber } ?? false ? plain : "_" + plain
    }

    /// Labels as they stand between braces, in the order of their names, each name once.
    private static func labels(_ dimensions: [(String, String)]) -> String {
        let known = Dictionary(dimensions.map { (plain($0), $1) }) { $1 }
        return known.sorted { $0.key < $1.key }
            .map { name, value in
                let escaped = value.replacing("\\", with: "\\\\")
                    .replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
                return "\(name)=\"\(escaped)\""
            }
            .joined(separator: ",")
    }
}
