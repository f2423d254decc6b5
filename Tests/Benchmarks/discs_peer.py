"""shapely's union_all on discs of as many vertices as ClusterAtlas draws: the making is not in its time.

    discs_peer.py DATA
"""
import json
import pathlib
import resource
import sys
import time

import numpy as np
import pyproj
import shapely

RADIUS, VERTICES = 5000.0, 644
sites = np.load(pathlib.Path(sys.argv[1]) / "facilities_10k.npy")
earth = pyproj.Geod(ellps="WGS84")
turns = np.tile(np.arange(VERTICES) * (-360.0 / VERTICES), len(sites))
lon, lat = (np.repeat(sites[:, i], VERTICES) for i in (0, 1))
x, y, _ = earth.fwd(lon, lat, turns, np.full(len(lon), RADIUS))
discs = shapely.polygons(np.stack((x, y), -1).reshape(len(sites), VERTICES, 2))
wall, cpu = time.perf_counter(), time.process_time()
union = shapely.union_all(discs)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
print(json.dumps({
    "workload": "P2-area", "peer": "shapely", "version": f"{shapely.__version__} GEOS {shapely.geos_version_string}",
    "n": {"facilities": len(sites), "radius_m": int(RADIUS)}, "wall_s": wall, "cpu_s": cpu,
    "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "answer": {"area_km2": abs(earth.geometry_area_perimeter(union)[0]) / 1e6},
}))
