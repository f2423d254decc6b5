extension ViewerScript {
    /// The legend, the search, pointers and keys, and the address.
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
          }
          function turn(layer, on) {
            layer.on = on;
            layer.input.checked = on;
            layer.element.classList.toggle("off", !on);
            if (!on && chosen && chosen.layer === layer.number) select(null);
            tell();
            draw(false);
          }
          function tell() {
            const count = layers.reduce((n, l) => n + (l.on ? l.count : 0), 0).toLocaleString("en");
            $("status").textContent = count + "곳 표시 · " + count + " features shown";
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

          // Pointers: one moves, two zoom, a short one chooses.
          const held = new Map();
          let moved = 0, span = 0;
          const placeOf = (event) => {
            const box = map.getBoundingClientRect();
            return [event.clientX - box.left, event.clientY - box.top];
          };
          map.addEventListener("pointerdown", (event) => {
            try { map.setPointerCapture(event.pointerId); } catch (none) { /* not a real pointer */ }
            held.set(event.pointerId, placeOf(event));
            if (held.size === 1) moved = 0;
            span = 0;
            map.classList.add("held");
            $("tip").hidden = true;
          });
          map.addEventListener("pointermove", (event) => {
            const [x, y] = placeOf(event), before = held.get(event.pointerId);
            if (!before) return point(x, y);
            held.set(event.pointerId, [x, y]);
            if (held.size === 1) {
              moved += Math.hypot(x - before[0], y - before[1]);
              if (moved > 4) pan(x - before[0], y - before[1]);
            } else {
              const [a, b] = Array.from(held.values()), now = Math.hypot(a[0] - b[0], a[1] - b[1]);
              moved = 99;
              if (span) zoom(now / span, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
              span = now;
              pan((x - before[0]) / 2, (y - before[1]) / 2);
            }
          });
          function release(event) {
            if (!held.delete(event.pointerId)) return;
            span = 0;
            if (held.size === 0) map.classList.remove("held");
            if (event.type === "pointerup" && moved <= 4 && held.size === 0) {
              opener = map;
              select(pick(...placeOf(event)));
            }
          }
          map.addEventListener("pointerup", release);
          map.addEventListener("pointercancel", release);
          map.addEventListener("pointerleave", () => { if (hover) { hover = null; drawOver(); } $("tip").hidden = true; });
          function showTip(words, x, y) {
            const tip = $("tip");
            tip.hidden = false;
            tip.textContent = words;
            tip.style.left = Math.min(x + 14, width - tip.offsetWidth - 4) + "px";
            tip.style.top = Math.min(y + 16, height - tip.offsetHeight - 4) + "px";
          }
          function point(x, y) {
            const one = at(x, y);
            map.classList.toggle("over", one !== null);
            $("tip").hidden = true;
            if (one) showTip(both(nameOf(layers[one.layer], one.row)), x, y);
            if ((one && one.layer) !== (hover && hover.layer) || (one && one.row) !== (hover && hover.row)) {
              hover = one;
              drawOver();
            }
          }
          map.addEventListener("wheel", (event) => {
            event.preventDefault();
            const step = event.deltaMode ? event.deltaY * 30 : event.deltaY;
            zoom(Math.pow(2, -Math.max(-300, Math.min(300, step)) / 240), ...placeOf(event));
          }, { passive: false });
          map.addEventListener("dblclick", (event) => zoom(2, ...placeOf(event)));
          map.addEventListener("keydown", (event) => {
            const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
            if (moves[event.key]) pan(...moves[event.key]);
            else if (event.key === "+" || event.key === "=") zoom(1.5);
            else if (event.key === "-" || event.key === "_") zoom(1 / 1.5);
            else if (event.key === "0" || event.key === "Home") { showAll(); draw(false); }
            else return;
            event.preventDefault();
          });
          document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
          $("in").addEventListener("click", () => zoom(1.7));
          $("out").addEventListener("click", () => zoom(1 / 1.7));
          $("home").addEventListener("click", () => { showAll(); draw(false); });
          $("close").addEventListener("click", close);

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
          // In print the upper canvas, which is clear on a screen, would be white.
          const print = (on) => { prints = on; resize(); };
          window.matchMedia("print").addEventListener("change", (event) => print(event.matches));
          window.addEventListener("beforeprint", () => print(true));
          window.addEventListener("afterprint", () => print(false));

        """#

    /// Fills the page and draws the map for the first time.
    static let start = #"""
          const heading = $("title");
          heading.appendChild(document.createTextNode(data.title.ko || data.title.en));
          if (data.title.ko && data.title.en) make("span", data.title.en, heading).lang = "en";
          legend();
          tell();
          resize();
          recall();
          new ResizeObserver(resize).observe(map);
          document.documentElement.dataset.ready = "true";
        })();

        """#
}
