/// Between which numbers a measure must lie; a value exactly at a bound is within.
public struct ScreeningBounds: Hashable, Sendable {
    /// The least value; `nil` for any.
    public let least: Double?
    /// The greatest value; `nil` for any.
    public let most: Double?

    /// Creates bounds.
    ///
    /// - Parameters:
    ///   - least: The least value; `nil` for any.
    ///   - most: The greatest value; `nil` for any.
    /// - Throws: ``SitingError`` (`badArgument`) where there is neither, one is not finite, or the
    ///   least is above the greatest.
    public init(least: Double? = nil, most: Double? = nil) throws {
        func fault(_ problem: String, _ remedy: String) -> SitingError {
            SitingError(.badArgument, at: "", problem, remedy: remedy)
        }
        if least == nil, most == nil {
            throw fault("there is neither a min nor a max", "give one of them, or both")
        }
        if least?.isFinite == false || most?.isFinite == false {
            throw fault("a bound is not finite", "give a number, or leave the bound out")
        }
        if let least, let most, least > most {
            throw fault(
                "min \(least) is above max \(most)", "exchange them, or correct one of them")
        }
        self.least = least
        self.most = most
    }

    private init(_ least: Double?, _ most: Double?) {
        self.least = least
        self.most = most
    }

    /// Whether a value lies within the bounds; what could not be measured (NaN) does not.
    ///
    /// - Parameter value: The value.
    /// - Returns: True from the least value to the greatest.
    public func hold(_ value: Double) -> Bool {
        if value.isNaN { return false }
        if let least, value < least { return false }
        if let most, value > most { return false }
        return true
    }

    /// The bounds a share wider: 5 km become 5.5 km with a tenth.
    ///
    /// - Parameters:
    ///   - percent: The share in percent.
    ///   - isWhole: Whether what is measured are whole numbers, which move by at least one.
    /// - Returns: Wider bounds; `nil` where nothing can be wider, as with at least 0.
    public func relaxed(byPercent percent: Int, isWhole: Bool = false) -> ScreeningBounds? {
        func step(_ value: Double) -> Double { value.magnitude * Double(percent) / 100 }
        // Multiplied before it is divided, so that 5,000 m become 5,500 m and not a hair more.
        func raised(_ value: Double) -> Double {
            if isWhole { return value + max(1, step(value).rounded(.up)) }
            return value >= 0 ? value * Double(100 + percent) / 100 : value + step(value)
        }
        func lowered(_ value: Double) -> Double {
            if isWhole { return max(0, value - max(1, step(value).rounded(.up))) }
            return value >= 0 ? value * Double(max(0, 100 - percent)) / 100 : value - step(value)
        }
        let wider = ScreeningBounds(least.map(lowered), most.map(raised))
        return wider == self ? nil : wider
    }
}
