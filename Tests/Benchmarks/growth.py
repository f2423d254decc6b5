"""How time and memory grow: 10⁴ to 10⁷ points, and the two large nearest-facility jobs.

    python growth.py PEERS DATA BENCHMARKS [CLI]

PEERS holds generate.py; the points it makes are kept in DATA. BENCHMARKS is the built benchmark
program; CLI is a release build of `clusteratlas`, for the job that goes from file to file.
"""
import json
import math
import os
import pathlib
import subprocess
import sys
import time

peers, data, program = (pathlib.Path(a) for a in sys.argv[1:4])
SIZES = {"10k": 10**4, "100k": 10**5, "1M": 10**6, "6M": 6 * 10**6, "10M": 10**7}
# In a process of its own: a child's greatest memory begins with its parent's.
MAKE = """
import pathlib, sys
import numpy as np
sys.path.insert(0, sys.argv[1])
from generate import clustered
data = pathlib.Path(sys.argv[2])
for pair in sys.argv[3:]:
    name, n = pair.split("=")
    if not (data / f"points_{name}.npy").exists():
        np.save(data / f"points_{name}.npy", clustered(int(n), 11))
    if not (data / f"weights_{name}.npy").exists():
        weights = np.random.default_rng(12).integers(1, 500, int(n))
        np.save(data / f"weights_{name}.npy", weights.astype(float))
if not (data / "facilities_20k.npy").exists():
    np.save(data / "facilities_20k.npy", clustered(20_000, 21))
table, offices = data / "points_10M.csv", data / "facilities_200k.csv"
if not table.exists():
    np.savetxt(table, np.load(data / "points_10M.npy"), "%.7f", ",", header="lon,lat", comments="")
if not offices.exists():
    places = np.load(data / "facilities_200k.npy")
    rows = np.column_stack((np.arange(len(places)), places))
    np.savetxt(offices, rows, ("%d", "%.7f", "%.7f"), ",", header="id,lon,lat", comments="")
"""
subprocess.run(
    [sys.executable, "-c", MAKE, peers, data, *(f"{name}={n}" for name, n in SIZES.items())], check=True)


def run(*words):
    line = subprocess.run(
        [program, data, *words, "--threads", "2", "--repeat", "3"],
        capture_output=True, text=True, check=True).stdout
    row = json.loads(line)
    return row["wall_s"], row["cpu_s"], row["rss_mb"]


JOBS = {
    "nearest of 10,000": ("nearest", "--facilities", "10k", "-k", "1"),
    "within 10 km of 1,000, with weights": ("within", "--facilities", "1k", "--radius", "10000"),
    "catchments of 1,000": ("catchments", "--facilities", "1k"),
    "2SFCA to 1,000 within 20 km": ("access", "--facilities", "1k", "--radius", "20000"),
}
print(f"{'job':38} {'points':>10} {'wall s':>8} {'cpu s':>8} {'MB':>7} {'exponent':>9}")
for job, words in JOBS.items():
    before = None
    for name in ("10k", "100k", "1M", "10M"):
        wall, cpu, memory = run(*words, "--points", name)
        slope = f"{math.log10(cpu / before):9.2f}" if before else " " * 9
        print(f"{job:38} {SIZES[name]:10,} {wall:8.3f} {cpu:8.3f} {memory:7.0f} {slope}", flush=True)
        before = cpu
for points, facilities, k in (("10M", "200k", "1"), ("6M", "20k", "5")):
    wall, cpu, memory = run("nearest", "--points", points, "--facilities", facilities, "-k", k)
    job = f"nearest {k} of {facilities}, in memory"
    print(f"{job:38} {SIZES[points]:10,} {wall:8.3f} {cpu:8.3f} {memory:7.0f}", flush=True)

if len(sys.argv) > 4:
    table, offices = data / "points_10M.csv", data / "facilities_200k.csv"
    out = data / "nearest_10M.csv"
    start = time.perf_counter()
    done = subprocess.Popen([sys.argv[4], "proximity", table, "--to", offices, "-o", out, "--quiet"])
    _, _, usage = os.wait4(done.pid, 0)
    wall, cpu = time.perf_counter() - start, usage.ru_utime + usage.ru_stime
    job = "nearest 1 of 200k, CSV to CSV"
    print(f"{job:38} {10**7:10,} {wall:8.3f} {cpu:8.3f} {usage.ru_maxrss / 1024:7.0f}")
    out.unlink(missing_ok=True)
