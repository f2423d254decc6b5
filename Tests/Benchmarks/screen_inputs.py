"""Makes what the benchmark of screening reads: candidates, layers and six rules, of a fixed seed.

    screen_inputs.py FOLDER COUNT     writes candidates_COUNT.csv and the layers into FOLDER
"""
import json
import pathlib
import sys

WEST, SOUTH, EAST, NORTH = 126.2, 34.4, 129.5, 38.2

RULES = """\
rules:
  - name: gentle
    attribute: slope
    max: 15
  - name: in the region
    within: region.geojson
  - name: dry
    outside: flood.geojson
  - name: near a station
    distance: stations.geojson
    max: 2500m
  - name: a school near
    count: schools.geojson
    radius: 6km
    min: 1
  - name: people enough
    sum: towns.geojson
    of: people
    radius: 10km
    min: 60000
"""


def collection(path, features):
    with open(path, "w") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        file.write(",\n".join(
            json.dumps({"type": "Feature", "properties": properties, "geometry": geometry})
            for properties, geometry in features))
        file.write("\n]}\n")


def ring(random, x, y, radius, count, roughness):
    import numpy as np

    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    reach = radius * (1 + roughness * np.sin(7 * turn + 1) + roughness / 3 * random.uniform(-1, 1, count))
    points = np.column_stack([x + reach * np.cos(turn), y + reach * np.sin(turn) * 0.85]).round(7)
    return np.vstack([points, points[:1]]).tolist()


def main():
    import numpy as np

    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(81)
    (folder / "rules.yaml").write_text(RULES)

    def places(number):
        return np.column_stack([
            random.uniform(WEST, EAST, number), random.uniform(SOUTH, NORTH, number)]).round(7)

    region = ring(random, 127.8, 36.3, 1.5, 20_000, 0.12)
    collection(folder / "region.geojson", [({}, {"type": "Polygon", "coordinates": [region]})])
    collection(folder / "flood.geojson", [
        ({}, {"type": "Polygon", "coordinates": [ring(random, x, y, r, 60, 0.2)]})
        for (x, y), r in zip(places(2000), random.uniform(0.01, 0.04, 2000))])
    for name, number in [("stations", 10_000), ("schools", 2000), ("towns", 2000)]:
        people = random.integers(500, 30_000, number)
        collection(folder / f"{name}.geojson", [
            ({"people": int(p)}, {"type": "Point", "coordinates": [float(x), float(y)]})
            for (x, y), p in zip(places(number), people)])
    random = np.random.default_rng(82)
    with open(folder / f"candidates_{count}.csv", "w") as file:
        file.write("id,lon,lat,slope\n")
        for first in range(0, count, 1_000_000):
            number = min(1_000_000, count - first)
            x = random.uniform(WEST, EAST, number).round(6)
            y = random.uniform(SOUTH, NORTH, number).round(6)
            slope = random.gamma(2, 5, number).round(2)
            file.write("".join(
                f"{first + i},{a},{b},{s}\n"
                for i, (a, b, s) in enumerate(zip(x.tolist(), y.tolist(), slope.tolist()))))


if __name__ == "__main__":
    main()
