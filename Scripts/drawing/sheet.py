"""A sheet of paper with a scale, and the chains of points that are drawn on it."""

import math


def rings(geometry):
    """All rings of a polygon or several."""
    if geometry["type"] == "Polygon":
        return geometry["coordinates"]
    return [ring for polygon in geometry["coordinates"] for ring in polygon]


class Sheet:
    """Puts eastings and northings on the sheet: one scale, north up.

    The positions fill the frame (left, top, right, bottom) in height, with a margin within it.
    """

    def __init__(self, positions, frame, margin):
        self.frame = frame
        west = min(p[0] for p in positions)
        south, north = (pick(p[1] for p in positions) for pick in (min, max))
        left, top, _, bottom = frame
        self.scale = (north - south) / (bottom - top - 2 * margin)
        self.west = west - (left + margin) * self.scale
        self.north = north + (top + margin) * self.scale

    def put(self, position):
        """The place on the sheet, to a tenth of a pixel."""
        x, y = self.exact(position)
        return (round(x, 1), round(y, 1))

    def exact(self, position):
        return ((position[0] - self.west) / self.scale, (self.north - position[1]) / self.scale)

    def position(self, point):
        """The easting and northing of a place on the sheet."""
        return (self.west + point[0] * self.scale, self.north - point[1] * self.scale)

    def shows(self, points, room=0):
        """Whether the box around points on the sheet meets the frame, made larger by some room."""
        left, top, right, bottom = self.frame
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return (
            max(xs) > left - room and min(xs) < right + room
            and max(ys) > top - room and min(ys) < bottom + room
        )

    def thinned(self, positions, tolerance):
        """A chain on the sheet without the points that a drawing does not need."""
        points = thinned([self.exact(p) for p in positions], tolerance)
        return [(round(x, 1), round(y, 1)) for x, y in points]


def number(value):
    """A coordinate in its shortest form."""
    return f"{value:.1f}".removesuffix(".0")


def path(points, closed):
    """A path through points; those that fall on the one before are left out."""
    parts, last = [], None
    for point in points:
        if point != last:
            parts.append(f"{number(point[0])} {number(point[1])}")
        last = point
    if closed and len(parts) > 1 and parts[0] == parts[-1]:
        parts.pop()
    return "M" + "L".join(parts) + ("z" if closed else "")


def compact(points):
    """A closed path in half the letters: whole tenths of a pixel, each from the point before."""
    tenths = [(round(10 * x), round(10 * y)) for x, y in points]
    (x, y), steps = tenths[0], []
    for point in tenths[1:]:
        if point != (x, y):
            dx, dy = point[0] - x, point[1] - y
            steps.append(f"{dx}{dy}" if dy < 0 else f"{dx} {dy}")
            x, y = point
    joined = "".join(s if s[0] == "-" or not i else " " + s for i, s in enumerate(steps))
    return f"M{tenths[0][0]} {tenths[0][1]}l{joined}z"


def thinned(points, tolerance):
    """A chain with fewer points (D. H. Douglas and T. K. Peucker, 1973)."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = math.hypot(bx - ax, by - ay)
    worst, at = -1.0, 0
    for i, (x, y) in enumerate(points[1:-1], 1):
        away = (
            abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length
            if length
            else math.hypot(x - ax, y - ay)
        )
        if away > worst:
            worst, at = away, i
    if worst <= tolerance:
        return [points[0], points[-1]]
    return thinned(points[: at + 1], tolerance)[:-1] + thinned(points[at:], tolerance)
