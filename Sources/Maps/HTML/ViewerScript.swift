/// What a page does: draws on a canvas, and answers pointers and keys.
///
/// Every text of the data goes into the page as text, never as markup. Where the page stands can be
/// named behind `#`: `hide=0,2` for layers that are off, `select=1.34` for a feature.
enum ViewerScript {
    static let text = #"""

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
          const spans = (parent, name) => {
            make("b", name.ko || name.en, parent).style.fontWeight = "inherit";
            if (name.ko && name.en && name.ko !== name.en) make("span", name.en, parent, "en");
          };

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

          // The view: what lies in the middle, and pixels a decimetre.
          const map = $("map"), base = $("base"), over = $("over");
          const view = { x: 0, y: 0, scale: 1 };
          let width = 1, height = 1, ratio = 1, least = 0, hover = null, chosen = null;

          function showAll() {
            const [a, b, c, d] = data.home;
            view.x = (a + c) / 2; view.y = (b + d) / 2;
            view.scale = Math.min(width / (c - a), height / (d - b));
            least = view.scale / 4;
          }
          const toX = (x) => width / 2 + (x - view.x) * view.scale;
          const toY = (y) => height / 2 - (y - view.y) * view.scale;
          function visible(box, room) {
            return toX(box[2]) >= -room && toX(box[0]) <= width + room
              && toY(box[1]) >= -room && toY(box[3]) <= height + room;
          }

          // Forms of points, each drawn once and then copied.
          const forms = new Map();
          function outline(context, marker, x, y, r) {
            const corners = [
              null, [[-0.89, -0.89], [0.89, -0.89], [0.89, 0.89], [-0.89, 0.89]],
              [[0, -1.3], [1.17, 0.78], [-1.17, 0.78]],
              [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
              [[-.42, -1.2], [.42, -1.2], [.42, -.42], [1.2, -.42], [1.2, .42], [.42, .42], [.42, 1.2],
                [-.42, 1.2], [-.42, .42], [-1.2, .42], [-1.2, -.42], [-.42, -.42]]
            ][marker];
            context.beginPath();
            if (!corners) context.arc(x, y, r, 0, 2 * Math.PI);
            else {
              for (const [a, b] of corners) context.lineTo(x + a * r, y + b * r);
              context.closePath();
            }
          }
          function form(marker, color, r, opacity) {
            const key = marker + color + r + opacity + ratio;
            if (!forms.has(key)) {
              const sprite = document.createElement("canvas");
              const side = Math.ceil((r * 1.3 + 2) * 2);
              sprite.width = sprite.height = Math.ceil(side * ratio);
              const context = sprite.getContext("2d");
              context.scale(ratio, ratio);
              outline(context, marker, side / 2, side / 2, r);
              context.globalAlpha = opacity;
              context.fillStyle = color;
              context.fill();
              context.globalAlpha = 1;
              context.strokeStyle = "#fff";
              context.lineWidth = r < 2.5 ? 0.5 : 1;
              context.stroke();
              forms.set(key, { sprite, side });
            }
            return forms.get(key);
          }
          const plane = (context) => context.setTransform(
            ratio * view.scale, 0, 0, -ratio * view.scale,
            ratio * (width / 2 - view.x * view.scale), ratio * (height / 2 + view.y * view.scale));
          const paper = (context) => context.setTransform(ratio, 0, 0, ratio, 0, 0);

          // Very many points are drawn as squares, one colour after the other.
          function crowded(layer) {
            if (layer.count < 20000) return false;
            let count = 0;
            for (const one of layer.shapes) if (one && visible(one.box, 0)) count++;
            return count >= 20000;
          }
          function squares(context, layer, r) {
            layer.entries.forEach((entry, number) => {
              context.fillStyle = entry.color;
              layer.shapes.forEach((one, row) => {
                if (!one || (layer.rows && layer.rows[row] !== number) || !visible(one.box, 2)) return;
                for (let i = 0; i < one.points.length; i += 2) {
                  context.fillRect(toX(one.points[i]) - r, toY(one.points[i + 1]) - r, 2 * r, 2 * r);
                }
              });
            });
          }

          let drawnView = null, took = 0, later = 0;
          function drawBase() {
            const start = performance.now();
            const context = base.getContext("2d");
            paper(context);
            context.clearRect(0, 0, width, height);
            plane(context);
            context.lineJoin = context.lineCap = "round";
            context.lineWidth = 0.8 / view.scale;
            context.fillStyle = "#e9ecef";
            context.strokeStyle = "#fff";
            for (const one of land) {
              if (!visible(one.box, 0)) continue;
              context.fill(one.area, "evenodd");
              context.stroke(one.area);
            }
            context.strokeStyle = "#c9d2da";
            context.lineWidth = 0.6 / view.scale;
            for (const one of graticule) context.stroke(one.line);
            for (const kind of ["rings", "lines"]) {
              for (let n = layers.length - 1; n >= 0; n--) {
                const layer = layers[n];
                if (!layer.on || layer.dimension === 0) continue;
                layer.shapes.forEach((one, row) => {
                  if (!one || !one[kind] || !visible(one.box, 3)) return;
                  const color = entryOf(layer, row).color;
                  if (kind === "rings") {
                    context.globalAlpha = layer.colored ? 0.78 : 0.26;
                    context.fillStyle = color;
                    context.fill(one.area, "evenodd");
                    context.globalAlpha = 1;
                  }
                  context.strokeStyle = kind === "rings" && layer.colored ? "#fff" : color;
                  context.lineWidth = (kind === "rings" ? 1 : 2) / view.scale;
                  context.stroke(kind === "rings" ? one.area : one.line);
                });
              }
            }
            paper(context);
            const named = [];
            for (let n = layers.length - 1; n >= 0; n--) {
              const layer = layers[n];
              if (!layer.on) continue;
              const grow = Math.min(2.2, Math.max(1, Math.sqrt(view.scale / (least * 4)) * 0.8));
              const { shapes, radii, rows, entries, marker, radius } = layer;
              const opacity = radii ? 0.7 : 1;
              if (!radii && crowded(layer)) { squares(context, layer, radius * grow); continue; }
              for (let row = shapes.length - 1; row >= 0; row--) {
                const points = shapes[row] && shapes[row].points;
                if (!points) continue;
                for (let i = 0; i < points.length; i += 2) {
                  const x = toX(points[i]), y = toY(points[i + 1]);
                  if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
                  const r = radii ? radii[row] : Math.round(radius * grow * 5) / 5;
                  const { sprite, side } = form(marker, entries[rows ? rows[row] : 0].color, r, opacity);
                  context.drawImage(sprite, x - side / 2, y - side / 2, side, side);
                  if (named.length < 400) named.push([layer, row, x, y, r]);
                }
              }
            }
            if (named.length < 400) names(context, named.reverse());
            drawnView = { x: view.x, y: view.y, scale: view.scale };
            took = performance.now() - start;
          }
          function names(context, named) {
            if (named.length > 60) return;
            const taken = [];
            context.textBaseline = "middle";
            context.lineWidth = 3;
            context.strokeStyle = "#fff";
            context.font = "600 12px " + getComputedStyle(document.body).fontFamily;
            for (const [layer, row, x, y, r] of named) {
              const name = nameOf(layer, row), words = name.ko || name.en;
              const size = context.measureText(words).width;
              for (const [left, top] of [
                [x + r + 4, y], [x - r - 4 - size, y], [x - size / 2, y - r - 10],
                [x - size / 2, y + r + 10]
              ]) {
                const box = [left, top - 8, left + size, top + 8];
                if (taken.some((b) => b[0] < box[2] && box[0] < b[2] && b[1] < box[3] && box[1] < b[3])) {
                  continue;
                }
                taken.push(box);
                context.strokeText(words, left, top);
                context.fillStyle = "#1b1b1b";
                context.fillText(words, left, top);
                break;
              }
            }
          }
          function drawOver() {
            const context = over.getContext("2d");
            paper(context);
            context.clearRect(0, 0, width, height);
            for (const [one, color] of [[chosen, "#1b1b1b"], [hover, "#b3003c"]]) {
              if (!one || !layers[one.layer].on) continue;
              const layer = layers[one.layer], target = layer.shapes[one.row];
              if (!target) continue;
              plane(context);
              context.strokeStyle = color;
              context.lineWidth = 3 / view.scale;
              if (target.rings) context.stroke(target.area);
              if (target.lines) context.stroke(target.line);
              paper(context);
              context.lineWidth = 2.5;
              for (let i = 0; i < target.points.length; i += 2) {
                const r = Math.max(radiusOf(layer, one.row), 4) + 4;
                outline(context, 0, toX(target.points[i]), toY(target.points[i + 1]), r);
                context.stroke();
              }
            }
            drawScale(context);
          }
          // In the picture itself, so that it shrinks with it in print.
          function drawScale(context) {
            const metres = 110 / (view.scale * 10);
            let length = Math.pow(10, Math.floor(Math.log10(metres)));
            for (const factor of [5, 2]) if (length * factor <= metres) { length *= factor; break; }
            const wide = length * 10 * view.scale, words = length >= 1000 ? length / 1000 + " km" : length + " m";
            context.fillStyle = "rgba(255,255,255,.8)";
            context.fillRect(8, height - 36, wide + 8, 28);
            context.strokeStyle = context.fillStyle = "#1b1b1b";
            context.lineWidth = 2;
            context.beginPath();
            context.moveTo(12, height - 20);
            context.lineTo(12, height - 12);
            context.lineTo(12 + wide, height - 12);
            context.lineTo(12 + wide, height - 20);
            context.stroke();
            context.font = "12px " + getComputedStyle(document.body).fontFamily;
            context.textAlign = "center";
            context.fillText(words, 12 + wide / 2, height - 19);
            context.textAlign = "start";
          }
          // A map that takes long is moved as the picture it was, and drawn again when all is still.
          let asked = false;
          function draw(moving) {
            if (asked) return;
            asked = true;
            requestAnimationFrame(() => {
              asked = false;
              if (moving && took > 12 && drawnView) {
                const by = view.scale / drawnView.scale;
                base.style.transformOrigin = "0 0";
                base.style.transform = "translate(" + toX(drawnView.x - width / 2 / drawnView.scale)
                  + "px," + toY(drawnView.y + height / 2 / drawnView.scale) + "px) scale(" + by + ")";
                clearTimeout(later);
                later = setTimeout(() => draw(false), 140);
              } else {
                base.style.transform = "none";
                drawBase();
              }
              drawOver();
            });
          }
          function resize() {
            const before = width;
            width = map.clientWidth || 1; height = map.clientHeight || 1;
            ratio = window.devicePixelRatio || 1;
            for (const canvas of [base, over]) {
              canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio);
            }
            if (before === 1) showAll();
            base.style.transform = "none";
            drawBase(); drawOver();
          }
          function zoom(by, x, y) {
            const scale = Math.min(Math.max(view.scale * by, least), 0.5);
            const a = x === undefined ? 0 : x - width / 2, b = y === undefined ? 0 : height / 2 - y;
            view.x += a / view.scale - a / scale;
            view.y += b / view.scale - b / scale;
            view.scale = scale;
            draw(true);
          }
          function pan(x, y) { view.x -= x / view.scale; view.y += y / view.scale; draw(true); }

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
            if (layer.dimension === 2) path.setAttribute("fill-opacity", layer.colored ? 0.78 : 0.26);
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
              select(at(...placeOf(event)));
            }
          }
          map.addEventListener("pointerup", release);
          map.addEventListener("pointercancel", release);
          map.addEventListener("pointerleave", () => { if (hover) { hover = null; drawOver(); } $("tip").hidden = true; });
          function point(x, y) {
            const one = at(x, y);
            map.classList.toggle("over", one !== null);
            const tip = $("tip");
            tip.hidden = !one;
            if (one) {
              tip.textContent = both(nameOf(layers[one.layer], one.row));
              tip.style.left = Math.min(x + 14, width - tip.offsetWidth - 4) + "px";
              tip.style.top = Math.min(y + 16, height - tip.offsetHeight - 4) + "px";
            }
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
          window.matchMedia("print").addEventListener("change", resize);
          window.addEventListener("beforeprint", resize);
          window.addEventListener("afterprint", resize);

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
