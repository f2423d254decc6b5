/// What the map of a service adds to a map: facts with their sources, distance rings, downloads,
/// and an address that names places by their identifiers.
///
/// It stands inside the viewer's script, behind its functions, some of which it takes the place of.
enum MapScript {
    static let style = """
        #tools{display:flex;flex-wrap:wrap;gap:.4em;margin:.8em 0 .2em}
        #tools button{padding:.35em .7em}
        #tools button[aria-pressed=true]{background:#00528a;color:#fff}
        #said{margin:.2em 0;min-height:1.4em;font-size:.86em;color:#4a4a4a}
        #card-links{margin:.1em 0 .5em;font-size:.9em}
        #card-links a{margin-right:.8em}
        #card-body ol{margin:.6em 0 0;padding-left:1.4em;font-size:.86em}
        sup{font-size:.75em;margin-left:.15em}
        a{color:#00528a}
        .layer .save{margin-left:26px;font-size:.86em}

        """

    static let text = #"""
          // What a service adds.
          const collections = JSON.parse($("collections").textContent);
          const radii = [5, 10, 20, 50];
          let ringed = false;

          // The view stands in the address by names: it lasts when data are added.
          const idOf = (one) => text(layers[one.layer].ids[one.row]);
          remember = function () {
            const on = layers.filter((l) => l.on).map((l) => collections[l.number].id);
            const parts = ["layers=" + on.map(encodeURIComponent).join(",")];
            if (ringed) parts.push("rings=1");
            parts.push("view=" + [view.x, view.y].map((n) => Math.round(n)).join(".") + "." + (view.scale * 1e9).toFixed(0));
            if (chosen) parts.push("place=" + encodeURIComponent(collections[chosen.layer].id + "/" + idOf(chosen)));
            own = "#" + parts.join("&");
            try { history.replaceState(null, "", own); } catch (none) { /* some viewers forbid it */ }
          };
          recall = function () {
            if (location.hash && location.hash === own) return;
            const words = new URLSearchParams(location.hash.slice(1));
            const on = words.has("layers") ? words.get("layers").split(",") : null;
            for (const layer of layers) {
              const one = collections[layer.number];
              turn(layer, on ? on.includes(one.id) : one.on);
            }
            ring(words.get("rings") === "1");
            const place = (words.get("place") || "").split("/"), number = collections.findIndex((c) => c.id === place[0]);
            const id = place.slice(1).join("/");
            const row = number < 0 ? -1 : layers[number].ids.findIndex((one) => text(one) === id);
            if (row >= 0 && !layers[number].on) turn(layers[number], true);
            const stands = /^(-?\d+)\.(-?\d+)\.(\d+)$/.exec(words.get("view") || "");
            if (stands && Number(stands[3]) > 0) {
              view.x = Number(stands[1]); view.y = Number(stands[2]);
              view.scale = Math.min(Math.max(Number(stands[3]) / 1e9, least), 0.5);
            }
            select(row >= 0 ? { layer: number, row } : null, !stands);
          };

          // All facts of a place, with the sources they come from.
          const showPlain = select;
          select = function (one, moves) {
            showPlain(one, moves);
            const links = $("card-links");
            links.replaceChildren();
            const old = $("card-body").querySelector("ol");
            if (old) old.remove();
            if (!one) return;
            const collection = collections[one.layer], id = idOf(one);
            const path = "/collections/" + encodeURIComponent(collection.id) + "/items/" + encodeURIComponent(id);
            const page = make("a", "자세히 · Details", links);
            page.href = path + "?f=html";
            const file = make("a", "GeoJSON", links);
            file.href = path + "?f=json";
            file.download = id + ".geojson";
            if (!collection.facts) return;
            fetch("/facts/" + encodeURIComponent(collection.id) + "/" + encodeURIComponent(id))
              .then((answer) => answer.ok ? answer.json() : null)
              .then((facts) => {
                if (!facts || chosen === null || chosen.layer !== one.layer || chosen.row !== one.row) return;
                const rows = $("card-rows");
                rows.replaceChildren();
                for (const fact of facts.lines) {
                  line(rows, { ko: fact.ko || null, en: fact.en }, fact.value);
                  const cell = rows.lastElementChild.lastElementChild;
                  if (fact.date) make("small", " " + fact.date, cell);
                  if (fact.sources.length) make("sup", fact.sources.join(", "), cell);
                }
                if (!facts.sources.length) return;
                const before = $("card-body").querySelector("ol");
                if (before) before.remove();
                const list = make("ol", null, $("card-body"));
                for (const source of facts.sources) {
                  const item = make("li", source.publisher + ": ", list);
                  if (source.url) {
                    const link = make("a", source.title, item);
                    link.href = source.url;
                    link.target = "_blank";
                    link.rel = "noopener noreferrer";
                  } else item.appendChild(document.createTextNode(source.title));
                  if (source.date) item.appendChild(document.createTextNode(", " + source.date));
                }
              })
              .catch(() => { $("said").textContent = "자료를 읽지 못했습니다 · the facts could not be read"; });
          };

          // Rings around the chosen place, or the middle of the map.
          function ring(on) {
            ringed = on;
            $("rings").setAttribute("aria-pressed", String(on));
            draw(false);
          }
          $("rings").addEventListener("click", () => { ring(!ringed); remember(); });
          const drawPlain = drawOver;
          drawOver = function () {
            drawPlain();
            if (!ringed) return;
            const context = over.getContext("2d");
            paper(context);
            const target = chosen && layers[chosen.layer].shapes[chosen.row];
            const x = target ? (target.box[0] + target.box[2]) / 2 : view.x;
            const y = target ? (target.box[1] + target.box[3]) / 2 : view.y;
            context.font = "600 12px " + getComputedStyle(document.body).fontFamily;
            context.textAlign = "center";
            for (const km of radii) {
              const r = km * 1e4 * view.scale;
              if (r < 6 || r > 4000) continue;
              context.beginPath();
              context.arc(toX(x), toY(y), r, 0, 2 * Math.PI);
              context.strokeStyle = "#fff";
              context.lineWidth = 4;
              context.stroke();
              context.strokeStyle = "#5b2a86";
              context.lineWidth = 1.6;
              context.stroke();
              context.lineWidth = 3;
              context.strokeStyle = "#fff";
              context.strokeText(km + " km", toX(x), toY(y) - r - 4);
              context.fillStyle = "#5b2a86";
              context.fillText(km + " km", toX(x), toY(y) - r - 4);
            }
            context.textAlign = "start";
          };

          // A link to what is seen, and each layer as a file.
          $("share").addEventListener("click", () => {
            remember();
            const told = () => { $("said").textContent = "주소를 복사했습니다 · the link is copied"; };
            const shown = () => { $("said").textContent = location.href; };
            if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(told, shown);
            else shown();
          });
          const legendPlain = legend;
          legend = function () {
            legendPlain();
            for (const layer of layers) {
              const id = collections[layer.number].id;
              const link = make("a", "GeoJSON", layer.element, "save");
              link.href = "/collections/" + encodeURIComponent(id) + "/items?f=json&limit=10000";
              link.download = id + ".geojson";
              link.setAttribute("aria-label", both(layer.name) + ": GeoJSON");
            }
          };

        """#
}
