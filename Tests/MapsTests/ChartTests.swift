import Features
import Geometry
import Maps
import Testing

@Suite("Charts") struct ChartTests {
    /// The numbers after a letter of a path's commands.
    private func lengths(_ svg: String) -> [Double] {
        svg.matches(of: #/<path d="M[0-9. ]+h([0-9.]+)v14/#).compactMap { Double($0.1) }
    }

    @Test func `bars are as long as their numbers, and say them`() {
        let svg = BarPicture(
            [
                .init("가 & 나", [30], note: "30"), .init("b", [15], note: "15"),
                .init("none", [-1], note: "–"),
            ], title: "Bars <here>"
        ).svg
        let all = lengths(svg)
        #expect(all.count == 2 && abs(all[0] / all[1] - 2) < 0.01)
        #expect(svg.contains("가 &amp; 나") && svg.contains("Bars &lt;here&gt;"))
        #expect(svg.contains(">15</text>") && svg.hasSuffix("</svg>\n"))
    }

    @Test func `parts of a bar stand behind one another, each in its colour`() {
        let svg = BarPicture(
            [.init("a", [1, 2, 3], note: "6"), .init("b", [3, 0, 3], note: "6")],
            series: ["0–5 km", "5–10 km", "10–20 km"], title: "Rings"
        ).svg
        let all = lengths(svg)
        #expect(all.count == 5)
        #expect(abs(all[0] + all[1] + all[2] - all[3] - all[4]) < 0.3)
        for color in MapPalette.sequence(3) { #expect(svg.contains(color)) }
        #expect(svg.contains(">5–10 km</text>"))
    }

    @Test func `a curve goes through its points, and one with none or one is drawn too`() {
        let points = [(1.0, 3.0), (2, 5), (3, 6), (4, .nan)].map { (x: $0.0, y: $0.1) }
        let svg = CurvePicture(points, title: "weight", xName: "sites").svg
        let curve = svg.firstMatch(of: #/<path d="M([^"]*)" fill="none" stroke="#0072b2"/#)
        let places = (curve?.1 ?? "").split(separator: "L").map { point in
            point.split(separator: " ").compactMap { Double($0) }
        }
        #expect(places.count == 3)
        guard places.count == 3 else { return }
        // Steps of 2 and 1 upwards, and equal steps across.
        #expect(abs((places[0][1] - places[1][1]) / (places[1][1] - places[2][1]) - 2) < 0.02)
        #expect(abs(places[1][0] * 2 - places[0][0] - places[2][0]) < 0.2)
        for few in [[], [(x: 1.0, y: 0.0)]] {
            #expect(CurvePicture(few, title: "t", xName: "x").svg.hasSuffix("</svg>\n"))
        }
    }

    @Test func `a picture in a page has identifiers of its own and leaves the title to the page`()
        throws
    {
        let content = MapContent(
            title: MapName(nil, "Anything"),
            layers: [
                MapLayer(
                    name: MapName(nil, "points"),
                    batch: .init(geometry: .init([.point(.init(127, 36)), .point(.init(128, 37))])))
            ], sources: ["from somewhere"])
        let alone = try SVGMap(content).svg()
        let part = try SVGMap(content, inPage: "m1").svg()
        #expect(alone.contains("id=\"frame\"") && alone.contains("from somewhere"))
        #expect(part.contains("id=\"m1-frame\"") && part.contains("url(#m1-frame)"))
        #expect(!part.contains("from somewhere") && !part.contains(">Anything</text>"))
    }
}
