"""Choosing sites beside spopt and HiGHS: each problem by ours and then by the peers, in one run.

    python sites_peers.py BENCHMARKS PEERS DATA PART RESULTS

BENCHMARKS is the built benchmark program, PEERS the folder of p6_location.py, DATA that of its inputs,
PART `peers`, `quick` or `capacitated`; every run goes to RESULTS as a line of JSON. Ends with an error
where an optimal answer of one contradicts that of another.
"""
import json
import pathlib
import subprocess
import sys

program, peers, data, part, results = sys.argv[1:]
LIMIT = 60
MEDIANS = {"quick": [(100, 33), (200, 5)],
           "peers": [(100, 33), (200, 5), (400, 5), (900, 5), (900, 90)]}
COVERS = {"quick": [(1000, "1k", 20)],
          "peers": [(10000, "2k", 20), (10000, "2k", 60), (10000, "2k", 200)]}
CAPACITATED = {"quick": [(100, 10, 1.2)],
               "capacitated": [(100, 10, 1.2), (100, 20, 1.1), (200, 20, 1.1), (200, 40, 1.1),
                               (300, 30, 1.1), (400, 10, 1.1), (400, 40, 1.1), (400, 40, 1.4)]}
log = open(results, "w", encoding="utf-8")


def run(words):
    """The last line of JSON that a program prints; None where it prints none."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines or done.returncode != 0:
        text = (done.stderr.strip() or done.stdout.strip() or "nothing").splitlines()[-1]
        print(f"  no answer: {text[:100]}", file=sys.stderr)
        return None
    log.write(lines[-1] + "\n")
    log.flush()
    return json.loads(lines[-1])


def ours(*words):
    return run([program, data, "sites", "--repeat", 1, "--limit", LIMIT, "--verify", *words])


def peer(name, *words):
    return run([sys.executable, pathlib.Path(peers) / "p6_location.py", data, "--peer", name,
                "--limit", LIMIT, *words])


def report(problem, own, others, is_maximal=False):
    """A line a peer: the seconds of both, their ratio, and what the answers say of each other."""
    if own is None:
        sys.exit(f"{problem}: no answer of ours that holds")
    best, gap = own["answer"]["objective"], own["answer"]["gap_percent"]
    for name, other in others.items():
        if other is None:
            print(f"{problem:44} {name:12} {own['wall_s']:8.3f} {'–':>8} {'–':>8}  no answer")
            continue
        value, status = other["answer"]["objective"], str(other["answer"]["status"])
        sign, slack = (-1 if is_maximal else 1), 1e-6 * max(1, abs(best))
        if value is not None and sign * value < sign * own["answer"]["bound"] - slack:
            sys.exit(f"{problem}: {name} found {value}, better than our bound {own['answer']['bound']}")
        same = value is not None and abs(value - best) <= slack
        if status.startswith("Optimal") and other["wall_s"] < LIMIT and not same and gap < 1e-6:
            sys.exit(f"{problem}: {name} says {value} is optimal, ours {best}")
        word = "the same" if same else f"theirs {value}: ours is " + (
            "better" if value is None or sign * value > sign * best else "worse")
        theirs = other["answer"].get("gap_percent")
        print(f"{problem:44} {name:12} {own['wall_s']:8.3f} {other['wall_s']:8.3f} "
              f"{other['wall_s'] / own['wall_s']:8.1f}  {word}; gap {gap:.3f} %, theirs "
              + (status if theirs is None else f"{theirs} %"), flush=True)


print(f"{'problem':44} {'peer':12} {'ours s':>8} {'peer s':>8} {'ratio':>8}  answers")
for nodes, p in MEDIANS.get(part, []):
    words = ("--nodes", nodes, "-p", p)
    names = ["highspy"] + (["spopt-highs", "spopt-cbc"] if nodes <= 200 else [])
    own = ours("--which", "median", *words)
    report(f"p-median, {nodes} nodes, p = {p}", own,
           {name: peer(name, "--problem", "pmed", *words) for name in names})
for demand, candidates, p in COVERS.get(part, []):
    words = ("--demand", demand, "--candidates", candidates, "-p", p)
    names = ["highspy"] + (["spopt-highs", "spopt-cbc"] if demand <= 1000 else [])
    own = ours("--which", "cover", *words)
    report(f"mclp, {demand} × {candidates}, p = {p}", own,
           {name: peer(name, "--problem", "mclp", *words) for name in names}, is_maximal=True)
for count, p, room in CAPACITATED.get(part, []):
    own = ours("--which", "room", "--count", count, "-p", p, "--room", room)
    other = run([sys.executable, pathlib.Path(__file__).with_name("capacitated_peer.py"),
                 peers, count, p, room, LIMIT])
    report(f"capacitated p-median, {count}, p = {p}, room {room}", own, {"highspy": other})
