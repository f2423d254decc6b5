extension ViewerScript {
    /// Finds what lies at a place, and shows its name, and in a popup all that is known of it.
    static let choosing = #"""
          // What lies at a place of the map, the uppermost first.
          function inside(rings, x, y) {
            let odd = false;
            for (const r of rings) {
              for (let i = 0, j = r.length - 2; i < r.length; j = i, i += 2) {
                if ((r[i + 1] > y) !== (r[j + 1] > y)
                  && x < (r[j] - r[i]) * (y - r[i + 1]) / (r[j + 1] - r[i + 1]) + r[i]) odd = !odd;
              }
            }
            return odd;
          }
          function near(lines, x, y, room) {
            for (const l of lines) {
              for (let i = 2; i < l.length; i += 2) {
                const ax = l[i - 2], ay = l[i - 1], dx = l[i] - ax, dy = l[i + 1] - ay;
                const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
                if (Math.hypot(ax + t * dx - x, ay + t * dy - y) <= room) return true;
              }
            }
            return false;
          }
          function at(px, py) {
            const x = view.x + (px - width / 2) / view.scale, y = view.y - (py - height / 2) / view.scale;
            let best = null, nearest = Infinity;
            for (const layer of layers) {
              if (!layer.on) continue;
              for (let row = 0; row < layer.shapes.length; row++) {
                const points = layer.shapes[row] && layer.shapes[row].points;
                if (!points) continue;
                for (let i = 0; i < points.length; i += 2) {
                  const dx = (points[i] - x) * view.scale;
                  if (dx > 24 || dx < -24) continue;
                  const away = Math.hypot(dx, (points[i + 1] - y) * view.scale);
                  if (away <= Math.max(radiusOf(layer, row), 4) + 4 && away < nearest) {
                    nearest = away;
                    best = { layer: layer.number, row, spot: [points[i + 1], points[i]] };
                  }
                }
              }
            }
            if (best) return best;
            for (const kind of ["lines", "rings"]) {
              for (const layer of layers) {
                if (!layer.on || layer.dimension === 0) continue;
                for (let row = layer.shapes.length - 1; row >= 0; row--) {
                  const one = layer.shapes[row], room = 5 / view.scale;
                  if (!one || !one[kind] || x < one.box[0] - room || x > one.box[2] + room
                    || y < one.box[1] - room || y > one.box[3] + room) continue;
                  if (kind === "lines" ? near(one.lines, x, y, room) : inside(one.rings, x, y)) {
                    return { layer: layer.number, row, spot: [y, x] };
                  }
                }
              }
            }
            return null;
          }

          // What a click at a place chooses.
          function pick(px, py) { return at(px, py); }

          // All that is known of a feature stands in a popup beside it.
          const card = $("card");
          const popup = L.popup({ closeButton: false, closeOnEscapeKey: false, autoClose: false, autoPan: false });
          let opener = null, stays = false;
          function select(one, moves) {
            const held = card.contains(document.activeElement);
            chosen = one;
            card.hidden = !one;
            if (one) {
              tell(one);
              open(one, moves);
            } else {
              map.closePopup(popup);
              ground.after(card);
              if (held) (opener && opener.isConnected ? opener : ground).focus();
            }
            remember();
            draw();
          }
          function tell(one) {
            const layer = layers[one.layer], name = nameOf(layer, one.row);
            $("card-title").replaceChildren();
            make("b", name.ko || name.en, $("card-title"));
            if (name.ko && name.en) make("span", name.en, $("card-title")).lang = "en";
            $("card-layer").textContent = both(layer.name)
              + (layer.rows && layer.colored ? " · " + both(entryOf(layer, one.row).name) : "");
            const rows = $("card-rows");
            rows.replaceChildren();
            if (layer.ids.length && text(layer.ids[one.row])) {
              line(rows, { ko: "식별자", en: "identifier" }, layer.ids[one.row]);
            }
            for (const field of layer.fields) {
              if (text(field.values[one.row]) !== "") line(rows, field.name, field.values[one.row]);
            }
            $("card-body").scrollTop = 0;
          }
          function open(one, moves) {
            const target = layers[one.layer].shapes[one.row];
            if (moves && target) {
              const [a, b, c, d] = target.box;
              const fits = Math.min(width / (c - a || 1), height / (d - b || 1)) * 0.6;
              const scale = Math.min(fits, Math.max(view.scale, least * 16));
              map.setView([(b + d) / 2, (a + c) / 2], zoomOf(scale), { reset: true });
            }
            const points = target ? target.points : [];
            const spot = one.spot || (points.length ? [points[1], points[0]]
              : target ? rectangle(target.box).getCenter() : map.getCenter());
            popup.options.offset = L.point(0, points.length ? 5 - radiusOf(layers[one.layer], one.row) : 7);
            stays = moves === false;
            fit();
            popup.setLatLng(spot);
            if (!popup.isOpen()) popup.setContent(card).openOn(map);
            show();
          }
          // No wider or higher than the map has room for.
          function fit() {
            popup.options.minWidth = popup.options.maxWidth = Math.min(360, width - 68);
            card.style.maxHeight = Math.round(Math.min(420, height * 0.64)) + "px";
          }
          // The map is moved so far that the whole of it is seen beside the buttons and below the arrow,
          // also where it grows later, unless the map is to stay as it is.
          function show() {
            if (!popup.isOpen() || printing || stays) return;
            const half = card.offsetWidth / 2, top = card.offsetHeight + 76 - popup.options.offset.y;
            const { x, y } = map.latLngToContainerPoint(popup.getLatLng());
            const over = (value, least, most) => value - Math.max(least, Math.min(most, value));
            map.panBy([over(x, half + 56, width - half - 8), over(y, top, height - 20)]);
          }
          new ResizeObserver(show).observe(card);
          map.on("resize", () => {
            fit();
            if (popup.isOpen()) popup.update();
          });
          function line(parent, name, value) {
            const row = make("tr", null, parent), head = make("th", null, row);
            head.scope = "row";
            head.appendChild(document.createTextNode(name.ko || name.en));
            if (name.ko && name.en) make("span", name.en, head).lang = "en";
            const cell = make("td", null, row), words = value === true ? "예 · yes"
              : value === false ? "아니요 · no" : text(value);
            if (/^https?:\/\/[^\s<>"]+$/.test(words)) {
              const link = make("a", words, cell);
              link.href = words;
              link.target = "_blank";
              link.rel = "noopener noreferrer";
            } else cell.textContent = words;
          }
          document.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen) select(null); });
          $("close").addEventListener("click", () => select(null));

          // The pointer: a click chooses, and the name stands beside what it is over.
          map.on("click", (event) => {
            opener = ground;
            select(pick(event.containerPoint.x, event.containerPoint.y));
          });
          const tipWords = make("span", "", null), tip = L.tooltip({ opacity: 1 }).setContent(tipWords);
          function showTip(words, x, y) {
            tipWords.textContent = words;
            map.openTooltip(tip.setLatLng(map.containerPointToLatLng([x, y])));
          }
          function point(x, y) {
            const one = at(x, y);
            ground.classList.toggle("over", one !== null);
            if (one) showTip(both(nameOf(layers[one.layer], one.row)), x, y);
            else map.closeTooltip(tip);
            if ((one && one.layer) !== (hover && hover.layer) || (one && one.row) !== (hover && hover.row)) {
              hover = one;
              over._update();
            }
          }
          function leave() {
            ground.classList.remove("over");
            map.closeTooltip(tip);
            if (!hover) return;
            hover = null;
            over._update();
          }
          map.on("mousemove", (event) => {
            if (map.dragging.moving() || event.originalEvent.target.closest(".leaflet-popup,.leaflet-control")) leave();
            else point(event.containerPoint.x, event.containerPoint.y);
          });
          map.on("mouseout movestart", leave);

        """#
}
