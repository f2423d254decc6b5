extension MapScript {
    /// The view in the address, by names: it lasts when data are added.
    static let address = #"""
          // The view stands in the address by names: it lasts when data are added.
          remember = function () {
            const parts = ["layers=" + layers.filter((l) => l.on).map((l) => encodeURIComponent(collections[l.number].id)).join(",")];
            if (ringed) parts.push("rings=1");
            if (nearing) parts.push("near=1");
            if (coverLayer.value) parts.push("cover=" + encodeURIComponent(coverLayer.value) + "." + coverKm.value);
            if ($("search").value) parts.push("q=" + encodeURIComponent($("search").value));
            const { lng, lat } = map.getCenter();
            parts.push("view=" + [lng, lat].map((n) => Math.round(n)).join(".") + "." + (view.scale * 1e9).toFixed(0));
            if (chosen) parts.push("place=" + encodeURIComponent(collections[chosen.layer].id + "/" + idOf(chosen)));
            own = "#" + parts.join("&");
            try { history.replaceState(null, "", own); } catch (none) { /* some viewers forbid it */ }
          };
          recall = async function () {
            if (location.hash && location.hash === own) return;
            const words = new URLSearchParams(location.hash.slice(1));
            const on = words.has("layers") ? words.get("layers").split(",") : null;
            for (const layer of layers) {
              const one = collections[layer.number];
              turn(layer, on ? on.includes(one.id) : one.on);
            }
            ring(words.get("rings") === "1");
            select(null);
            nearSwitch(words.get("near") === "1");
            const reach = /^(.+)\.(\d+)$/.exec(words.get("cover") || "");
            setCover(reach ? reach[1] : "", reach ? Number(reach[2]) : 10);
            $("search").value = words.get("q") || "";
            find();
            const stands = /^(-?\d+)\.(-?\d+)\.(\d+)$/.exec(words.get("view") || "");
            if (stands && Number(stands[3]) > 0) {
              map.setView([Number(stands[2]), Number(stands[1])], zoomOf(Number(stands[3]) / 1e9), { reset: true });
            }
            const place = words.get("place") || "", cut = place.indexOf("/");
            const number = numberOf(place.slice(0, cut)), id = place.slice(cut + 1);
            const row = number < 0 ? -1 : await rowOf(number, id);
            if (row >= 0 && !layers[number].on) turn(layers[number], true);
            select(row >= 0 ? { layer: number, row } : null, !stands);
          };
          let rememberLater = 0;
          const rememberSoon = () => {
            clearTimeout(rememberLater);
            rememberLater = setTimeout(remember, 400);
          };
          $("search").addEventListener("input", rememberSoon);
          map.on("moveend", rememberSoon);

          // A link to what is seen.
          $("share").addEventListener("click", () => {
            remember();
            const told = () => { $("said").textContent = "주소를 복사했습니다 · the link is copied"; };
            const shown = () => { $("said").textContent = location.href; };
            if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(told, shown);
            else shown();
          });

        """#
}
