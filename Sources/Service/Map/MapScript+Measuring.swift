extension MapScript {
    /// What the service measures for the map.
    ///
    /// The universities nearest to a place, and what lies within a distance of a layer: both are
    /// processes of the service, and nothing is reckoned in the browser.
    static let measuring = #"""
          // What the service measures.
          let key = "";
          // What is asked again when a key is given.
          const again = new Set();
          async function send(path, options) {
            const headers = Object.assign({}, options.headers);
            if (key) headers["X-Api-Key"] = key;
            const answer = await fetch(path, Object.assign({}, options, { headers }));
            if (answer.ok) return answer;
            const problem = await answer.json().catch(() => ({}));
            const unknown = /key-unknown$/.test(problem.type || "");
            if (answer.status === 401 || unknown) {
              $("key-line").hidden = false;
              $("key").setAttribute("aria-invalid", String(unknown));
              throw new Error(unknown ? "이 열쇠는 맞지 않습니다 · this key is not known here"
                : "열쇠를 아래에 넣으십시오 · it needs the key, to be given below");
            }
            throw new Error(problem.detail || String(answer.status));
          }
          // Runs a process as a job, which ends with the wish for it.
          async function ask(process, inputs, signal) {
            const posted = await send("/processes/" + process + "/execution", { method: "POST",
              headers: { "Content-Type": "application/json", "Prefer": "respond-async" },
              body: JSON.stringify({ inputs }) });
            let job = await posted.json();
            const path = "/jobs/" + job.jobID;
            $("key").setAttribute("aria-invalid", "false");
            const dismiss = () => { send(path, { method: "DELETE", keepalive: true }).catch(() => null); };
            if (signal.aborted) { dismiss(); signal.throwIfAborted(); }
            signal.addEventListener("abort", dismiss);
            try {
              while (job.status === "accepted" || job.status === "running") {
                job = await (await send(path, { headers: { "Prefer": "wait=10" }, signal })).json();
              }
            } finally { signal.removeEventListener("abort", dismiss); }
            return (await send(path + "/results", { signal })).json();
          }
          async function read(path, signal) {
            const answer = await fetch(path, { signal });
            if (!answer.ok) throw new Error(String(answer.status));
            return answer.json();
          }
          function useKey() {
            if (key === $("key").value) return;
            key = $("key").value;
            const wanted = Array.from(again);
            again.clear();
            for (const one of wanted) one();
          }
          $("key").addEventListener("change", useKey);
          $("key-line").addEventListener("submit", (event) => {
            event.preventDefault();
            useKey();
          });
          const itemOf = (one) => "/collections/" + encodeURIComponent(collections[one.layer].id)
            + "/items/" + encodeURIComponent(idOf(one));
          function saved(link, content) {
            if (link.href) URL.revokeObjectURL(link.href);
            link.hidden = !content;
            if (content) {
              link.href = URL.createObjectURL(
                new Blob([JSON.stringify(content)], { type: "application/geo+json" }));
            } else link.removeAttribute("href");
          }
          const figure = (value, digits) => value.toLocaleString("en",
            { minimumFractionDigits: digits, maximumFractionDigits: digits });
          const numberOf = (id) => collections.findIndex((one) => one.id === id);
          const universities = numberOf("universities"), nearCount = 5;

          window.addEventListener("pagehide", () => {
            for (const one of [nearAsked, coverAsked]) if (one) one.abort();
          });

          // The nearest universities of the chosen place.
          let nearing = false, nearest = null, nearAsked = null;
          $("near").hidden = universities < 0 || $("cover").hidden;
          $("near").addEventListener("click", () => { nearSwitch(!nearing); remember(); });
          function nearSwitch(on) {
            nearing = on && !$("near").hidden;
            $("near").setAttribute("aria-pressed", String(nearing));
            seek();
          }
          async function seek() {
            if (nearAsked) nearAsked.abort();
            nearest = null;
            $("near-rows").replaceChildren();
            $("near-said").textContent = "";
            $("card-near").hidden = !nearing || !chosen;
            saved($("near-save"), null);
            draw();
            if (!nearing || !chosen) return;
            const one = chosen, own = new AbortController();
            nearAsked = own;
            again.add(seek);
            $("near-said").textContent = "찾는 중 · seeking …";
            try {
              const place = await read(itemOf(one) + "?f=json", own.signal);
              // A university is not its own neighbour.
              const isOne = one.layer === universities, id = idOf(one);
              const found = await ask("proximity", {
                from: { type: "FeatureCollection", features: [place] }, to: "universities",
                k: nearCount + (isOne ? 1 : 0), pairs: true
              }, own.signal);
              found.features = found.features.filter((pair) => !isOne || pair.properties.to_id !== id).slice(0, nearCount);
              if (own.signal.aborted) return;
              again.delete(seek);
              nearest = found.features.map((pair) => ({ pair: pair.properties, shape: shapeOf(pair.geometry) }));
              $("near-said").textContent = "";
              tableOfNearest();
              saved($("near-save"), found);
              $("near-save").download = id + "-universities.geojson";
              draw();
            } catch (error) {
              if (!own.signal.aborted) $("near-said").textContent = "찾지 못했습니다 · could not be found: " + error.message;
            }
          }
          function tableOfNearest() {
            nearest.forEach(({ pair }, index) => {
              const row = make("tr", null, $("near-rows"));
              make("td", String(index + 1), row);
              const head = make("th", null, row);
              head.scope = "row";
              const at = layers[universities].ids.findIndex((id) => text(id) === pair.to_id);
              if (at < 0) head.textContent = pair.to_name;
              else {
                const button = make("button", both(nameOf(layers[universities], at)), head);
                button.type = "button";
                button.addEventListener("click", () => {
                  if (!layers[universities].on) turn(layers[universities], true);
                  select({ layer: universities, row: at }, true);
                  $("close").focus({ preventScroll: true });
                });
              }
              make("td", figure(pair.distance_m / 1000, 2) + " km", row);
            });
          }
          function drawNearest(context) {
            if (!nearest) return;
            context.font = "600 12px " + getComputedStyle(document.body).fontFamily;
            context.textAlign = "center";
            context.textBaseline = "middle";
            nearest.forEach((one, index) => {
              if (!one.shape.lines) return;
              plane(context);
              for (const [color, wide] of [["#fff", 5], ["#9c2a00", 2]]) {
                context.strokeStyle = color;
                context.lineWidth = wide / view.scale;
                context.stroke(one.shape.line);
              }
              paper(context);
              const line = one.shape.lines[0], x = toX(line[line.length - 2]), y = toY(line[line.length - 1]);
              context.beginPath();
              context.arc(x, y, 9, 0, 2 * Math.PI);
              context.fillStyle = "#9c2a00";
              context.fill();
              context.fillStyle = "#fff";
              context.fillText(String(index + 1), x, y);
            });
            context.textAlign = "start";
          }
          const selectPlain = select;
          select = function (one, moves) {
            const same = one && chosen && one.layer === chosen.layer && one.row === chosen.row;
            selectPlain(one, moves);
            if (!same || !nearest) seek();
          };

          // What lies within a distance of a layer.
          let covered = null, coverAsked = null, coverLater = 0;
          const coverTold = new Map(), coverLayer = $("cover-layer"), coverKm = $("cover-km");
          make("option", "없음 · none", coverLayer).value = "";
          for (const layer of layers) {
            const one = collections[layer.number];
            if (!one.facts && layer.count > 10000) continue;
            make("option", both(layer.name), coverLayer).value = one.id;
          }
          function tellKm() {
            $("cover-told").textContent = coverKm.value + " km";
            coverKm.setAttribute("aria-valuetext", coverKm.value + " km");
          }
          function setCover(id, km) {
            coverLayer.value = numberOf(id) >= 0 ? id : "";
            if (coverLayer.selectedIndex < 0) coverLayer.value = "";
            coverKm.value = String(km);
            tellKm();
            cover();
          }
          coverKm.addEventListener("input", () => {
            tellKm();
            clearTimeout(coverLater);
            coverLater = setTimeout(() => { cover(); remember(); }, 300);
          });
          coverLayer.addEventListener("change", () => { cover(); remember(); });
          async function cover() {
            clearTimeout(coverLater);
            if (coverAsked) coverAsked.abort();
            const id = coverLayer.value, km = Number(coverKm.value);
            coverKm.disabled = !id;
            if (!id) { showCover(null); return; }
            const known = coverTold.get(id + " " + km);
            if (known) { showCover(known); return; }
            const own = new AbortController();
            coverAsked = own;
            again.add(cover);
            $("cover-said").textContent = "재는 중 · measuring …";
            try {
              const number = numberOf(id);
              const by = collections[number].facts ? id
                : await read("/collections/" + encodeURIComponent(id) + "/items?f=json&limit=10000", own.signal);
              let demands = ["universities", "industrial-complexes"].filter((one) => one !== id && numberOf(one) >= 0);
              if (!demands.length) demands = [by];
              const answers = await Promise.all(demands.map((demand) =>
                ask("coverage", { demand, by, within: [km + "km"] }, own.signal)));
              if (own.signal.aborted) return;
              again.delete(cover);
              const area = answers[0].features[0];
              const counts = demands.map((demand, i) => ({
                name: layers[numberOf(typeof demand === "string" ? demand : id)].name,
                of: answers[i].features[0].properties.demand_count,
                covered: answers[i].features[0].properties.covered_count
              }));
              const made = { id, km, number, counts, answer: answers[0],
                area: area.properties.area_km2, shape: shapeOf(area.geometry) };
              coverTold.set(id + " " + km, made);
              showCover(made);
            } catch (error) {
              if (own.signal.aborted) return;
              showCover(null);
              $("cover-said").textContent = "재지 못했습니다 · could not be measured: " + error.message;
            }
          }
          function showCover(made) {
            covered = made;
            const said = $("cover-said");
            said.replaceChildren();
            saved($("cover-save"), made && made.answer);
            if (made) {
              const name = layers[made.number].name, share = (one) => one.of ? figure(one.covered / one.of * 100, 1) + "%" : "–";
              const words = (ko) => made.counts.map((one) => ko
                ? (one.name.ko || one.name.en) + " " + figure(one.of, 0) + "곳 중 " + figure(one.covered, 0) + "곳(" + share(one) + ")"
                : figure(one.covered, 0) + " of " + figure(one.of, 0) + " " + one.name.en.toLowerCase() + " (" + share(one) + ")");
              sign({ dimension: 2, colored: false, marker: 0 }, coverColor, said);
              make("span", (name.ko || name.en) + "에서 " + made.km + " km 안: " + words(true).join(", ")
                + ". 넓이 " + figure(made.area, 0) + " km². ", said);
              make("span", "Within " + made.km + " km of " + name.en + ": " + words(false).join(", ")
                + "; area " + figure(made.area, 0) + " km².", said, "en").lang = "en";
              $("cover-save").download = made.id + "-" + made.km + "km.geojson";
            }
            draw();
          }
          const coverColor = "#3b6b00";
          function drawCover(context) {
            if (!covered || !covered.shape.rings) return;
            plane(context);
            context.globalAlpha = 0.22;
            context.fillStyle = coverColor;
            context.fill(covered.shape.area, "evenodd");
            context.globalAlpha = 1;
            context.strokeStyle = coverColor;
            context.lineWidth = 1.5 / view.scale;
            context.stroke(covered.shape.area);
          }
          underlay = drawCover;

        """#
}
