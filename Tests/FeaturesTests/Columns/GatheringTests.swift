import Features
import Testing

/// Columns made in one go are those made value by value.
struct GatheringTests {
    @Test func `texts repeated by place are the texts one by one`() {
        let texts: [String?] = ["혁신", nil, "", "daedeok"]
        let places: [Int32] = [3, -1, 0, 1, 2, 0, 0, 3, -1, 2, 1]
        let plain = Column.string(places.map { $0 < 0 ? nil : texts[Int($0)] })
        #expect(Column.string(texts).texts(at: places) == plain)
        #expect(Column.string(texts).texts(at: []).count == 0)
        #expect(Column.string([]).texts(at: [-1, -1]) == Column.string([nil, nil]))
        #expect(
            Column.string([nil, nil]).texts(at: [1, -1, 0]) == Column.string([nil, nil, nil]))
        #expect(
            Column.string(["a", "bc"]).texts(at: [1, 0, 1]) == Column.string(["bc", "a", "bc"]))
    }

    @Test func `numbers that are not there are null`() {
        let values = [1.5, .nan, -0.0, .infinity, .nan, 7, 8, 9, 10]
        let plain = Column.double(values.map { $0.isNaN ? nil : $0 })
        #expect(Column.double(nanIsNull: values) == plain)
        #expect(Column.double(nanIsNull: [1, 2]) == Column.double([1, 2]))
        #expect(Column.double(nanIsNull: []).count == 0)
    }

    @Test func `comparisons leave rows without a number without an answer`() {
        let ranks = [0, 2, -1, 1, 3, -1, 0, 0, 1]
        #expect(
            Column.bool(ranks, atMost: 1) == Column.bool(ranks.map { $0 < 0 ? nil : $0 <= 1 }))
    }
}
