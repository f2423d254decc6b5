"""Makes the known answers of Huff's model: run with NumPy and SciPy installed.

    pip install numpy scipy && python make.py

Reads the places and distances of ../accessibility; writes expected.csv, flows.csv and
calibration.csv beside itself. See README.md.
"""
import csv
import pathlib

import numpy as np
from scipy.optimize import minimize

HERE = pathlib.Path(__file__).parent
PLACES = HERE.parent / "accessibility"
LIMIT, FLOOR = 20_000.0, 100.0
EXPONENTS = [(1.0, 2.0), (0.5, 1.0), (1.3, 0.0), (0.0, 3.5)]
TRUTH = (0.8, 1.3)


def read(name):
    with open(PLACES / name, newline="") as file:
        return list(csv.DictReader(file))


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


demand, supply = read("demand.csv"), read("supply.csv")
metres = {(row["demand"], row["supply"]): float(row["metres"]) for row in read("costs.csv")}
d = np.array([[metres[p["id"], f["id"]] for f in supply] for p in demand])
a = np.array([float(f["capacity"]) for f in supply])
reach = (d <= LIMIT) & (a > 0)
near = np.maximum(d, FLOOR)


def shares(alpha, beta):
    pull = np.where(reach, np.where(a > 0, a, 1.0) ** alpha * near ** -beta, 0.0)
    total = pull.sum(axis=1, keepdims=True)
    return np.divide(pull, total, out=np.zeros_like(pull), where=total > 0)


rows = []
for alpha, beta in EXPONENTS:
    p = shares(alpha, beta)
    rows += [(alpha, beta, demand[i]["id"], supply[j]["id"], repr(float(p[i, j])))
             for i in range(len(demand)) for j in range(len(supply)) if reach[i, j]]
write("expected.csv", ["alpha", "beta", "demand", "supply", "probability"], rows)

rng = np.random.default_rng(31)
truth = shares(*TRUTH)
n = np.zeros_like(truth)
for i, place in enumerate(demand):
    if truth[i].sum() > 0:
        n[i] = rng.multinomial(int(place["persons"]), truth[i] / truth[i].sum())
write("flows.csv", ["from_id", "to_id", "flow"],
      [(demand[i]["id"], supply[j]["id"], int(n[i, j]))
       for i in range(len(demand)) for j in range(len(supply)) if n[i, j] > 0])


def loss(x):
    p = shares(*x)
    return -(n[n > 0] * np.log(p[n > 0])).sum()


best = minimize(loss, [0.5, 1.0], method="Nelder-Mead",
                options=dict(xatol=1e-11, fatol=1e-11, maxiter=20_000)).x
# The information: the variance of ln A and -ln d over the choices of each place.
x = np.stack([np.broadcast_to(np.log(np.where(a > 0, a, 1.0)), d.shape), -np.log(near)], axis=-1)
p = shares(*best)
mean = (p[..., None] * x).sum(axis=1, keepdims=True)
away = x - mean
information = np.einsum("i,ij,ija,ijb->ab", n.sum(axis=1), p, away, away)
errors = np.sqrt(np.diag(np.linalg.inv(information)))
write("calibration.csv",
      ["alpha", "beta", "alpha_error", "beta_error", "log_likelihood", "null_log_likelihood"],
      [[repr(float(v)) for v in (*best, *errors, -loss(best), -loss((0.0, 0.0)))]])
