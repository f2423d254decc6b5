/// The Lorenz curve as a picture: the share of all scores that the lowest shares of the demand have,
/// beside the line where all have the same.
///
/// M. O. Lorenz, 1905, https://doi.org/10.2307/2276207.
public struct LorenzPicture: Sendable {
    /// What is drawn, for the head of the picture.
    public let title: String
    /// The curve: shares of the demand and of the scores, from 0 to 1, ascending.
    private let points: [(x: Double, y: Double)]
    private let gini: Double?

    /// Takes the curve.
    ///
    /// - Parameters:
    ///   - scores: The scores; where they have no curve, only the frame is drawn.
    ///   - title: What is drawn.
    public init(of scores: WeightedDistribution, title: String) {
        self.title = title
        gini = scores.gini
        points = (0...200).compactMap { step in
            let share = Double(step) / 200
            return scores.gini == nil ? nil : scores.lorenz(share).map { (share, $0) }
        }
    }

    /// The picture as SVG, 460 by 500 pixels.
    public var svg: String {
        let (left, top, size) = (56.0, 56.0, 380.0)
        func at(_ x: Double, _ y: Double) -> String {
            "\(Self.number(left + size * x)) \(Self.number(top + size * (1 - y)))"
        }
        let head = Self.escaped(title) + (gini.map { ", Gini \(Self.thousandths($0))" } ?? "")
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 460 500\" width=\"460\" "
                + "height=\"500\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">",
            "<title>\(head)</title>",
            "<path d=\"M0 0h460v500H0z\" fill=\"#fff\"/>",
            "<text x=\"\(Self.number(left))\" y=\"34\" font-size=\"15\" font-weight=\"600\">"
                + "\(head)</text>",
        ]
        for tick in 0...4 {
            let share = Double(tick) / 4
            lines += [
                "<path d=\"M\(at(share, 0))L\(at(share, 1))M\(at(0, share))L\(at(1, share))\" "
                    + "stroke=\"#ddd\" fill=\"none\"/>",
                "<text x=\"\(Self.number(left + size * share))\" y=\"454\" "
                    + "text-anchor=\"middle\">\(25 * tick) %</text>",
                "<text x=\"50\" y=\"\(Self.number(top + size * (1 - share) + 4))\" "
                    + "text-anchor=\"end\">\(25 * tick) %</text>",
            ]
        }
        lines += [
            "<text x=\"246\" y=\"480\" text-anchor=\"middle\">share of the demand, the lowest "
                + "scores first</text>",
            "<path d=\"M\(at(0, 0))L\(at(1, 1))\" stroke=\"#5a5a5a\" stroke-dasharray=\"5 4\"/>",
        ]
        if !points.isEmpty {
            let chain = points.map { at($0.x, $0.y) }.joined(separator: "L")
            lines.append(
                "<path d=\"M\(chain)\" stroke=\"#0072b2\" stroke-width=\"2.2\" fill=\"none\"/>")
        }
        lines.append("</svg>")
        return lines.joined(separator: "\n") + "\n"
    }

    /// A coordinate, to a tenth of a pixel.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
    }

    private static func thousandths(_ value: Double) -> String {
        let digits = String(Int((value * 1000).rounded()))
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return padded.dropLast(3) + "." + padded.suffix(3)
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
    }
}
