/// Numbers of several things as bars that lie beside their names: of one kind, or of several that
/// stand behind one another in each bar.
///
/// Every bar has its number written at its end, so that nothing has to be read off an axis.
public struct BarPicture: Sendable {
    /// A bar.
    public struct Bar: Hashable, Sendable {
        /// What it is of.
        public let name: String
        /// The lengths of its parts, none below 0.
        public let parts: [Double]
        /// What stands at its end.
        public let note: String

        /// Creates a bar.
        ///
        /// - Parameters:
        ///   - name: What it is of.
        ///   - parts: The lengths of its parts; what is below 0 or no number counts as 0.
        ///   - note: What stands at its end.
        public init(_ name: String, _ parts: [Double], note: String) {
            self.name = name
            self.parts = parts.map { $0.isFinite ? max(0, $0) : 0 }
            self.note = note
        }
    }

    private let title: String
    private let series: [String]
    private let bars: [Bar]

    /// Prepares the picture.
    ///
    /// - Parameters:
    ///   - bars: The bars, from the top.
    ///   - series: What the parts of bars are, where they have several.
    ///   - title: The title.
    public init(_ bars: [Bar], series: [String] = [], title: String) {
        self.bars = bars
        self.series = series
        self.title = title
    }

    /// The picture.
    public var svg: String {
        let names = min(
            Self.longest, max(60, (bars.map { SVGText.width($0.name, 12) }.max() ?? 0) + 8))
        let notes = (bars.map { SVGText.width($0.note, 12) }.max() ?? 0) + 14
        let room = Self.width - names - notes - 8
        let greatest = bars.map { $0.parts.reduce(0, +) }.max() ?? 0
        let colors = series.count > 1 ? MapPalette.sequence(series.count) : [MapPalette.kinds[0]]
        var top = 8.0
        var body: [String] = []
        for line in SVGText.wrapped(title, width: Self.width - 16, size: 14) {
            top += 16
            body.append(SVGText.words(8, top, line, 14, weight: 600))
        }
        top += 10
        if series.count > 1 {
            var x = 8.0
            for (name, color) in zip(series, colors) {
                let width = SVGText.width(name, 11) + 34
                if x > 8, x + width > Self.width {
                    x = 8
                    top += 18
                }
                body.append(Self.box(x, top + 1, 12, 12, color))
                body.append(SVGText.words(x + 17, top + 11, name, 11))
                x += width
            }
            top += 24
        }
        for bar in bars {
            var x = names + 4
            body.append(
                SVGText.words(names - 2, top + 13, Self.cut(bar.name), 12, anchor: "end"))
            for (part, color) in zip(bar.parts, colors) where part > 0 && greatest > 0 {
                let width = part / greatest * room
                body.append(Self.box(x, top + 2, width, 14, color))
                x += width
            }
            body.append(SVGText.words(x + 5, top + 13, bar.note, 12))
            top += 20
        }
        let (w, h) = (SVGText.number(Self.width), SVGText.number(top + 6))
        body.append(
            "<path d=\"M\(SVGText.number(names + 4)) \(SVGText.number(top - 20 * Double(bars.count)))"
                + "v\(SVGText.number(20 * Double(bars.count)))\" stroke=\"\(MapPalette.grey)\"/>")
        return
            ([
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(w) \(h)\" width=\"\(w)\" "
                    + "height=\"\(h)\" font-family=\"\(SVGText.fonts)\" role=\"img\">",
                "<title>\(SVGText.escaped(title))</title>",
            ] + body + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private static let width = 500.0
    /// How much of the width names may take.
    private static let longest = 270.0

    private static func box(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ color: String
    ) -> String {
        "<path d=\"M\(SVGText.number(x)) \(SVGText.number(y))h\(SVGText.number(width))"
            + "v\(SVGText.number(height))h\(SVGText.number(-width))z\" fill=\"\(color)\" "
            + "stroke=\"\(MapPalette.ink)\" stroke-width=\".4\"/>"
    }

    /// A name that fits beside the bars.
    private static func cut(_ name: String) -> String {
        guard SVGText.width(name, 12) > longest - 8 else { return name }
        var head = name
        while SVGText.width(head, 12) > longest - 20, head.count > 1 { head.removeLast() }
        return head + "…"
    }
}
