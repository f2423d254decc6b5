public import Geometry

/// Profiles places: what lies within given distances of each, what is nearest, and how it ranks among
/// its peers.
public struct ClusterProfiler: Sendable {
    /// The distances, ascending.
    public let rings: [Distance]
    /// The layers whose places are looked for.
    public let layers: [ProfileLayer]
    /// Zones whose amounts are added up.
    public let zones: ProfileZones?

    /// Creates a profiler.
    ///
    /// - Parameters:
    ///   - rings: The distances; equal ones count once.
    ///   - layers: The layers whose places are looked for.
    ///   - zones: Zones whose amounts are added up.
    /// - Throws: ``AnalysisError`` (`badArgument`) where there is no distance of more than 0.
    public init(rings: [Distance], layers: [ProfileLayer], zones: ProfileZones? = nil) throws {
        self.rings = Set(rings).sorted()
        guard let first = self.rings.first, first.metres > 0 else {
            throw AnalysisError(
                .badArgument, at: "", "a profile needs distances of more than 0",
                remedy: "give some, for example 5km,10km,20km")
        }
        self.layers = layers
        self.zones = zones
    }

    /// Measures what lies around a subject.
    ///
    /// - Parameter subject: The subject.
    /// - Returns: One finding a layer, and the amounts of zones within each ring.
    /// - Throws: `GeometryError` where the subject is not on the globe.
    /// - Complexity: O(log n + m) on average for each layer of n places with m in the widest ring, and
    ///   an intersection for each zone and ring.
    public func measure(_ subject: ProfileSubject) throws -> Surroundings {
        let widest = rings.last?.metres ?? 0
        let findings = try layers.map { layer in
            let found = try layer.around(subject, within: widest)
            let counts = rings.map { ring in Self.count(found, within: ring.metres, subject, layer)
            }
            return Surroundings.Finding(
                counts: counts, nearest: try layer.nearest(to: subject), around: found)
        }
        let amounts = try zones.map { zones in
            try rings.map { try zones.amount(around: subject, within: $0.metres) }
        }
        return Surroundings(subject: subject, findings: findings, amounts: amounts ?? [])
    }

    /// How many of the places lie within a distance, for certain and perhaps.
    private static func count(
        _ found: [ProfileLayer.Found], within metres: Double, _ subject: ProfileSubject,
        _ layer: ProfileLayer
    ) -> Bounded {
        let value = Double(found.count { $0.distance <= metres })
        let isKnown = subject.accuracy != nil && found.allSatisfy { $0.uncertainty != nil }
        guard isKnown else { return Bounded(value) }
        func reached(_ sign: Double) -> Double {
            Double(found.count { $0.distance + sign * ($0.uncertainty ?? 0) <= metres })
        }
        return Bounded(value, least: reached(1), greatest: reached(-1))
    }

    /// Ranks a subject among its peers.
    ///
    /// - Parameters:
    ///   - own: What was measured of the subject.
    ///   - peers: What was measured of its peers, without itself.
    /// - Returns: The ranks: the more within a ring and the less to the nearest, the better.
    public func ranks(of own: Surroundings, among peers: [Surroundings]) -> Ranks {
        Ranks(
            counts: layers.indices.map { layer in
                rings.indices.map { ring in
                    Rank(
                        of: own.findings[layer].counts[ring],
                        among: peers.map { $0.findings[layer].counts[ring] }, moreIsBetter: true)
                }
            },
            nearest: layers.indices.map { layer in
                own.findings[layer].nearest.map { nearest in
                    Rank(
                        of: nearest.distance,
                        among: peers.map { $0.findings[layer].nearest?.distance },
                        moreIsBetter: false)
                }
            },
            amounts: own.amounts.indices.map { ring in
                Rank(
                    of: own.amounts[ring], among: peers.map { $0.amounts[ring] },
                    moreIsBetter: true)
            })
    }

    /// How a subject ranks among its peers.
    public struct Ranks: Hashable, Sendable {
        /// By how many places lie within, layer by layer and ring by ring.
        public let counts: [[Rank]]
        /// By how near the nearest place is, layer by layer; `nil` where there is none.
        public let nearest: [Rank?]
        /// By the amounts of zones, ring by ring.
        public let amounts: [Rank]
    }
}

/// What lies around a place.
public struct Surroundings: Sendable {
    /// What was found of a layer.
    public struct Finding: Sendable {
        /// How many places lie within each ring.
        public let counts: [Bounded]
        /// The nearest place; `nil` where there is none.
        public let nearest: ProfileNearest?
        /// The places that lie, or may lie, within the widest ring; the nearest first.
        public let around: [ProfileLayer.Found]
    }

    /// The place.
    public let subject: ProfileSubject
    /// What was found, layer by layer.
    public let findings: [Finding]
    /// The amounts of zones within each ring; none where no zones were given.
    public let amounts: [Bounded]
}
