internal import Geometry

/// An area cut into small pieces, so that a small one can be laid over it quickly.
///
/// Halves of halves, until a piece has few corners. Pieces do not overlap, and together are the area.
struct CutArea: Sendable {
    private let pieces: [(shape: Shape, box: Envelope)]
    /// How many corners a piece has at most, where it can be cut.
    private static let corners = 400

    /// Cuts an area.
    ///
    /// - Parameter area: Polygons.
    /// - Throws: `GeometryError` where GEOS fails.
    /// - Complexity: O(n log n) for n corners.
    init(_ area: Shape) throws {
        var pieces: [(Shape, Envelope)] = []
        func cut(_ shape: Shape, _ depth: Int) throws {
            guard let box = shape.envelope else { return }
            if shape.positionCount <= Self.corners || depth == 0 {
                pieces.append((shape, box))
                return
            }
            let middle = box.centre
            let halves =
                box.width > box.height
                ? [
                    Envelope(minX: box.minX, minY: box.minY, maxX: middle.x, maxY: box.maxY),
                    Envelope(minX: middle.x, minY: box.minY, maxX: box.maxX, maxY: box.maxY),
                ]
                : [
                    Envelope(minX: box.minX, minY: box.minY, maxX: box.maxX, maxY: middle.y),
                    Envelope(minX: box.minX, minY: middle.y, maxX: box.maxX, maxY: box.maxY),
                ]
            for half in halves {
                try cut(.area(of: try shape.intersection(half.rectangle).polygons), depth - 1)
            }
        }
        for polygon in area.polygons { try cut(.polygon(polygon), 40) }
        self.pieces = pieces
    }

    /// The pieces prepared for one task.
    struct Prepared {
        private let pieces: [(shape: Shape, box: Envelope, area: PreparedArea)]

        init(_ area: CutArea) throws {
            pieces = try area.pieces.map { ($0.shape, $0.box, try PreparedArea($0.shape)) }
        }

        /// The area of what a polygon has in common with the whole, in square metres.
        func commonArea(_ zone: Shape) throws -> Double {
            try common(zone).reduce(0) { $0 + $1.straightEdgedArea }
        }

        /// Whether a position lies in the whole or on its edge.
        func covers(_ place: Position) throws -> Bool {
            try pieces.contains { try $0.box.covers(place) && $0.area.covers(place) }
        }

        /// What a polygon has in common with the whole, in pieces that do not overlap.
        func common(_ zone: Shape) throws -> [Shape] {
            guard let box = zone.envelope else { return [] }
            var parts: [Shape] = []
            for piece in pieces where piece.box.meets(box) {
                if try piece.area.contains(zone) { return [zone] }
                if try !piece.area.intersects(zone) { continue }
                let part = Shape.area(of: try piece.shape.intersection(zone).polygons)
                if !part.isEmpty { parts.append(part) }
            }
            return parts
        }
    }
}

extension Envelope {
    /// The box as a polygon.
    fileprivate var rectangle: Shape {
        .polygon([
            [
                Position(minX, minY), Position(maxX, minY), Position(maxX, maxY),
                Position(minX, maxY), Position(minX, minY),
            ]
        ])
    }
}
