import Catalogue
import Testing

struct ProvinceTests {
    @Test(arguments: Province.allCases)
    func `a province is found by each of its names and its code`(province: Province) {
        for name in province.names + [province.rawValue] {
            #expect(Province(named: name) == province)
            #expect(Province(named: name.uppercased()) == province)
            #expect(Province(named: " \(name) ") == province)
        }
    }

    @Test func `no name means two provinces`() {
        let names = Province.allCases.flatMap { $0.names.map { $0.lowercased() } }
        #expect(Set(names).count == names.count)
        #expect(Province.allCases.count == 17)
    }

    @Test(arguments: ["", "전", "Jeon", "99", "4", "North Korea", "평양"])
    func `other texts are no province`(text: String) {
        #expect(Province(named: text) == nil)
    }

    @Test(arguments: [
        ("전남", Province.jeonnam), ("Jeonnam", .jeonnam), ("46", .jeonnam),
        ("전라남도", .jeonnam), ("south jeolla", .jeonnam), ("Gyeonggi-do", .gyeonggi),
        ("전라북도", .jeonbuk), ("강원도", .gangwon),
    ])
    func `former and English names are known`(text: String, province: Province) {
        #expect(Province(named: text) == province)
    }
}
