"""The capacitated p-median of CapacitatedPlane.swift by HiGHS: the same draws, single sourcing.

    python capacitated_peer.py PEERS COUNT P ROOM LIMIT

spopt has no such model. PEERS holds common.py. Prints one line of JSON as the peers do.
"""
import math
import sys
import time

import numpy as np

sys.path.insert(0, sys.argv[1])
from common import emit, measure, version  # noqa: E402

count, p, room, limit = int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])
SEED = 3


def parts(seed):
    """SplitMix64, as numbers from 0 to 1."""
    mask, state = (1 << 64) - 1, seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield ((z ^ (z >> 31)) >> 11) * 2.0 ** -53


draws = parts(SEED)
points = np.array([(next(draws) * 1000, next(draws) * 1000) for _ in range(count)])
away = points[:, None, :] - points[None, :, :]
cost = np.floor(np.sqrt((away ** 2).sum(axis=2)) * 10)
draws = parts(SEED + 1)
load = np.array([math.floor(next(draws) * 20) + 1.0 for _ in range(count)])
total = load.sum() * room / p
capacity = math.ceil(total)


def solve():
    import highspy
    from scipy import sparse as sp
    start = time.perf_counter()
    pairs = count * count  # columns: y (count), x (count × count, a line of sites a demand)
    link = sp.hstack([sp.kron(np.ones((count, 1)), -sp.eye(count)), sp.eye(pairs)])
    once = sp.hstack([sp.csr_matrix((count, count)), sp.kron(sp.eye(count), np.ones((1, count)))])
    held = sp.hstack([-capacity * sp.eye(count), sp.kron(load[None, :], sp.eye(count))])
    number = sp.csr_matrix(np.r_[np.ones(count), np.zeros(pairs)])
    rows = sp.vstack([link, once, held, number]).tocsc()
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = rows.shape[1], rows.shape[0]
    lp.col_cost_ = np.r_[np.zeros(count), cost.ravel()]
    lp.col_lower_, lp.col_upper_ = np.zeros(count + pairs), np.ones(count + pairs)
    lp.row_lower_ = np.r_[np.full(pairs, -np.inf), np.ones(count), np.full(count, -np.inf), p]
    lp.row_upper_ = np.r_[np.zeros(pairs), np.ones(count), np.zeros(count), p]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
    lp.integrality_ = [highspy.HighsVarType.kInteger] * (count + pairs)
    solver = highspy.Highs()
    for name, value in (("output_flag", False), ("threads", 1), ("time_limit", limit), ("mip_rel_gap", 0.01)):
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    build = time.perf_counter() - start
    solver.run()
    info = solver.getInfo()
    value = info.objective_function_value
    return {"objective": round(value, 3) if abs(value) < 1e20 else None,
            "bound": round(info.mip_dual_bound, 3), "gap_percent": round(100 * info.mip_gap, 3),
            "status": solver.modelStatusToString(solver.getModelStatus()), "build_s": round(build, 2)}


timing, answer = measure(solve)
# Within one percent is what is asked for, of both: the answers need not be the same.
if answer["status"] == "Optimal":
    answer["status"] = "within 1 %"
emit("P6-capacitated", "highspy", version("highspy"), {"points": count, "p": p, "room": room}, timing, answer)
