internal import Features
internal import Geometry

/// Between what the accesses of a batch truly lie.
struct AccessRanges: Sendable {
    /// The least access of each feature; NaN for one without a place.
    var low: [Double]
    /// The greatest; NaN for one without a place, infinite where there is no bound.
    var high: [Double]
    /// How many features have no accuracy and are taken as exact.
    let missing: Int
}

extension Accessibility {
    /// Adds what the places of a batch may ask of each facility.
    func loadRanges(
        of batch: FeatureBatch, layer: String, _ places: Places, _ weights: [Double],
        _ errors: DistanceErrors
    ) throws -> LoadRanges {
        let own = try errors.demand(batch, layer: layer)
        var ranges = LoadRanges(count: supply.count)
        ranges.add(accuracies: own.metres)
        let matrix = try CostMatrix(to: supply, within: errors.reach(of: limit, own.metres))
        try matrix.forEachBlock(of: places) { first, rows in
            for row in 0..<rows.rows where places[first + row] != nil {
                ranges.add(
                    weights[first + row],
                    PairRanges(row, of: rows, own.metres[first + row], self, errors))
            }
        }
        return ranges
    }

    /// Tells between what the accesses of a batch lie, the plain ones where nothing may be off.
    func ranges(
        of batch: FeatureBatch, layer: String, _ places: Places, _ weights: [Double],
        _ scores: [Double], _ loads: LoadRanges?, _ errors: DistanceErrors
    ) throws -> AccessRanges {
        let own = try errors.demand(batch, layer: layer)
        var found = AccessRanges(low: scores, high: scores, missing: own.missing)
        let isExact = loads?.isExact ?? own.metres.allSatisfy { $0 == 0 }
        if isExact, errors.facilities.allSatisfy({ $0 == 0 }) { return found }
        let matrix = try CostMatrix(to: supply, within: errors.reach(of: limit, own.metres))
        try matrix.forEachBlock(of: places) { first, rows in
            for row in 0..<rows.rows where places[first + row] != nil {
                let at = first + row
                let pairs = PairRanges(row, of: rows, own.metres[at], self, errors)
                var (low, high) = (0.0, 0.0)
                for pair in pairs.facilities.indices {
                    let part = part(pair, of: pairs, weights[at], loads)
                    low += part.least
                    high += part.most
                }
                found.low[at] = min(low, scores[at])
                found.high[at] = max(high, scores[at])
            }
        }
        return found
    }

    /// Between what lies that a place draws from a facility.
    ///
    /// Where the claim c decides also what is drawn, S·c / (P·c + the load of all others) grows with
    /// c, so that its own claim is at one end and those of the others at the opposite one.
    private func part(
        _ pair: Int, of pairs: PairRanges, _ weight: Double, _ loads: LoadRanges?
    ) -> PairRanges.Range {
        let facility = pairs.facilities[pair]
        let supply = capacities[facility]
        let (own, claim) = (pairs.weights[pair], pairs.claims[pair])
        guard supply > 0 else { return (0, 0) }
        guard method.sharesSupply, let loads else {
            return (supply * own.least, supply * own.most)
        }
        if method.draw == .balanced { return balanced(supply, own, facility, loads) }
        func drawn(_ claim: Double) -> Double { method.draw == .squared ? claim * claim : claim }
        let most = loads.most[facility]
        if claim.least == claim.most, loads.least[facility] == most {
            let exact = Self.quotient(supply * drawn(claim.most), most)
            return (exact, exact)
        }
        // What rounding may have taken from the difference is given back.
        let leastOthers = max(0, loads.least[facility] - weight * claim.least)
        let mostOthers = max(0, most - weight * claim.most) + 1e-12 * most
        return (
            Self.quotient(supply * drawn(claim.least), weight * claim.least + mostOthers)
                * (weight * claim.least + leastOthers > 0 ? 1 : 0),
            most > 0
                ? Self.bound(supply * drawn(claim.most), weight * claim.most + leastOthers) : 0
        )
    }

    /// The same where supply is shared out by the weights of the distances.
    private func balanced(
        _ supply: Double, _ own: PairRanges.Range, _ facility: Int, _ loads: LoadRanges
    ) -> PairRanges.Range {
        let most = loads.mostImpedances[facility]
        let leastOthers = max(0, loads.leastImpedances[facility] - own.least)
        let mostOthers = max(0, most - own.most) + 1e-12 * most
        let (load, greatestLoad) = (loads.least[facility], loads.most[facility])
        return (
            load > 0
                ? Self.quotient(supply, greatestLoad)
                    * Self.quotient(own.least, own.least + mostOthers) : 0,
            greatestLoad > 0 && own.most > 0
                ? Self.bound(supply, load) * (own.most / (own.most + leastOthers)) : 0
        )
    }

    private static func quotient(_ part: Double, _ whole: Double) -> Double {
        whole > 0 ? part / whole : 0
    }

    /// What a quotient is at most where the divisor may come near to 0.
    private static func bound(_ part: Double, _ whole: Double) -> Double {
        part > 0 ? (whole > 0 ? part / whole : .infinity) : 0
    }
}
