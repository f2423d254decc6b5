"""Makes the files that P7 reads: a million points as GeoJSON and CSV, and about 100 MB of areas."""
import pathlib
import sys


def main():
    peers, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    sys.path.insert(0, str(peers))
    import numpy as np
    from generate import clustered, tessellation, write_points, write_polygons

    points = clustered(1_000_000, 11)
    write_points(out / "points_1M.geojson", points, 71)
    write_polygons(out / "polygons_large.geojson", tessellation(3500, 41, 7), 7, 42)
    random = np.random.default_rng(72)
    people = random.integers(0, 100_000, len(points))
    share = np.round(random.uniform(0, 1, len(points)), 6)
    with open(out / "points_1M.csv", "w") as file:
        file.write("id,name,lon,lat,people,share\n")
        for i, (x, y) in enumerate(points):
            file.write(f"{i},마을 {i % 5000},{x},{y},{people[i]},{share[i]}\n")


if __name__ == "__main__":
    main()
