"""Screens candidates by the six rules with GeoPandas, and counts the same funnel.

    screen_peer.py FOLDER COUNT [--write FILE]

Areas are asked in longitude and latitude, as ours are; distances are planar in EPSG:5179, which is
what GeoPandas can do: they are up to some parts in ten thousand off. A million candidates at a time,
because the pairs of a join within a distance fill the memory otherwise.
"""
import json
import pathlib
import resource
import sys
import time

NAMES = ["gentle", "in the region", "dry", "near a station", "a school near", "people enough"]


def verdicts(table, layers):
    """A column of verdicts for each rule, all asked of all candidates, as the funnel needs them."""
    import geopandas
    import numpy as np

    degrees = geopandas.GeoDataFrame(
        table, geometry=geopandas.points_from_xy(table.lon, table.lat), crs=4326)
    degrees = degrees.reset_index(drop=True)
    metres = degrees[["geometry"]].to_crs(5179)
    count = len(degrees)
    result = np.zeros((len(NAMES), count), dtype=bool)
    result[0] = degrees.slope.to_numpy() <= 15
    joined = degrees[["geometry"]].sjoin(layers["region"], predicate="intersects")
    result[1][joined.index.to_numpy()] = True
    joined = degrees[["geometry"]].sjoin(layers["flood"], predicate="intersects")
    result[2] = True
    result[2][joined.index.to_numpy()] = False
    joined = metres.sjoin_nearest(layers["stations"], max_distance=2500)
    result[3][joined.index.to_numpy()] = True
    joined = metres.sjoin(layers["schools"], predicate="dwithin", distance=6000)
    result[4] = np.bincount(joined.index.to_numpy(), minlength=count) >= 1
    joined = metres.sjoin(layers["towns"], predicate="dwithin", distance=10_000)
    sums = np.bincount(joined.index.to_numpy(), weights=joined.people, minlength=count)
    result[5] = sums >= 60_000
    return result


def main():
    import geopandas
    import numpy as np
    import pandas

    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    started = time.perf_counter()
    layers = {
        name: geopandas.read_file(folder / f"{name}.geojson")
        for name in ["region", "flood", "stations", "schools", "towns"]}
    for name in ["stations", "schools", "towns"]:
        layers[name] = layers[name].to_crs(5179)
    funnel = {name: {"rejected": 0, "alone": 0} for name in NAMES}
    passed = 0
    kept, failed = [], []
    for table in pandas.read_csv(folder / f"candidates_{count}.csv", chunksize=1_000_000):
        met = verdicts(table, layers)
        first = np.where(met.all(axis=0), len(NAMES), (~met).argmax(axis=0))
        alone = (~met).sum(axis=0) == 1
        for place, name in enumerate(NAMES):
            funnel[name]["rejected"] += int((first == place).sum())
            funnel[name]["alone"] += int((alone & (first == place)).sum())
        passed += int((first == len(NAMES)).sum())
        kept.append(table[first == len(NAMES)])
        failed.append(first)
    pandas.concat(kept).to_csv(folder / "peer.csv", index=False)
    wall = time.perf_counter() - started
    if "--write" in sys.argv:
        np.save(sys.argv[sys.argv.index("--write") + 1], np.concatenate(failed))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({
        "workload": "P8", "peer": "geopandas", "version": "geopandas " + geopandas.__version__,
        "n": {"candidates": count, "rules": len(NAMES)}, "wall_s": wall,
        "cpu_s": usage.ru_utime + usage.ru_stime, "memory_mb": usage.ru_maxrss / 1024,
        "answer": {"passed": passed, "funnel": funnel}}))


if __name__ == "__main__":
    main()
