public import Geometry

/// Squares or hexagons of the same area on the WGS 84 ellipsoid.
///
/// They are regular in a Lambert azimuthal equal-area projection of the ellipsoid (J. P. Snyder, Map
/// projections, USGS 1395, 1987, p. 182), so that their areas are true, and near its centre their forms
/// are too: 300 km away lengths are off by about 1 part in 3,600. What is left of an error of area
/// comes from drawing their edges as straight between positions: within a part in a million of the
/// area, in cells of up to 20 km at most 500 km from the centre. Neighbours share their corners
/// exactly, so that cells tile.
public struct EqualAreaGrid: Hashable, Sendable {
    /// The form of cells.
    public enum Form: String, Hashable, Sendable, CaseIterable {
        /// Squares, in rows from west to east.
        case square
        /// Hexagons with a corner to the north; each second row is moved by half a cell.
        case hexagon
    }

    /// A cell by its row, from south to north, and its column, from west to east.
    public struct Cell: Hashable, Sendable {
        /// The row; that of 0 begins, or has its centre, at the grid's centre.
        public let row: Int
        /// The column.
        public let column: Int
    }

    /// Where the projection touches the ellipsoid: whole degrees.
    public let centre: Position
    /// The side of a square of the cells' area, in metres.
    public let side: Double
    /// The form of the cells.
    public let form: Form

    /// Creates a grid.
    ///
    /// - Parameters:
    ///   - centre: Where the projection touches the ellipsoid.
    ///   - side: The side of a square of the cells' area, in metres.
    ///   - form: The form of the cells.
    /// - Throws: ``SitingError`` (`badArgument`) for a side that is not from 1 m to 200 km.
    public init(around centre: Position, side: Double, _ form: Form) throws {
        guard side >= 1, side <= 200_000 else {
            throw SitingError(
                .badArgument, at: "", "cells with a side of \(side) m cannot be made",
                remedy: "give a side of 1m to 200km")
        }
        self.centre = centre
        self.side = side
        self.form = form
    }

    /// The projection as PROJ has it.
    public var projection: String {
        "+proj=laea +lat_0=\(centre.y) +lon_0=\(centre.x) +datum=WGS84 +units=m"
    }

    /// The unit of corners east and north: half a cell's width, and a corner's least step north.
    private var step: (x: Double, y: Double) {
        switch form {
        case .square: (side / 2, side / 2)
        case .hexagon:
            // A hexagon of edge a has the area 3√3/2 · a².
            (
                (side * side / (2 * 3.0.squareRoot())).squareRoot(),
                (side * side / (6 * 3.0.squareRoot())).squareRoot()
            )
        }
    }

    /// The centre of a cell in steps.
    private func middle(_ cell: Cell) -> (x: Int, y: Int) {
        switch form {
        case .square: (2 * cell.column + 1, 2 * cell.row + 1)
        case .hexagon: (2 * cell.column + (cell.row & 1), 3 * cell.row)
        }
    }

    /// The centre of a cell in the projection, in metres.
    func middle(of cell: Cell) -> (x: Double, y: Double) {
        let (x, y) = middle(cell)
        return (Double(x) * step.x, Double(y) * step.y)
    }

    /// The rows whose centres lie between two northings.
    func rows(from south: Double, to north: Double) -> ClosedRange<Int> {
        let height = step.y * (form == .square ? 2 : 3)
        return Int((south / height).rounded(.down)) - 1...Int((north / height).rounded(.up)) + 1
    }

    /// The columns whose centres lie between two eastings.
    func columns(from west: Double, to east: Double) -> ClosedRange<Int> {
        let width = step.x * 2
        return Int((west / width).rounded(.down)) - 1...Int((east / width).rounded(.up)) + 1
    }

    /// The corners of a cell in steps, counter-clockwise, the first again at the end.
    private static let corners: [Form: [(x: Int, y: Int)]] = [
        .square: [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)],
        .hexagon: [(0, -2), (1, -1), (1, 1), (0, 2), (-1, 1), (-1, -1), (0, -2)],
    ]

    /// An edge is drawn in pieces of at most this length, in metres.
    private static let longestPiece = 5000.0

    /// The positions of a cell's ring in the projection, in metres.
    func ring(of cell: Cell) -> (x: [Double], y: [Double]) {
        let (x, y) = middle(cell)
        let corners = (Self.corners[form] ?? []).map { (x + $0.x, y + $0.y) }
        let pieces = max(1, Int((side / Self.longestPiece).rounded(.up)))
        var ring: (x: [Double], y: [Double]) = ([], [])
        for (a, b) in zip(corners, corners.dropFirst()) {
            // From the lesser corner on, so that both neighbours of an edge draw the same positions.
            let isForward = a < b
            let (low, high) = isForward ? (a, b) : (b, a)
            for piece in 0..<pieces {
                let share = Double(isForward ? piece : pieces - piece) / Double(pieces)
                ring.x.append(
                    (Double(low.0) + Double(high.0 - low.0) * share) * step.x)
                ring.y.append(
                    (Double(low.1) + Double(high.1 - low.1) * share) * step.y)
            }
        }
        ring.x.append(ring.x[0])
        ring.y.append(ring.y[0])
        return ring
    }
}
