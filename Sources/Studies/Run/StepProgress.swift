public import Formats

/// How far work has come, and how long the rest may take by the mean of what is done.
public struct StepProgress: Hashable, Sendable {
    /// For how many seconds it has been at work.
    public var seconds: Double
    /// How many parts are done, and of how many; `nil` where their number is not known.
    public var parts: Parts?
    /// How many features have been worked on.
    public var features: Int

    /// Parts of some work.
    public struct Parts: Hashable, Sendable {
        /// How many are done.
        public let done: Int
        /// How many there are.
        public let all: Int

        /// Creates a record.
        ///
        /// - Parameters:
        ///   - done: How many are done.
        ///   - all: How many there are.
        public init(done: Int, of all: Int) {
            self.done = done
            self.all = all
        }
    }

    /// Creates a record.
    ///
    /// - Parameters:
    ///   - seconds: For how long it has been at work.
    ///   - parts: How many parts are done.
    ///   - features: How many features have been worked on.
    public init(seconds: Double, parts: Parts? = nil, features: Int = 0) {
        self.seconds = seconds
        self.parts = parts
        self.features = features
    }

    /// Reads what ``json`` says.
    ///
    /// - Parameter json: The object.
    public init?(json: JSONValue) {
        guard let seconds = json["seconds"]?.number else { return nil }
        self.seconds = seconds
        features = json["features"]?.int ?? 0
        if let done = json["done"]?.int, let all = json["of"]?.int {
            parts = Parts(done: done, of: all)
        }
    }

    /// Features a second, or where there are none parts a second; `nil` where nothing is done yet.
    public var rate: Double? {
        let count = features > 0 ? features : parts?.done ?? 0
        return count > 0 && seconds > 0 ? Double(count) / seconds : nil
    }

    /// How many seconds the parts that are left may take; `nil` where that is not known.
    public var secondsLeft: Double? {
        guard let parts, parts.done > 0 else { return nil }
        return seconds / Double(parts.done) * Double(parts.all - parts.done)
    }

    /// The record as an object: `seconds`, `done`, `of`, `features`, `per_second`, `seconds_left`, as far
    /// as they are known.
    public var json: JSONValue {
        func rounded(_ number: Double) -> JSONValue { .double((number * 1000).rounded() / 1000) }
        var members = [JSONValue.Member(name: "seconds", value: rounded(seconds))]
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONValue.Member(name: name, value: value)) }
        }
        add("done", parts.map { .int(Int64($0.done)) })
        add("of", parts.map { .int(Int64($0.all)) })
        add("features", features > 0 ? .int(Int64(features)) : nil)
        add("per_second", rate.map(rounded))
        add("seconds_left", secondsLeft.map(rounded))
        return .object(members)
    }
}
