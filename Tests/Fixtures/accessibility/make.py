"""Makes the known answers of accessibility: run with PySAL's access and pyproj installed.

    pip install access pyproj && python make.py

Writes demand.csv, supply.csv, costs.csv and expected.csv beside itself. See README.md.
"""
import csv
import pathlib
import random

import numpy as np
import pandas as pd
import pyproj
from access import weights
from access.fca import three_stage_fca, two_stage_fca, weighted_catchment
from access.raam import raam

HERE = pathlib.Path(__file__).parent
LIMIT = 20_000.0


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def places():
    """Demand and supply around Daejeon, with whole persons and capacities."""
    pick = random.Random(20)
    demand = [[f"d{i:02}", round(pick.uniform(127.1, 127.7), 5), round(pick.uniform(36.1, 36.6), 5),
               pick.randrange(20, 900)] for i in range(60)]
    demand[7][3] = 0
    # Nobody here reaches anything.
    demand[11][1:3] = [129.5, 35.1]
    supply = [[f"s{j:02}", round(pick.uniform(127.2, 127.6), 5), round(pick.uniform(36.2, 36.5), 5),
               pick.randrange(1, 60)] for j in range(15)]
    supply[4][3] = 0
    # Nobody reaches this one.
    supply[9][1:3] = [126.3, 33.4]
    # This one stands where demand is.
    supply[2][1:3] = demand[3][1:3]
    return demand, supply


def main():
    demand, supply = places()
    geod = pyproj.Geod(ellps="WGS84")
    costs = [(p[0], f[0], geod.inv(p[1], p[2], f[1], f[2])[2]) for p in demand for f in supply]
    write("demand.csv", ["id", "lon", "lat", "persons"], demand)
    write("supply.csv", ["id", "lon", "lat", "capacity"], supply)
    write("costs.csv", ["demand", "supply", "metres"], [(a, b, repr(c)) for a, b, c in costs])

    cost = pd.DataFrame(costs, columns=["origin", "dest", "cost"])
    cost = cost[cost.cost <= LIMIT].reset_index(drop=True)
    ids = [p[0] for p in demand]
    d = pd.DataFrame({"demand": [p[3] for p in demand]}, index=pd.Index(ids, name="geoid"))
    s = pd.DataFrame({"supply": [f[3] for f in supply]},
                     index=pd.Index([f[0] for f in supply], name="geoid"))

    steps = weights.step_fn({5000: 1, 10_000: 0.68, 20_000: 0.22})
    to_zero = lambda x: (np.exp(-0.5 * (x / LIMIT) ** 2) - np.exp(-0.5)) / (1 - np.exp(-0.5))
    kernel = lambda x: 0.75 * (1 - (x / LIMIT) ** 2)
    logistic = lambda x: 1 / (1 + (x / 8000) ** 3)
    power = weights.gravity(1000, -1.5, 1000)
    exponential = lambda x: np.exp(-x / 5000)

    def reached(fn):
        return weighted_catchment(s, cost, LIMIT, cost_source="dest", cost_dest="origin",
                                  loc_index=True, loc_value="supply", weight_fn=fn)

    def two(fn):
        return two_stage_fca(d, s, cost, LIMIT, demand_index=True, weight_fn=fn)

    def three(fn):
        return three_stage_fca(d, s, cost.copy(), LIMIT, demand_index=True, weight_fn=fn)

    # What access does not have: the plain definition over dense matrices.
    table = cost.pivot(index="origin", columns="dest", values="cost").reindex(
        index=d.index, columns=s.index)
    p, c = d.demand.to_numpy(float), s.supply.to_numpy(float)

    def dense(fn):
        return table.map(lambda x: 0.0 if np.isnan(x) else fn(x)).to_numpy()

    def modified(fn):
        w = dense(fn)
        load = p @ w
        ratio = np.divide(c, load, out=np.zeros_like(c), where=load > 0)
        return pd.Series((w * w) @ ratio, index=d.index)

    def balanced(fn):
        w = dense(fn)
        rows, columns = w.sum(1, keepdims=True), w.sum(0, keepdims=True)
        wi = np.divide(w, rows, out=np.zeros_like(w), where=rows > 0)
        wj = np.divide(w, columns, out=np.zeros_like(w), where=columns > 0)
        load = p @ wi
        ratio = np.divide(c, load, out=np.zeros_like(c), where=load > 0)
        return pd.Series(wj @ ratio, index=d.index)

    pysal, plain = "access 1.1.10.post3", "plain definition"
    answers = [
        ("cumulative", "binary", pysal, reached(None)),
        ("gravity", "power:1.5:1km", pysal, reached(power)),
        ("gravity", "exponential:5km", pysal, reached(exponential)),
        ("gravity", "gaussian:8km", pysal, reached(weights.gaussian(8000))),
        ("gravity", "log-logistic:8km:3", pysal, reached(logistic)),
        ("2sfca", "binary", pysal, two(None)),
        ("e2sfca", "steps:5km=1,10km=0.68,20km=0.22", pysal, two(steps)),
        ("e2sfca", "gaussian:8km", pysal, two(weights.gaussian(8000))),
        ("e2sfca", "log-logistic:8km:3", pysal, two(logistic)),
        ("g2sfca", "gaussian-to-zero:20km", pysal, two(to_zero)),
        ("kd2sfca", "epanechnikov:20km", pysal, two(kernel)),
        ("3sfca", "gaussian:8km", pysal, three(weights.gaussian(8000))),
        ("3sfca", "gaussian-to-zero:20km", pysal, three(to_zero)),
        ("m2sfca", "gaussian:8km", plain, modified(weights.gaussian(8000))),
        ("bfca", "gaussian:8km", plain, balanced(weights.gaussian(8000))),
        ("bfca", "binary", plain, balanced(lambda x: 1.0)),
        ("raam", "tau:10km", pysal, raam(d, s, cost, tau=10_000)),
    ]
    rows = []
    for method, decay, source, values in answers:
        empty = None if method == "raam" else 0.0
        for place in ids:
            value = values.get(place, empty)
            rows.append([method, decay, source, place, "" if value is None else repr(float(value))])
    write("expected.csv", ["method", "decay", "source", "demand", "access"], rows)


if __name__ == "__main__":
    main()
