#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The edges of the multiplicatively weighted Thiessen diagram of sites, by distance along the
/// geodesic.
///
/// A box is halved both ways until each cell has one possible owner, or two between which the line
/// of equal weighted distance is nearly straight, or is smaller than what is drawn. Then each cell
/// is cut from crossing to crossing of its sides, as in marching squares. Two bounds tell who can
/// own a place of a cell of radius r: a distance changes by r at most; and the difference of two
/// weighted distances by no more than its gradient, its second derivative and a bound of its third
/// allow. See A. Okabe et al., Spatial Tessellations, 2nd ed., 2000, section 3.1,
/// https://doi.org/10.1002/9780470317013.
struct WeightedDiagram {
    /// The pieces of the edges, each two positions; neighbouring pieces share theirs.
    private(set) var edges: [[Position]] = []

    /// How far a piece may lie from the line of equal weighted distance, in metres.
    static let tolerance = 0.5
    /// The radius, in metres, at which a cell is not halved any more.
    private static let finest = 0.12
    /// The greatest radius, in metres, of a cell that is cut: between vertices an edge is straight
    /// in longitude and latitude.
    private static let coarsest = 1500.0

    private let sites: WeightedSites
    private let box: Envelope
    private let depth: Int
    /// The corners of cells, by their place in the finest grid.
    private var corners: Set<Corner> = []
    private var owners: [Corner: Int] = [:]
    private var crossings: [Side: Position] = [:]

    private struct Corner: Hashable {
        let x: Int
        let y: Int
    }

    private struct Side: Hashable {
        let a: Corner
        let b: Corner
    }

    private struct Cell {
        let x: Int
        let y: Int
        let size: Int
        let candidates: [Int]
    }

    /// A site as a cell sees it.
    private struct View {
        let site: Int
        let distance: Double
        let weight: Double
        /// Where the distance grows.
        let east: Double
        let north: Double
    }

    /// Finds the edges that separate the areas of sites within an area.
    ///
    /// - Parameters:
    ///   - sites: Different positions; those of weight 0 own nothing.
    ///   - area: The area to be divided.
    /// - Throws: ``GeometryError`` where they lie too far apart.
    init(sites: WeightedSites, dividing area: Shape) throws(GeometryError) {
        self.sites = sites
        let region = area.envelope ?? Envelope(Position(0, 0))
        let able = sites.positions.indices.filter { sites.weights[$0] > 0 }
        _ = try ThiessenDiagram.surroundings(of: able.map { sites.positions[$0] }, region)
        // A little more than the region, by odd shares, so that its outline is not a side of cells.
        let (wide, high) = (max(region.width, 1e-6), max(region.height, 1e-6))
        box = Envelope(
            minX: region.minX - 0.0137 * wide, minY: region.minY - 0.0171 * high,
            maxX: region.maxX + 0.0119 * wide, maxY: region.maxY + 0.0153 * high)
        let diagonal = Geodesic.wgs84.distance(
            from: Position(region.minX, region.minY), to: Position(region.maxX, region.maxY))
        depth = min(30, max(1, Int(log2(max(1, diagonal / Self.finest)).rounded(.up)) + 1))
        guard able.count > 1 else { return }
        let inside = try PreparedArea(area)
        for cell in try leaves(able, inside) { cut(cell) }
        corners = []
        owners = [:]
        crossings = [:]
    }

    private func position(_ corner: Corner) -> Position {
        let scale = 1 / Double(1 << depth)
        return Position(
            box.minX + box.width * (Double(corner.x) * scale),
            min(90, max(-90, box.minY + box.height * (Double(corner.y) * scale))))
    }

    /// The cells that edges may pass, halved as far as needed.
    private mutating func leaves(
        _ able: [Int], _ inside: PreparedArea
    ) throws(GeometryError) -> [Cell] {
        var leaves: [Cell] = []
        var waiting = [Cell(x: 0, y: 0, size: 1 << depth, candidates: able)]
        while let cell = waiting.popLast() {
            let half = cell.size / 2
            let southWest = position(Corner(x: cell.x, y: cell.y))
            let northEast = position(Corner(x: cell.x + cell.size, y: cell.y + cell.size))
            let middle = Position(
                (southWest.x + northEast.x) / 2, (southWest.y + northEast.y) / 2)
            // The corners on the side of the equator lie farthest; a hair for the ellipsoid.
            let radius =
                1.001
                * max(
                    Geodesic.wgs84.distance(from: middle, to: southWest),
                    Geodesic.wgs84.distance(from: middle, to: northEast))
            if radius > Self.coarsest / 4,
                try !inside.intersects(Self.rectangle(southWest, northEast))
            {
                continue
            }
            let views = possible(cell.candidates, middle, radius)
            if views.count < 2 { continue }
            let isSmall = radius <= Self.finest || half == 0
            let candidates = views.map(\.site)
            if isSmall || views.count == 2 && isStraight(views[0], views[1], radius) {
                leaves.append(
                    Cell(x: cell.x, y: cell.y, size: cell.size, candidates: candidates))
                continue
            }
            for (i, j) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let (x, y) = (cell.x + i * half, cell.y + j * half)
                waiting.append(Cell(x: x, y: y, size: half, candidates: candidates))
            }
            for (i, j) in [(1, 0), (0, 1), (1, 1), (2, 1), (1, 2)] {
                corners.insert(Corner(x: cell.x + i * half, y: cell.y + j * half))
            }
        }
        return leaves
    }

    private static func rectangle(_ a: Position, _ b: Position) -> Shape {
        .polygon([[a, Position(b.x, a.y), b, Position(a.x, b.y), a]])
    }

    /// Those of the candidates that may own a place within a radius, the owner of the middle first.
    private func possible(_ candidates: [Int], _ middle: Position, _ radius: Double) -> [View] {
        var views = candidates.map { site in
            let line = Geodesic.wgs84.inverse(from: middle, to: sites.positions[site])
            let azimuth = line.azimuth * .pi / 180
            return View(
                site: site, distance: line.distance, weight: sites.weights[site],
                east: -sin(azimuth), north: -cos(azimuth))
        }
        let most = views.reduce(.infinity) { min($0, ($1.distance + radius) / $1.weight) }
        views.removeAll { ($0.distance - radius) / $0.weight > most }
        let first = views.indices.min {
            (views[$0].distance / views[$0].weight, views[$0].site)
                < (views[$1].distance / views[$1].weight, views[$1].site)
        }
        guard let first else { return [] }
        let best = views[first]
        return [best]
            + views.filter { rival in
                guard rival.site != best.site else { return false }
                guard let bend = Bend(best, rival, radius) else { return true }
                let lead = rival.distance / rival.weight - best.distance / best.weight
                return lead <= radius * (bend.gradient + bend.change)
            }
    }

    /// How the difference of two weighted distances behaves within a cell.
    private struct Bend {
        /// The length of its gradient in the middle.
        let gradient: Double
        /// By how much the gradient changes within the cell at most.
        let change: Double
        /// The second derivative along the line of equal difference, at most.
        let along: Double

        /// `nil` where a site lies so near that nothing can be said.
        init?(_ a: View, _ b: View, _ radius: Double) {
            let nearest = min(a.distance, b.distance) - radius
            guard nearest > radius else { return nil }
            let east = a.east / a.weight - b.east / b.weight
            let north = a.north / a.weight - b.north / b.weight
            gradient = (east * east + north * north).squareRoot()
            // A distance d grows across its direction u by (1 − u·u)/d.
            let (p, q) = (1 / (a.weight * a.distance), 1 / (b.weight * b.distance))
            let xx = p * a.north * a.north - q * b.north * b.north
            let xy = -p * a.east * a.north + q * b.east * b.north
            let yy = p * a.east * a.east - q * b.east * b.east
            let size = (xx * xx + 2 * xy * xy + yy * yy).squareRoot()
            let third =
                1.5 / (a.weight * (a.distance - radius) * (a.distance - radius))
                + 1.5 / (b.weight * (b.distance - radius) * (b.distance - radius))
            change = radius * size + radius * radius * third
            guard gradient > 0 else {
                along = .infinity
                return
            }
            let (x, y) = (-north / gradient, east / gradient)
            let turn = change / gradient
            along =
                (xx * x * x + 2 * xy * x * y + yy * y * y).magnitude + 2 * turn * size
                + radius * third
        }
    }

    /// Whether the line of equal weighted distance passes a cell once and nearly straight.
    private func isStraight(_ a: View, _ b: View, _ radius: Double) -> Bool {
        guard radius <= Self.coarsest, let bend = Bend(a, b, radius),
            bend.change <= 0.35 * bend.gradient
        else { return false }
        let curvature = bend.along / (bend.gradient - bend.change)
        return curvature * radius * radius / 2 <= Self.tolerance
    }

    private mutating func owner(_ corner: Corner, among candidates: [Int]) -> Int {
        if let owner = owners[corner] { return owner }
        let place = position(corner)
        var best = (value: Double.infinity, site: candidates[0])
        for site in candidates {
            let value =
                Geodesic.wgs84.distance(from: place, to: sites.positions[site])
                / sites.weights[site]
            if (value, site) < best { best = (value, site) }
        }
        owners[corner] = best.site
        return best.site
    }

    /// The corners along a side, those of smaller cells beyond it included, without the last.
    private func chain(_ a: Corner, _ b: Corner) -> [Corner] {
        let middle = Corner(x: (a.x + b.x) / 2, y: (a.y + b.y) / 2)
        guard abs(a.x - b.x) + abs(a.y - b.y) > 1, corners.contains(middle) else { return [a] }
        return chain(a, middle) + chain(middle, b)
    }

    /// Where the owner changes between two corners.
    private mutating func crossing(_ a: Corner, _ b: Corner) -> Position {
        let isForward = (a.x, a.y) < (b.x, b.y)
        let side = isForward ? Side(a: a, b: b) : Side(a: b, b: a)
        if let found = crossings[side] { return found }
        let (from, to) = (position(side.a), position(side.b))
        let (one, two) = (owners[side.a] ?? 0, owners[side.b] ?? 0)
        func place(_ t: Double) -> Position {
            Position(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t)
        }
        func lead(_ t: Double) -> Double {
            let place = place(t)
            return Geodesic.wgs84.distance(from: place, to: sites.positions[one])
                / sites.weights[one] - Geodesic.wgs84.distance(
                    from: place, to: sites.positions[two])
                / sites.weights[two]
        }
        // False position, where a side that stays is counted half (the Illinois rule).
        var (low, high) = ((t: 0.0, value: lead(0)), (t: 1.0, value: lead(1)))
        var t = 0.5
        if low.value < 0, high.value > 0 {
            for _ in 0..<40 where high.t - low.t > 1e-7 {
                t = low.t + (high.t - low.t) * low.value / (low.value - high.value)
                let value = lead(t)
                if value == 0 { break }
                if value < 0 {
                    low = (t, value)
                    high.value /= 2
                } else {
                    high = (t, value)
                    low.value /= 2
                }
            }
        } else {
            t = low.value == 0 ? 0 : 1
        }
        let found = place(min(1 - 1e-6, max(1e-6, t)))
        crossings[side] = found
        return found
    }

    /// Cuts a cell from crossing to crossing of its sides.
    private mutating func cut(_ cell: Cell) {
        let (east, north) = (cell.x + cell.size, cell.y + cell.size)
        let around = [
            Corner(x: cell.x, y: cell.y), Corner(x: east, y: cell.y), Corner(x: east, y: north),
            Corner(x: cell.x, y: north),
        ]
        let ring = (0..<4).flatMap { chain(around[$0], around[($0 + 1) % 4]) }
        let found = ring.map { owner($0, among: cell.candidates) }
        var places: [Position] = []
        for i in ring.indices where found[i] != found[(i + 1) % ring.count] {
            places.append(crossing(ring[i], ring[(i + 1) % ring.count]))
        }
        switch places.count {
        case 0: break
        case 2: edges.append(places)
        case 4 where Set(found).count == 2:
            // A line that touches a side, seen twice: the shorter way to join them is meant.
            let pairs = [[(0, 1), (2, 3)], [(1, 2), (3, 0)]].map { pairs in
                pairs.map { [places[$0.0], places[$0.1]] }
            }
            func length(_ pairs: [[Position]]) -> Double {
                pairs.reduce(0) { $0 + Geodesic.wgs84.distance(from: $1[0], to: $1[1]) }
            }
            edges += length(pairs[0]) <= length(pairs[1]) ? pairs[0] : pairs[1]
        default:
            let (a, b) = (position(around[0]), position(around[2]))
            let middle = Position((a.x + b.x) / 2, (a.y + b.y) / 2)
            edges += places.map { [$0, middle] }
        }
    }
}
