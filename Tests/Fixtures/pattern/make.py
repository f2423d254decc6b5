"""Makes the known answers of point patterns and of inequality with PySAL.

    pip install pointpats inequality pyproj
    python make.py

Seeded places with values in groups; distances are pyproj's geodesics on WGS 84. K without edge
correction is a number of pairs over an area and a number of places, which pointpats and ClusterAtlas
choose in other ways: the pairs are compared.
"""
import csv
import random

import numpy as np
from inequality.gini import Gini
from inequality.theil import Theil, TheilD
from pointpats import k as ripley_k
from pointpats.geometry import area, prepare_hull
from pyproj import Geod


random.seed(20190101)
lonlat, values, groups = [], [], []
for number in range(60):
    if number % 3:
        lonlat.append((round(random.gauss(127.4, 0.02), 5), round(random.gauss(36.35, 0.02), 5)))
    else:
        lonlat.append((round(random.uniform(127.3, 127.5), 5), round(random.uniform(36.27, 36.43), 5)))
    values.append(round(random.lognormvariate(2, 0.8), 3))
    groups.append("abc"[number % 3])
with open("places.csv", "w") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["lon", "lat", "value", "group"])
    writer.writerows([*p, v, g] for p, v, g in zip(lonlat, values, groups))

geod = Geod(ellps="WGS84")
n = len(lonlat)
metres = np.array([[geod.inv(*p, *q)[2] if p != q else 0.0 for q in lonlat] for p in lonlat])
support = np.array([1000.0, 2500.0, 5000.0, 9000.0])
coordinates = np.array(lonlat)
_, found = ripley_k(coordinates, support=support, distances=(metres + metres.T) / 2)
# pointpats takes K over a hull of its own; the pairs within a distance are what it counts.
per_pair = area(prepare_hull(coordinates, None)) * 2 / n**2
rows = [(f"pairs_{int(d)}", round(float(k / per_pair))) for d, k in zip(support, found)]
y = np.array(values)
gini, theil = Gini(y).g, Theil(y).T
parts = TheilD(y, np.array(groups))
between, within = float(np.ravel(parts.bg)[0]), float(np.ravel(parts.wg)[0])
rows += [("gini", gini), ("theil", theil), ("theil_between", between), ("theil_within", within)]
with open("expected.csv", "w") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["figure", "value"])
    writer.writerows((name, repr(float(value))) for name, value in rows)
