"""The chart of how exact the positions are."""

import statistics

from atlas.figures import CLASSES, metres
from drawing.map import GREY, INK, opening, words
from drawing.sheet import number

WIDTH, ROW, TOP = 900, 30, 112
LEFT, BAR = 286, 472
# From dark to pale, so that the order shows without colour too.
SHADES = ["#08306B", "#1F5FA6", "#4A90C2", "#8CBCDC", "#C9DDF0", "#EEF2F7"]


def draw(catalogue):
    layers = [layer for layer in catalogue.layers if any(r.at for r in layer.main)]
    height = TOP + ROW * len(layers) + 40
    out = opening(
        WIDTH, height, "Accuracy of the catalogue's positions",
        "Bars that show, for each layer, which share of its main records has a position within "
        "100 m, 300 m, 1 km, 3 km and 10 km.",
    )
    out += [
        words(14, 34, "위치 정확도 (주 레코드의 비율)", 20, weight=700),
        words(14, 57, "Accuracy of positions: share of the main records of each layer", 14, GREY),
    ]
    names = [f"≤ {metres(end)}" for end in CLASSES] + [f"> {metres(CLASSES[-1])}"]
    for i, (name, shade) in enumerate(zip(names, SHADES)):
        x = LEFT + i * 79
        out.append(
            f'<path d="M{x} 76h14v14h-14z" fill="{shade}" stroke="{GREY}" stroke-width=".6"/>'
        )
        out.append(words(x + 19, 88, name, 12))
    edge = LEFT + BAR
    for x, ko, en in ((edge + 52, "곳", "places"), (WIDTH - 14, "중앙값", "median")):
        out.append(words(x, 75, ko, 12, weight=600, anchor="end"))
        out.append(words(x, 90, en, 11, GREY, anchor="end"))
    for row, layer in enumerate(layers):
        y = TOP + ROW * row
        total = sum(layer.accuracies())
        out.append(words(LEFT - 12, y + 8, layer.title_ko, 12.5, weight=600, anchor="end"))
        out.append(words(LEFT - 12, y + 20, layer.title, 10, GREY, anchor="end"))
        x = LEFT
        for count, shade in zip(layer.accuracies(), SHADES):
            if not count:
                continue
            wide = BAR * count / total
            out.append(
                f'<path d="M{number(x)} {y}h{number(wide)}v20h-{number(wide)}z" fill="{shade}"/>'
            )
            if wide > 22:
                ink = "#fff" if SHADES.index(shade) < 2 else INK
                out.append(words(x + wide / 2, y + 14, str(count), 11, ink, anchor="middle"))
            x += wide
        out.append(
            f'<path d="M{LEFT} {y}h{BAR}v20h-{BAR}z" fill="none" stroke="{GREY}" '
            'stroke-width=".6"/>'
        )
        middle = statistics.median_low(r.accuracy for r in layer.main if r.at)
        out.append(words(edge + 52, y + 14, f"{total:,}", 12, anchor="end"))
        out.append(words(WIDTH - 14, y + 14, metres(middle), 12, anchor="end"))
    y = TOP + ROW * len(layers) + 8
    for share in range(0, 101, 25):
        x = LEFT + BAR * share / 100
        out.append(f'<path d="M{number(x)} {y - 12}v4" stroke="{GREY}"/>')
        out.append(words(x, y + 6, f"{share} %", 10.5, GREY, anchor="middle"))
    note = f"ClusterAtlas catalogue, {catalogue.date}; CC BY 4.0"
    out.append(words(14, y + 24, note, 10.5, GREY))
    out.append("</svg>")
    return "\n".join(out) + "\n"
