/// What a page does: draws on sheets that Leaflet moves, tells what is clicked, and finds names.
///
/// Every text of the data goes into the page as text, never as markup. Where the page stands can be
/// named behind `#`: `hide=0,2` for layers that are off, `select=1.34` for a feature.
enum ViewerScript {
    static let text = data + moving + drawing + choosing + switching + start

    /// The script with more behind its functions, which it can use and replace, before it begins.
    static func text(with more: String) -> String {
        data + moving + drawing + choosing + switching + more + start
    }

    /// Reads the data, and makes paths of its shapes.
    static let data = #"""

        "use strict";
        (function () {
          const data = JSON.parse(document.getElementById("data").textContent);
          const $ = (id) => document.getElementById(id);
          const make = (tag, words, parent, kind) => {
            const element = document.createElement(tag);
            if (words !== null) element.textContent = words;
            if (kind) element.className = kind;
            if (parent) parent.appendChild(element);
            return element;
          };
          const both = (name, join) => name.ko && name.en && name.ko !== name.en
            ? name.ko + (join || " · ") + name.en : name.ko || name.en;

          // Shapes of the data as paths in decimetres, and what lies around each.
          const far = 1e12;
          function chain(steps, path, box, closed) {
            let x = steps[0], y = steps[1];
            const out = [x, y];
            path.moveTo(x, y);
            for (let i = 2; i < steps.length; i += 2) {
              x += steps[i]; y += steps[i + 1];
              out.push(x, y);
              path.lineTo(x, y);
            }
            if (closed) path.closePath();
            for (let i = 0; i < out.length; i += 2) {
              box[0] = Math.min(box[0], out[i]); box[1] = Math.min(box[1], out[i + 1]);
              box[2] = Math.max(box[2], out[i]); box[3] = Math.max(box[3], out[i + 1]);
            }
            return out;
          }
          function shape(raw) {
            if (!raw) return null;
            if (typeof raw[0] === "number") {
              return { points: raw, lines: null, rings: null, box: [raw[0], raw[1], raw[0], raw[1]] };
            }
            const box = [far, far, -far, -far];
            for (let i = 0; i < raw[0].length; i += 2) {
              box[0] = Math.min(box[0], raw[0][i]); box[1] = Math.min(box[1], raw[0][i + 1]);
              box[2] = Math.max(box[2], raw[0][i]); box[3] = Math.max(box[3], raw[0][i + 1]);
            }
            const line = new Path2D(), area = new Path2D();
            const lines = raw[1].map((s) => chain(s, line, box, false));
            const rings = raw[2].map((s) => chain(s, area, box, true));
            return {
              points: raw[0], lines: lines.length ? lines : null, rings: rings.length ? rings : null,
              line, area, box
            };
          }
          const land = data.land.map((rings) => shape([[], [], rings]));
          const graticule = data.graticule.map((line) => shape([[], [line], []]));
          const layers = data.layers.map((layer, number) => {
            const shapes = layer.shapes.map(shape);
            return Object.assign(layer, {
              number, shapes, on: true, count: shapes.reduce((n, s) => n + (s ? 1 : 0), 0)
            });
          });
          const text = (value) => value === null || value === undefined ? ""
            : typeof value === "object" ? JSON.stringify(value) : String(value);
          function nameOf(layer, row) {
            const value = (field) => field < 0 ? "" : text(layer.fields[field].values[row]);
            const ko = value(layer.nameKO), en = value(layer.nameEN);
            return { ko: ko || null, en: en || (ko ? "" : text(layer.ids[row]) || both(layer.name)) };
          }
          const entryOf = (layer, row) => layer.entries[layer.rows ? layer.rows[row] : 0];
          const radiusOf = (layer, row) => layer.radii ? layer.radii[row] : layer.radius;

        """#
}
