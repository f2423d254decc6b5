"""Makes the known answers of the concentration measures with PySAL and scikit-learn.

    pip install esda libpysal scikit-learn pyproj
    python make.py

Seeded places with values; distances are pyproj's geodesics on WGS 84.
"""
import csv
import random
import warnings

import numpy as np
from esda import Moran, Moran_Local
from esda.getisord import G_Local
from libpysal.weights import W
from pyproj import Geod
from sklearn.cluster import DBSCAN, HDBSCAN

warnings.simplefilter("ignore")
random.seed(20181025)
centres = [(126.9, 37.5), (127.4, 36.35), (129.0, 35.2), (126.85, 35.15)]
places = []
for number in range(90):
    if number % 5 == 4:
        places.append((random.uniform(126.2, 129.4), random.uniform(34.6, 37.9)))
    else:
        x, y = centres[number % 4]
        places.append((random.gauss(x, 0.12), random.gauss(y, 0.1)))
places = [(round(x, 5), round(y, 5)) for x, y in places]
values = [round(100 * np.exp(-((x - 126.9) ** 2 + (y - 37.5) ** 2)) + random.uniform(0, 40), 3) for x, y in places]
n = len(places)
geod = Geod(ellps="WGS84")
metres = np.zeros((n, n))
for a in range(n):
    for b in range(n):
        metres[a, b] = geod.inv(*places[a], *places[b])[2] if a != b else 0
metres = (metres + metres.T) / 2

nearest = {a: [int(b) for b in np.argsort(metres[a], kind="stable") if b != a][:6] for a in range(n)}
band = {a: [b for b in range(n) if b != a and metres[a, b] <= 15_000] for a in range(n)}
with open("places.csv", "w") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["lon", "lat", "value"])
    for (x, y), value in zip(places, values):
        writer.writerow([x, y, value])

np.random.seed(7)
whole = []
columns = {}
for name, neighbours in [("nearest6", nearest), ("within15km", band)]:
    w = W(neighbours, silence_warnings=True)
    y = np.array(values)
    moran = Moran(y, w, transformation="r", permutations=9999)
    whole += [
        (name, "moran", moran.I), (name, "expected", moran.EI), (name, "z", moran.z_rand),
        (name, "p", moran.p_rand), (name, "p_sim", moran.p_sim),
    ]
    local = Moran_Local(y, w, transformation="r", permutations=9999, seed=7, keep_simulations=False)
    gi = G_Local(y, W(neighbours, silence_warnings=True), star=True, permutations=9999, seed=7, transform="B", keep_simulations=False)
    # esda gives one-sided significances unless it is asked otherwise.
    columns[f"{name}_local"] = local.Is
    columns[f"{name}_quadrant"] = local.q
    columns[f"{name}_local_p"] = local.p_sim
    columns[f"{name}_gi_z"] = gi.Zs
    columns[f"{name}_gi_p"] = gi.p_norm
    columns[f"{name}_gi_p_sim"] = gi.p_sim
    columns[f"{name}_neighbours"] = [len(neighbours[a]) for a in range(n)]
columns["dbscan"] = DBSCAN(eps=12_000, min_samples=4, metric="precomputed").fit(metres).labels_
for least, density in [(6, 3), (8, 3)]:
    found = HDBSCAN(min_cluster_size=least, min_samples=density, metric="precomputed", copy=True).fit(metres.copy())
    # Equal reachabilities make some of scikit-learn's answers depend on the order of the places.
    for turn in range(20):
        order = np.random.permutation(n)
        other = HDBSCAN(min_cluster_size=least, min_samples=density, metric="precomputed", copy=True).fit(metres[np.ix_(order, order)].copy())
        same = (found.labels_[order][:, None] == found.labels_[order]) == (other.labels_[:, None] == other.labels_)
        assert same.all(), (least, density)
    columns[f"hdbscan_{least}_{density}"] = found.labels_
    columns[f"hdbscan_{least}_{density}_p"] = found.probabilities_
with open("places-expected.csv", "w") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["place", *columns])
    for a in range(n):
        writer.writerow([a, *(c[a] if isinstance(c[a], (int, np.integer)) else repr(float(c[a])) for c in columns.values())])
with open("whole-expected.csv", "w") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["neighbours", "measure", "value"])
    for row in whole:
        writer.writerow([row[0], row[1], repr(float(row[2]))])
