extension MapScript {
    /// Draws layers of many features from vector tiles, and asks for what is clicked.
    static let tiles = #"""
          // Layers of many features come as vector tiles.
          const tiles = new Map(), asking = { count: 0, most: 6 };
          for (const layer of layers) {
            const one = collections[layer.number];
            if (one.tiled) { layer.count = one.count; layer.dimension = one.dimension; }
          }
          const lonAt = (x, z) => x / Math.pow(2, z) * 360 - 180;
          const latAt = (y, z) => Math.atan(Math.sinh(Math.PI * (1 - 2 * y / Math.pow(2, z)))) / degree;

          // A tile in its wire format (Mapbox Vector Tile Specification 2.1).
          function unpack(buffer, z, column, row, names) {
            const bytes = new Uint8Array(buffer);
            let at = 0;
            const number = () => {
              let value = 0, factor = 1, byte;
              do {
                byte = bytes[at++];
                value += (byte & 127) * factor;
                factor *= 128;
              } while (byte >= 128);
              return value;
            };
            const each = (end, take) => {
              while (at < end) {
                const tag = number();
                if ((tag & 7) === 2) {
                  const next = number() + at;
                  take(tag >> 3, next);
                  at = next;
                } else if ((tag & 7) === 0) take(tag >> 3, number());
                else at += (tag & 7) === 1 ? 8 : 4;
              }
            };
            const spans = [], keys = [], values = [];
            let extent = 4096;
            each(bytes.length, (field, end) => {
              if (field === 3) each(end, (inner, value) => {
                if (inner === 2) spans.push([at, value]);
                if (inner === 3) keys.push(new TextDecoder().decode(bytes.subarray(at, value)));
                if (inner === 4) {
                  let words = null;
                  each(value, (kind, stop) => { if (kind === 1) words = new TextDecoder().decode(bytes.subarray(at, stop)); });
                  values.push(words);
                }
                if (inner === 5) extent = value;
              });
            });
            const tile = { points: [], of: [], shapes: [], ids: [], names: [], lines: new Path2D(), areas: new Path2D(), clip: new Path2D() };
            const place = (x, y) => put(lonAt(column + x / extent, z), latAt(row + y / extent, z));
            for (const [start, end] of spans) {
              at = start;
              const called = { ko: null, en: null };
              let id = null, kind = 0, shapeAt = null;
              each(end, (field, value) => {
                if (field === 1) id = String(value);
                if (field === 2) while (at < value) {
                  const name = keys[number()], words = values[number()];
                  if (name === "id" && id === null && words !== null) id = words;
                  if (names.includes(name) && words) called[/^name(_en)?$/.test(name) ? "en" : "ko"] ??= words;
                }
                if (field === 3) kind = value;
                if (field === 4) shapeAt = [at, value];
              });
              tile.ids.push(id);
              tile.names.push(called);
              if (!shapeAt) continue;
              at = shapeAt[0];
              const chains = [];
              let x = 0, y = 0;
              const step = () => { const n = number(); return n % 2 ? -(n + 1) / 2 : n / 2; };
              while (at < shapeAt[1]) {
                const command = number();
                if ((command & 7) === 1) chains.push([]);
                for (let i = 0; i < command >> 3 && (command & 7) !== 7; i++) {
                  x += step();
                  y += step();
                  const here = place(x, y);
                  if (kind === 1) { tile.points.push(here[0], here[1]); tile.of.push(tile.ids.length - 1); }
                  else chains[chains.length - 1].push(here[0], here[1]);
                }
              }
              if (kind === 1) continue;
              const box = [far, far, -far, -far], path = kind === 3 ? tile.areas : tile.lines;
              for (const one of chains) {
                chain(one.map((n, i) => i < 2 ? n : n - one[i - 2]), path, box, kind === 3);
              }
              tile.shapes.push({ lines: kind === 2 ? chains : null, rings: kind === 3 ? chains : null, box, of: tile.ids.length - 1 });
            }
            for (let i = 0; i < 32; i++) {
              const k = i % 8 / 8;
              const [x, y] = [[k, 0], [1, k], [1 - k, 1], [0, 1 - k]][i >> 3];
              tile.clip.lineTo(...put(lonAt(column + x, z), latAt(row + y, z)));
            }
            tile.clip.closePath();
            return tile;
          }
          function fetchTile(layer, z, x, y, name) {
            if (asking.count >= asking.most) return;
            asking.count++;
            tiles.set(name, "asked");
            fetch("/collections/" + encodeURIComponent(collections[layer.number].id) + "/tiles/WebMercatorQuad/"
              + z + "/" + y + "/" + x)
              .then(async (answer) => {
                if (answer.status === 422) return "many";
                if (!answer.ok || answer.status === 204) return "empty";
                return unpack(await answer.arrayBuffer(), z, x, y, collections[layer.number].names);
              })
              .catch(() => "empty")
              .then((made) => {
                asking.count--;
                if (tiles.size > 400) tiles.delete(tiles.keys().next().value);
                tiles.set(name, made);
                draw();
              });
          }
          // The tiles of a layer in sight that are here; the others are asked for.
          function tilesInSight(layer) {
            let west = 180, east = -180, south = 85, north = -85;
            for (let i = 0; i <= 8; i++) {
              for (const [a, b] of [[i / 8, 0], [i / 8, 1], [0, i / 8], [1, i / 8]]) {
                const [lon, lat] = back(view.x + (a - 0.5) * width / view.scale, view.y + (b - 0.5) * height / view.scale);
                west = Math.min(west, lon); east = Math.max(east, lon);
                south = Math.min(south, lat); north = Math.max(north, lat);
              }
            }
            const metres = 0.1 / view.scale / Math.cos((south + north) / 2 * degree);
            const z = Math.max(0, Math.min(18, Math.round(Math.log2(40075016.68 / (512 * metres)))));
            const side = Math.pow(2, z), found = [];
            const column = (lon) => Math.min(side - 1, Math.max(0, Math.floor((lon + 180) / 360 * side)));
            const row = (lat) => Math.min(side - 1, Math.max(0,
              Math.floor((1 - Math.asinh(Math.tan(Math.max(-85, Math.min(85, lat)) * degree)) / Math.PI) / 2 * side)));
            const take = (z, x, y) => {
              const name = [layer.number, z, x, y].join("/"), here = tiles.get(name);
              if (here === undefined) fetchTile(layer, z, x, y, name);
              else if (here === "many" && z < 22) {
                for (const i of [0, 1, 2, 3]) take(z + 1, 2 * x + (i & 1), 2 * y + (i >> 1));
              } else if (typeof here === "object") found.push(here);
            };
            for (let x = column(west); x <= column(east); x++) {
              for (let y = row(north); y <= row(south); y++) take(z, x, y);
            }
            return found;
          }
          const tiled = () => layers.filter((layer) => layer.on && collections[layer.number].tiled);
          underlay = function (context) {
            drawCover(context);
            for (const layer of tiled()) {
              const color = layer.entries[0].color, here = tilesInSight(layer);
              plane(context);
              for (const tile of here) {
                context.save();
                context.clip(tile.clip);
                context.globalAlpha = 0.35;
                context.fillStyle = context.strokeStyle = color;
                context.fill(tile.areas, "evenodd");
                context.globalAlpha = 1;
                context.lineWidth = 1 / view.scale;
                context.stroke(tile.areas);
                context.lineWidth = 1.6 / view.scale;
                context.stroke(tile.lines);
                context.restore();
              }
              paper(context);
              context.fillStyle = color;
              const r = here.reduce((n, tile) => n + tile.of.length, 0) > 5000 ? 1.3 : 2.6;
              for (const tile of here) {
                for (let i = 0; i < tile.points.length; i += 2) {
                  const x = toX(tile.points[i]), y = toY(tile.points[i + 1]);
                  if (x > -3 && y > -3 && x < width + 3 && y < height + 3) context.fillRect(x - r, y - r, 2 * r, 2 * r);
                }
              }
            }
          };
          // The row of a feature; one of a tiled layer is fetched first.
          async function rowOf(number, id) {
            const layer = layers[number], known = layer.ids.findIndex((one) => text(one) === id);
            if (known >= 0 || !collections[number].tiled) return known;
            try {
              const item = await read("/collections/" + encodeURIComponent(collections[number].id)
                + "/items/" + encodeURIComponent(id) + "?f=json");
              layer.ids.push(id);
              layer.shapes.push(shapeOf(item.geometry));
              for (const field of layer.fields) field.values.push((item.properties || {})[field.key]);
              return layer.ids.length - 1;
            } catch (none) { return -1; }
          }
          // What the tiles have at a place of the map.
          function atTile(px, py) {
            const x = view.x + (px - width / 2) / view.scale, y = view.y - (py - height / 2) / view.scale;
            for (const layer of tiled()) {
              let best = null, nearest = 8;
              for (const tile of tilesInSight(layer)) {
                const found = (of, spot) => ({ layer, id: tile.ids[of], name: tile.names[of], spot });
                for (let i = 0; i < tile.points.length; i += 2) {
                  const away = Math.hypot(tile.points[i] - x, tile.points[i + 1] - y) * view.scale;
                  if (away < nearest) { nearest = away; best = found(tile.of[i / 2], [tile.points[i + 1], tile.points[i]]); }
                }
                if (best) continue;
                const hit = tile.shapes.find((one) => one.rings ? inside(one.rings, x, y) : near(one.lines, x, y, 5 / view.scale));
                if (hit) best = found(hit.of, [y, x]);
              }
              if (best && best.id !== null) return best;
            }
            return null;
          }
          let picks = 0;
          pick = function (px, py) {
            const one = at(px, py), mine = ++picks;
            const found = one ? null : atTile(px, py);
            if (found) {
              rowOf(found.layer.number, found.id).then((row) => {
                if (row >= 0 && mine === picks) select({ layer: found.layer.number, row, spot: found.spot });
              });
            }
            return one;
          };
          const pointPlain = point;
          point = function (x, y) {
            pointPlain(x, y);
            const found = hover ? null : atTile(x, y);
            if (!found) return;
            ground.classList.add("over");
            showTip(both(found.name) || found.id || both(found.layer.name), x, y);
          };
          // Names in tiled layers are sought by the service.
          let findAsked = null, findLater = 0;
          $("search").addEventListener("input", () => {
            clearTimeout(findLater);
            if (findAsked) findAsked.abort();
            findLater = setTimeout(() => { findTiled($("search").value.trim()); }, 350);
          });
          async function findTiled(words) {
            const own = new AbortController();
            findAsked = own;
            if (!words) return;
            const pattern = "%" + words.replace(/[\\%_]/g, "\\$&").replace(/'/g, "''") + "%";
            for (const layer of layers) {
              const one = collections[layer.number];
              if (!one.tiled || !one.names.length) continue;
              const filter = one.names.map((name) => "CASEI(\"" + name + "\") LIKE CASEI('" + pattern + "')").join(" OR ");
              const found = await read("/collections/" + encodeURIComponent(one.id) + "/items?f=json&limit=20&filter="
                + encodeURIComponent(filter), own.signal).catch(() => ({ features: [] }));
              if (own.signal.aborted) return;
              for (const item of found.features) {
                const button = make("button", null, make("li", null, $("results")));
                button.type = "button";
                make("span", text(item.properties[one.names[0]]) || String(item.id), button);
                make("small", " " + both(layer.name), button);
                button.addEventListener("click", async () => {
                  if (!layer.on) turn(layer, true);
                  opener = button;
                  select({ layer: layer.number, row: await rowOf(layer.number, String(item.id)) }, true);
                  $("close").focus({ preventScroll: true });
                });
              }
              if (found.features.length) $("found").textContent = "";
            }
          }

        """#
}
