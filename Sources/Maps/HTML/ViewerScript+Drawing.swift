extension ViewerScript {
    /// Draws the map as it is looked at.
    static let drawing = #"""
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

          // What lies below all layers: nothing, unless a page adds it.
          function underlay(context) {}

          let hover = null, chosen = null;
          function drawBase(context) {
            const hasTiles = tilesAreHere && !printing;
            paper(context);
            context.fillStyle = "\#(MapPalette.sea)";
            const room = [corner.x, corner.y, width - 2 * corner.x, height - 2 * corner.y];
            if (hasTiles) context.clearRect(...room); else context.fillRect(...room);
            plane(context);
            context.lineJoin = context.lineCap = "round";
            context.lineWidth = 0.8 / view.scale;
            context.fillStyle = "#e9ecef";
            context.strokeStyle = "#fff";
            for (const one of hasTiles ? [] : land) {
              if (!visible(one.box, 0)) continue;
              context.fill(one.area, "evenodd");
              context.stroke(one.area);
            }
            context.strokeStyle = "#c9d2da";
            context.lineWidth = 0.6 / view.scale;
            for (const one of graticule) context.stroke(one.line);
            underlay(context);
            plane(context);
            for (const kind of ["rings", "lines"]) {
              for (let n = layers.length - 1; n >= 0; n--) {
                const layer = layers[n];
                if (!layer.on || layer.dimension === 0) continue;
                layer.shapes.forEach((one, row) => {
                  if (!one || !one[kind] || !visible(one.box, 3)) return;
                  const color = entryOf(layer, row).color;
                  if (kind === "rings") {
                    context.globalAlpha = layer.colored ? \#(MapPalette.areaOpacity(isColored: true)) : \#(MapPalette.areaOpacity(isColored: false));
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
                  if (x < corner.x - 20 || y < corner.y - 20 || x > width - corner.x + 20 || y > height - corner.y + 20) continue;
                  const r = radii ? radii[row] : Math.round(radius * grow * 5) / 5;
                  const { sprite, side } = form(marker, entries[rows ? rows[row] : 0].color, r, opacity);
                  context.drawImage(sprite, x - side / 2, y - side / 2, side, side);
                  if (layer.count <= 60 || named.length < 400) named.push([layer, row, x, y, r]);
                }
              }
            }
            names(context, named.reverse());
            drawDegrees(context);
          }
          // Meridians are named where they leave below, parallels where they leave to the left.
          function drawDegrees(context) {
            context.font = "11px " + getComputedStyle(document.body).fontFamily;
            context.textBaseline = "alphabetic";
            context.lineWidth = 3;
            context.lineJoin = "round";
            context.strokeStyle = "rgba(255,255,255,.85)";
            context.fillStyle = "#4a4a4a";
            graticule.forEach((one, number) => {
              const [name, isMeridian] = data.degrees[number], line = one.lines[0];
              for (let i = 0; i + 3 < line.length; i += 2) {
                const a = [toX(line[i]), toY(line[i + 1])], b = [toX(line[i + 2]), toY(line[i + 3])];
                const k = isMeridian ? 1 : 0, edge = isMeridian ? height : 0;
                if (a[k] === b[k] || (a[k] - edge) * (b[k] - edge) > 0) continue;
                const at = a[1 - k] + (edge - a[k]) / (b[k] - a[k]) * (b[1 - k] - a[1 - k]);
                const size = context.measureText(name).width;
                let x = 5, y = at - 4;
                if (isMeridian) { x = at - size / 2; y = height - 6; }
                // The buttons and the scale bar keep their room.
                if (isMeridian ? x < 150 || x + size > width - 8 : y < 145 || y > height - 50) return;
                context.strokeText(name, x, y);
                context.fillText(name, x, y);
                return;
              }
            });
          }
          function names(context, named) {
            // Where very many places are in sight, those of small layers keep their names.
            if (named.length > 60) named = named.filter(([layer]) => layer.count <= 60);
            if (named.length > 120) return;
            const taken = [];
            context.textBaseline = "middle";
            context.lineWidth = 3;
            context.strokeStyle = "#fff";
            context.font = "600 12px " + getComputedStyle(document.body).fontFamily;
            for (const [layer, row, x, y, r] of named) {
              const name = nameOf(layer, row), words = name.ko || name.en;
              // What several layers draw at one place is named once.
              if (taken.some((b) => b[4] === words && Math.hypot(b[5] - x, b[6] - y) < 12)) continue;
              const size = context.measureText(words).width;
              for (const [left, top] of [
                [x + r + 4, y], [x - r - 4 - size, y], [x - size / 2, y - r - 10],
                [x - size / 2, y + r + 10]
              ]) {
                const box = [left, top - 8, left + size, top + 8, words, x, y];
                if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2) continue;
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
          function drawOver(context) {
            paper(context);
            if (!printing) context.clearRect(corner.x, corner.y, width - 2 * corner.x, height - 2 * corner.y);
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
          }

          // In print the map is one picture with its scale bar, which shrinks as a whole.
          let printing = false;
          function print(on) {
            if (on === printing) return;
            printing = on;
            if (!on) {
              if (chosen) popup.setContent(card);
              return draw();
            }
            const canvas = $("paper"), context = canvas.getContext("2d");
            look();
            corner = L.point(0, 0);
            ratio = Math.max(2, window.devicePixelRatio || 1);
            canvas.width = width * ratio; canvas.height = height * ratio;
            context.rect(0, 0, canvas.width, canvas.height);
            context.clip();
            hover = null;
            drawBase(context);
            drawOver(context);
            drawScale(context);
            $("map").parentNode.after(card);
          }
          function drawScale(context) {
            const line = document.querySelector(".leaflet-control-scale-line"), wide = parseFloat(line.style.width);
            paper(context);
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
            context.fillText(line.textContent, 12 + wide / 2, height - 19);
            context.textAlign = "start";
          }
          window.matchMedia("print").addEventListener("change", (event) => print(event.matches));
          window.addEventListener("beforeprint", () => print(true));
          window.addEventListener("afterprint", () => print(false));

        """#
}
