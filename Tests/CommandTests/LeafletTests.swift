import Foundation
import TestSupport
import Testing

/// Where pages of maps find Leaflet, and what is so without it.
struct LeafletTests {
    private static let variable = "CLUSTERATLAS_LEAFLET"

    /// A folder with something that says it is Leaflet.
    private func write(_ version: String, to folder: String, in runner: CommandRunner) throws {
        try FileManager.default.createDirectory(
            at: runner.folder.appending(path: folder), withIntermediateDirectories: true)
        try runner.write(
            "// </script>\nvar L = {}; L.version = '\(version)';\n//# sourceMappingURL=leaflet.js.map",
            to: "\(folder)/leaflet.js")
        try runner.write("a{background:url(b.png)}\n", to: "\(folder)/leaflet.css")
        try runner.write("Terms of \(version) */\n", to: "\(folder)/LICENSE")
    }

    @Test func `without Leaflet a page says what to install, and pictures are drawn`() throws {
        let runner = try CommandRunner()
        for (folder, says) in [
            ("nowhere", "name the folder of leaflet.js and leaflet.css in \(Self.variable)"),
            ("clusters", "it is not in clusters"),
        ] {
            let outcome = try runner.run(
                ["map", "towns.geojson", "-o", "a.html"], environment: [Self.variable: folder])
            #expect(outcome.code == 1 && outcome.errors.contains(says), "\(outcome.errors)")
            #expect(!runner.files.contains("a.html"))
        }
        let picture = try runner.run(
            ["map", "towns.geojson", "-o", "a.svg"], environment: [Self.variable: "nowhere"])
        #expect(picture.code == 0)
    }

    @Test func `a folder of one's own comes first, and its terms go with the page`() throws {
        let runner = try CommandRunner()
        try write("9.8.7", to: "own", in: runner)
        let outcome = try runner.run(
            ["map", "towns.geojson", "-o", "a.html"], environment: [Self.variable: "own"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        let page = try runner.text(of: "a.html")
        #expect(page.contains("Leaflet 9.8.7, https://leafletjs.com\n\nTerms of 9.8.7 * /\n*/"))
        #expect(page.contains("// \\x3c/script>\nvar L = {}; L.version = '9.8.7';\n</script>"))
        #expect(page.contains("a{background:none}"))
        #expect(page.contains("\"leaflet\":\"9.8.7-"))
    }

    @Test func `a step that makes a page is made again when Leaflet is another`() throws {
        let runner = try CommandRunner()
        try write("1.0", to: "one", in: runner)
        try write("2.0", to: "two", in: runner)
        try runner.write(
            """
            steps:
              page: {run: map, with: {layer: towns.geojson, output: towns.html}}
              picture: {run: map, with: {layer: towns.geojson, output: towns.svg}}
            """, to: "plan.yaml")
        func run(_ folder: String) throws -> String {
            let outcome = try runner.run(
                ["run", "plan.yaml", "-o", "a"], environment: [Self.variable: folder])
            #expect(outcome.code == 0, "\(outcome.errors)")
            return outcome.output
        }
        func leaflet(_ result: String) throws -> String? {
            try ParsedJSON(runner.text(of: "a/\(result).provenance.json"))["clusteratlas"][
                "versions"][
                    "leaflet"
                ].string
        }
        _ = try run("one")
        #expect(try leaflet("towns.html")?.hasPrefix("1.0-") == true)
        #expect(try leaflet("towns.svg") == nil)
        let page = try runner.text(of: "a/towns.html")
        #expect(try run("one").contains("2 up to date"))
        #expect(try run("two").contains("1 up to date"))
        #expect(try leaflet("towns.html")?.hasPrefix("2.0-") == true)
        #expect(try runner.text(of: "a/towns.html") != page)
    }

    @Test func `a service without Leaflet answers all but its map, which says what is missing`()
        throws
    {
        let outcome = try CommandRunner().shell(
            """
            export CLUSTERATLAS_LEAFLET=nowhere
            "$atlas" serve --port 0 --quiet >told 2>log & pid=$!
            for i in $(seq 200); do grep -q Serving told && break; sleep 0.05; done
            get() {
                exec 3<>"/dev/tcp/127.0.0.1/$(sed 's/.*://' told)"
                printf 'GET %s HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n' "$1" >&3
                cat <&3
            }
            for path in /collections /assets/map.js /map /assets/leaflet.js; do
                get "$path" | head -1
            done
            get /map | grep -o 'urn:clusteratlas:problem:no-leaflet\\|it is not in nowhere'
            kill -TERM $pid
            wait $pid
            echo "code $?"
            """)
        #expect(
            outcome.output == """
                HTTP/1.1 200 OK\r
                HTTP/1.1 200 OK\r
                HTTP/1.1 503 Service Unavailable\r
                HTTP/1.1 503 Service Unavailable\r
                urn:clusteratlas:problem:no-leaflet
                it is not in nowhere
                code 0

                """, "\(outcome.output) \(outcome.errors)")
    }

    /// Gives every tile one pixel, and notes who asked for which.
    private static let tileServer = """
        import base64, http.server
        pixel = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
                                 "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
        class Tiles(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                print(self.path, flush=True)
                self.send_response(200)
                self.send_header("Content-Type", "image/png")
                self.end_headers()
                self.wfile.write(pixel)
            def log_message(self, *words): pass
        server = http.server.HTTPServer(("127.0.0.1", 0), Tiles)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    @Test func `a page asks for the tiles of an online map only where it is told to`() throws {
        guard SharedData.hasLeaflet, let python = SharedData.tool("python3"),
            let chromium = SharedData.tool("chromium")
        else { return }
        let runner = try CommandRunner()
        try runner.write(Self.tileServer, to: "tiles.py")
        let script = """
            '\(python.path)' tiles.py >asked 2>&1 & server=$!
            for i in $(seq 100); do [ -s asked ] && break; sleep 0.05; done
            base="http://127.0.0.1:$(head -n1 asked)"
            "$atlas" map innovation-cities -o with.html --quiet \\
                --base "$base/t/{z}/{x}/{y}.png" --base-credit 'Tiles <b>of</b> the test'
            "$atlas" map innovation-cities -o without.html --quiet
            for page in without with; do
                '\(chromium.path)' --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \\
                    --no-first-run --user-data-dir="$PWD/profile" --window-size=900,700 \\
                    --enable-logging=stderr --virtual-time-budget=8000 --dump-dom \\
                    "file://$PWD/$page.html" >$page.dom 2>$page.log
                wc -l <asked >$page.count
            done
            kill -KILL $server $(pgrep -P $server)
            """
        let outcome = try runner.shell(script)
        #expect(try runner.text(of: "without.count") == "1\n", "\(outcome)")
        let asked = try runner.text(of: "asked").split(separator: "\n").dropFirst()
        let tiles = asked.compactMap { $0.wholeMatch(of: #/\/t\/(\d+)\/\d+\/\d+\.png/#)?.1 }
        #expect(tiles.count > 3 && tiles.count == asked.count, "\(asked)")
        // Bitgaram lies at 126.79 E, 35.02 N: x = (λ + 180) / 360, y = 1/2 − asinh(tan φ) / 2π.
        let zoom = try #require(tiles.compactMap { Int($0) }.max())
        let side = Double(1 << zoom)
        let (x, y) = (126.79 + 180, 0.5 - asinh(tan(35.02 * .pi / 180)) / (2 * .pi))
        let own = "/t/\(zoom)/\(Int(x / 360 * side))/\(Int(y * side)).png"
        #expect(asked.contains { $0 == own }, "\(own) among \(asked)")
        let page = try runner.text(of: "with.dom")
        #expect(page.contains("data-ready=\"true\""))
        #expect(page.contains("Tiles &lt;b&gt;of&lt;/b&gt; the test"))
        #expect(!(try runner.text(of: "with.log")).contains(":CONSOLE"))
    }

    @Test(arguments: [
        ("https://tile.example.org/{z}/{x}.png", "holds no {y}"),
        ("ftp://tile.example.org/{z}/{x}/{y}.png", "does not begin with https://"),
        ("https://{s}.example.org/{z}/{x}/{y}.png", "does not begin with https:// and a host"),
        ("https://example.org/{z}/{x}/{y}.png' *", "stands in no address"),
    ])
    func `an address that is none of a tile is refused`(address: String, says: String) throws {
        let runner = try CommandRunner()
        let outcome = try runner.run(
            "map", "towns.geojson", "-o", "a.html", "--base", address, "--base-credit", "Nobody")
        #expect(outcome.code != 0 && outcome.errors.contains(says), "\(outcome.errors)")
        #expect(!runner.files.contains("a.html"))
        let alone = try runner.run(
            "map", "towns.geojson", "-o", "a.html", "--base", "https://a.org/{z}/{x}/{y}.png")
        #expect(alone.code == 64 && alone.errors.contains("--base-credit"))
    }
}
