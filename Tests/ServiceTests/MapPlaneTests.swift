import Geometry
import TestSupport
import Testing

@testable import Service

/// What the map reckons in the browser, beside PROJ.
struct MapPlaneTests {
    /// Runs the map's script for the plane in a browser without a window.
    ///
    /// - Parameter ask: An expression whose value is told as JSON.
    /// - Returns: The answer; `nil`, with a printed reason, where there is no Chromium.
    /// - Throws: Where the browser cannot be started, or the script fails.
    private func answer(_ ask: String) throws -> ParsedJSON? {
        let page = """
            <!DOCTYPE html><meta charset="utf-8"><pre id="said"></pre><script>
            const data = { plane: { origin: [1e6, 2e6], across: null } };
            \(MapScript.plane)
            document.getElementById("said").textContent = JSON.stringify(\(ask));
            </script>
            """
        guard let loaded = try Browser.load(page) else { return nil }
        let said = try #require(loaded.document.firstMatch(of: #/<pre id="said">(.*?)</pre>/#)?.1)
        return try ParsedJSON(String(said))
    }

    @Test func `positions on the plane are PROJ's, and the ends of geodesics Karney's`() throws {
        var random = SeededGenerator(seed: 5179)
        let places = (0..<300).map { _ in
            Position(
                Double.random(in: 118...138, using: &random),
                Double.random(in: 28...46, using: &random))
        }
        let turns = places.map { _ in Double.random(in: 0...360, using: &random) }
        let asked = zip(places, turns).map { "[\($0.x),\($0.y),\($1)]" }.joined(separator: ",")
        guard
            let answers = try answer(
                "[\(asked)].map(([x, y, azimuth]) => [put(x, y), back(...put(x, y)), "
                    + "reached(x, y, azimuth, 50000)].flat())")?.array
        else { return }
        try #require(answers.count == places.count)
        let plane = try Transformation(from: .wgs84, to: CoordinateReferenceSystem("EPSG:5179"))
        var (x, y) = (places.map(\.x), places.map(\.y))
        try plane.apply(&x, &y)
        for (row, answer) in answers.enumerated() {
            let told = answer.array.compactMap(\.number)
            try #require(told.count == 6)
            // Decimetres from the origin: right to a millimetre.
            #expect(
                abs(told[0] / 10 + 1e6 - x[row]) < 1e-3 && abs(told[1] / 10 + 2e6 - y[row]) < 1e-3)
            #expect(abs(told[2] - places[row].x) < 1e-8 && abs(told[3] - places[row].y) < 1e-8)
            let end = Geodesic.wgs84.direct(
                from: places[row], azimuth: turns[row], distance: 50_000)
            #expect(abs(told[4] - end.position.x) < 1e-8 && abs(told[5] - end.position.y) < 1e-8)
        }
    }
}
