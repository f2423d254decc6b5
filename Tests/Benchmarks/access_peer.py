"""PySAL's access on ready pairs: the making of the pairs is not in its time.

    access_peer.py PEERS DATA METHOD RADIUS [DEMAND]

PEERS is the folder of p5_access.py, METHOD one of 2sfca, e2sfca and 3sfca, with weights of 1, 0.68 and 0.22 in the
thirds of the radius, in metres, and raam with a tau of 10 km. DEMAND is the size of the demand, 250k by default; raam
holds a dense table of demand by supply, several times, and wants less.
"""
import json
import resource
import sys
import time

import access
import numpy as np
import pandas as pd
from access.fca import three_stage_fca, two_stage_fca
from access.raam import raam
from access.weights import step_fn

peers, data, method, radius = sys.argv[1:5]
size = sys.argv[5] if len(sys.argv) > 5 else "250k"
RADIUS = float(radius)
sys.path.insert(0, peers)
from common import load  # noqa: E402
from p5_access import pairs  # noqa: E402

points, weights = load(data, f"points_{size}"), load(data, f"weights_{size}")
sites, capacities = load(data, "facilities_1k"), load(data, "capacity_1k")
i, j, d = pairs(points, sites, RADIUS)
cost = pd.DataFrame({"origin": i, "dest": j, "cost": d})
demand = pd.DataFrame({"demand": weights}, index=pd.Index(np.arange(len(weights)), name="geoid"))
supply = pd.DataFrame({"supply": capacities}, index=pd.Index(np.arange(len(capacities)), name="geoid"))
thirds = step_fn({RADIUS / 3: 1, RADIUS * 2 / 3: 0.68, RADIUS: 0.22})
run = {
    "2sfca": lambda: two_stage_fca(demand, supply, cost, demand_index=True, supply_index=True),
    "e2sfca": lambda: two_stage_fca(demand, supply, cost, RADIUS, demand_index=True, supply_index=True, weight_fn=thirds),
    "3sfca": lambda: three_stage_fca(demand, supply, cost, RADIUS, demand_index=True, supply_index=True, weight_fn=thirds),
    "raam": lambda: raam(demand, supply, cost, tau=10000.0),
}[method]
wall, cpu = time.perf_counter(), time.process_time()
found = run()
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
found = found.iloc[:, 0] if isinstance(found, pd.DataFrame) else found
print(json.dumps({
    "workload": "P5-ready", "peer": "pysal-" + method, "version": f"access {access.__version__}",
    "n": {"demand": len(points), "supply": len(sites), "radius_m": int(RADIUS), "pairs": len(d),
          "method": method},
    "wall_s": wall, "cpu_s": cpu, "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "answer": {"mean": float(found.sum() / (len(found) if method == "raam" else len(points))), "max": float(found.max())},
}))
