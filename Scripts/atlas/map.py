"""The map of all layers."""

import math
import textwrap

from atlas.signs import BLUE, SIGNS
from drawing.labels import Labels, nearest, text_width
from drawing.map import GREY, INK, graticule, graticule_lines, north, opening, scale_bar, words
from drawing.projection import project
from drawing.sheet import Sheet, compact, number, path, rings

WIDTH, HEIGHT = 1080, 1136
FRAME = (14, 84, 1066, 1076)
MARGIN = 24
# Places of a layer that lie within so many pixels become one sign that grows with their number.
TOGETHER = 7
BEYOND, LAND, EDGE, SEAM = "#EEF1F4", "#FDFDFA", "#8D97A1", "#D5D9DD"
KEY = (786, 440)
# Where places crowd: names, south-west and north-east corner, frame on the sheet.
INSETS = [
    ("A", "수도권", "Capital area", (126.5, 37.2), (127.6, 37.74), (758, 94, 1058, 274)),
    ("B", "대전·세종", "Daejeon, Sejong", (127.2, 36.21), (127.6, 36.65), (50, 318, 222, 548)),
    ("C", "부산", "Busan", (128.81, 34.97), (129.3, 35.41), (544, 834, 774, 1064)),
]


def gathered(points):
    """Groups of points that lie together: the middle of each, and how many they are."""
    groups = []
    for point in points:
        near = next((g for g in groups if math.dist(g[0], point) < TOGETHER), None)
        if near:
            near.append(point)
        else:
            groups.append([point])
    return [
        (math.fsum(p[0] for p in g) / len(g), math.fsum(p[1] for p in g) / len(g), len(g))
        for g in groups
    ]


def outlines(catalogue, sheet, name, tolerance, options):
    """All outlines; islands too small for a drawing are left out."""
    parts = []
    for feature in catalogue.outlines(name):
        for ring in rings(feature["geometry"]):
            points = sheet.thinned([project(p) for p in ring], tolerance)
            if len(set(points)) > 2 and sheet.shows(points):
                parts.append(compact(points))
    return (
        f'<path transform="scale(.1)" d="{"".join(parts)}" {options} '
        'vector-effect="non-scaling-stroke" stroke-linejoin="round"/>'
    )


def put(catalogue, sheet, name):
    """Where on the sheet the places of a layer lie."""
    points = [sheet.put(project(r.at)) for r in catalogue.layer(name).main if r.at]
    return [p for p in points if sheet.shows([p], 10)]


def ground(catalogue, sheet, mask):
    """The frame with the outlines and the signs of all layers, cut at the frame."""
    left, top, right, bottom = sheet.frame
    box = f'<path d="M{left} {top}H{right}V{bottom}H{left}z"'
    grid, _ = graticule(
        [(side, at, [project(p) for p in line]) for side, at, line in graticule_lines()], sheet
    )
    out = [
        f'<clipPath id="{mask}">{box}/></clipPath><g clip-path="url(#{mask})">',
        f'{box} fill="{BEYOND}"/>',
        f'<path d="{grid}" fill="none" stroke="#6B7785" stroke-opacity=".3" stroke-width=".8"/>',
        outlines(
            catalogue, sheet, "municipality", 0.5,
            f'fill="{LAND}" stroke="{SEAM}" stroke-width=".7"',
        ),
        outlines(
            catalogue, sheet, "province", 0.3, f'fill="none" stroke="{EDGE}" stroke-width="1.1"'
        ),
    ]
    for name, sign in SIGNS.items():
        points = put(catalogue, sheet, name)
        if sign.grows:
            groups = sorted(gathered(points), key=lambda g: -g[2])
            out += [sign(x, y, math.sqrt(n)) for x, y, n in groups]
        else:
            out += [f'<use href="#{name}" x="{number(x)}" y="{number(y)}"/>' for x, y in points]
    return [*out, "</g>"]


def without(name, *endings):
    """A name without what all of its layer share."""
    for ending in endings:
        name = name.replace(ending, "")
    return name.strip(" ,")


def named(catalogue, sheet):
    """The places whose names are written: where, Korean, English, colour."""
    places = []
    for record in catalogue.layer("innovation-cities").main:
        ko = without(record.properties["name_ko"], "혁신도시")
        en = without(record.properties["name_en"], " Innovation City", " District")
        ko = ko.replace("(", " ").replace(")", "")
        places.append((sheet.put(project(record.at)), ko, en, INK))
    for record in catalogue.layer("research-zones").main:
        ko = record.properties["name_ko"].replace("연구개발특구", "특구")
        places.append((sheet.put(project(record.at)), ko, record.properties["name_en"], BLUE))
    return places


def names(catalogue, sheet, places, taken):
    """The names, where they hide least, and the lines that lead to them."""
    dots = [p for name in SIGNS for p in put(catalogue, sheet, name)]
    labels = Labels([p[0] for p in places], dots, sheet.frame)
    labels.boxes += [(box, box[:2]) for box in taken]
    # Where places crowd, names are put first.
    order = sorted(
        range(len(places)),
        key=lambda i: (
            -sum(math.dist(places[i][0], p[0]) < 60 for p in places), -places[i][0][0], i
        ),
    )
    texts, leaders = [], []
    for i in order:
        at, ko, en, ink = places[i]
        box = labels.place(at, ko, en)
        end = nearest(box, at)
        away = math.dist(end, at)
        if away > 13:
            # From the edge of the sign.
            start = [a + (b - a) * 9 / away for a, b in zip(at, end)]
            leaders.append(path([start, end], closed=False))
        middle, anchor = (box[0] + box[2]) / 2, "middle"
        if box[0] >= at[0]:
            middle, anchor = box[0], "start"
        elif box[2] <= at[0]:
            middle, anchor = box[2], "end"
        texts.append(words(middle, box[1] + labels.KO - 2, ko, labels.KO, ink, 700, anchor))
        texts.append(
            words(middle, box[1] + labels.KO + labels.EN, en, labels.EN, "#333", None, anchor)
        )
    return [
        f'<path d="{"".join(leaders)}" fill="none" stroke="{INK}" stroke-width=".9"/>',
        '<g stroke="#fff" stroke-width="3" stroke-linejoin="round" stroke-opacity=".9" '
        'paint-order="stroke">',
        *texts,
        "</g>",
    ]


def inset(catalogue, sheet, letter, ko, en):
    """A crowded part at a larger scale."""
    left, top, right, bottom = sheet.frame
    title = f"{letter} {ko}"
    wide = 16 + text_width(title, 12.5) + text_width(en, 10.5)
    taken = (left, top, left + wide, top + 26)
    places = [p for p in named(catalogue, sheet) if sheet.shows([p[0]])]
    return [
        *ground(catalogue, sheet, f"frame-{letter}"),
        *names(catalogue, sheet, places, [taken]),
        f'<path d="M{left} {top}H{number(taken[2])}V{top + 26}H{left}z" fill="#fff" '
        'fill-opacity=".88"/>',
        words(left + 8, top + 18, title, 13, weight=700),
        words(left + 10 + text_width(title, 12.5), top + 18, en, 11, "#333"),
        f'<path d="M{left} {top}H{right}V{bottom}H{left}z" fill="none" stroke="{INK}"/>',
    ]


def legend(catalogue):
    """Signs, names and counts, the clusters first."""
    left, top = KEY
    right, bottom = FRAME[2:]
    out = [
        f'<path d="M{left} {top}H{right}V{bottom}H{left}z" fill="#fff" stroke="{GREY}"/>',
        words(left + 14, top + 24, "범례", 14, weight=700),
        words(left + 48, top + 24, "Legend", 12, GREY),
        words(right - 14, top + 24, "곳 places", 11, GREY, anchor="end"),
    ]
    y = top + 49

    def line(sign, ko, en, count=""):
        nonlocal y
        out.append(sign)
        out.append(words(left + 44, y, ko, 12.5, weight=600))
        for text in textwrap.wrap(en, 40):
            y += 12
            out.append(words(left + 44, y, text, 10, GREY))
        out.append(words(right - 14, y - 6, count, 12.5, anchor="end"))
        y += 18

    for name in sorted(reversed(SIGNS), key=lambda name: name != "innovation-cities"):
        layer = catalogue.layer(name)
        count = sum(r.at is not None for r in layer.main)
        line(SIGNS[name](left + 23, y + 1), layer.title_ko, layer.title, f"{count:,}")
        if name == "relocation-candidates":
            sizes = "".join(
                SIGNS["relocated-institutions"](left + x, y + 3, math.sqrt(n))
                for x, n in ((7, 1), (17, 4), (31, 9))
            )
            line(sizes, "세모: 한곳에 1·4·9곳", "triangles: 1, 4 or 9 at one spot")
    for name, stroke, width in (("provinces", EDGE, 1.3), ("municipalities", SEAM, 1)):
        layer = catalogue.layer(name)
        box = f'<path d="M{left + 13} {y - 6}h20v14h-20z" fill="{LAND}" stroke="{stroke}" '
        count = f"{len(layer.main):,}"
        line(f'{box}stroke-width="{width}"/>', layer.title_ko, layer.title, count)
    return out


def unplaced(catalogue):
    """What the map cannot show."""
    ko, en = [], []
    for layer in catalogue.layers:
        count = sum(r.at is None for r in layer.main)
        if count:
            ko.append(f"{layer.title_ko} {count}")
            en.append(f"{count} {layer.title.lower()}")
    return f"위치가 없는 것 Without a place: {', '.join(ko)} ({', '.join(en)})." if ko else ""


def draw(catalogue):
    land = [
        project(p)
        for f in catalogue.outlines("province") for ring in rings(f["geometry"]) for p in ring
    ]
    sheet = Sheet(land, FRAME, MARGIN)
    left, top, right, bottom = FRAME
    _, grid_names = graticule(
        [(side, at, [project(p) for p in line]) for side, at, line in graticule_lines()], sheet
    )
    places = named(catalogue, sheet)
    taken = [(*KEY, right, bottom), (left, bottom - 60, left + 220, bottom)]
    insets, marks = [], []
    for letter, ko, en, southwest, northeast, frame in INSETS:
        part = Sheet([project(southwest), project(northeast)], frame, 0)
        insets += inset(catalogue, part, letter, ko, en)
        (x0, y0), (x1, y1) = (
            sheet.put(part.position(corner)) for corner in (frame[:2], frame[2:])
        )
        marks.append(
            f'<path d="M{x0} {y0}H{x1}V{y1}H{x0}z" fill="none" stroke="{INK}" '
            'stroke-width=".8" stroke-dasharray="3 2"/>'
        )
        marks.append(words(x0, y0 - 4, letter, 13, weight=700))
        # The names of these places stand in the inset.
        places = [p for p in places if not (x0 <= p[0][0] <= x1 and y0 <= p[0][1] <= y1)]
        taken += [frame, (x0, y0 - 16, x1, y1)]
    shown = sum(r.at is not None for name in SIGNS for r in catalogue.layer(name).main)
    out = opening(
        WIDTH, HEIGHT, "Korea's innovation geography",
        f"A map of South Korea with {shown:,} places of {len(SIGNS)} layers of the ClusterAtlas "
        "catalogue, each layer with a sign of its own, over the outlines of provinces and "
        "municipalities. North is up. The capital area, Daejeon and Busan are also shown larger.",
    )
    alone = [f'<g id="{n}">{sign(0, 0)}</g>' for n, sign in SIGNS.items() if not sign.grows]
    out += [
        f'<defs>{"".join(alone)}</defs>',
        words(left, 36, "한국의 혁신 지도: 카탈로그의 모든 층", 24, weight=700),
        words(left, 64, "Korea's innovation geography: all layers of the catalogue", 16, GREY),
        *ground(catalogue, sheet, "frame"),
        '<g stroke="#fff" stroke-width="3" paint-order="stroke">', *marks, "</g>",
        *names(catalogue, sheet, places, taken),
        *insets,
        *legend(catalogue),
        f'<path d="M{left} {top}H{right}V{bottom}H{left}z" fill="none" stroke="{GREY}"/>',
        *grid_names,
        *scale_bar(sheet, left + 26, bottom - 26),
        *north(left + 30, top + 40),
    ]
    notes = [
        f"Places: ClusterAtlas catalogue, {catalogue.date}, CC BY 4.0. Outlines simplified from "
        "boundaries of Statistics Korea (SGIS, 2018), KOGL Type 1. Drawn in EPSG:5179.",
        unplaced(catalogue),
    ]
    out += [words(left, bottom + 34 + 16 * i, note, 11, GREY) for i, note in enumerate(notes)]
    out.append("</svg>")
    return "\n".join(out) + "\n"
