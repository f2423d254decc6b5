import Analysis
import Features
import Geometry
import Testing

struct NameFieldTests {
    private let three = FeatureBatch(points: [Position(127, 36), nil, Position(128, 36)])

    @Test func `the most telling field names a feature, whatever the order of columns`() {
        var batch = three.with("title", .string(["t1", "t2", "t3"]))
        #expect(NameField.names(of: batch) == ["t1", "t2", "t3"])
        batch.set("name", .string(["n1", nil, "n3"]))
        #expect(NameField.names(of: batch) == ["n1", nil, "n3"])
        batch.set("name_ko", .string(["대전", "부산", nil]))
        #expect(NameField.names(of: batch) == ["대전", "부산", nil])
    }

    @Test func `boundaries of the address data are named by their own name, not their province's`()
    {
        let towns = three.with("CTP_KOR_NM", .string(["서울", "서울", "부산"]))
            .with("EMD_KOR_NM", .string(["청운동", "신교동", "중동"]))
            .with("SIG_KOR_NM", .string(["종로구", "종로구", "해운대구"]))
        #expect(NameField.names(of: towns) == ["청운동", "신교동", "중동"])
    }

    @Test(arguments: NameField.candidates)
    func `every field that names is found in any case`(field: String) {
        let batch = three.with("id", .int([1, 2, 3]))
        #expect(
            NameField.names(of: batch.with(field.uppercased(), .string(["a", "b", nil])))
                == ["a", "b", nil])
    }

    @Test func `nothing names features without such a field`() {
        #expect(
            NameField.names(of: three.with("names", .string(["a", "b", "c"]))) == [nil, nil, nil])
    }

    @Test func `numbers and mixed names are read as a person writes them`() {
        #expect(NameField.names(of: three.with("name", .int([1, nil, 3]))) == ["1", nil, "3"])
        var mixed = ColumnBuilder()
        mixed.append(Int64(1))
        mixed.append(utf8: "둘".utf8)
        mixed.appendNulls()
        #expect(NameField.names(of: three.with("name", mixed.finish())) == ["1", "둘", nil])
    }

    @Test func `a label is the identifier with the name`() throws {
        let layer = try FacilityLayer(
            name: "labs", three.with("name", .string(["하나", nil, "셋"])))
        #expect([0, 1, 2].map { layer.label($0) } == ["1 (하나)", "2", "3 (셋)"])
    }
}
