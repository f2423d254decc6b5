/// What the map of a service adds to a map: facts with their sources, distance rings, what the
/// service measures, downloads, and an address that names places by their identifiers.
///
/// It stands inside the viewer's script, behind its functions, some of which it takes the place of.
enum MapScript {
    static let style = """
        #tools,#card-tools{display:flex;flex-wrap:wrap;gap:.4em;margin:.5em 0 .2em}
        #tools button,#card-tools button{padding:.45em .7em}
        button[aria-pressed=true]{background:#00528a;color:#fff}
        #said,#cover-said{margin:.3em 0;font-size:.86em;color:#4a4a4a}
        #cover-said svg{vertical-align:-4px;margin-right:.3em}
        #cover-said{min-height:1.4em}
        #cover-said .en{display:block;font-size:1em}
        #cover{border:1px solid #767676;border-radius:4px;margin:.6em 0;padding:.3em .7em .5em;min-width:0}
        #cover legend{font-weight:600;padding:0 .3em}
        #cover label{font-weight:400;margin-top:.3em}
        #cover select{font:inherit;width:100%;padding:.35em;background:#fff;color:inherit;border:1px solid #595959;border-radius:4px}
        #cover input{width:100%;height:1.9em;margin:0;accent-color:#3b6b00}
        #cover output{font-weight:600}
        #key-line input{font:inherit;width:100%;padding:.35em;border:1px solid #595959;border-radius:4px}
        #card-links{margin:.1em 0 .3em;font-size:.9em}
        #card-links a{margin-right:.8em}
        #card-near table{margin-bottom:.3em}
        #card-near th{width:auto}
        #card-near td:last-child{white-space:nowrap;text-align:right;padding-right:0}
        #card-near th button{border:0;padding:0;background:none;text-align:left;color:#00528a;text-decoration:underline}
        #card-near p{margin:.2em 0 .6em;font-size:.86em}
        #card-body ol{margin:.6em 0 0;padding-left:1.4em;font-size:.86em}
        sup{font-size:.75em;margin-left:.15em}
        a{color:#00528a}
        .layer .save{margin-left:26px;font-size:.86em}
        [hidden]{display:none!important}
        #cover p{margin:.3em 0}
        #found:empty,#said:empty{margin:0}
        @media (max-width:760px){#card{display:block;overflow:auto}#card-body{overflow:visible}#close{position:sticky;float:right;top:0;right:0;z-index:1}}

        """

    /// What is added, in the order in which it is run.
    static let text = facts + plane + measuring + tiles + address

    /// All facts of a place, distance rings, and layers as files.
    private static let facts = #"""
          // What a service adds.
          const collections = JSON.parse($("collections").textContent);
          const radii = [5, 10, 20, 50];
          let ringed = false;
          const idOf = (one) => text(layers[one.layer].ids[one.row]);

          // All facts of a place, with the sources they come from.
          const showPlain = select;
          select = function (one, moves) {
            showPlain(one, moves);
            const links = $("card-links");
            links.replaceChildren();
            const old = $("card-body").querySelector("ol");
            if (old) old.remove();
            if (!one) return;
            const collection = collections[one.layer], id = idOf(one), path = itemOf(one);
            const page = make("a", "자세히 · Details", links);
            page.href = path + "?f=html";
            const file = make("a", "GeoJSON", links);
            file.href = path + "?f=json";
            file.download = id + ".geojson";
            const still = () => chosen !== null && chosen.layer === one.layer && chosen.row === one.row;
            const failed = () => { $("said").textContent = "자료를 읽지 못했습니다 · the facts could not be read"; };
            if (collection.facts) {
              read(path.replace("/collections/", "/facts/").replace("/items/", "/"))
                .then((facts) => { if (still()) showFacts(facts); }).catch(failed);
            } else {
              read(path + "?f=json").then((item) => {
                if (!still()) return;
                const rows = $("card-rows");
                rows.replaceChildren();
                line(rows, { ko: "식별자", en: "identifier" }, item.id);
                for (const [name, value] of Object.entries(item.properties || {})) {
                  const known = layers[one.layer].fields.find((field) => field.key === name);
                  if (text(value) !== "") line(rows, known ? known.name : { ko: null, en: name }, value);
                }
              }).catch(failed);
            }
          };
          function showFacts(facts) {
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
          }

          // Rings around the chosen place, or the middle of the map.
          function ring(on) {
            ringed = on;
            $("rings").setAttribute("aria-pressed", String(on));
            draw();
          }
          $("rings").addEventListener("click", () => { ring(!ringed); remember(); });
          const drawPlain = drawOver;
          drawOver = function (context) {
            drawPlain(context);
            if (ringed) drawRings(context);
            drawNearest(context);
          };
          function drawRings(context) {
            paper(context);
            const target = chosen && layers[chosen.layer].shapes[chosen.row];
            const [lon, lat] = back(target ? (target.box[0] + target.box[2]) / 2 : view.x,
              target ? (target.box[1] + target.box[3]) / 2 : view.y);
            context.font = "600 12px " + getComputedStyle(document.body).fontFamily;
            context.textAlign = "center";
            for (const km of radii) {
              const r = km * 1e4 * view.scale;
              if (r < 14 || r > 4000) continue;
              context.beginPath();
              let top = null;
              for (let azimuth = 0; azimuth < 360; azimuth += 4) {
                const [x, y] = put(...reached(lon, lat, azimuth, km * 1000));
                context.lineTo(toX(x), toY(y));
                if (!top) top = [toX(x), toY(y) - 4];
              }
              context.closePath();
              context.strokeStyle = "#fff";
              context.lineWidth = 4;
              context.stroke();
              context.strokeStyle = "#5b2a86";
              context.lineWidth = 1.6;
              context.stroke();
              context.lineWidth = 3;
              context.strokeStyle = "#fff";
              context.strokeText(km + " km", ...top);
              context.fillStyle = "#5b2a86";
              context.fillText(km + " km", ...top);
            }
            context.textAlign = "start";
          }

          // Each layer as a file.
          const legendPlain = legend;
          legend = function () {
            legendPlain();
            for (const layer of layers) {
              const id = collections[layer.number].id;
              const link = make("a", "GeoJSON", layer.element, "save");
              link.href = "/collections/" + encodeURIComponent(id) + "/items?f=json&limit=10000";
              if (layer.count > 10000) link.textContent = "GeoJSON, 1–10,000";
              link.download = id + ".geojson";
              link.setAttribute("aria-label", both(layer.name) + ": GeoJSON");
            }
          };

        """#
}
