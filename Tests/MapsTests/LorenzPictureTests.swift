import Analysis
import Maps
import TestSupport
import Testing

struct LorenzPictureTests {
    @Test func `the picture has the curve, from corner to corner below the line of equals`() throws
    {
        var random = SeededGenerator(seed: 331)
        let scores = (0..<60).map { _ in max(0, Double.random(in: -1...9, using: &random)) }
        let all = WeightedDistribution(scores, weights: scores.map { _ in 1 })
        let svg = LorenzPicture(
            all.lorenzCurve(steps: 200), gini: all.gini, title: "a < b & c"
        ).svg
        #expect(svg.contains("a &lt; b &amp; c, Gini 0.") && svg.hasSuffix("</svg>\n"))
        let curve = try #require(svg.firstMatch(of: #/<path d="M([^"]*)" stroke="#0072b2"/#))
        let points = curve.1.split(separator: "L").map { point in
            point.split(separator: " ").compactMap { Double($0) }
        }
        #expect(points.count == 201 && points.first == [56, 436] && points.last == [436, 56])
        for point in points {
            let share = (point[0] - 56) / 380
            let kept = try #require(all.lorenz(share))
            // Drawn to a tenth of a pixel.
            #expect(abs((436 - point[1]) / 380 - kept) < 1e-3 && kept <= share + 1e-12)
        }
        let zeros = WeightedDistribution([0, 0], weights: [1, 1])
        let none = LorenzPicture(
            zeros.lorenzCurve(steps: 200), gini: zeros.gini, title: "none"
        ).svg
        #expect(!none.contains("#0072b2") && !none.contains("Gini"))
    }
}
