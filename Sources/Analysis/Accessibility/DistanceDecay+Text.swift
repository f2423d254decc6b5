internal import Geometry

extension DistanceDecay: CustomStringConvertible {
    /// The forms that ``init(_:)`` reads, with an example each.
    public static let forms = [
        "binary", "steps:5km=1,10km=0.68,20km=0.22", "power:2", "power:2:1km", "exponential:5km",
        "gaussian:10km", "gaussian-to-zero:20km", "log-logistic:10km:3", "epanechnikov:20km",
    ]

    /// Reads a decay as people write it; `nil` for other text, or numbers that ``check()`` refuses.
    ///
    /// `power:2` has a scale of 1 km.
    ///
    /// - Parameter text: One of the ``forms``.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let name = parts.first, let decay = Self.read(name, Array(parts.dropFirst())),
            (try? decay.check()) != nil
        else { return nil }
        self = decay
    }

    private static func read(_ name: String, _ values: [String]) -> DistanceDecay? {
        switch (name, values.count) {
        case ("binary", 0): return .binary
        case ("steps", 1):
            var steps: [Step] = []
            for part in values[0].split(separator: ",", omittingEmptySubsequences: false) {
                let sides = part.split(separator: "=", omittingEmptySubsequences: false)
                guard sides.count == 2, let limit = Distance(sides[0]),
                    let weight = Double(String(sides[1]))
                else { return nil }
                steps.append(Step(upTo: limit, weight: weight))
            }
            return .steps(steps)
        case ("power", 1...2):
            let scale = values.count == 2 ? Distance(values[1]) : .kilometres(1)
            guard let exponent = Double(values[0]), let scale else { return nil }
            return .power(exponent: exponent, scale: scale)
        case ("log-logistic", 2):
            guard let median = Distance(values[0]), let exponent = Double(values[1]) else {
                return nil
            }
            return .logLogistic(median: median, exponent: exponent)
        case (_, 1):
            guard let distance = Distance(values[0]) else { return nil }
            switch name {
            case "exponential": return .exponential(scale: distance)
            case "gaussian": return .gaussian(sigma: distance)
            case "gaussian-to-zero": return .gaussianToZero(at: distance)
            case "epanechnikov": return .epanechnikov(bandwidth: distance)
            default: return nil
            }
        default: return nil
        }
    }

    /// The decay as ``init(_:)`` reads it.
    public var description: String {
        func short(_ value: Double) -> String {
            value == value.rounded() && value.magnitude < 1e15
                ? String(Int(value)) : String(value)
        }
        switch self {
        case .binary: return "binary"
        case .steps(let steps):
            let texts = steps.map { "\($0.limit.label)=\(short($0.weight))" }
            return "steps:\(texts.joined(separator: ","))"
        case .power(let exponent, let scale): return "power:\(short(exponent)):\(scale.label)"
        case .exponential(let scale): return "exponential:\(scale.label)"
        case .gaussian(let sigma): return "gaussian:\(sigma.label)"
        case .gaussianToZero(let end): return "gaussian-to-zero:\(end.label)"
        case .logLogistic(let median, let exponent):
            return "log-logistic:\(median.label):\(short(exponent))"
        case .epanechnikov(let bandwidth): return "epanechnikov:\(bandwidth.label)"
        }
    }
}
