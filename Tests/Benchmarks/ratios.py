"""Prints the ratios of ClusterAtlas to its peers, run by run, from results.jsonl."""
import json
import statistics
import sys


def main():
    rows = [json.loads(line) for line in open(sys.argv[1])]
    runs = {}
    for row in rows:
        n = row["n"]
        key = (row["workload"], n["points"], n["facilities"], n["k"], n["threads"])
        runs.setdefault(key, {}).setdefault(row["peer"], []).append(row)
    versions = sorted({row["version"] for row in rows})
    print("\n".join(versions))
    print(f"{'workload':8} {'points':>9} {'sites':>7} {'k':>2} {'thr':>3} {'peer':14} "
          f"{'ours s':>8} {'peer s':>8} {'ratio (min..max)':>20}")
    for key, peers in runs.items():
        ours = peers.pop("clusteratlas", None)
        for peer, theirs in peers.items():
            if ours is None:
                continue
            for a, b in zip(ours, theirs):
                for name in ("mean_m", "max_m"):
                    if abs(a["answer"][name] - b["answer"][name]) > 0.01 and peer == "ckdtree":
                        sys.exit(f"{peer}: another answer: {a['answer']} and {b['answer']}")
            ratios = [b["wall_s"] / a["wall_s"] for a, b in zip(ours, theirs)]
            print(f"{key[0]:8} {key[1]:9} {key[2]:7} {key[3]:2} {key[4]:3} {peer:14} "
                  f"{statistics.median(r['wall_s'] for r in ours):8.3f} "
                  f"{statistics.median(r['wall_s'] for r in theirs):8.3f} "
                  f"{statistics.median(ratios):7.1f} ({min(ratios):.1f}..{max(ratios):.1f})")


if __name__ == "__main__":
    main()
