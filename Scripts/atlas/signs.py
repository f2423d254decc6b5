"""The signs of the layers: each has a shape of its own, so that none is told by colour alone.

Colours are of M. Okabe and K. Ito's set, which people with any colour vision can tell apart, and
paler ones of it for the dense layers.
"""

import math

from drawing.sheet import number

INK, ORANGE, SKY, GREEN = "#1B1B1B", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#A5508A"
SAND = "#C9A66B"


def polygon(x, y, radii, corners, turn, options):
    """A regular polygon, or a star where there are two radii."""
    steps = corners * len(radii)
    points = []
    for i in range(steps):
        angle = turn + 2 * math.pi * i / steps
        r = radii[i % len(radii)]
        points.append(f"{number(x + r * math.sin(angle))} {number(y - r * math.cos(angle))}")
    return f'<path d="M{"L".join(points)}z" {options}/>'


def shape(corners, radius, options, turn=0.0, inner=None, grows=False):
    def sign(x, y, size=1.0):
        radii = [radius * size] if inner is None else [radius * size, inner * size]
        return polygon(x, y, radii, corners, turn, options)

    sign.grows = grows
    return sign


def stroked(d, options):
    """A sign of lines around its middle."""

    def sign(x, y, size=1.0):
        return f'<path d="M{number(x)} {number(y)}{d}" {options}/>'

    sign.grows = False
    return sign


def circle(radius, options):
    def sign(x, y, size=1.0):
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{radius}" {options}/>'

    sign.grows = False
    return sign


def both(first, second):
    def sign(x, y, size=1.0):
        return first(x, y, size) + second(x, y, size)

    sign.grows = first.grows
    return sign


HALO = 'stroke="#fff" stroke-width="1"'
# In the order in which they are drawn: the dense ones beneath, the clusters on top.
SIGNS = {
    "industrial-complexes": shape(4, 2.9, f'fill="{SAND}" fill-opacity=".75"', math.pi / 4),
    "universities": circle(2, f'fill="#fff" stroke="{SKY}" stroke-width="1.1"'),
    "ports": stroked(
        "m0-5v9.5m-2.6-6.8h5.2m-7 4.2q.8 3.1 4.4 3.1 3.6 0 4.4-3.1",
        f'fill="none" stroke="{BLUE}" stroke-width="1.5" stroke-linecap="round"',
    ),
    "airports": stroked(
        "m0-6.2q1.2 1 1.2 3.4l4.9 3.6v1.6l-4.9-1.5-.4 2.9 1.6 1.3v1l-2.4-.7-2.4.7v-1l1.6-1.3"
        "-.4-2.9-4.9 1.5v-1.6l4.9-3.6q0-2.4 1.2-3.4z",
        f'fill="{INK}" stroke="#fff" stroke-width=".6"',
    ),
    "stations": stroked(
        "m-2-3.4h4v6.8h-4zm.9 1.2v1.8h2.2v-1.8z",
        f'fill="{INK}" fill-rule="evenodd" stroke="#fff" stroke-width=".5"',
    ),
    "research-institutes": stroked(
        "m-3.4 0h6.8m-3.4-3.4v6.8", f'stroke="{GREEN}" stroke-width="1.9"'
    ),
    "relocation-candidates": shape(
        3, 3.6, f'fill="#fff" fill-opacity=".3" stroke="{PURPLE}" stroke-width="1.2"', math.pi,
        grows=True,
    ),
    "relocated-institutions": shape(
        3, 4, f'fill="{PURPLE}" fill-opacity=".8" stroke="#fff" stroke-width=".7"', grows=True
    ),
    "collaborations": stroked(
        "m-6 0a3 3 0 1 1 6 0a3 3 0 1 1 6 0a3 3 0 1 1-6 0a3 3 0 1 1-6 0z",
        f'fill="none" stroke="{INK}" stroke-width="1.3"',
    ),
    "techno-parks": shape(5, 5.6, f'fill="{ORANGE}" {HALO}'),
    "small-research-zones": shape(
        6, 5.4, f'fill="#fff" stroke="{BLUE}" stroke-width="1.8"'
    ),
    "national-clusters": shape(
        5, 12.5, f'fill="{YELLOW}" stroke="{INK}" stroke-width="1"', inner=5.4
    ),
    "digital-districts": both(
        shape(4, 7.4, f'fill="{GREEN}" {HALO}', math.pi / 4), circle(2.1, 'fill="#fff"')
    ),
    "research-zones": shape(6, 8.2, f'fill="{BLUE}" stroke="#fff" stroke-width="1.3"'),
    "innovation-cities": shape(
        4, 8.2, f'fill="{VERMILION}" stroke="#fff" stroke-width="1.4"'
    ),
    # Inside innovation cities: smaller than their sign, so that both are seen.
    "biz-parks": both(
        shape(4, 5, f'fill="{SKY}" stroke="{INK}" stroke-width=".8"', math.pi / 4),
        stroked("m-2 0h4m-2-2v4", f'stroke="{INK}" stroke-width="1"'),
    ),
}
