"""The transverse Mercator projection of Korea's unified coordinate system, for drawing only.

What clusteratlas computes comes from PROJ; maps of the catalogue alone are to need nothing but its
files. The series are those of J. P. Snyder, Map Projections, USGS Professional Paper 1395 (1987),
pp. 60-62; from 124 to 132 degrees east they agree with PROJ within 2 mm.
"""

import math

# EPSG:5179: GRS 80, origin 127.5 E, 38 N, scale 0.9996, and what is added to both coordinates.
A, F = 6378137.0, 1 / 298.257222101
LON, LAT, SCALE, EASTING, NORTHING = 127.5, 38.0, 0.9996, 1_000_000.0, 2_000_000.0
E2 = F * (2 - F)


def arc(lat):
    """The length of the meridian from the equator to a latitude in radians."""
    return A * (
        (1 - E2 / 4 - 3 * E2**2 / 64 - 5 * E2**3 / 256) * lat
        - (3 * E2 / 8 + 3 * E2**2 / 32 + 45 * E2**3 / 1024) * math.sin(2 * lat)
        + (15 * E2**2 / 256 + 45 * E2**3 / 1024) * math.sin(4 * lat)
        - 35 * E2**3 / 3072 * math.sin(6 * lat)
    )


def project(position):
    """Easting and northing in metres of longitude and latitude in degrees."""
    lat = math.radians(position[1])
    second = E2 / (1 - E2)
    radius = A / math.sqrt(1 - E2 * math.sin(lat) ** 2)
    t, c = math.tan(lat) ** 2, second * math.cos(lat) ** 2
    a = math.radians(position[0] - LON) * math.cos(lat)
    east = a + (1 - t + c) * a**3 / 6 + (5 - 18 * t + t**2 + 72 * c - 58 * second) * a**5 / 120
    north = (
        a**2 / 2
        + (5 - t + 9 * c + 4 * c**2) * a**4 / 24
        + (61 - 58 * t + t**2 + 600 * c - 330 * second) * a**6 / 720
    )
    return (
        EASTING + SCALE * radius * east,
        NORTHING + SCALE * (arc(lat) - arc(math.radians(LAT)) + radius * math.tan(lat) * north),
    )
