/// What it costs to serve: first how much is left unserved, then metres.
///
/// Of two costs the one that leaves less unserved is the lesser, whatever the way; so that as much as
/// can be is served, and that in the least total distance, without a penalty that would have to be
/// large enough and yet swallow no digits.
struct ServiceCost: Comparable, AdditiveArithmetic, Sendable {
    /// Units that are left unserved.
    var unserved: Int
    /// The distance in metres.
    var metres: Double

    static let zero = ServiceCost(unserved: 0, metres: 0)
    /// Of one unit that nobody serves.
    static let refusal = ServiceCost(unserved: 1, metres: 0)

    /// The cost of serving at a distance.
    init(_ metres: Double) {
        unserved = 0
        self.metres = metres
    }

    init(unserved: Int, metres: Double) {
        self.unserved = unserved
        self.metres = metres
    }

    static func < (a: Self, b: Self) -> Bool {
        a.unserved == b.unserved ? a.metres < b.metres : a.unserved < b.unserved
    }

    static func + (a: Self, b: Self) -> Self {
        Self(unserved: a.unserved + b.unserved, metres: a.metres + b.metres)
    }

    static func - (a: Self, b: Self) -> Self {
        Self(unserved: a.unserved - b.unserved, metres: a.metres - b.metres)
    }
}
