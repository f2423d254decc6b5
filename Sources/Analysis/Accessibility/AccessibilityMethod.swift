public import Geometry

/// A formula of accessibility: how supply is divided among the demand that reaches it, and how each
/// place of demand adds up its parts.
///
/// In all of them i is a place of demand with the weight Pᵢ, j a facility with the capacity Sⱼ, dᵢⱼ
/// the distance between them, and wᵢⱼ = f(dᵢⱼ) the weight that ``DistanceDecay`` gives it; sums run
/// over pairs within the limit.
public struct AccessibilityMethod: Hashable, Sendable {
    /// The name by which the command line knows it: `2sfca`.
    public let name: String
    /// The name by which people know it.
    public let title: String
    /// How much of a place's demand a facility carries.
    let claim: Claim
    /// How much of a facility's ratio a place draws.
    let draw: Draw
    /// Which decay is meant where none is named.
    let usual: UsualDecay

    /// How much of a place's demand a facility carries, the sum of which is its load.
    enum Claim: Hashable, Sendable {
        /// Nothing: facilities do not fill up.
        case none
        /// Pᵢ wᵢⱼ.
        case decayed
        /// Pᵢ Gᵢⱼ wᵢⱼ with the selection weight Gᵢⱼ = wᵢⱼ / Σₖ wᵢₖ.
        case selected
        /// Pᵢ wᵢⱼ / Σₖ wᵢₖ.
        case balanced
    }

    /// How much a place draws of the ratio Rⱼ of a facility's capacity to its load.
    enum Draw: Hashable, Sendable {
        /// Rⱼ wᵢⱼ.
        case decayed
        /// Rⱼ wᵢⱼ².
        case squared
        /// Rⱼ Gᵢⱼ wᵢⱼ.
        case selected
        /// Rⱼ wᵢⱼ / Σₖ wₖⱼ.
        case balanced
    }

    /// Which decay is meant where none is named.
    enum UsualDecay: Hashable, Sendable {
        /// Binary, and no other.
        case onlyBinary
        /// (d / 1 km)⁻².
        case power
        /// 1, 0.68 and 0.22 in the thirds of the limit.
        case thirds
        /// Dai's Gaussian, 0 at the limit.
        case gaussianToZero
        /// Epanechnikov's kernel, 0 at the limit.
        case epanechnikov
    }
}

extension AccessibilityMethod {
    /// All methods that are a formula; ``RationalAgentModel`` is a search.
    public static let all: [AccessibilityMethod] = [
        cumulativeOpportunities, gravity, twoStep, enhancedTwoStep, gaussianTwoStep,
        kernelTwoStep, threeStep, modifiedTwoStep, balanced,
    ]

    /// Finds a method by its name.
    ///
    /// - Parameter name: The name: `2sfca`.
    public init?(named name: String) {
        guard let method = Self.all.first(where: { $0.name == name }) else { return nil }
        self = method
    }

    /// Whether facilities fill up, so that demand is passed over twice.
    public var sharesSupply: Bool { claim != .none }

    /// The decay that is meant where none is named.
    ///
    /// - Parameter limit: The greatest distance.
    /// - Returns: The decay.
    public func usualDecay(within limit: Distance) -> DistanceDecay {
        switch usual {
        case .onlyBinary: return .binary
        case .power: return .power(exponent: 2, scale: .kilometres(1))
        case .thirds:
            return .steps([
                .init(upTo: .metres(limit.metres / 3), weight: 1),
                .init(upTo: .metres(limit.metres * 2 / 3), weight: 0.68),
                .init(upTo: limit, weight: 0.22),
            ])
        case .gaussianToZero: return .gaussianToZero(at: limit)
        case .epanechnikov: return .epanechnikov(bandwidth: limit)
        }
    }
}
