/// A number that follows another, as a line with its points: the objective over the number of sites.
public struct CurvePicture: Sendable {
    private let title, xName: String
    private let points: [(x: Double, y: Double)]

    /// Prepares the picture.
    ///
    /// - Parameters:
    ///   - points: The points, x rising; what is no number is left out.
    ///   - title: The title, which says what stands upright.
    ///   - xName: What lies along the bottom.
    public init(_ points: [(x: Double, y: Double)], title: String, xName: String) {
        self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
        self.title = title
        self.xName = xName
    }

    /// The picture.
    public var svg: String {
        let values = points.map(\.y)
        let greatest = max(values.max() ?? 1, 0)
        let least = min(values.min() ?? 0, 0)
        let step = Self.step(greatest - least)
        let ticks = (Int((least / step).rounded(.down))...Int((greatest / step).rounded(.up)))
            .map { Double($0) * step }
        let (low, high) = (ticks.first ?? 0, max(ticks.last ?? 1, (ticks.first ?? 0) + step))
        let decimals = MapFigures.decimals(for: ticks)
        let names = ticks.map { MapFigures.number($0, decimals: decimals) }
        let left = (names.map { SVGText.width($0, 11) }.max() ?? 0) + 18
        let lines = SVGText.wrapped(title, width: 624, size: 14)
        let top = 26 + 16 * Double(lines.count)
        let (right, bottom) = (624.0, top + 220)
        let (from, to) = (points.first?.x ?? 0, points.last?.x ?? 1)
        func at(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
            let across = to > from ? (point.x - from) / (to - from) : 0.5
            return (
                left + 24 + across * (right - left - 60),
                bottom - (point.y - low) / (high - low) * (bottom - top)
            )
        }
        var out = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 "
                + "\(SVGText.number(bottom + 44))\" width=\"640\" height=\""
                + "\(SVGText.number(bottom + 44))\" font-family=\"\(SVGText.fonts)\" role=\"img\">",
            "<title>\(SVGText.escaped(title))</title>",
        ]
        for (i, line) in lines.enumerated() {
            out.append(SVGText.words(8, 20 + 16 * Double(i), line, 14, weight: 600))
        }
        for (tick, name) in zip(ticks, names) {
            let y = at((from, tick)).y
            out.append(
                "<path d=\"M\(SVGText.number(left)) \(SVGText.number(y))H\(SVGText.number(right))\" "
                    + "stroke=\"#ddd\"/>")
            out.append(SVGText.words(left - 6, y + 4, name, 11, anchor: "end"))
        }
        let chain = points.map(at).map { "\(SVGText.number($0.x)) \(SVGText.number($0.y))" }
        if chain.count > 1 {
            out.append(
                "<path d=\"M\(chain.joined(separator: "L"))\" fill=\"none\" stroke=\""
                    + "\(MapPalette.kinds[0])\" stroke-width=\"2.2\"/>")
        }
        for point in points {
            let place = at(point)
            out.append(
                "<path d=\"\(Marker.circle.path(place.x, place.y, 4))\" fill=\""
                    + "\(MapPalette.kinds[0])\"/>")
            out.append(
                SVGText.words(
                    place.x, place.y - 9, MapFigures.plain(point.y), 11, anchor: "middle"))
            out.append(
                SVGText.words(
                    place.x, bottom + 17, MapFigures.plain(point.x), 11, anchor: "middle"))
        }
        out.append(
            SVGText.words((left + right) / 2, bottom + 36, xName, 12, anchor: "middle"))
        return (out + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    /// A round step of which some four make a length.
    private static func step(_ length: Double) -> Double {
        guard length > 0 else { return 1 }
        var step = 1.0
        while step * 4 > length { step /= 10 }
        while step * 40 <= length { step *= 10 }
        return [1.0, 2, 5, 10].map { $0 * step }.first { $0 * 5 >= length } ?? step * 10
    }
}
