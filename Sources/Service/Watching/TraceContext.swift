import Tracing

/// Where a request stands in a trace through several services
/// (W3C Trace Context, https://www.w3.org/TR/trace-context/).
struct TraceContext: Hashable, Sendable {
    /// The trace, in 32 hexadecimal digits.
    let trace: String
    /// The part of it that is meant, in 16 hexadecimal digits.
    let span: String
    /// Whether who began the trace records it.
    let isSampled: Bool

    /// The header field that carries it.
    static let field = "traceparent"

    /// Begins a trace.
    init() {
        trace = Self.hex(Self.random()) + Self.hex(Self.random())
        span = Self.hex(Self.random())
        isSampled = false
    }

    /// Begins a new part of a trace.
    init(within parent: TraceContext) {
        trace = parent.trace
        isSampled = parent.isSampled
        span = Self.hex(Self.random())
    }

    /// Reads a header field: `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`.
    ///
    /// A later version may have more behind it. `nil` where it is not as section 3.2 of the standard says,
    /// and a trace is begun instead.
    init?(field: String) {
        let parts = field.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, zip(parts, [2, 32, 16, 2]).allSatisfy(Self.isHex),
            parts[0] != "ff", parts[0] != "00" || parts.count == 4,
            !parts[1].allSatisfy({ $0 == "0" }), !parts[2].allSatisfy({ $0 == "0" }),
            let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        trace = String(parts[1])
        span = String(parts[2])
        isSampled = flags & 1 == 1
    }

    /// The header field.
    var text: String { "00-\(trace)-\(span)-\(isSampled ? "01" : "00")" }

    private static func isHex(_ text: Substring, _ count: Int) -> Bool {
        text.utf8.count == count
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    private static func random() -> UInt64 { UInt64.random(in: 1 ... .max) }

    private static func hex(_ number: UInt64) -> String {
        String(unsafeUninitializedCapacity: 16) { digits in
            for at in 0..<16 {
                let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * at)) & 15
                digits[at] = digit < 10 ? 48 + digit : 87 + digit
            }
            return 16
        }
    }
}

/// By which the place in a trace is found in what goes with a task.
enum TraceContextKey: InstrumentationContextKey {
    typealias Value = TraceContext
}
