import Features
import Formats
import Geometry
import TestSupport
import Testing

@testable import Filters

struct CQLFilterTests {
    private let batch: FeatureBatch = {
        var batch = FeatureBatch(
            geometry: GeometryColumn([
                .point(Position(127.0, 37.5)), .point(Position(127.1, 37.5)),
                .polygon([
                    [
                        Position(126, 36), Position(127, 36), Position(127, 37), Position(126, 37),
                        Position(126, 36),
                    ]
                ]), nil,
            ]), ids: .string(["a", "b", "c", "d"]))
        batch.set("name", .string(["KAIST", "Kaist", "100% green", nil]))
        batch.set("size", .int([1, 2, nil, 9_007_199_254_740_993]))
        batch.set("share", .double([0.5, nil, 1.5, 2]))
        batch.set("open", .bool([true, false, nil, true]))
        batch.set("since", .string(["2010", "2012-06-30", nil, "2013-01-01"]))
        batch.set("until", .string(["2011-12-31", nil, nil, "2014-01-01"]))
        return batch
    }()

    @Test(arguments: [
        ("size = 1", "a"), ("size <> 1", "bd"), ("NOT size = 1", "bd"), ("size IS NULL", "c"),
        ("size IS NOT NULL", "abd"), ("size IN (2, 1.0)", "ab"), ("size NOT IN (2)", "ad"),
        ("size = 9007199254740993", "d"), ("size = 9007199254740992", ""),
        ("share * 2 = size", "a"), ("10 DIV 4 = size", "b"), ("7 % 5 = size", "b"),
        ("size / 0 = 1", ""), ("share BETWEEN 1 AND 2", "cd"), ("name = 'KAIST'", "a"),
        ("CASEI(name) = CASEI('kaist')", "ab"), ("name LIKE 'K%'", "ab"),
        ("name LIKE '100\\%%'", "c"), ("CASEI(name) LIKE CASEI('k_IST')", "ab"),
        ("open", "ad"), ("NOT open", "b"), ("open = TRUE OR size = 2", "abd"),
        ("open AND name LIKE '%'", "a"), ("size = 1 OR share > 100", "a"),
        ("FALSE", ""), ("TRUE", "abcd"), ("geometry IS NULL", "d"), ("id = 'b'", "b"),
        ("S_INTERSECTS(geometry, BBOX(126.5,36.5,127.05,38))", "ac"),
        ("S_INTERSECTS(geometry, BBOX(127,37.5,127,37.5))", "a"),
        ("S_INTERSECTS(geometry, BBOX(127,30,127,40))", "ac"),
        ("S_WITHIN(geometry, BBOX(126.5,36.5,127.05,38))", "a"),
        ("S_CONTAINS(geometry, POINT(126.5 36.5))", "c"),
        ("S_DISJOINT(geometry, POINT(126.5 36.5))", "ab"),
        ("S_TOUCHES(geometry, POINT(126 36.5))", "c"),
        ("S_CROSSES(geometry, LINESTRING(125 36.5, 126.5 36.5))", "c"),
        ("S_OVERLAPS(geometry, BBOX(126.5,36.5,128,38))", "c"),
        ("S_EQUALS(geometry, POLYGON((127 37, 126 37, 126 36, 127 36, 127 37)))", "c"),
        ("S_INTERSECTS(BBOX(170,30,127.05,40), geometry)", "ac"),
        ("S_DWITHIN(geometry, POINT(127 37.5), 8000)", "a"),
        ("S_DWITHIN(geometry, POINT(127 37.5), 9000)", "ab"),
        ("S_DWITHIN(geometry, POINT(127 37.5), 60000)", "abc"),
        ("since < DATE('2011-01-01')", "a"), ("since = DATE('2012-06-30')", "b"),
        ("T_AFTER(since, DATE('2012-06-30'))", "d"),
        ("T_BEFORE(since, TIMESTAMP('2012-06-30T12:00:00Z'))", "a"),
        ("T_INTERSECTS(since, TIMESTAMP('2012-06-30T12:00:00Z'))", "b"),
        ("T_INTERSECTS(since, INTERVAL('2010-12-31','2012-06-30'))", "ab"),
        ("T_DURING(since, INTERVAL('2012-01-01','2012-12-31'))", "b"),
        ("T_EQUALS(since, INTERVAL('2010-01-01','2010-12-31'))", "a"),
        ("T_OVERLAPS(INTERVAL(since, until), INTERVAL('2013-06-01','..'))", "d"),
        ("T_MEETS(INTERVAL(since, until), INTERVAL('2011-12-31','2020-01-01'))", "a"),
    ])
    func `filters keep what they should`(text: String, ids: String) throws {
        #expect(try FilterFixture.ids(text, batch).joined() == ids)
    }

    @Test(arguments: [
        ("nme = 'x'", 1, "name"), ("size = 'x'", 8, "compared"), ("name > 5", 8, "compared"),
        ("open < TRUE", 8, "compared"), ("name", 1, "condition"), ("size + name = 3", 8, "number"),
        ("size LIKE '1%'", 1, "text"), ("T_AFTER(name, DATE('2020-01-01'))", 9, "KAIST"),
        ("size = DATE('2020-01-01')", 1, "time"), ("name IN ('x', 3)", 15, "compared"),
        ("S_WITHIN(name, POINT(1 2))", 10, "geometry"), ("geometry = 3", 12, "compared"),
        ("S_WITHIN(geometry, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))", 20, "invalid"),
        ("S_WITHIN(geometry, POINT(37.5 127))", 20, "off the globe"),
        ("S_WITHIN(geometry, BBOX(126,38,127,37))", 20, "south, 38.0, north of its north"),
        ("name IS NULL OR S_WITHIN(BBOX(1,2,1,1), geometry)", 26, "south"),
        ("BBOX(1,2,1,1) IS NULL", 1, "south"),
        ("S_DWITHIN(POINT(1 2), POINT(1 2), 5)", 11, "S_DWITHIN"),
    ])
    func `what cannot be asked of the attributes is an error`(
        text: String, column: Int, word: String
    ) throws {
        let error = try #require(throws: CQLError.self) {
            try CQLFilter(CQLExpression(text: text), over: batch)
        }
        #expect(error.at == .column(column), "\(error)")
        #expect(error.description.contains(word), "\(error)")
    }

    @Test func `attributes of several kinds are compared where the kind is the same`() throws {
        var builder = ColumnBuilder()
        for value: Value in [.int(3), .string("x"), .null, .bool(true)] { builder.append(value) }
        var batch = FeatureBatch(
            geometry: GeometryColumn([nil, nil, nil, nil]), ids: .string(["a", "b", "c", "d"]))
        batch.set("mixed", builder.finish(as: .json))
        #expect(try FilterFixture.ids("mixed = 3", batch) == ["a"])
        #expect(try FilterFixture.ids("mixed <> 3", batch) == [])
        #expect(try FilterFixture.ids("mixed LIKE '_'", batch) == ["b"])
        #expect(try FilterFixture.ids("mixed", batch) == ["d"])
        #expect(try FilterFixture.ids("mixed IS NULL", batch) == ["c"])
    }

    @Test func `random filters mean what a second reading says`() throws {
        let batch = FilterFixture.batch(25, seed: 5)
        var random = SeededGenerator(seed: 65)
        var kept = 0
        for _ in 0..<200 {
            let filter = FilterFixture.random(2, &random)
            let made = try CQLFilter(filter, over: batch)
            for row in 0..<batch.count {
                let truth = try made.truth(of: row)
                #expect(try truth == BruteForce.truth(filter, row, batch), "\(filter.json.text)")
                guard truth == true else { continue }
                kept += 1
                if let boxes = made.boxes {
                    let envelope = try #require(batch.geometry[row]?.envelope)
                    #expect(
                        boxes.contains { BoxMeeting.meet($0, envelope) }, "\(filter.json.text)")
                }
            }
        }
        #expect(kept > 500)
    }

    @Test func `times are read in their calendar and zone`() throws {
        #expect(CQLTime(day: "1970-01-01")?.first == 0)
        #expect(CQLTime(day: "2000-02-29")?.first == 11_016 * CQLTime.day)
        #expect(CQLTime(day: "1900-02-29") == nil)
        #expect(CQLTime(day: "2019-02")?.last == 17_955 * CQLTime.day)
        #expect(
            CQLTime(instant: "1970-01-01T09:00:00.25+09:00")?.first == 250_000)
        for text in ["2020-01-01T24:00:00Z", "2020-01-01T00:00:00", "2020-1-1", "2020-13-01", ""] {
            #expect(CQLTime(any: text) == nil, "\(text)")
        }
    }
}
