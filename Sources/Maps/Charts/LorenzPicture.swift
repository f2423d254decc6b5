/// The Lorenz curve as a picture: the share of all scores that the lowest shares of the demand have,
/// beside the line where all have the same.
///
/// M. O. Lorenz, 1905, https://doi.org/10.2307/2276207.
public struct LorenzPicture: Sendable {
    /// What is drawn, for the head of the picture.
    public let title: String
    /// The curve: shares of the demand and of the scores, from 0 to 1, ascending.
    private let points: [(demand: Double, score: Double)]
    private let gini: Double?
    /// What lies along the bottom.
    private let axis: String

    /// Takes the curve.
    ///
    /// - Parameters:
    ///   - points: Shares of the demand and of the scores, from 0 to 1, ascending; where there are
    ///     none, only the frame is drawn.
    ///   - gini: The coefficient, for the head.
    ///   - title: What is drawn.
    ///   - axis: What lies along the bottom.
    public init(
        _ points: [(demand: Double, score: Double)], gini: Double?, title: String,
        axis: String = "share of the demand, the lowest scores first"
    ) {
        self.axis = axis
        self.points = points
        self.gini = gini
        self.title = title
    }

    /// The picture as SVG, 460 by 500 pixels.
    public var svg: String {
        let (left, top, size) = (56.0, 56.0, 380.0)
        func at(_ x: Double, _ y: Double) -> String {
            "\(SVGText.number(left + size * x)) \(SVGText.number(top + size * (1 - y)))"
        }
        let head =
            SVGText.escaped(title)
            + (gini.map { ", Gini \(MapFigures.number($0, decimals: 3))" } ?? "")
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 460 500\" width=\"460\" "
                + "height=\"500\" font-family=\"\(SVGText.fonts)\" font-size=\"12\" role=\"img\">",
            "<title>\(head)</title>",
            "<path d=\"M0 0h460v500H0z\" fill=\"#fff\"/>",
            "<text x=\"\(SVGText.number(left))\" y=\"34\" font-size=\"15\" font-weight=\"600\">"
                + "\(head)</text>",
        ]
        for tick in 0...4 {
            let share = Double(tick) / 4
            lines += [
                "<path d=\"M\(at(share, 0))L\(at(share, 1))M\(at(0, share))L\(at(1, share))\" "
                    + "stroke=\"#ddd\" fill=\"none\"/>",
                "<text x=\"\(SVGText.number(left + size * share))\" y=\"454\" "
                    + "text-anchor=\"middle\">\(25 * tick) %</text>",
                "<text x=\"50\" y=\"\(SVGText.number(top + size * (1 - share) + 4))\" "
                    + "text-anchor=\"end\">\(25 * tick) %</text>",
            ]
        }
        lines += [
            "<text x=\"246\" y=\"480\" text-anchor=\"middle\">"
                + "\(SVGText.escaped(axis))</text>",
            "<path d=\"M\(at(0, 0))L\(at(1, 1))\" stroke=\"#5a5a5a\" stroke-dasharray=\"5 4\"/>",
        ]
        if !points.isEmpty {
            let chain = points.map { at($0.demand, $0.score) }.joined(separator: "L")
            lines.append(
                "<path d=\"M\(chain)\" stroke=\"#0072b2\" stroke-width=\"2.2\" fill=\"none\"/>")
        }
        lines.append("</svg>")
        return lines.joined(separator: "\n") + "\n"
    }
}
