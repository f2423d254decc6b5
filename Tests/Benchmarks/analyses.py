"""Prints the ratios of ClusterAtlas to its peers for coverage, catchments, accessibility and matrices.

    analyses.py analyses.jsonl

Lines of one workload and size stand together; ours is divided into each peer's of the same round. Where the answers
of exact peers differ, it says so and fails.
"""
import json
import statistics
import sys

# What must agree with an exact peer: member of the answer, and how closely.
AGREE = {("P2", "ckdtree"): [("covered", 0), ("share", 1e-6)], ("P5", "pysal-2sfca"): [("mean", 1e-6), ("max", 1e-6)],
         **{(name, "pysal-" + name): [("mean", 1e-8), ("max", 1e-8)] for name in ("2sfca", "e2sfca", "3sfca", "raam")}}


def seconds(row):
    """With the pairs, where a peer makes them first and reports them apart."""
    return row["wall_s"] + row.get("pairs_s", 0)


def key(row):
    n = row["n"]
    size = n.get("points", n.get("demand", n.get("rows", n.get("zones", 0))))
    other = next((n[k] for k in ("facilities", "supply", "sites", "columns", "circles") if k in n), 0)
    workload = row["workload"]
    if workload == "P5-ready":
        workload = n["method"]
    return workload, size, other, int(n.get("radius_m", 0))


def main():
    groups = {}
    for line in open(sys.argv[1]):
        row = json.loads(line)
        name = row["peer"] + (f" {row['n']['threads']} thr" if row["peer"] == "clusteratlas" else "")
        groups.setdefault(key(row), {}).setdefault(name, []).append(row)
    print(f"{'workload':9}{'points':>9}{'sites':>8}{'radius':>8}  {'peer':20}{'ours s':>8}{'peer s':>8}  ratio (least..most)")
    failed = False
    for (workload, size, other, radius), rows in groups.items():
        ours = next((r for name, r in rows.items() if name.startswith("clusteratlas 2")), None)
        for name, theirs in rows.items():
            if ours is None or name.startswith("clusteratlas"):
                continue
            for member, tolerance in AGREE.get((workload, theirs[0]["peer"]), []):
                a, b = ours[0]["answer"][member], theirs[0]["answer"][member]
                if abs(a - b) > tolerance * max(1, abs(b)):
                    print(f"{workload}: {member} is {a}, {name} says {b}")
                    failed = True
            ratios = [seconds(b) / seconds(a) for a, b in zip(ours, theirs)]
            print(
                f"{workload:9}{size:>9}{other:>8}{radius:>8}  {name:20}"
                f"{statistics.median(map(seconds, ours)):8.3f}{statistics.median(map(seconds, theirs)):8.3f}"
                f"  {statistics.median(ratios):.1f} ({min(ratios):.1f}..{max(ratios):.1f})"
            )
        if ours and len(rows) == sum(name.startswith("clusteratlas") for name in rows):
            row = ours[0]
            print(
                f"{workload:9}{size:>9}{other:>8}{radius:>8}  {'alone':20}"
                f"{statistics.median(map(seconds, ours)):8.3f}{'':8}  {row['rate'] / 1e6:.1f} M {row['rate_unit']},"
                f" {row['rss_mb']:.0f} MB"
            )
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
