extension ViewerScript {
    /// Finds what lies at a place, and shows all that is known of it.
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
                    best = { layer: layer.number, row };
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
                    return { layer: layer.number, row };
                  }
                }
              }
            }
            return null;
          }

          // What a click at a place chooses.
          function pick(px, py) { return at(px, py); }

          // All that is known of a feature.
          let opener = null;
          function select(one, moves) {
            chosen = one;
            $("card").hidden = !one;
            if (one) {
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
              const target = layer.shapes[one.row];
              if (moves && target) {
                const [a, b, c, d] = target.box;
                view.x = (a + c) / 2; view.y = (b + d) / 2;
                const fits = Math.min(width / (c - a || 1), height / (d - b || 1)) * 0.6;
                view.scale = Math.min(fits, Math.max(view.scale, least * 16));
              }
            }
            remember();
            draw(false);
          }
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
          function close() {
            if ($("card").hidden) return;
            const held = $("card").contains(document.activeElement);
            select(null);
            if (held) (opener && opener.isConnected ? opener : map).focus();
          }

        """#
}
