extension ViewerScript {
    /// The map, which Leaflet moves, and the sheets that are drawn on it.
    static let moving = #"""
          // A position is [north, east] in decimetres of the plane; at zoom 20 one of them is a pixel.
          // On the plane of tiles the zoom is theirs, and lengths are put right.
          const earth = 6378137, round = 2 * Math.PI * earth, part = data.base ? 0.1 / round : Math.pow(2, -20) / 256;
          const [east, north] = data.plane.origin;
          const shift = data.base ? [east / round + 0.5, 0.5 - north / round] : [0, 0];
          const stretch = (y) => data.base ? Math.cosh((north + y / 10) / earth) : 1;
          const crs = L.Util.extend({}, L.CRS.Simple, {
            transformation: new L.Transformation(part, shift[0], -part, shift[1]),
            scale: (zoom) => 256 * Math.pow(2, zoom),
            zoom: (scale) => Math.log2(scale / 256),
            distance: (a, b) => Math.hypot(a.lng - b.lng, a.lat - b.lat) / 10 / stretch((a.lat + b.lat) / 2)
          });
          const zoomOf = (scale) => crs.zoom(scale / part);
          const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
          const map = L.map("map", {
            crs, attributionControl: false, zoomControl: false, zoomSnap: 0, zoomDelta: 0.75, minZoom: -20, maxZoom: 19,
            wheelPxPerZoomLevel: 90, fadeAnimation: false, zoomAnimation: !calm, inertia: !calm, tap: false,
            trackResize: false, closePopupOnClick: false
          });
          if (calm) map.panBy = (by) => L.Map.prototype.panBy.call(map, by, { animate: false });
          const ground = map.getContainer();

          // The view: what lies in the middle, and pixels a decimetre.
          const view = { x: 0, y: 0, scale: 1 };
          let width = 0, height = 0, least = 0;
          function look() {
            const { min, max } = map.getPixelBounds(), size = map.getSize();
            width = size.x; height = size.y;
            view.scale = part * crs.scale(map.getZoom());
            const middle = map.unproject(min.add(max).divideBy(2));
            view.x = middle.lng; view.y = middle.lat;
          }
          map.on("move", look);
          const rectangle = ([a, b, c, d]) => L.latLngBounds([b, a], [d, c]);
          function showAll() {
            map.setMinZoom(-20);
            const zoom = map.getBoundsZoom(rectangle(data.home));
            least = part * crs.scale(zoom - 2);
            map.setView(rectangle(data.home).getCenter(), zoom, { reset: true });
            map.setMinZoom(zoom - 2);
          }
          const toX = (x) => width / 2 + (x - view.x) * view.scale;
          const toY = (y) => height / 2 - (y - view.y) * view.scale;
          function visible(box, room) {
            return toX(box[2]) >= corner.x - room && toX(box[0]) <= width - corner.x + room
              && toY(box[1]) >= corner.y - room && toY(box[3]) <= height - corner.y + room;
          }

          // A sheet is drawn as far as it is seen, and a little farther; corner is where it begins.
          let corner = L.point(0, 0), ratio = 1;
          const plane = (context) => context.setTransform(
            ratio * view.scale, 0, 0, -ratio * view.scale,
            ratio * (width / 2 - view.x * view.scale - corner.x), ratio * (height / 2 + view.y * view.scale - corner.y));
          const paper = (context) => context.setTransform(ratio, 0, 0, ratio, -ratio * corner.x, -ratio * corner.y);
          const Sheet = L.Renderer.extend({
            initialize: function (paint) {
              L.Renderer.prototype.initialize.call(this, { padding: 0.1 });
              this._paint = paint;
            },
            getEvents: function () {
              return L.Util.extend(L.Renderer.prototype.getEvents.call(this), { move: this._follow, moveend: this._follow });
            },
            _initContainer: function () {
              this._container = L.DomUtil.create("canvas");
              this._container.setAttribute("aria-hidden", "true");
            },
            // A map that takes long is moved as the picture it was, and drawn again when all is still.
            _follow: function () {
              if (took < 12) return this._update();
              clearTimeout(later);
              later = setTimeout(draw, 140);
            },
            _update: function () {
              if (this._map._animatingZoom && this._bounds) return;
              L.Renderer.prototype._update.call(this);
              const canvas = this._container, size = this._bounds.getSize();
              ratio = window.devicePixelRatio || 1;
              const wide = Math.round(size.x * ratio), high = Math.round(size.y * ratio);
              if (canvas.width !== wide || canvas.height !== high) {
                canvas.width = wide; canvas.height = high;
                canvas.style.width = size.x + "px"; canvas.style.height = size.y + "px";
              }
              L.DomUtil.setPosition(canvas, this._bounds.min);
              corner = map.layerPointToContainerPoint(this._bounds.min);
              look();
              this._paint(canvas.getContext("2d"));
            }
          });
          let took = 0, later = 0, asked = false;
          const base = new Sheet((context) => {
            const start = performance.now();
            drawBase(context);
            took = performance.now() - start;
          });
          const over = new Sheet((context) => drawOver(context));
          function draw() {
            if (asked) return;
            asked = true;
            requestAnimationFrame(() => {
              asked = false;
              clearTimeout(later);
              base._update(); over._update();
            });
          }
          function resize() {
            const before = width, center = map.getCenter();
            if (ground.clientWidth === width && ground.clientHeight === height) return;
            map.invalidateSize({ pan: false });
            if (before) map.setView(center, map.getZoom(), { reset: true });
            else showAll();
          }

          // Buttons and the scale bar.
          function controls() {
            L.control.scale({ imperial: false, maxWidth: 110 }).addTo(map);
            const bar = L.control.zoom({
              zoomInTitle: "확대 · Zoom in", zoomOutText: "−", zoomOutTitle: "축소 · Zoom out"
            }).addTo(map).getContainer();
            const home = make("a", "⤢", bar);
            home.href = "#"; home.title = "전체 보기 · Show all";
            home.setAttribute("role", "button");
            home.setAttribute("aria-label", home.title);
            L.DomEvent.disableClickPropagation(home);
            home.addEventListener("click", (event) => { event.preventDefault(); showAll(); });
            bar.addEventListener("keydown", (event) => {
              if (event.key !== " ") return;
              event.preventDefault();
              event.target.click();
            });
          }
          // Tiles of an online map, where the page has one; the land is drawn until they are there.
          let tilesAreHere = false;
          if (data.base) {
            const words = document.createElement("span");
            words.textContent = data.base.credit;
            L.control.attribution({ prefix: false }).addAttribution(words.innerHTML).addTo(map);
            const tiles = L.tileLayer(data.base.address, { maxNativeZoom: 18, maxZoom: 24, className: "tiles" });
            tiles.on("tileload", () => { if (!tilesAreHere) { tilesAreHere = true; draw(); } });
            tiles.addTo(map);
          }
          map.on("keydown", ({ originalEvent: event }) => {
            if (event.target !== ground || (event.key !== "0" && event.key !== "Home")) return;
            event.preventDefault();
            showAll();
          });

        """#
}
