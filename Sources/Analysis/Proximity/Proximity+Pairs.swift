public import Features
internal import Geometry

extension Proximity {
    /// Where the facilities of each target layer are drawn to.
    public struct PairEnds: Sendable {
        fileprivate let positions: [[Position?]]
    }

    /// Finds where facilities are drawn to: points themselves, others to a position inside them.
    ///
    /// - Returns: The ends of all pairs, for ``Measured/pairs(firstIndex:ends:)``.
    /// - Throws: ``AnalysisError`` (`cannotDraw`) naming a facility without an inside.
    /// - Complexity: O(n log n) for n corners of lines and areas.
    public func pairEnds() throws -> PairEnds {
        PairEnds(
            positions: try targets.map { target in
                try target.shapes.enumerated().map { row, shape -> Position? in
                    if case .point(let position) = shape { return position }
                    do {
                        return try shape?.interiorPoint()
                    } catch let error as GeometryError {
                        throw AnalysisError(
                            .cannotDraw, at: target.batch.label(row, of: target.source),
                            error.problem, remedy: error.remedy)
                    }
                }
            })
    }
}

extension Proximity.Measured {
    /// Gives each feature and facility found as a pair of its own.
    ///
    /// A pair is a line from the feature to the facility with `from_id`, `from_name`, `to_layer`,
    /// `to_id`, `to_name`, `rank` (from 1), `distance_m` and `azimuth_deg`, the bearing at the start
    /// in degrees clockwise from north, from 0 to 360; where the accuracy of positions was asked also
    /// `plus_minus_m` and `stability`. A facility that is no point is drawn to a
    /// position inside it, while the distance is that to its nearest place.
    ///
    /// - Parameters:
    ///   - firstIndex: The place of the first pair in the whole flow.
    ///   - ends: Where facilities are drawn to, found once for the whole flow; found anew where `nil`.
    /// - Returns: A batch of pairs, by feature, then target layer, then rank.
    /// - Throws: As ``Proximity/pairEnds()``.
    public func pairs(
        firstIndex: Int = 0, ends: Proximity.PairEnds? = nil
    ) throws -> FeatureBatch {
        let batch = features
        let names = NameField.names(of: batch)
        let targets = operation.targets
        let ends = try (ends ?? operation.pairEnds()).positions
        var lines: [Shape] = []
        var rows = PairColumns()
        for row in 0..<batch.count {
            guard let start = places[row] else { continue }
            let id = batch.id(row) ?? String(batch.firstIndex + row + 1)
            for (t, target) in targets.enumerated() {
                for rank in 0..<operation.k {
                    guard let found = tables[t][row, rank], let end = ends[t][found.index] else {
                        break
                    }
                    let azimuth = Geodesic.wgs84.inverse(from: start, to: end).azimuth
                    lines.append(.lineString([start, end]))
                    rows.append(
                        from: (id, names[row]),
                        to: (target.name, target.ids[found.index], target.names[found.index]),
                        rank: rank + 1, distance: found.distance, azimuth: azimuth,
                        certainty: t < certainties.count
                            ? (certainties[t].error(row, rank), certainties[t].label(row, rank))
                            : nil)
                }
            }
        }
        return rows.batch(lines, firstIndex: firstIndex)
    }
}

/// The columns of pairs while they are collected.
private struct PairColumns {
    private var from = (ids: [String?](), names: [String?]())
    private var to = (layers: [String?](), ids: [String?](), names: [String?]())
    private var ranks: [Int?] = []
    private var distances: [Double?] = []
    private var azimuths: [Double?] = []
    private var errors: [Double?] = []
    private var labels: [String?] = []

    mutating func append(
        from start: (id: String, name: String?), to end: (layer: String, id: String, name: String?),
        rank: Int, distance: Double, azimuth: Double,
        certainty: (error: Double?, label: Stability?)?
    ) {
        from.ids.append(start.id)
        from.names.append(start.name)
        to.layers.append(end.layer)
        to.ids.append(end.id)
        to.names.append(end.name)
        ranks.append(rank)
        distances.append(distance.toMicrometre)
        let turned = ((azimuth < 0 ? azimuth + 360 : azimuth) * 1e6).rounded() / 1e6
        azimuths.append(turned >= 360 ? 0 : turned)
        if let certainty {
            errors.append(certainty.error)
            labels.append(certainty.label?.rawValue)
        }
    }

    func batch(_ lines: [Shape], firstIndex: Int) -> FeatureBatch {
        var batch = FeatureBatch(geometry: GeometryColumn(lines), firstIndex: firstIndex)
        batch.set("from_id", .string(from.ids))
        batch.set("from_name", .string(from.names))
        batch.set("to_layer", .string(to.layers))
        batch.set("to_id", .string(to.ids))
        batch.set("to_name", .string(to.names))
        batch.set("rank", .int(ranks))
        batch.set("distance_m", .double(distances))
        batch.set("azimuth_deg", .double(azimuths))
        if !azimuths.isEmpty, labels.count == azimuths.count {
            batch.set("plus_minus_m", .double(errors))
            batch.set("stability", .string(labels))
        }
        return batch
    }
}
