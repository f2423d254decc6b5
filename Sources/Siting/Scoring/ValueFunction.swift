/// What a value is worth: straight between given places, and the same beyond the first and the last.
///
/// Piecewise linear value functions are those of R. L. Keeney and H. Raiffa, Decisions with Multiple
/// Objectives, 1976, https://doi.org/10.1017/CBO9781139174084.
public struct ValueFunction: Hashable, Sendable {
    /// The places, ascending, each with what it is worth.
    public let places: [Place]

    /// A place with what it is worth.
    public struct Place: Hashable, Sendable {
        /// The value of the criterion.
        public let at: Double
        /// What it is worth, from 0, worst, to 1, best.
        public let worth: Double

        /// Creates a place.
        ///
        /// - Parameters:
        ///   - at: The value of the criterion.
        ///   - worth: What it is worth.
        public init(at: Double, worth: Double) {
            self.at = at
            self.worth = worth
        }
    }

    /// Creates a function.
    ///
    /// - Parameter places: At least two places.
    /// - Throws: ``SitingError`` (`badArgument`) for fewer, for places that do not ascend, and for a
    ///   worth that is not from 0 to 1.
    public init(_ places: [Place]) throws {
        func fault(_ problem: String) -> SitingError {
            SitingError(
                .badArgument, at: "", problem,
                remedy: "give two or more places from the least on, each with 0 to 1: 0=1,30=0")
        }
        if places.count < 2 { throw fault("a value function needs two places") }
        for place in places where !place.at.isFinite || !(0...1).contains(place.worth) {
            throw fault("a value function is worth \(place.worth) at \(place.at)")
        }
        for (a, b) in zip(places, places.dropFirst()) where a.at >= b.at {
            throw fault("a value function has \(b.at) after \(a.at)")
        }
        self.places = places
    }

    /// What a value is worth.
    ///
    /// - Parameter value: The value of the criterion.
    /// - Returns: From 0, worst, to 1, best.
    public func value(at value: Double) -> Double {
        guard let after = places.firstIndex(where: { $0.at >= value }) else {
            return places[places.count - 1].worth
        }
        if after == 0 { return places[0].worth }
        let (a, b) = (places[after - 1], places[after])
        return a.worth + (b.worth - a.worth) * ((value - a.at) / (b.at - a.at))
    }
}
