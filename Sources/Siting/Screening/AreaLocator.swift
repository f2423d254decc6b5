internal import Geometry

/// Tells in which of several areas positions lie.
///
/// The box around the areas is cut into cells. What a cell is, all in one area, in none, or across a
/// border, is found out when a position falls into it for the first time; only near borders is each
/// position asked about. One task uses a locator at a time.
final class AreaLocator {
    private let areas: [PreparedArea]
    private let shapes: [Shape]
    private let box: Envelope
    private let side: Int
    private let width: Double
    private let height: Double
    private var cells: [Cell]
    /// Areas put together, by which these are: those that one shape met.
    private var unions: [[Int]: PreparedArea] = [:]

    /// So many unions are kept at most.
    private static let mostUnions = 256

    private enum Cell {
        case unknown
        /// In an area wholly; in none for -1.
        case whole(Int32)
        /// Across the border of areas, in their order.
        case mixed([Int32])
    }

    init(_ shapes: [Shape]) throws {
        self.shapes = shapes
        areas = try shapes.map { try PreparedArea($0) }
        let boxes = areas.compactMap(\.envelope)
        box =
            boxes.dropFirst().reduce(boxes.first ?? Envelope(Position(0, 0))) { $0.union($1) }
        side = min(256, max(32, Int((256 * Double(shapes.count)).squareRoot())))
        width = box.width / Double(side)
        height = box.height / Double(side)
        cells = Array(repeating: .unknown, count: side * side)
    }

    /// The first area that covers a position.
    ///
    /// - Parameter place: Longitude, latitude in degrees.
    /// - Returns: Its place in the order given; -1 where none does. A border belongs to the area.
    /// - Throws: `GeometryError` where the position is not finite.
    func area(at place: Position) throws -> Int32 {
        guard box.covers(place) else { return -1 }
        let column = width > 0 ? min(side - 1, Int((place.x - box.minX) / width)) : 0
        let row = height > 0 ? min(side - 1, Int((place.y - box.minY) / height)) : 0
        let at = row * side + column
        if case .unknown = cells[at] { cells[at] = try kind(row: row, column: column) }
        switch cells[at] {
        case .whole(let area): return area
        case .mixed(let candidates):
            for area in candidates where try areas[Int(area)].covers(place) { return area }
            return -1
        case .unknown: return -1
        }
    }

    private func kind(row: Int, column: Int) throws -> Cell {
        // A hair wider than the cell, so that rounding puts no position outside its cell.
        let (dx, dy) = (width * 1e-6 + 1e-12, height * 1e-6 + 1e-12)
        let west = box.minX + Double(column) * width - dx
        let east = box.minX + Double(column + 1) * width + dx
        let south = box.minY + Double(row) * height - dy
        let north = box.minY + Double(row + 1) * height + dy
        let frame = Shape.polygon([
            [
                Position(west, south), Position(east, south), Position(east, north),
                Position(west, north), Position(west, south),
            ]
        ])
        var met: [Int32] = []
        for (area, prepared) in areas.enumerated() {
            guard let own = prepared.envelope, own.minX <= east, own.maxX >= west,
                own.minY <= north, own.maxY >= south
            else { continue }
            if met.isEmpty, try prepared.covers(frame) { return .whole(Int32(area)) }
            if try prepared.intersects(frame) { met.append(Int32(area)) }
        }
        return met.isEmpty ? .whole(-1) : .mixed(met)
    }

    /// Whether the areas together cover a shape.
    func cover(_ shape: Shape) throws -> Bool {
        var met: [Int] = []
        for (area, prepared) in areas.enumerated() where try prepared.intersects(shape) {
            if try prepared.covers(shape) { return true }
            met.append(area)
        }
        if met.count < 2 { return false }
        let union = try unions[met] ?? PreparedArea(Shape.unionAll(met.map { shapes[$0] }))
        if unions.count == Self.mostUnions { unions.removeAll() }
        unions[met] = union
        return try union.covers(shape)
    }

    /// The first area that has a position in common with a shape; -1 where none has.
    func area(meeting shape: Shape) throws -> Int32 {
        for (area, prepared) in areas.enumerated() where try prepared.intersects(shape) {
            return Int32(area)
        }
        return -1
    }
}
