import Features
import TestSupport
import Testing

struct SpellingTests {
    private func distance(_ a: String, _ b: String, limit: Int = .max) -> Int {
        Spelling.distance(Array(a), Array(b), limit: limit)
    }

    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3),
        ("saturday", "sunday", 3), ("ab", "ba", 1), ("population", "popualtion", 1),
        // Of the two distances that are named after Damerau, that which edits no place twice.
        ("ca", "abc", 3), ("a cat", "an act", 2), ("대전", "전대", 1), ("대전", "대천", 1),
        ("universities", "univeristies", 1),
    ])
    func `distances are the known ones`(a: String, b: String, expected: Int) {
        #expect(distance(a, b) == expected)
        #expect(distance(b, a) == expected)
    }

    @Test func `distances are symmetric and no longer than the longer word`() {
        var random = SeededGenerator(seed: 25)
        func word() -> String {
            String(
                (0..<Int.random(in: 0...6, using: &random)).map { _ in
                    "abc".randomElement(using: &random) ?? "a"
                })
        }
        for _ in 0..<500 {
            let (a, b) = (word(), word())
            let found = distance(a, b)
            #expect(found == distance(b, a))
            #expect((found == 0) == (a == b))
            #expect(found <= max(a.count, b.count) && found >= abs(a.count - b.count))
            // With a limit, what is within it is the same and the rest is beyond.
            for limit in 0...3 {
                let limited = distance(a, b, limit: limit)
                #expect(found <= limit ? limited == found : limited > limit)
            }
        }
    }

    private let fields = ["name_ko", "name_en", "population", "population_2021", "sido", "lon"]

    @Test(arguments: [
        ("poplation", "population"), ("POPULATION", "population"), ("popualtion", "population"),
        ("nmae_ko", "name_ko"), ("sdio", "sido"), ("pop", "population"),
        ("population_202", "population_2021"),
    ])
    func `the word that was meant is found`(written: String, meant: String) {
        #expect(Spelling.nearest(to: written, in: fields) == meant)
    }

    @Test func `nothing is suggested where nothing is near`() {
        #expect(Spelling.nearest(to: "elevation", in: fields) == nil)
        #expect(Spelling.nearest(to: "population", in: []) == nil)
        #expect(Spelling.nearest(to: "", in: fields) == nil)
    }

    @Test func `of words equally near the first is taken`() {
        #expect(Spelling.nearest(to: "name_k", in: ["name_x", "name_y"]) == "name_x")
        #expect(Spelling.nearest(to: "name_y", in: ["name_x", "name_y"]) == "name_y")
    }
}
