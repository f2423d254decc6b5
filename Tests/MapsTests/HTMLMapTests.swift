import Features
import Formats
import Foundation
import Geometry
import Maps
import TestSupport
import Testing

struct HTMLMapTests {
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
        let html = try HTMLMap(Self.content()).html
        #expect(html.components(separatedBy: "</script>").count == 3)
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
        let html = try HTMLMap(Self.content(), MapDesign(color: "people")).html
        #expect(try HTMLMap(Self.content(), MapDesign(color: "people")).html == html)
        let addresses = html.matches(of: #/(src|href)="([^"]*)"/#).map { String($0.2) }
        #expect(addresses.allSatisfy { $0.hasPrefix("#") }, "\(addresses)")
        #expect(html.contains("default-src 'none'"))
    }

    @Test func `a browser without a network shows the page and its console stays empty`() throws {
        guard
            let page = try Browser.load(
                try HTMLMap(Self.content(), MapDesign(color: "people")).html)
        else { return }
        #expect(page.console == "")
        #expect(page.document.contains("data-ready=\"true\""))
        #expect(page.document.contains("5곳 표시 · 5 features shown"))
        #expect(page.document.contains("지도 &lt;시험&gt;"))
        #expect(page.document.contains("값 없음 · no value"))
    }

    @Test func `the address names what is hidden and what is open`() throws {
        let html = try HTMLMap(Self.content()).html
        guard let page = try Browser.load(html, hash: "#hide=1&select=0.1", size: "420,800") else {
            return
        }
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

    @Test func `a click opens what lies there, a switch hides a layer, and a search finds`() throws
    {
        // The policy forbids any script but the page's own, so that the one which clicks needs it gone.
        let driver = """
            <script>
            const said = document.createElement("pre");
            said.id = "said";
            const say = (name, value) => { said.textContent += name + "=" + value + ";"; };
            const map = document.getElementById("map"), box = map.getBoundingClientRect();
            const press = (type, x, y) => map.dispatchEvent(new PointerEvent(type,
              { bubbles: true, pointerId: 1, clientX: box.left + x, clientY: box.top + y }));
            const click = (x, y) => { press("pointerdown", x, y); press("pointerup", x, y); };
            const card = document.getElementById("card");
            const title = () => card.hidden ? "none" : document.getElementById("card-title").textContent;
            click(3, 3);
            say("corner", title());
            click(box.width / 2, box.height / 2);
            say("middle", title());
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
            say("escaped", title());
            document.getElementById("layer-0").click();
            say("status", document.getElementById("status").textContent);
            const search = document.getElementById("search");
            search.value = "haetNIM 0";
            search.dispatchEvent(new Event("input"));
            say("found", document.getElementById("found").textContent);
            document.querySelector("#results button").click();
            say("chosen", title());
            say("focus", document.activeElement.id);
            say("on", document.getElementById("layer-0").checked);
            document.getElementById("close").click();
            say("back", document.activeElement.textContent.includes("Haetnim 0"));
            const unnamed = Array.from(document.querySelectorAll("button,input,[role=application]"))
              .filter((e) => !(e.labels && e.labels.length) && !e.getAttribute("aria-label")
                && !e.textContent.trim());
            say("unnamed", unnamed.length);
            document.body.appendChild(said);
            </script></body>
            """
        var html = try HTMLMap(Self.content()).html
        let policy = try #require(
            html.range(of: #"<meta http-equiv=[^>]*>"#, options: .regularExpression))
        html.removeSubrange(policy)
        html = html.replacingOccurrences(of: "</body>", with: driver)
        guard let page = try Browser.load(html) else { return }
        let said = between(page.document, "<pre id=\"said\">", "</pre>").map(String.init) ?? ""
        for answer in [
            "corner=none;", "middle=areas", "escaped=none;", "status=2곳 표시 · 2 features shown;",
            "found=1곳 찾음 · 1 found;", "chosen=햇님마을 0Haetnim 0;", "focus=close;", "on=true;",
            "back=true;", "unnamed=0;",
        ] {
            #expect(said.contains(answer), "\(answer) is not in \(said)")
        }
        #expect(page.console == "")
    }
}
