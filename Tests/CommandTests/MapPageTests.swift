import Foundation
import TestSupport
import Testing

/// The map page of the service in a browser without a window, under the page's own policy.
struct MapPageTests {
    /// 6,000 points in a layer that the map draws from tiles.
    private static var shops: String {
        let features = (0..<6000).map { number in
            let (x, y) = (126.6 + Double(number % 100) * 0.02, 35 + Double(number / 100) * 0.04)
            return """
                {"type":"Feature","id":"s\(number)","properties":{"name":"Shop \(number)",\
                "size":\(number % 7)},"geometry":{"type":"Point","coordinates":[\(x),\(y)]}}
                """
        }
        return "{\"type\":\"FeatureCollection\",\"features\":["
            + features.joined(separator: ",\n") + "]}"
    }

    /// Visits the page twice, the second time by the address that the first led to, on a phone.
    private static let visits = """
        "$atlas" serve --port 0 --quiet --data layers >told 2>log & pid=$!
        for i in $(seq 200); do grep -q Serving told && break; sleep 0.05; done
        visit() {
            chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \\
                --user-data-dir="$PWD/profile" --proxy-server=127.0.0.1:9 --window-size="$2" \\
                --enable-logging=stderr --virtual-time-budget=60000 \\
                --disable-features=DisableLoadExtensionCommandLineSwitch \\
                --load-extension="$visitor" --dump-dom "$1" >"$3.html" 2>"$3.log"
            grep :CONSOLE "$3.log" | sed "s/^/$3: /"
            sed -n '/<pre id="said"/,/end<\\/pre>/p' "$3.html" | sed "s/.*<pre[^>]*>//; s/^/$3: /"
        }
        map="$(sed 's/.* //' told)/map"
        visit "$map" 1100,750 first
        hash=$(sed -n 's/^address=\\(.*\\);$/\\1/p' first.html | sed 's/&amp;/\\&/g')
        visit "$map$hash" 375,667 second
        kill -TERM $pid
        wait $pid
        echo "code $?"
        "$atlas" proximity innovation-cities --to universities -k 5 --pairs --quiet -o pairs.geojson
        "$atlas" coverage universities --by digital-districts --within 20km --quiet -o areas.geojson
        """

    @Test func `a person finds, clicks, measures and sends an address`() throws {
        guard SharedData.tool("chromium") != nil else { return }
        let runner = try CommandRunner()
        try FileManager.default.createDirectory(
            at: runner.folder.appending(path: "layers"), withIntermediateDirectories: true)
        try runner.write(Self.shops, to: "layers/shops.geojson")
        let visitor = CommandRunner.fixtures.appending(path: "map-page").path
        let outcome = try runner.shell("visitor='\(visitor)'\n" + Self.visits)
        let said = outcome.output
        #expect(said.contains("code 0\n"))
        #expect(!said.contains("CONSOLE") && !said.contains("error="), "\(said)")

        for answer in [
            "ready=true", "nothing=찾은 곳이 없습니다 · nothing found", "focus=close", "escaped=none",
            "clicked=광주전남공동혁신도시Gwangju-Jeonnam Innovation City (Bitgaram)", "again=true",
            "unnamed=", "unreached=0", "tiles=true",
        ] {
            #expect(said.contains("first: \(answer);"), "\(answer) is not in \(said)")
        }
        #expect(said.contains("first: shop=Shop 17 ") && said.contains("size3;"), "\(said)")
        let nearest = try Self.nearest(runner.text(of: "pairs.geojson"))
        let area = try ParsedJSON(runner.text(of: "areas.geojson"))["features"][0]["properties"]
        let covered = Int(try #require(area["covered_count"].number))
        for visit in ["first", "second"] {
            for answer in [
                "card=광주전남공동혁신도시Gwangju-Jeonnam Innovation City (Bitgaram)", "rows=true",
                "sources=true", "nearest=\(nearest)", "rings=true", "search=광주전남공동", "foreign=0",
                "wide=false",
            ] {
                #expect(said.contains("\(visit): \(answer);"), "\(answer) is not in \(said)")
            }
            #expect(said.contains("\(covered) of "), "\(covered) is not in \(said)")
        }
        let told = said.split(separator: "\n").filter {
            $0.contains(": address=") || $0.contains(": cover=") || $0.contains(": layers=")
        }.map { $0.drop { $0 != " " } }
        #expect(told.count == 6 && Array(told.prefix(3)) == Array(told.suffix(3)), "\(told)")
    }

    /// The distances from the innovation city, as the page writes them.
    private static func nearest(_ text: String) throws -> String {
        let pairs = try ParsedJSON(text)["features"].array.map { $0["properties"] }
        let metres = pairs.filter { $0["from_id"].string == "ic-bitgaram" }
            .compactMap { $0["distance_m"].number }
        #expect(metres.count == 5)
        return metres.map { String(format: "%.2f km", $0 / 1000) }.joined(separator: ",")
    }
}
