extension MapScript {
    /// Brings longitude and latitude onto the plane of the map, and back.
    ///
    /// EPSG:5179 by Krüger's series to the third order (C. F. F. Karney, Transverse Mercator with an
    /// accuracy of a few nanometers, 2011, doi:10.1007/s00190-011-0445-3): right to a millimetre within
    /// a thousand kilometres of its meridian. Rings by T. Vincenty's direct solution (Survey Review
    /// 23/176, 1975).
    static let plane = #"""
          // Longitude and latitude on the plane of the map, in its decimetres.
          const degree = Math.PI / 180;
          const mercator = (function () {
            const f = 1 / 298.257222101, e = Math.sqrt(f * (2 - f)), n = f / (2 - f), n2 = n * n, n3 = n * n2;
            const reach = 0.9996 * 6378137 / (1 + n) * (1 + n2 / 4 + n2 * n2 / 64);
            const there = [n / 2 - n2 * 2 / 3 + n3 * 5 / 16, n2 * 13 / 48 - n3 * 3 / 5, n3 * 61 / 240];
            const back = [n / 2 - n2 * 2 / 3 + n3 * 37 / 96, n2 / 48 + n3 / 15, n3 * 17 / 480];
            const lift = [2 * n - n2 * 2 / 3 - n3 * 2, n2 * 7 / 3 - n3 * 8 / 5, n3 * 56 / 15];
            const series = (terms, x, y, sign) => terms.reduce(([a, b], term, i) => {
              const k = 2 * (i + 1);
              return [a + sign * term * Math.sin(k * x) * Math.cosh(k * y), b + sign * term * Math.cos(k * x) * Math.sinh(k * y)];
            }, [x, y]);
            const raw = (lon, lat) => {
              const sine = Math.sin(lat * degree), turn = (lon - 127.5) * degree;
              const t = Math.sinh(Math.atanh(sine) - e * Math.atanh(e * sine));
              return series(there, Math.atan2(t, Math.cos(turn)), Math.asinh(Math.sin(turn) / Math.hypot(t, Math.cos(turn))), 1);
            };
            const start = raw(127.5, 38)[0];
            return {
              put: (lon, lat) => {
                const [north, east] = raw(lon, lat);
                return [1e6 + reach * east, 2e6 + reach * (north - start)];
              },
              back: (x, y) => {
                const [north, east] = series(back, (y - 2e6) / reach + start, (x - 1e6) / reach, -1);
                const chi = Math.asin(Math.sin(north) / Math.cosh(east));
                const lat = lift.reduce((sum, term, i) => sum + term * Math.sin(2 * (i + 1) * chi), chi);
                return [127.5 + Math.atan2(Math.sinh(east), Math.cos(north)) / degree, lat / degree];
              }
            };
          })();
          const across = data.plane.across, along = 6371008.8 * degree;
          function put(lon, lat) {
            const [x, y] = across === null ? mercator.put(lon, lat) : [lon * across, lat * along];
            return [(x - data.plane.origin[0]) * 10, (y - data.plane.origin[1]) * 10];
          }
          function back(x, y) {
            const east = data.plane.origin[0] + x / 10, north = data.plane.origin[1] + y / 10;
            return across === null ? mercator.back(east, north) : [east / across, north / along];
          }
          // Where a geodesic ends.
          function reached(lon, lat, azimuth, metres) {
            const a = 6378137, f = 1 / 298.257223563, b = a * (1 - f);
            const sinA = Math.sin(azimuth * degree), cosA = Math.cos(azimuth * degree);
            const tanU = (1 - f) * Math.tan(lat * degree), cosU = 1 / Math.hypot(1, tanU), sinU = tanU * cosU;
            const sigma1 = Math.atan2(tanU, cosA), sine = cosU * sinA, square = 1 - sine * sine;
            const u2 = square * (a * a / (b * b) - 1);
            const A = 1 + u2 / 16384 * (4096 + u2 * (u2 * (320 - 175 * u2) - 768));
            const B = u2 / 1024 * (256 + u2 * (u2 * (74 - 47 * u2) - 128));
            let sigma = metres / (b * A);
            for (let i = 0; i < 8; i++) {
              const m = Math.cos(2 * sigma1 + sigma), s = Math.sin(sigma), c = Math.cos(sigma);
              sigma = metres / (b * A) + B * s * (m + B / 4 * (c * (2 * m * m - 1)
                - B / 6 * m * (4 * s * s - 3) * (4 * m * m - 3)));
            }
            const m = Math.cos(2 * sigma1 + sigma), s = Math.sin(sigma), c = Math.cos(sigma);
            const turn = Math.atan2(s * sinA, cosU * c - sinU * s * cosA);
            const C = f / 16 * square * (4 + f * (4 - 3 * square));
            return [
              lon + (turn - (1 - C) * f * sine * (sigma + C * s * (m + C * c * (2 * m * m - 1)))) / degree,
              Math.atan2(sinU * c + cosU * s * cosA,
                (1 - f) * Math.hypot(sine, sinU * s - cosU * c * cosA)) / degree
            ];
          }
          // A geometry of GeoJSON as a shape of the map.
          function shapeOf(geometry) {
            const raw = [[], [], []];
            const steps = (line) => {
              let last = [0, 0];
              return line.flatMap(([lon, lat]) => {
                const here = put(lon, lat), step = [here[0] - last[0], here[1] - last[1]];
                last = here;
                return step;
              });
            };
            const add = (one) => {
              if (!one) return;
              const inner = one.coordinates;
              if (one.type === "Point") raw[0].push(...put(...inner));
              if (one.type === "MultiPoint") for (const place of inner) raw[0].push(...put(...place));
              if (one.type === "LineString") raw[1].push(steps(inner));
              if (one.type === "MultiLineString" || one.type === "Polygon") {
                raw[one.type === "Polygon" ? 2 : 1].push(...inner.map(steps));
              }
              if (one.type === "MultiPolygon") raw[2].push(...inner.flat().map(steps));
              if (one.type === "GeometryCollection") one.geometries.forEach(add);
            };
            add(geometry);
            return shape(raw);
          }

        """#
}
