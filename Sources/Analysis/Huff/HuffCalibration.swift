public import Features
internal import Geometry

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The exponents of a ``HuffModel`` that make observed flows the likeliest.
///
/// Each unit that starts at a place of demand chooses one facility within its reach, with Huff's
/// probabilities: a conditional logit whose variables are ln A and −ln d (D. McFadden, Conditional
/// logit analysis of qualitative choice behavior, 1974). Its likelihood has one maximum, which Newton's
/// method finds; standard errors come from the information at it. Flows are counted as so many
/// independent choices: where persons choose together, errors are greater than these.
public struct HuffCalibration: Hashable, Sendable {
    /// The exponent of attraction; `nil` where all attract alike, so that nothing can be learned.
    public let alpha: Double?
    /// The standard error of the exponent of attraction.
    public let alphaError: Double?
    /// The exponent of distance.
    public let beta: Double
    /// The standard error of the exponent of distance.
    public let betaError: Double
    /// The natural logarithm of the likelihood, without the term that no exponent changes.
    public let logLikelihood: Double
    /// The same where all facilities within reach are alike.
    public let nullLogLikelihood: Double
    /// McFadden's share of it that the model takes away: 0 where it knows nothing.
    public var pseudoR2: Double {
        nullLogLikelihood == 0 ? 0 : 1 - logLikelihood / nullLogLikelihood
    }
    /// The share of the flows that the model sends elsewhere, from 0 to 1.
    public let misplacedShare: Double
    /// The root of the mean squared error of flows, over the mean flow.
    public let standardisedError: Double
    /// The square of the correlation of flows observed and predicted.
    public let r2: Double
    /// The sum of the flows that were used.
    public let total: Double
    /// How many pairs within reach have a flow above 0.
    public let pairCount: Int
    /// How many steps it took.
    public let iterations: Int
    /// The flows whose ends are unknown, lie beyond the limit, or attract nobody.
    public let unused: Double
}

/// Flows that were observed between demand and facilities.
public struct ObservedFlows: Sendable {
    private var flows: [String: [String: Double]] = [:]
    /// The table they were read from, for messages.
    let layer: String
    /// The sum of all flows.
    public private(set) var total = 0.0

    /// Reads flows from a table with the fields `from_id`, `to_id` and `flow`.
    ///
    /// - Parameters:
    ///   - batch: The table; flows between the same ends add up.
    ///   - layer: Its name, for messages.
    /// - Throws: ``AnalysisError`` (`badField`) where a field is missing, or naming the first line
    ///   whose flow is no number of at least 0.
    public init(_ batch: FeatureBatch, layer: String) throws {
        self.layer = layer
        let from = try LabelField.labels("from_id", of: batch, layer: layer)
        let to = try LabelField.labels("to_id", of: batch, layer: layer)
        let amounts = try NumberField.numbers(
            "flow", of: batch, layer: layer, role: "flow",
            remedy: "correct the value, or leave it empty for no flow")
        for row in 0..<batch.count {
            guard let start = from[row], let end = to[row], let amount = amounts[row] else {
                continue
            }
            flows[start, default: [:]][end, default: 0] += amount
            total += amount
        }
    }

    /// The flow from a place of demand to a facility.
    func flow(from start: String, to end: String) -> Double { flows[start]?[end] ?? 0 }
}

extension HuffModel {
    /// Finds the exponents that make observed flows the likeliest.
    ///
    /// - Parameters:
    ///   - flows: The flows that were observed.
    ///   - parts: All of the demand, measured with any exponents.
    /// - Returns: The exponents, how sure they are and how well they do.
    /// - Throws: ``AnalysisError`` (`badArgument`) where the flows do not tell the exponents: none
    ///   within reach, or every place with one choice, or the likelihood without a maximum.
    /// - Complexity: O(r) a step for r pairs; some ten steps.
    public func calibrated(to flows: ObservedFlows, _ parts: [Measured]) throws -> HuffCalibration {
        var choices = ChoiceTable()
        for part in parts {
            for row in 0..<part.rows.rows {
                let id = part.batch.id(row) ?? String(part.batch.firstIndex + row + 1)
                let entries = part.rows.entries(of: row)
                choices.append(
                    entries.map { entry in
                        let facility = Int(part.rows.indices[entry])
                        return ChoiceTable.Choice(
                            attraction: log(attractions[facility]),
                            nearness: -log(max(floor.metres, part.rows.distances[entry])),
                            flow: flows.flow(from: id, to: facilities.ids[facility]))
                    })
            }
        }
        guard let fit = choices.fit() else {
            throw AnalysisError(
                .badArgument, at: flows.layer, "the flows do not tell the exponents",
                remedy: "they need demand with several facilities within reach, at different "
                    + "distances, that are not all chosen without exception; check that from_id and "
                    + "to_id are the identifiers of both layers")
        }
        return choices.calibration(fit, total: flows.total)
    }
}
