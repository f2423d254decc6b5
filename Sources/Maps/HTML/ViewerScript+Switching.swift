extension ViewerScript {
    /// The legend, the search, and the address.
    static let switching = #"""
          // The legend, which switches layers.
          const svg = "http://www.w3.org/2000/svg";
          function sign(layer, color, parent) {
            const picture = document.createElementNS(svg, "svg");
            picture.setAttribute("width", 22); picture.setAttribute("height", 20);
            picture.setAttribute("aria-hidden", "true");
            const path = document.createElementNS(svg, "path");
            const dots = ["M11 4.5a5.5 5.5 0 1 0 .01 0z", "M6 5h10v10h-10z", "M11 3l6.4 11.5h-12.8z",
              "M11 3.5l6.5 6.5-6.5 6.5-6.5-6.5z",
              "M9 4h4v4h4v4h-4v4h-4v-4h-4v-4h4z"];
            path.setAttribute("d", layer.dimension === 2 ? "M2 4h18v12h-18z"
              : layer.dimension === 1 ? "M2 10h18" : dots[layer.marker]);
            path.setAttribute("fill", layer.dimension === 1 ? "none" : color);
            if (layer.dimension === 2) path.setAttribute("fill-opacity", layer.colored ? \#(MapPalette.areaOpacity(isColored: true)) : \#(MapPalette.areaOpacity(isColored: false)));
            if (layer.dimension) path.setAttribute("stroke", layer.colored && layer.dimension === 2 ? "#fff" : color);
            path.setAttribute("stroke-width", layer.dimension === 1 ? 2 : 1);
            picture.appendChild(path);
            parent.appendChild(picture);
          }
          function legend() {
            for (const layer of layers) {
              const box = make("div", null, $("layers"), "layer"), label = make("label", null, box);
              const input = make("input", null, label);
              input.type = "checkbox";
              input.checked = layer.on;
              input.id = "layer-" + layer.number;
              if (!layer.colored) sign(layer, layer.entries[0].color, label);
              const words = make("span", null, label);
              make("b", layer.name.ko || layer.name.en, words).style.fontWeight = "600";
              make("small", " " + layer.count.toLocaleString("en"), words);
              if (layer.name.ko && layer.name.ko !== layer.name.en) make("span", layer.name.en, words, "en").lang = "en";
              if (layer.colored) {
                make("div", both(data.colorName), box, "entry");
                for (const entry of layer.entries) {
                  const row = make("div", null, box, "entry");
                  sign(layer, entry.color, row);
                  make("span", both(entry.name), row);
                }
              }
              layer.input = input;
              layer.element = box;
              input.addEventListener("change", () => { turn(layer, input.checked); remember(); });
            }
            if (data.sizeName) make("div", both(data.sizeName), $("layers"), "entry");
            for (const [words, r] of data.sizes) {
              const row = make("div", null, $("layers"), "entry");
              const picture = document.createElementNS(svg, "svg");
              picture.setAttribute("width", 36); picture.setAttribute("height", 2 * r + 4);
              const circle = document.createElementNS(svg, "circle");
              circle.setAttribute("cx", 18); circle.setAttribute("cy", r + 2); circle.setAttribute("r", r);
              circle.setAttribute("fill", "none"); circle.setAttribute("stroke", "#1b1b1b");
              picture.appendChild(circle);
              row.appendChild(picture);
              make("span", words, row);
            }
            for (const words of data.sources) make("p", words, $("sources"));
            make("p", "도법 · projection: " + data.projection, $("sources"));
            make("p", "움직임 · moved by: Leaflet " + L.version, $("sources"));
          }
          function turn(layer, on) {
            layer.on = on;
            layer.input.checked = on;
            layer.element.classList.toggle("off", !on);
            if (!on && chosen && chosen.layer === layer.number) select(null);
            count();
            draw();
          }
          function count() {
            const shown = layers.reduce((n, l) => n + (l.on ? l.count : 0), 0).toLocaleString("en");
            $("status").textContent = shown + "곳 표시 · " + shown + " features shown";
          }

          // Search by name, in any layer.
          const plainText = (words) => words.normalize("NFC").toLowerCase().replace(/\s+/g, "");
          let index = null;
          function find() {
            const words = plainText($("search").value), list = $("results");
            list.replaceChildren();
            $("found").textContent = "";
            if (!words) return;
            if (!index) {
              index = [];
              for (const layer of layers) {
                layer.shapes.forEach((one, row) => {
                  const name = nameOf(layer, row);
                  index.push([plainText([name.ko || "", name.en || "", text(layer.ids[row])].join("\n")), layer, row]);
                });
              }
            }
            const hits = index.filter((one) => one[0].includes(words));
            $("found").textContent = hits.length
              ? hits.length + "곳 찾음 · " + hits.length + " found" : "찾은 곳이 없습니다 · nothing found";
            for (const [, layer, row] of hits.slice(0, 50)) {
              const button = make("button", null, make("li", null, list));
              button.type = "button";
              const name = nameOf(layer, row);
              make("span", both(name), button);
              make("small", " " + both(layer.name), button);
              button.addEventListener("click", () => {
                if (!layer.on) turn(layer, true);
                opener = button;
                select({ layer: layer.number, row }, true);
                $("close").focus({ preventScroll: true });
              });
            }
          }
          $("search").addEventListener("input", find);
          $("find").addEventListener("submit", (event) => {
            event.preventDefault();
            const first = $("results").querySelector("button");
            if (first) first.click();
          });

          // Where the page stands, behind the address's #.
          let own = "";
          function remember() {
            const off = layers.filter((l) => !l.on).map((l) => l.number);
            const parts = off.length ? ["hide=" + off.join(",")] : [];
            if (chosen) parts.push("select=" + chosen.layer + "." + chosen.row);
            own = parts.length ? "#" + parts.join("&") : "";
            try { history.replaceState(null, "", own || location.pathname + location.search); } catch (none) { /* some viewers forbid it */ }
          }
          function recall() {
            if (location.hash === own) return;
            const words = new URLSearchParams(location.hash.slice(1));
            const off = (words.get("hide") || "").split(",");
            for (const layer of layers) turn(layer, !off.includes(String(layer.number)));
            const parts = /^(\d+)\.(\d+)$/.exec(words.get("select") || "");
            const layer = parts && layers[Number(parts[1])];
            const row = parts && Number(parts[2]);
            select(layer && row < layer.shapes.length ? { layer: layer.number, row } : null, true);
          }
          window.addEventListener("hashchange", recall);

        """#

    /// Fills the page and draws the map for the first time.
    static let start = #"""
          const heading = $("title");
          heading.appendChild(document.createTextNode(data.title.ko || data.title.en));
          if (data.title.ko && data.title.en) make("span", data.title.en, heading).lang = "en";
          legend();
          count();
          showAll();
          controls();
          base.addTo(map);
          over.addTo(map);
          recall();
          new ResizeObserver(resize).observe(ground);
          document.documentElement.dataset.ready = "true";
        })();

        """#
}
