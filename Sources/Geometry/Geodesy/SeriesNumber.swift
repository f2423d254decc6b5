/// What lengths and positions are worked out in: one number, or several side by side.
///
/// Several give the same bits as each of them alone.
protocol SeriesNumber {
    init(all value: Double)
    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self
    static func / (a: Self, b: Self) -> Self
    func squareRoot() -> Self
    /// Itself where it is more than 0, else 0.
    var orZero: Self { get }
}

extension Double: SeriesNumber {
    @inline(__always)
    init(all value: Double) { self = value }

    @inline(__always)
    var orZero: Double { self > 0 ? self : 0 }
}

extension SIMD4: SeriesNumber where Scalar == Double {
    @inline(__always)
    init(all value: Double) { self.init(repeating: value) }

    @inline(__always)
    var orZero: Self { Self(repeating: 0).replacing(with: self, where: self .> 0) }
}

extension SeriesNumber {
    /// Sine and cosine of an angle in degrees.
    ///
    /// The angle is taken apart into quarter turns and a rest within ±45 degrees, without rounding;
    /// the Taylor series of the rest end where a term falls below 1e-17. Quarter turns are exact.
    @inline(__always)
    static func sineAndCosine(degrees: Self) -> (sine: Self, cosine: Self) {
        // Adding and taking away 3·2⁵¹ rounds to a whole number.
        let rounding = Self(all: 6_755_399_441_055_744)
        let quarters = (degrees * Self(all: 1.0 / 90) + rounding) - rounding
        let rest = (degrees - quarters * Self(all: 90)) * Self(all: .pi / 180)
        let square = rest * rest
        var sine = Self(all: -1.0 / 1_307_674_368_000)
        sine = sine * square + Self(all: 1.0 / 6_227_020_800)
        sine = sine * square - Self(all: 1.0 / 39_916_800)
        sine = sine * square + Self(all: 1.0 / 362_880)
        sine = sine * square - Self(all: 1.0 / 5040)
        sine = sine * square + Self(all: 1.0 / 120)
        sine = sine * square - Self(all: 1.0 / 6)
        sine = rest + rest * square * sine
        var cosine = Self(all: 1.0 / 20_922_789_888_000)
        cosine = cosine * square - Self(all: 1.0 / 87_178_291_200)
        cosine = cosine * square + Self(all: 1.0 / 479_001_600)
        cosine = cosine * square - Self(all: 1.0 / 3_628_800)
        cosine = cosine * square + Self(all: 1.0 / 40_320)
        cosine = cosine * square - Self(all: 1.0 / 720)
        cosine = cosine * square + Self(all: 1.0 / 24)
        cosine = Self(all: 1) - (square * Self(all: 0.5) - square * square * cosine)
        // Without whole turns, -2, -1, 0, 1 or 2 are left: odd ones exchange sine and cosine, two
        // change both signs.
        let whole = (quarters * Self(all: 0.25) + rounding) - rounding
        let turns = quarters - whole * Self(all: 4)
        let squaredTurns = turns * turns
        // Of 0, 3 and 0 a third, which rounds to 0, 1 and 0.
        let odd = squaredTurns * (Self(all: 4) - squaredTurns) * Self(all: 1.0 / 3)
        let kept = (Self(all: 1) - odd) * (Self(all: 1) - squaredTurns * Self(all: 0.5))
        let exchanged = odd * turns
        return (kept * sine + exchanged * cosine, kept * cosine - exchanged * sine)
    }
}
