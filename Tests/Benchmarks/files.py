"""Prints how fast files are read and written, and the ratios to the peers, from results of P7."""
import json
import statistics
import sys


def least(rows, name):
    return min(row[name] for row in rows)


def main():
    rows = [json.loads(line) for line in open(sys.argv[1])]
    rows = [row for row in rows if row["workload"] == "P7"]
    runs = {}
    for row in rows:
        n = row["n"]
        stem = n["file"].split(".")[0].split("_")[0]
        kind = stem + (".csv" if n["file"].endswith(".csv") else "")
        op = n.get("op") or row["peer"].split("-")[0]
        runs.setdefault((op, kind), {}).setdefault(row["peer"], []).append(row)
    print("\n".join(sorted({row["version"] for row in rows})))
    print(f"{'':6} {'file':12} {'peer':20} {'ours s':>7} {'MB/s':>6} {'peer s':>7} "
          f"{'ratio (min..max)':>18} {'ours cpu':>8} {'peer cpu':>8}")
    for (op, kind), peers in runs.items():
        ours = peers.pop("clusteratlas", None)
        for peer, theirs in peers.items() if ours else ():
            ratios = [b["wall_s"] / a["wall_s"] for a, b in zip(ours, theirs)]
            rate = ours[0]["n"]["bytes"] / least(ours, "wall_s") / 1e6
            print(f"{op:6} {kind:12} {peer:20} {least(ours, 'wall_s'):7.3f} {rate:6.0f} "
                  f"{least(theirs, 'wall_s'):7.3f} {statistics.median(ratios):6.1f} "
                  f"({min(ratios):.1f}..{max(ratios):.1f}) {least(ours, 'cpu_s'):8.3f} "
                  f"{least(theirs, 'cpu_s') if 'cpu_s' in theirs[0] else float('nan'):8.3f}")


if __name__ == "__main__":
    main()
