import Geometry
import TestSupport
import Testing

@testable import Features

struct LikePatternTests {
    /// Whether a text matches, by trying all ways.
    private func tried(
        _ text: ArraySlice<Character>, _ pattern: ArraySlice<Character>, _ escape: Character?
    ) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        if first == escape {
            let letter = rest.first ?? first
            return text.first == letter && tried(text.dropFirst(), rest.dropFirst(), escape)
        }
        switch first {
        case "%": return (0...text.count).contains { tried(text.dropFirst($0), rest, escape) }
        case "_": return !text.isEmpty && tried(text.dropFirst(), rest, escape)
        default: return text.first == first && tried(text.dropFirst(), rest, escape)
        }
    }

    @Test(arguments: [nil, "\\"] as [Character?])
    func `random patterns match what trying all ways finds`(escape: Character?) throws {
        var random = SeededGenerator(seed: 76)
        let letters = Array("ab판\\%_")
        func word(_ most: Int) -> String {
            String(
                (0..<Int.random(in: 0...most, using: &random)).map { _ in
                    letters[Int.random(in: 0..<letters.count, using: &random)]
                })
        }
        var matching = 0
        for _ in 0..<5000 {
            let (text, pattern) = (word(7), word(6))
            let isMatch = LikePattern(pattern, escape: escape).matches(text)
            #expect(
                isMatch == tried(Array(text)[...], Array(pattern)[...], escape),
                "\(text) \(pattern)")
            if isMatch { matching += 1 }
            // The language of conditions on the command line has no escape.
            guard escape == nil else { continue }
            var batch = FeatureBatch(geometry: GeometryColumn([nil as Shape?]))
            batch.set("a", .string([text]))
            #expect(
                try Filter("a like '\(pattern)'").rows(of: batch).isEmpty != isMatch)
        }
        #expect(matching > 200)
    }

    /// Trying all ways here would take longer than there is time.
    @Test func `patterns with many signs for any letters do not blow up`() {
        let text = String(repeating: "a", count: 3000)
        let pattern = LikePattern(String(repeating: "%a", count: 60) + "%b")
        #expect(!pattern.matches(text))
        #expect(pattern.matches(text + "b"))
        #expect(LikePattern(String(repeating: "%_", count: 3000) + "%").matches(text))
        #expect(!LikePattern(String(repeating: "%_", count: 3001)).matches(text))
    }
}
