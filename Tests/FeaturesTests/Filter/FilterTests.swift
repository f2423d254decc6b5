import Features
import Geometry
import Testing

/// Conditions on attributes, by rows that meet them.
struct FilterTests {
    private func batch() -> FeatureBatch {
        var batch = FeatureBatch(
            geometry: GeometryColumn([Shape?](repeating: nil, count: 5)))
        batch.set("이름", .string(["대전", "대구", "서울", nil, "O'Hara"]))
        batch.set("n", .int([1, 2, 3, nil, 5]))
        batch.set("share", .double([0.5, nil, 1.5, 2, -1]))
        batch.set("ok", .bool([true, false, nil, true, false]))
        batch.set("우편 번호", .string(["01234", "34120", nil, "x", "9"]))
        return batch
    }

    static let answers: [(String, [Int])] = [
        ("n = 2", [1]), ("n <> 2", [0, 2, 4]), ("n != 2", [0, 2, 4]), ("n == 2", [1]),
        ("n < 2.5", [0, 1]), ("n >= 3", [2, 4]), ("2 < n", [2, 4]),
        ("이름 = '대전'", [0]), ("\"이름\" = 'O''Hara'", [4]), ("이름 like '대%'", [0, 1]),
        ("이름 like '_울'", [2]), ("이름 not like '대%'", [2, 4]), ("이름 ilike 'o''HARA'", [4]),
        ("이름 like '%'", [0, 1, 2, 4]), ("이름 in ('대전', '서울')", [0, 2]),
        ("이름 not in ('대전', '서울')", [1, 4]), ("n between 2 and 3", [1, 2]),
        ("n not between 2 and 3", [0, 4]), ("n is null", [3]), ("n is not null", [0, 1, 2, 4]),
        ("ok", [0, 3]), ("not ok", [1, 4]), ("ok = true", [0, 3]), ("ok and n = 1", [0]),
        ("n = 1 or n = 2 and share is null", [0, 1]), ("(n = 1 or n = 2) and share is null", [1]),
        ("not (n = 1 or n = 2)", [2, 4]), ("NOT n > 1 AND 이름 LIKE '대%'", [0]),
        ("\"우편 번호\" = 1234", [0]), ("\"우편 번호\" = '1234'", []), ("`x` = 1 or n = 1", []),
        ("share > n", [Int]()), ("share = -1", [4]), ("share < 1e0", [0, 4]),
        ("n = 1 or share = 2", [0, 3]), ("n = 5 and (이름 = '서울' or true = true)", [4]),
    ]

    @Test(arguments: answers.filter { !$0.0.contains("`") })
    func `rows are those that SQL would take`(text: String, rows: [Int]) throws {
        #expect(try Filter(text).rows(of: batch()) == rows)
    }

    @Test(arguments: [
        ("n = ", 4, "expected a value, found the end"), ("n", -1, ""),
        ("이름 = '대전", 5, "the quotation mark ' is not closed"),
        ("n = 1 nor n = 2", 6, "expected and, or, or the end, found \"nor\""),
        ("(n = 1", 6, "expected \")\", found the end"), ("n in 1", 5, "expected \"(\", found 1"),
        ("n between 1 or 2", 12, "expected and, found \"or\""),
        ("n is 5", 5, "expected null, found 5"), ("n ; 5", 2, "\";\" has no meaning here"),
        ("and n", 0, "expected an attribute, found \"and\""),
        ("", 0, "expected an attribute, found the end"),
        ("1.2.3 = n", 0, "\"1.2.3\" is no number"),
        ("n like 5", 7, "expected a text in '' with % and _, found 5"),
    ])
    func `errors point at the place`(text: String, column: Int, reason: String) {
        guard column >= 0 else {
            #expect(throws: Never.self) { try Filter(text) }
            return
        }
        let error = #expect(throws: FilterError.self) { try Filter(text) }
        #expect(error?.column == column)
        #expect(error?.reason == reason)
    }

    @Test func `the caret stands under the place, where Hangul takes two columns`() {
        let error = #expect(throws: FilterError.self) { try Filter("이름 = ?") }
        #expect(error?.problem == "\"?\" has no meaning here\n  이름 = ?\n         ^")
    }

    @Test func `an attribute that is not there is named with the nearest`() {
        let error = #expect(throws: FilterError.self) {
            try Filter("n = 1 and shre > 2").rows(of: batch())
        }
        #expect(error?.reason == "there is no attribute \"shre\"")
        #expect(error?.column == 10)
        #expect(error?.remedy == "did you mean \"share\"?")
    }
}
