import Foundation
import TestSupport
import Testing

/// The map page of the service in a browser without a window, under the page's own policy.
struct MapPageTests {
    /// 6,000 features in a layer that the map draws from tiles.
    private static func many(_ kind: String, _ name: String, _ geometry: (Double, Double) -> String)
        -> String
    {
        let features = (0..<6000).map { number in
            let (x, y) = (126.6 + Double(number % 100) * 0.02, 35 + Double(number / 100) * 0.04)
            return """
                {"type":"Feature","id":"\(kind)\(number)","properties":{"\(name)":"\(kind) \(number)",\
                "size":\(number % 7)},"geometry":\(geometry(x, y))}
                """
        }
        return "{\"type\":\"FeatureCollection\",\"features\":["
            + features.joined(separator: ",\n") + "]}"
    }

    /// A runner in whose folder are layers that the map draws from tiles, and visitors of the page.
    private static func runner() throws -> CommandRunner {
        let runner = try CommandRunner()
        for folder in ["layers", "more", "visitor"] {
            try FileManager.default.createDirectory(
                at: runner.folder.appending(path: folder), withIntermediateDirectories: true)
        }
        let shops = many("Shop", "name") { "{\"type\":\"Point\",\"coordinates\":[\($0),\($1)]}" }
        for folder in ["layers", "more"] { try runner.write(shops, to: "\(folder)/shops.geojson") }
        let lots = many("필지", "이름") { x, y in
            let (east, north) = (x + 0.01, y + 0.02)
            return "{\"type\":\"Polygon\",\"coordinates\":[[[\(x),\(y)],[\(east),\(y)],"
                + "[\(east),\(north)],[\(x),\(north)],[\(x),\(y)]]]}"
        }
        try runner.write(lots, to: "more/lots.geojson")
        return runner
    }

    /// Starts a service with some words, says how pages are visited, and ends the service.
    private static func visits(_ words: String, _ acts: String) -> String {
        """
        "$atlas" serve --port 0 --quiet \(words) >told 2>log & pid=$!
        for i in $(seq 200); do grep -q Serving told && break; sleep 0.05; done
        visit() {
            cp "$visitors/manifest.json" "$visitors/common.js" visitor
            cp "$visitors/$4.js" visitor/visit.js
            chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \\
                --user-data-dir="$PWD/profile-$4" --proxy-server=127.0.0.1:9 --window-size="$2" \\
                --enable-logging=stderr --virtual-time-budget=60000 --force-prefers-reduced-motion \\
                --disable-features=DisableLoadExtensionCommandLineSwitch \\
                --load-extension="$PWD/visitor" --dump-dom "$1" >"$3.html" 2>"$3.log"
            grep :CONSOLE "$3.log" | sed "s/^/$3: /"
            sed -n '/<pre id="said"/,/end<\\/pre>/p' "$3.html" | sed "s/.*<pre[^>]*>//; s/^/$3: /"
        }
        base=$(sed 's/.* //' told)
        map="$base/map"
        \(acts)
        kill -TERM $pid
        wait $pid
        echo "code $?"

        """
    }

    private static func run(_ script: String, in runner: CommandRunner) throws -> String {
        let visitors = CommandRunner.fixtures.appending(path: "map-page").path
        return try runner.shell("visitors='\(visitors)'\n" + script).output
    }

    /// Visits the page twice, the second time by the address that the first led to, on a phone.
    private static let twice =
        visits(
            "--data layers",
            """
            visit "$map" 1100,750 first person
            hash=$(sed -n 's/^address=\\(.*\\);$/\\1/p' first.html | sed 's/&amp;/\\&/g')
            visit "$map$hash" 375,667 second person
            """) + """
            "$atlas" proximity innovation-cities --to universities -k 5 --pairs --quiet -o pairs.geojson
            "$atlas" coverage universities --by digital-districts --within 20km --quiet -o areas.geojson
            """

    @Test func `a person finds, clicks, measures and sends an address`() throws {
        guard SharedData.tool("chromium") != nil, SharedData.hasLeaflet else { return }
        let runner = try Self.runner()
        let said = try Self.run(Self.twice, in: runner)
        #expect(said.contains("code 0\n"))
        #expect(!said.contains("CONSOLE") && !said.contains("error="), "\(said)")

        for answer in [
            "ready=true", "nothing=찾은 곳이 없습니다 · nothing found", "focus=close", "escaped=none",
            "clicked=광주전남공동혁신도시Gwangju-Jeonnam Innovation City (Bitgaram)", "again=true",
            "zoomed=true", "unnamed=", "unreached=0", "tiles=true",
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

    @Test func `what comes in tiles is named under the pointer, and told when it is clicked`()
        throws
    {
        guard SharedData.tool("chromium") != nil, SharedData.hasLeaflet else { return }
        let said = try Self.run(
            Self.visits(
                "--data more",
                """
                visit "$map#layers=shops&place=shops/Shop1750" 1100,750 points tiles
                visit "$map#layers=lots&place=lots/%ED%95%84%EC%A7%801750" 1100,750 areas tiles
                """), in: Self.runner())
        #expect(!said.contains("CONSOLE") && !said.contains("error="), "\(said)")
        for (visit, kind) in [("points", "Shop"), ("areas", "필지")] {
            for answer in [
                "opened=\(kind) 1750;", "tip=\(kind) ", "over=true;", "chosen=true;", "facts=true;",
                "left=true;",
            ] {
                #expect(said.contains("\(visit): \(answer)"), "\(answer) is not in \(said)")
            }
        }
    }

    @Test func `a service with keys is asked for what it measures with one`() throws {
        guard SharedData.tool("chromium") != nil, SharedData.hasLeaflet else { return }
        let said = try Self.run(
            "printf 'office %s\n' \"$(printf secret | sha256sum | cut -c1-64)\" >keys\n"
                + Self.visits("--keys keys", "visit \"$map\" 1100,750 one keys"),
            in: Self.runner())
        #expect(!said.contains("error="), "\(said)")
        for answer in [
            "before=true", "needed=true", "asked=true", "wrong=true", "invalid=true", "near=true",
            "cover=true", "valid=false", "secret=false",
        ] {
            #expect(said.contains("one: \(answer);"), "\(answer) is not in \(said)")
        }
    }

    @Test func `what is not wanted any more is not measured to its end`() throws {
        guard SharedData.tool("chromium") != nil, SharedData.hasLeaflet else { return }
        let said = try Self.run(
            Self.visits(
                "",
                """
                visit "$map" 1100,750 one changes
                for state in accepted running dismissed; do
                  exec 3<>"/dev/tcp/127.0.0.1/${base##*:}"
                  printf 'GET /jobs?status=%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$state" >&3
                  echo "$state $(grep -o '"jobID"' <&3 | wc -l)"
                done
                """), in: Self.runner())
        #expect(!said.contains("CONSOLE") && !said.contains("error="), "\(said)")
        #expect(said.contains("one: cover=Within 10 km of"), "\(said)")
        #expect(said.contains("accepted 0\nrunning 0\ndismissed "), "\(said)")
        let dismissed = said.split(separator: "\n").last { $0.hasPrefix("dismissed ") }
        #expect(dismissed.flatMap { Int($0.split(separator: " ")[1]) } ?? 0 >= 3, "\(said)")
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
