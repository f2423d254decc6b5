import Features
import Formats
import Foundation
import Geometry
import Maps
import TestSupport
import Testing

struct HTMLMapTests {
    /// A page, which needs Leaflet; `nil`, with a printed reason, where there is none.
    private static func page(_ content: MapContent, _ design: MapDesign = MapDesign()) throws
        -> String?
    {
        SharedData.hasLeaflet ? try HTMLMap(content, design, Leaflet()).html : nil
    }

    private static let hostile = "</script><script>alert(1)</script><!-- & \u{2028}\" '"

    private static func content(points: Int = 3) -> MapContent {
        var places = FeatureBatch(
            geometry: GeometryColumn(
                (0..<points).map { .point(Position(127 + Double($0) / Double(points), 36.5)) }
                    + [nil]),
            ids: .string((0...points).map { "p\($0)" }))
        places.set(
            "name_ko", .string((0...points).map { $0 == 1 ? Self.hostile : "햇님마을 \($0)" }))
        places.set("name_en", .string((0...points).map { "Haetnim \($0)" }))
        places.set("people", .int((0...points).map { $0 == 2 ? nil : $0 * 10 }))
        var areas = FeatureBatch(
            geometry: GeometryColumn([
                .polygon([
                    [
                        Position(126.8, 36), Position(128.2, 36), Position(128.2, 37),
                        Position(126.8, 37), Position(126.8, 36),
                    ]
                ]), .lineString([Position(126.5, 35.8), Position(128.5, 37.2)]),
            ]))
        areas.set("note", .string(["{\"a\":\"<b>\"}", "[1,2]"]))
        return MapContent(
            title: MapName("지도 <시험>", "A <map> & more"),
            layers: [
                MapLayer(name: MapName("마을", "villages"), batch: places),
                MapLayer(name: MapName(nil, "areas </script>"), batch: areas),
            ], sources: ["here & </script>"], provenance: Provenance(operation: "map"))
    }

    /// What stands between two texts.
    private func between(_ text: String, _ a: String, _ b: String) -> Substring? {
        guard let start = text.range(of: a)?.upperBound,
            let end = text.range(of: b, range: start..<text.endIndex)?.lowerBound
        else { return nil }
        return text[start..<end]
    }

    @Test func `no text of the data can end the element that holds it`() throws {
        guard let html = try Self.page(Self.content()) else { return }
        #expect(html.components(separatedBy: "</script>").count == 4)
        #expect(!html.contains("<!--"))
        let json = try #require(
            between(html, "id=\"data\">\n", "\n</script>").map { Array($0.utf8) })
        #expect(!json.contains(UInt8(ascii: "<")))
        let data = try JSONValue.parse(json)
        let names = data["layers"]?.array?[0]["fields"]?.array?[0]["values"]?.array
        #expect(names?[1].string == Self.hostile)
        #expect(data["layers"]?.array?[0]["shapes"]?.array?.count == 4)
    }

    @Test func `the same content gives the same bytes, and they name no other place`() throws {
        guard let html = try Self.page(Self.content(), MapDesign(color: "people")) else { return }
        #expect(try Self.page(Self.content(), MapDesign(color: "people")) == html)
        // What stands in scripts is no address of the page.
        let markup = html.replacing(#/<script>[\s\S]*?<\/script>/#, with: "")
        let addresses = markup.matches(of: #/(src|href)="([^"]*)"/#).map { String($0.2) }
        #expect(addresses.allSatisfy { $0.hasPrefix("#") }, "\(addresses)")
        #expect(!markup.contains("url(") && !html.contains("sourceMappingURL"))
        #expect(html.contains("default-src 'none'"))
    }

    @Test func `a browser without a network shows the page and its console stays empty`() throws {
        guard let html = try Self.page(Self.content(), MapDesign(color: "people")),
            let page = try Browser.load(html)
        else { return }
        #expect(page.console == "")
        #expect(page.document.contains("data-ready=\"true\""))
        #expect(page.document.contains("5곳 표시 · 5 features shown"))
        #expect(page.document.contains("지도 &lt;시험&gt;"))
        #expect(page.document.contains("값 없음 · no value"))
    }

    @Test func `the address names what is hidden and what is open`() throws {
        guard let html = try Self.page(Self.content()),
            let page = try Browser.load(html, hash: "#hide=1&select=0.1", size: "420,800")
        else { return }
        #expect(page.console == "")
        #expect(page.document.contains("3곳 표시 · 3 features shown"))
        #expect(page.document.contains("Haetnim 1"))
        #expect(page.document.contains("&lt;/script&gt;&lt;script&gt;alert(1)"))
        #expect(page.document.contains("<th scope=\"row\">people"))
        #expect(
            !page.document.contains(
                "id=\"card\" role=\"dialog\" aria-labelledby=\"card-title\" tabindex=\"-1\" hidden")
        )
    }

    /// What a page says to a script that acts on it.
    ///
    /// The page's own policy lets no other script run, so that it is taken away.
    ///
    /// - Parameters:
    ///   - acts: The script, which says names and values with `say`.
    ///   - said: What has to be said, and no more than that is compared.
    /// - Throws: Where the page cannot be made, or the browser not be started.
    private func visit(_ acts: String, says said: [String]) throws {
        let driver = """
            <script>
            (async () => {
              const out = document.createElement("pre");
              out.id = "said";
              const say = (name, value) => { out.textContent += name + "=" + value + ";"; };
              const until = async (what) => {
                for (let i = 0; i < 40 && !what(); i++) await new Promise((done) => setTimeout(done, 25));
                return Boolean(what());
              };
              const $ = (id) => document.getElementById(id);
              const map = $("map"), box = map.getBoundingClientRect();
              const mouse = (type, x, y, kind = MouseEvent, more = {}) => map.dispatchEvent(new kind(type,
                Object.assign({ bubbles: true, cancelable: true, clientX: box.left + x, clientY: box.top + y }, more)));
              const key = (key, keyCode) => map.dispatchEvent(
                new KeyboardEvent("keydown", { key, keyCode, bubbles: true, cancelable: true }));
              try { \(acts) } catch (error) { say("error", error.stack); }
              document.body.appendChild(out);
            })();
            </script></body>
            """
        guard var html = try Self.page(Self.content()) else { return }
        let policy = try #require(
            html.range(of: #"<meta http-equiv=[^>]*>"#, options: .regularExpression))
        // While its clock is turned on, a browser without a window draws no frames; timers stand for them.
        html.replaceSubrange(
            policy,
            with: "<script>window.requestAnimationFrame = "
                + "(act) => setTimeout(() => act(performance.now()), 16);</script>")
        let end = try #require(html.range(of: "</body>", options: .backwards))
        html.replaceSubrange(end, with: driver)
        guard let page = try Browser.load(html, milliseconds: 20_000) else { return }
        let told = between(page.document, "<pre id=\"said\">", "</pre>").map(String.init) ?? ""
        for answer in said { #expect(told.contains(answer), "\(answer) is not in \(told)") }
        #expect(page.console == "" && !told.contains("error="), "\(told)")
    }

    @Test func `a click opens what lies there, a switch hides a layer, and a search finds`() throws
    {
        try visit(
            """
            const title = () => $("card").hidden ? "none" : $("card-title").textContent;
            mouse("click", 3, 3);
            say("corner", title());
            mouse("click", box.width / 2, box.height / 2);
            say("middle", title());
            say("popup", $("card").closest(".leaflet-popup") !== null);
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
            say("escaped", title());
            say("closed", document.querySelector(".leaflet-popup") === null);
            mouse("mousemove", box.width / 2, box.height / 2);
            say("tip", document.querySelector(".leaflet-tooltip").textContent);
            mouse("mouseout", 1, 1);
            say("left", document.querySelector(".leaflet-tooltip") === null);
            $("layer-0").click();
            say("status", $("status").textContent);
            const search = $("search");
            search.value = "haetNIM 0";
            search.dispatchEvent(new Event("input"));
            say("found", $("found").textContent);
            document.querySelector("#results button").click();
            say("chosen", title());
            say("focus", document.activeElement.id);
            say("on", $("layer-0").checked);
            $("close").click();
            say("back", document.activeElement.textContent.includes("Haetnim 0"));
            const unnamed = Array.from(document.querySelectorAll("button,input,a,[role=application],[role=button]"))
              .filter((e) => !(e.labels && e.labels.length) && !e.getAttribute("aria-label")
                && !e.textContent.trim());
            say("unnamed", unnamed.length);
            const bar = Array.from(document.querySelectorAll(".leaflet-bar a")).map((e) => e.getAttribute("aria-label") || e.title);
            say("bar", bar.join(", "));
            say("requests", performance.getEntriesByType("resource").length);
            """,
            says: [
                "corner=none;", "middle=areas", "popup=true;", "escaped=none;", "closed=true;",
                "tip=areas", "left=true;", "status=2곳 표시 · 2 features shown;",
                "found=1곳 찾음 · 1 found;", "chosen=햇님마을 0Haetnim 0;", "focus=close;", "on=true;",
                "back=true;", "unnamed=0;",
                "bar=확대 · Zoom in, 축소 · Zoom out, 전체 보기 · Show all;", "requests=0;",
            ])
    }

    @Test func `a drag, the wheel, two clicks, two fingers and keys move the map`() throws {
        try visit(
            """
            // Pixels a metre, as the scale bar has them.
            const bar = document.querySelector(".leaflet-control-scale-line");
            const scale = () => {
              const [length, unit] = bar.textContent.split(" ");
              return parseFloat(bar.style.width) / (Number(length) * (unit === "km" ? 1000 : 1));
            };
            const tip = () => document.querySelector(".leaflet-popup-tip").getBoundingClientRect();
            const still = () => new Promise((done) => setTimeout(done, 400));
            const x = box.width / 2, y = box.height / 2, home = scale();
            mouse("click", x, y);
            await still();
            // A drag counts from its first step on.
            const before = tip();
            mouse("mousedown", 40, y);
            for (let i = 1; i <= 5; i++) {
              mouse("mousemove", 40 + 20 * i, y - 10 * i, MouseEvent, { buttons: 1 });
              await new Promise((done) => setTimeout(done, 20));
            }
            await new Promise((done) => setTimeout(done, 40));
            const after = tip();
            mouse("mouseup", 140, y - 50);
            say("dragged", [after.x - before.x, after.y - before.y].map(Math.round));
            await still();
            const grows = async (name, factor, act) => {
              const small = scale();
              act();
              say(name, await until(() => scale() > small * factor));
              await still();
            };
            await grows("wheel", 1.2, () => mouse("wheel", x, y, WheelEvent, { deltaY: -200 }));
            await grows("clicks", 1.2, () => mouse("dblclick", x, y));
            await grows("fingers", 1.5, () => {
              const touch = (type, pointerId, x) => mouse(type, x, y, PointerEvent,
                { pointerId, pointerType: "touch", isPrimary: pointerId === 7, buttons: 1 });
              touch("pointerdown", 7, x - 50);
              touch("pointerdown", 8, x + 50);
              for (let i = 1; i <= 5; i++) { touch("pointermove", 7, x - 50 - 10 * i); touch("pointermove", 8, x + 50 + 10 * i); }
              setTimeout(() => { touch("pointerup", 7, x - 100); touch("pointerup", 8, x + 100); }, 100);
            });
            map.focus();
            await grows("plus", 1.2, () => key("+", 187));
            const left = tip().x;
            key("ArrowRight", 39);
            say("arrow", await until(() => left - tip().x > 60));
            await still();
            key("0", 48);
            say("all", await until(() => Math.abs(scale() / home - 1) < 0.02));
            """,
            says: [
                "dragged=80,-40;", "wheel=true;", "clicks=true;", "fingers=true;", "plus=true;",
                "arrow=true;", "all=true;",
            ])
    }

    @Test func `a page carries Leaflet's licence, and says which Leaflet it holds`() throws {
        guard let html = try Self.page(Self.content()) else { return }
        #expect(html.contains("Vladimir Agafonkin") && html.contains("BSD 2-Clause License"))
        #expect(html.contains("THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS"))
        let version = try Leaflet().version
        #expect(version.wholeMatch(of: #/[0-9]+\.[0-9][^-]*-[0-9a-f]{12}/#) != nil, "\(version)")
        let data = try #require(
            between(html, "id=\"data\">\n", "\n</script>").map { Array($0.utf8) })
        #expect(
            try JSONValue.parse(data)["clusteratlas"]?["versions"]?["leaflet"]?.string == version)
    }
}
