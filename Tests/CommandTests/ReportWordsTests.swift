import Foundation
import TestSupport
import Testing

/// What reports say of their steps, where it is not the same of all studies.
@Suite("Words of reports") struct ReportWordsTests {
    /// Runs a study, and gives its report in Korean.
    private func report(
        _ study: String, language: String = "ko", files: [String: String] = [:]
    ) throws -> String {
        let runner = try CommandRunner()
        for (name, text) in files { try runner.write(text, to: name) }
        try runner.write("date: 2026-11-21\n" + study, to: "plan.yaml")
        let run = try runner.run(["run", "plan.yaml", "-o", "out", "--quiet"])
        #expect(run.code == 0, "\(run.errors)")
        let report = try runner.run(["report", "out", "--lang", language])
        #expect(report.code == 0, "\(report.errors)")
        return try runner.text(of: "out/report.html")
    }

    /// Places with two weights, and a year that no whole number holds.
    private static let spots = """
        id,lon,lat,population,students,founded
        s1,127.02,36.01,1200,30,9223372036854775808
        s2,127.11,36.09,800,70,1973
        s3,127.21,36.02,45,11,2005.5

        """

    private func count(_ part: String, in page: String) -> Int {
        page.ranges(of: part).count
    }

    @Test func `each step of a sweep calls its own weight by name, and has its own map`() throws {
        let page = try report(
            """
            steps:
              around:
                for: {weight: [population, students]}
                run: catchment
                with: {facilities: labs.geojson, demand: spots.csv, weight: "${weight}"}
              reach:
                for: {weight: [population, students]}
                run: coverage
                with: {demand: spots.csv, by: labs.geojson, within: 9km, weight: "${weight}"}
            """, files: ["spots.csv": Self.spots])
        for head in ["인구", "학생 수"] {
            #expect(page.contains("<th scope=\"col\" class=\"n\">\(head)</th>"), "\(head)")
        }
        for step in ["reach-population", "reach-students"] {
            #expect(count("id=\"map-\(step)-frame\"", in: page) == 1, "\(step)")
        }
    }

    @Test func `steps that differ in their demand only share a map`() throws {
        let page = try report(
            """
            steps:
              reach:
                for: {demand: [spots.csv, towns.geojson]}
                run: coverage
                with:
                  demand: "${demand}"
                  by: labs.geojson
                  within: 9km
                  demand-output: "${demand}-covered.geojson"
            """, files: ["spots.csv": Self.spots])
        #expect(page.matches(of: #/id="map-reach[^"]*-frame"/#).count == 1)
    }

    @Test func `zones that nothing weighs are compared by area, and no zero is made up`() throws {
        let page = try report(
            """
            steps:
              reach:
                run: coverage
                with: {demand: wards.geojson, by: labs.geojson, within: [2km, 9km], zones: true}
              ranks:
                run: sites score
                with: {candidates: marks.csv, criterion: "a:max"}
            """,
            files: [
                "marks.csv": "id,name,lon,lat,a\nx,Ex,127,36,3\ny,Why,127.1,36,\nz,Zed,127.2,36,1\n"
            ])
        let notes = page.matches(of: #/>([0-9.,]+) km² \/ ([0-9.,]+) km² · [0-9.]+ %</#)
        #expect(notes.count == 2)
        #expect(Set(notes.map { String($0.2) }).count == 1 && notes.first?.2 != "0")
        #expect(!page.contains(">0 · ") && !page.contains("> · "))
        // Of the candidate without a score there is a row, but no bar.
        let picture = page.matches(of: #/<title>점수<\/title>(?s:.*?)<\/svg>/#).first?.0 ?? ""
        #expect(picture.contains(">Ex<") || picture.contains(">1<"))
        #expect(picture.ranges(of: "font-size=\"12\"").count == 4, "\(picture)")
    }

    @Test func `given costs are of no unit, and no layer is said where none is used`() throws {
        let curve = """
            steps:
              further:
                run: sites curve
                with: {model: p-median, up-to: 2, matrix: costs.csv, json: true}
            """
        let page = try report(curve)
        #expect(page.contains("가중 비용의 합") && !page.contains("가중 거리의 합(m)"))
        #expect(page.contains("비용의 단위는 그 표의 것이다.") && !page.contains("측지선"))
        #expect(page.contains("카탈로그의 층을 쓴 단계는 없다.") && !page.contains("쓴 층:"))
        #expect(!page.contains("EPSG:5179") && !page.contains("CC BY 4.0"))
        #expect(!page.contains("시·도 경계"))
        let english = try report(curve, language: "en")
        #expect(english.contains("in its own unit: further.") && !english.contains("Distances are"))
        #expect(english.contains("No step reads a layer") && english.contains("weighted cost"))
    }

    @Test func `a Korean report calls what steps picked, measured and varied by Korean names`()
        throws
    {
        let page = try report(
            """
            steps:
              schools: {run: export, with: {layer: universities, province: 부산광역시}}
              large: {run: convert, with: {in: "${schools}", where: "level = 'university'"}}
              reach:
                run: coverage
                with: {demand: "${large}", by: "${schools}", within: 5km}
              sectors:
                title: {ko: 분야, en: Sectors}
                run: concentration quotient
                with:
                  layer: relocated-institutions
                  by: destination
                  kind: sector_en
                  permutations: 0
                  output: sectors.csv
              chosen:
                for: {model: [p-median, p-center]}
                run: sites select
                with: {model: "${model}", p: 1, candidates: labs.geojson, demand: towns.geojson}
            """)
        for part in [
            "부산광역시 대학에서 거리 안에 드는 골라낸 부산광역시 대학", "지도, 위쪽이 북쪽. 그린 것의 수: 골라낸 부산광역시 대학: ",
            "<td>정책연구</td>", ">p-메디안</th>", ">p-센터</th>",
        ] {
            let isThere = page.contains(part)
            #expect(isThere, "\(part)")
        }
        let isLeft = page.contains("policy research") || page.contains("Features drawn")
        #expect(!isLeft)
    }

    @Test func `own records are not said to be under the catalogue's licence`() throws {
        let page = try report(
            """
            catalogue: {data: catalogue}
            steps:
              near:
                run: proximity
                with: {from: towns.geojson, to: new-towns}
            """)
        #expect(page.contains("catalogue에 든 기록의 이용 조건은"))
        #expect(page.contains("지도의 도법: EPSG:5179.") == page.contains("class=\"map\""))
    }

    @Test func `a picture of many says that it shows the first, and a table too`() throws {
        var many = "id,lon,lat,founded\n"
        for i in 0..<26 {
            many += "f\(i),\(127 + Double(i) / 100),36,\(1.5e19 + Double(i) * 1e17)\n"
        }
        let page = try report(
            """
            steps:
              rings:
                run: hinterland
                with: {facilities: many.csv, demand: spots.csv, rings: 9km}
              around:
                run: catchment
                with: {facilities: many.csv, demand: spots.csv}
            """, files: ["spots.csv": Self.spots, "many.csv": many])
        #expect(page.contains("<figcaption>26개 가운데 처음 25개</figcaption>"))
        #expect(page.contains("<caption>26개 가운데 처음 15개</caption>"))
        #expect(page.contains(">1.5e+19<"))
        // What has no name is called by its identifier.
        #expect(page.contains("<tr><th scope=\"row\">f0</th>"))
        #expect(page.contains("지도의 시·도 경계: "))
    }
}
