"""Screens candidates by six rules with `clusteratlas sites screen` and with GeoPandas, in turn.

    screen.py PROGRAM FOLDER [COUNT] [PEER_COUNT]

First both answer for 100,000 candidates, and where they differ the geodesic decides (pyproj, against
every feature): ours must be right. Then ours is timed with COUNT candidates (10,000,000 by default) and
GeoPandas with PEER_COUNT (as many by default; its time grows evenly with them).
"""
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
NAMES = ["gentle", "in the region", "dry", "near a station", "a school near", "people enough"]


def make(folder, count):
    if not (folder / f"candidates_{count}.csv").exists():
        subprocess.run(
            [sys.executable, HERE / "screen_inputs.py", folder, str(count)], check=True)


def ours(program, folder, count, explain=False):
    arguments = [
        program, "sites", "screen", f"candidates_{count}.csv", "--rules", "rules.yaml", "--json",
        "--quiet", "-o", "ours.csv"] + (["--explain"] if explain else [])
    started = time.perf_counter()
    process = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"sites screen failed with {status}")
    return {
        "workload": "P8", "peer": "clusteratlas", "n": {"candidates": count, "rules": 6},
        "wall_s": time.perf_counter() - started, "cpu_s": usage.ru_utime + usage.ru_stime,
        "memory_mb": usage.ru_maxrss / 1024, "answer": json.loads(output)}


def peer(folder, count, *more):
    run = subprocess.run(
        [sys.executable, HERE / "screen_peer.py", folder, str(count), *more], check=True,
        stdout=subprocess.PIPE)
    return json.loads(run.stdout)


def exact(folder, row):
    """The first rule that a candidate fails, by geodesics to every feature."""
    import geopandas
    import numpy as np
    import pyproj
    import shapely

    geod = pyproj.Geod(ellps="WGS84")

    def layer(name):
        return geopandas.read_file(folder / f"{name}.geojson")

    def metres(name):
        other = layer(name)
        count = len(other)
        return other, geod.inv(
            [row.lon] * count, [row.lat] * count, other.geometry.x, other.geometry.y)[2]

    point = shapely.Point(row.lon, row.lat)
    if row.slope > 15:
        return 0
    if not layer("region").intersects(point).any():
        return 1
    if layer("flood").intersects(point).any():
        return 2
    if metres("stations")[1].min() > 2500:
        return 3
    if (metres("schools")[1] <= 6000).sum() < 1:
        return 4
    towns, far = metres("towns")
    return 5 if towns.people.to_numpy()[np.asarray(far) <= 10_000].sum() < 60_000 else 6


def check(program, folder):
    import numpy as np
    import pandas

    make(folder, 100_000)
    ours(program, folder, 100_000, explain=True)
    peer(folder, 100_000, "--write", str(folder / "peer.npy"))
    table = pandas.read_csv(folder / "ours.csv")
    names = {name: place for place, name in enumerate(NAMES)}
    first = table.failed_rule.map(names).fillna(len(NAMES)).astype(int).to_numpy()
    differ = np.flatnonzero(first != np.load(folder / "peer.npy"))
    wrong = [i for i in differ[:100] if exact(folder, table.iloc[i]) != first[i]]
    print(
        f"100,000 candidates: {len(differ)} answers differ between geodesic and planar distances; "
        f"of {min(100, len(differ))} looked at, ours is wrong in {len(wrong)}")
    if wrong or len(differ) > 500:
        sys.exit("the answers do not agree")


def main():
    program, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000_000
    peer_count = int(sys.argv[4]) if len(sys.argv) > 4 else count
    check(program, folder)
    make(folder, count)
    make(folder, peer_count)
    mine = ours(program, folder, count)
    theirs = peer(folder, peer_count)
    for row in [mine, theirs]:
        rate = row["n"]["candidates"] / row["wall_s"]
        print(
            f"{row['peer']:12} {row['n']['candidates']:>10,} candidates {row['wall_s']:8.1f} s "
            f"{row['cpu_s']:8.1f} s of processor {rate:>10,.0f} /s {row['memory_mb']:7.0f} MB")
        row["rate"] = rate
    print(theirs["version"])
    print(f"ratio {mine['rate'] / theirs['rate']:.1f}")


if __name__ == "__main__":
    main()
