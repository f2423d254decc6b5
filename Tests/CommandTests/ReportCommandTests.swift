import Foundation
import TestSupport
import Testing

@Suite("Reports of studies") struct ReportCommandTests {
    private static let study = """
        title: {ko: 마을과 <연구소>, en: Towns & labs}
        question: {ko: 무엇이 가까운가?, en: What is near?}
        limits: {ko: [직선거리이다.], en: [Straight lines.]}
        date: 2026-11-21
        steps:
          near:
            title: {ko: 가까운 연구소, en: The nearest labs}
            run: proximity
            with: {from: towns.geojson, to: labs.geojson}
          rings:
            run: hinterland
            with: {facilities: labs.geojson, demand: towns.geojson, rings: [2km, 9km]}
          reach:
            run: coverage
            with: {demand: towns.geojson, by: labs.geojson, within: [2km, 9km], demand-output: covered.csv}
          evenness:
            run: equity
            with: {demand: "${reach.demand-output}", score: nearest_m, output: curve.csv}
          chosen:
            for: {model: [p-median, p-center]}
            run: sites select
            with: {model: "${model}", p: 1, candidates: labs.geojson, demand: towns.geojson}
          each-further:
            run: sites curve
            with: {model: p-median, up-to: 2, candidates: labs.geojson, demand: towns.geojson, json: true}
        """

    private func runner() throws -> CommandRunner {
        let runner = try CommandRunner()
        try runner.write(Self.study, to: "plan.yaml")
        let outcome = try runner.run(["run", "plan.yaml", "-o", "out", "--quiet"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        return runner
    }

    @Test func `a report holds question, charts, maps, method, sources, and what cannot be told`()
        throws
    {
        let runner = try runner()
        let outcome = try runner.run(["report", "out"])
        #expect(outcome.output == "→ out/report.html\n" && outcome.code == 0)
        let page = try runner.text(of: "out/report.html")
        for part in [
            "<html lang=\"ko\">", "<h1>마을과 &lt;연구소&gt;</h1>",
            "<span lang=\"en\">Towns &amp; labs</span>", "무엇이 가까운가?", "직선거리이다.",
            "가까운 연구소", "로렌츠 곡선", "가중 거리의 합(m)", "고리 안의", "id=\"map-reach-frame\"",
            "변형마다 고른 입지", "id=\"method\"", "id=\"sources\"", "id=\"provenance\"",
            "word-break:keep-all",
        ] {
            #expect(page.contains(part), "\(part) is missing")
        }
        // Every identifier is there once, and the page names no file or server.
        let ids = page.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
        #expect(Set(ids).count == ids.count && ids.count > 10)
        #expect(!page.contains("src=") && !page.contains("<script"))
        let english = try runner.run(["report", "out", "--lang", "en", "-o", "en.html"])
        #expect(english.code == 0)
        let other = try runner.text(of: "en.html")
        #expect(other.contains("<html lang=\"en\">") && other.contains("What this cannot tell"))
        #expect(other.contains("<h1>Towns &amp; labs</h1>") && other.contains("The nearest labs"))
    }

    @Test func `the same folder gives the same bytes, and a changed result is told`() throws {
        let runner = try runner()
        for name in ["a.html", "b.html"] {
            #expect(try runner.run(["report", "out", "-o", name]).code == 0)
        }
        #expect(try runner.text(of: "a.html") == runner.text(of: "b.html"))
        try runner.write("other", to: "out/rings.geojson")
        let changed = try runner.run(["report", "out", "-o", "c.html"])
        #expect(changed.code != 0 && changed.errors.contains("was changed"))
        let left = runner.folder.appending(path: "c.html").path
        #expect(!FileManager.default.fileExists(atPath: left))
        let none = try runner.run(["report", "."])
        #expect(none.code != 0 && none.errors.contains("no study wrote into this folder"))
    }

    @Test func `a browser prints the report to PDF without a network or a word on its console`()
        throws
    {
        guard let chromium = SharedData.tool("chromium") else { return }
        let runner = try runner()
        #expect(try runner.run(["report", "out"]).code == 0)
        let page = runner.folder.appending(path: "out/report.html")
        let pdf = runner.folder.appending(path: "report.pdf")
        let result = try SharedData.run(
            chromium,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--user-data-dir=\(runner.folder.path)/profile", "--no-first-run",
                "--proxy-server=127.0.0.1:9", "--enable-logging=stderr",
                "--print-to-pdf=\(pdf.path)", page.absoluteString,
            ])
        #expect(!result.errors.contains(":CONSOLE"), "\(result.errors)")
        let bytes = try Data(contentsOf: pdf)
        #expect(bytes.starts(with: Data("%PDF".utf8)) && bytes.count > 20_000)
    }
}
