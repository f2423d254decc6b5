internal import Features
internal import Geometry

/// How the features of one layer are drawn.
struct LayerStyle: Sendable {
    /// A line of the legend: a colour and what it means.
    struct Entry: Hashable, Sendable {
        let color: String
        let name: MapName
    }

    /// The form of a point, so that layers differ by more than their colour.
    let marker: Marker
    /// The lines of the legend; the only one of a layer of one colour bears the layer's name.
    let entries: [Entry]
    /// The entry of each row.
    let rows: [Int]
    /// The radius of each row's points in pixels, where an attribute sets it.
    let radii: [Double]?
    /// The radius of points else.
    let radius: Double
    /// Whether an attribute colours the layer.
    let isColored: Bool

    /// The radius of the points of a row.
    func radius(_ row: Int) -> Double { radii?[row] ?? radius }
}

/// The forms of points.
enum Marker: Int, CaseIterable, Sendable {
    case circle, square, triangle, diamond, cross

    /// The path of a point; forms of equal radius look equally large.
    func path(_ x: Double, _ y: Double, _ r: Double) -> String {
        func n(_ value: Double) -> String { SVGText.number(value) }
        func closed(_ corners: [(Double, Double)]) -> String {
            "M" + corners.map { "\(n(x + $0.0 * r)) \(n(y + $0.1 * r))" }.joined(separator: "L")
                + "z"
        }
        switch self {
        case .circle:
            return "M\(n(x - r)) \(n(y))a\(n(r)) \(n(r)) 0 1 0 \(n(2 * r)) 0"
                + "a\(n(r)) \(n(r)) 0 1 0 \(n(-2 * r)) 0z"
        case .square:
            return closed([(-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)])
        case .triangle: return closed([(0, -1.3), (1.17, 0.78), (-1.17, 0.78)])
        case .diamond: return closed([(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)])
        case .cross:
            let (a, b) = (0.42, 1.2)
            return closed([
                (-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a), (a, b), (-a, b), (-a, a),
                (-b, a), (-b, -a), (-a, -a),
            ])
        }
    }
}
