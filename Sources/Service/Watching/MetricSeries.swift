import CoreMetrics
import Synchronization

/// What is kept of one metric with one set of labels.
protocol MetricSeries: AnyObject, Sendable {
    /// Writes its lines.
    ///
    /// - Parameters:
    ///   - name: The name of the metric.
    ///   - labels: Its labels, without braces.
    ///   - text: Where the lines are added.
    func write(_ name: String, _ labels: String, to text: inout String)
}

/// A number that is counted up, or set.
final class NumberSeries: MetricSeries, CounterHandler, FloatingPointCounterHandler, MeterHandler,
    RecorderHandler
{
    private let value = Mutex(0.0)

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func reset() { set(0.0) }
    func set(_ new: Int64) { set(Double(new)) }
    func set(_ new: Double) { value.withLock { $0 = new } }
    func record(_ new: Int64) { set(new) }
    func record(_ new: Double) { set(new) }

    func write(_ name: String, _ labels: String, to text: inout String) {
        MetricFamily.line(name, labels, value.withLock { $0 }, to: &text)
    }
}

/// How values are spread.
final class HistogramSeries: MetricSeries, RecorderHandler, TimerHandler {
    /// Upper bounds of buckets of times, in seconds.
    static let seconds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
    ]
    /// Upper bounds where nothing is known of the unit.
    static let decades = [0.001, 0.01, 0.1, 1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

    private struct Counts {
        var buckets: [Int]
        var count = 0
        var sum = 0.0
    }

    private let bounds: [Double]
    private let counts: Mutex<Counts>

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Mutex(Counts(buckets: [Int](repeating: 0, count: bounds.count)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 }
        counts.withLock { counts in
            counts.count += 1
            counts.sum += value
            if let bucket { counts.buckets[bucket] += 1 }
        }
    }

    func write(_ name: String, _ labels: String, to text: inout String) {
        let counts = counts.withLock { $0 }
        let before = labels.isEmpty ? "" : labels + ","
        var sum = 0
        for (bound, count) in zip(bounds + [.infinity], counts.buckets + [0]) {
            sum = bound.isInfinite ? counts.count : sum + count
            MetricFamily.line(
                name + "_bucket", before + "le=\"\(MetricFamily.number(bound))\"", Double(sum),
                to: &text)
        }
        MetricFamily.line(name + "_sum", labels, counts.sum, to: &text)
        MetricFamily.line(name + "_count", labels, Double(counts.count), to: &text)
    }
}
