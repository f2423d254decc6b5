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

    private static func prepared(
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
            let ranked = shapes.indices.compactMap { index in
                shapes[index].map { (least: own.leastDistance(to: $0), index: index) }
            }.sorted { $0 < $1 }
            var found: [PointIndex.Neighbour] = []
            for (least, index) in ranked {
                guard let other = shapes[index] else { continue }
                // A hair for the rounding of chords.
                let farthest = found.count < k ? limit?.metres ?? .infinity : found[k - 1].distance
                if least > farthest + 1e-3 { break }
                do {
                    let distance = try own.distance(to: other)
                    guard distance <= limit?.metres ?? .infinity else { continue }
                    found.append(PointIndex.Neighbour(index: index, distance: distance))
                    found.sort { ($0.distance, $0.index) < ($1.distance, $1.index) }
                    if found.count > k { found.removeLast() }
                } catch {
                    throw AnalysisError(
                        .cannotDraw, at: batch.label(row, of: layer), error.problem,
                        remedy: error.remedy)
                }
            }
            for (rank, neighbour) in found.enumerated() { table.set(row, rank, neighbour) }
        }
        return table
    }
}
