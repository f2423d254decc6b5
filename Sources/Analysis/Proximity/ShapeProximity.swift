internal import Features
internal import Geometry

/// The nearest facilities of whole shapes: lines and areas from edge to edge, 0 where they touch or
/// overlap.
struct ShapeProximity: Sendable {
    private let shapes: [MeasuredShape?]
    private let notes: FoundNotes?
    private let question: FoundQuestion

    /// Prepares a layer's facilities.
    ///
    /// - Parameter target: The layer.
    /// - Throws: ``AnalysisError`` naming a facility that is not on the globe.
    init(_ target: FacilityLayer) throws {
        shapes = try Self.prepared(target.batch, layer: target.source)
        notes = target.notes
        question = target.question
    }

    /// Prepares the features of a layer to be measured; `nil` for one that is nowhere.
    ///
    /// - Throws: ``AnalysisError`` naming a feature that is not on the globe.
    static func prepared(
        _ batch: FeatureBatch, layer: String
    ) throws -> [MeasuredShape?] {
        try batch.geometry.shapes.enumerated().map { row, shape in
            do {
                return try shape.flatMap { try MeasuredShape($0) }
            } catch let error as GeometryError {
                throw AnalysisError(
                    .badPosition, at: batch.label(row, of: layer), error.problem,
                    remedy: error.remedy)
            }
        }
    }

    /// The nearest facilities of each feature.
    ///
    /// - Parameters:
    ///   - batch: The features.
    ///   - layer: Their layer's name, for messages.
    ///   - k: How many a feature at most.
    ///   - limit: The greatest distance; a facility exactly at it counts. `nil` for any.
    /// - Returns: Facilities by their place in the layer, equal distances in that order.
    /// - Throws: ``AnalysisError`` naming a feature that is not on the globe, or cannot be laid over
    ///   a facility.
    func nearest(
        _ batch: FeatureBatch, layer: String, k: Int, within limit: Distance?
    ) throws -> NeighbourTable {
        guard let notes else { return try find(batch, layer: layer, k: k, within: limit) }
        var question = question
        question.add("shapes")
        question.add([limit?.metres ?? .infinity])
        question.add(batch.geometry.shapes)
        return try notes.table(question, rows: batch.count, k: k) {
            try find(batch, layer: layer, k: k, within: limit)
        }
    }

    private func find(
        _ batch: FeatureBatch, layer: String, k: Int, within limit: Distance?
    ) throws -> NeighbourTable {
        var table = NeighbourTable(rows: batch.count, k: k)
        for (row, own) in try Self.prepared(batch, layer: layer).enumerated() {
            guard let own else { continue }
            let ranked = leastDistances(from: own).sorted { $0 < $1 }
            var found: [PointIndex.Neighbour] = []
            for (least, index) in ranked {
                guard let other = shapes[index] else { continue }
                let farthest = found.count < k ? limit?.metres ?? .infinity : found[k - 1].distance
                if least > farthest + Self.hair { break }
                let distance = try Self.distance(own, other, batch, row, layer)
                guard distance <= limit?.metres ?? .infinity else { continue }
                found.append(PointIndex.Neighbour(index: index, distance: distance))
                found.sort { ($0.distance, $0.index) < ($1.distance, $1.index) }
                if found.count > k { found.removeLast() }
            }
            for (rank, neighbour) in found.enumerated() { table.set(row, rank, neighbour) }
        }
        return table
    }

    /// All facilities of a feature within a distance, in their order.
    ///
    /// - Parameters:
    ///   - own: The feature.
    ///   - row: Its place in the batch, for messages.
    ///   - batch: The features.
    ///   - layer: Their layer's name, for messages.
    ///   - limit: The distance.
    ///   - known: The places of facilities that are left out.
    /// - Returns: The facilities, with the distances that ``nearest(_:layer:k:within:)`` gives.
    /// - Throws: ``AnalysisError`` naming a feature that cannot be laid over a facility.
    func reach(
        from own: MeasuredShape, at row: Int, of batch: FeatureBatch, layer: String,
        within limit: Distance, except known: Set<Int>
    ) throws -> [PointIndex.Neighbour] {
        var found: [PointIndex.Neighbour] = []
        for (least, index) in leastDistances(from: own) where least <= limit.metres + Self.hair {
            guard let other = shapes[index], !known.contains(index) else { continue }
            let distance = try Self.distance(own, other, batch, row, layer)
            if distance <= limit.metres {
                found.append(PointIndex.Neighbour(index: index, distance: distance))
            }
        }
        return found
    }

    /// For the rounding of chords, in metres.
    private static let hair = 1e-3

    private func leastDistances(from own: MeasuredShape) -> [(least: Double, index: Int)] {
        shapes.indices.compactMap { index in
            shapes[index].map { (least: own.leastDistance(to: $0), index: index) }
        }
    }

    private static func distance(
        _ own: MeasuredShape, _ other: MeasuredShape, _ batch: FeatureBatch, _ row: Int,
        _ layer: String
    ) throws -> Double {
        do {
            return try own.distance(to: other)
        } catch {
            throw AnalysisError(
                .cannotDraw, at: batch.label(row, of: layer), error.problem, remedy: error.remedy)
        }
    }
}
