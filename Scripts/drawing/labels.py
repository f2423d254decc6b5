"""Finds room for names beside their places."""

import math


def text_width(text, size):
    # math.fsum, for sum() rounds in other ways from Python 3.12 on.
    return math.fsum(size if ord(c) > 0x2E7F else 0.56 * size for c in text)


class Labels:
    """Finds room for names beside their places."""

    KO, EN = 14, 11

    def __init__(self, places, dots, frame):
        self.places, self.dots, self.frame = places, dots, frame
        self.boxes = []

    def place(self, at, ko, en):
        """The box (left, top, right, bottom) with the least in its way."""
        width = max(text_width(ko, self.KO), text_width(en, self.EN))
        height = self.KO + self.EN + 4
        best = None
        for reach in (9, 16, 26, 40, 58, 80, 105, 135):
            for step in range(24):
                angle = step * math.pi / 12
                dx, dy = math.cos(angle), math.sin(angle)
                # The box touches a circle around the place with its nearest side.
                x = at[0] + dx * reach + (dx - 1) * width / 2
                y = at[1] + dy * reach + (dy - 1) * height / 2
                box = (x, y, x + width, y + height)
                cost = self.cost(box, at) + reach * 0.9
                if box[0] < at[0] < box[2]:
                    # Above or below, the words stand in the middle.
                    cost += 4 + abs(x + width / 2 - at[0])
                if best is None or cost < best[0]:
                    best = (cost, box)
        self.boxes.append((best[1], at))
        return best[1]

    def cost(self, box, at):
        left, top, right, bottom = self.frame
        cost = 0 if box[0] > left and box[2] < right and box[1] > top and box[3] < bottom else 1e6
        for other, origin in self.boxes:
            if min(box[2], other[2]) > max(box[0], other[0]) - 5 and min(box[3], other[3]) > max(
                box[1], other[1]
            ) - 3:
                cost += 1e5
            if crosses(at, nearest(box, at), origin, nearest(other, origin)):
                cost += 1e4
            if enters(at, nearest(box, at), other) or enters(origin, nearest(other, origin), box):
                cost += 1e4
        cost += sum(3000 for p in self.places if p != at and inside(box, p, 7))
        cost += sum(12 for p in self.places if p != at and inside(box, p, 20))
        return cost + sum(14 for p in self.dots if inside(box, p, 2))


def inside(box, p, room):
    return box[0] - room < p[0] < box[2] + room and box[1] - room < p[1] < box[3] + room


def nearest(box, p):
    return (min(max(p[0], box[0]), box[2]), min(max(p[1], box[1]), box[3]))


def crosses(a, b, c, d):
    def turn(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0


def enters(a, b, box):
    return any(
        inside(box, (a[0] + (b[0] - a[0]) * t / 8, a[1] + (b[1] - a[1]) * t / 8), 0)
        for t in range(1, 8)
    )
