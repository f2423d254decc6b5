"""A guide's picture: a map of Korea with a title, what is drawn on it, and a legend."""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from drawing.asking import CRS, ROOT, Atlas
from drawing.map import GREY, INK, north, opening, scale_bar, words
from drawing.sheet import Sheet, number, path, rings

# The sheet, in pixels; the map is the frame and all that is beside it is words.
WIDTH, HEIGHT = 860, 988
FRAME = (14, 78, 846, 958)
MARGIN = 22
LAND = "#E9ECEF"


def dot(at, fill, radius, stroke="#fff"):
    return (
        f'<circle cx="{number(at[0])}" cy="{number(at[1])}" r="{number(radius)}" '
        f'fill="{fill}" stroke="{stroke}" stroke-width=".8"/>'
    )


def dots(places, fill, radius):
    """Dots that look alike, in fewer letters."""
    circles = "".join(
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>' for x, y in places
    )
    return f'<g fill="{fill}" stroke="#fff" stroke-width=".8">{circles}</g>'


def files(atlas, names, *arguments):
    """The features of several files that one run of clusteratlas writes, by their options."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: pathlib.Path(folder) / f"{i}.geojson" for i, name in enumerate(names)}
        given = [word for name, file in paths.items() for word in (name, str(file))]
        run = [*atlas.program, *arguments, *given, "--crs", CRS, "--quiet"]
        if subprocess.run(run, check=False).returncode != 0:
            sys.exit(f"clusteratlas {' '.join(arguments)} failed; see above.")
        return [
            json.loads(file.read_text(encoding="utf-8"))["features"] for file in paths.values()
        ]


def area(sheet, geometry, tolerance=0.3):
    """The path of an area."""
    return "".join(
        path(sheet.thinned(ring, tolerance), closed=True)
        for ring in (rings(geometry) if geometry else [])
    )


def picture(atlas, titles, description, drawn, legend, notes, key=(560, 790)):
    """The whole picture.

    `drawn` takes the sheet and gives what lies on the land; `legend` has a sign of a place, the
    Korean and the English words for each line.
    """
    land = atlas.features("export", "provinces", "--outline")
    # Far islands would make the rest small.
    shore = [
        p for f in land for ring in rings(f["geometry"]) for p in ring
        if 800_000 < p[0] < 1_200_000 and p[1] > 1_450_000
    ]
    sheet = Sheet(shore, FRAME, MARGIN)
    left, top, right, bottom = FRAME
    out = [
        *opening(WIDTH, HEIGHT, titles[1], description),
        words(left, 34, titles[0], 23, weight=700), words(left, 60, titles[1], 16, GREY),
        f'<clipPath id="frame"><path d="M{left} {top}H{right}V{bottom}H{left}z"/></clipPath>',
        '<g clip-path="url(#frame)"><g stroke="#fff" stroke-width="1" stroke-linejoin="round">',
    ]
    for province in land:
        out.append(f'<path d="{area(sheet, province["geometry"], 0.9)}" fill="{LAND}"/>')
    out += ["</g>", *drawn(sheet), "</g>"]
    x, y = key
    out.append(
        f'<path d="M{x - 14} {y - 24}h{right - x + 14}V{bottom}h-{right - x + 14}z" fill="#fff"/>'
    )
    for sign, ko, en in legend:
        out += [sign((x + 10, y - 4)), words(x + 32, y - 6, ko, 12.5, weight=600)]
        out.append(words(x + 32, y + 8, en, 10.5, GREY))
        y += 34
    out.append(f'<path d="M{left} {top}H{right}V{bottom}H{left}z" fill="none" stroke="{GREY}"/>')
    out += scale_bar(sheet, left + 270, bottom - 26)
    out += north(right - 24, top + 40)
    out += [words(left, bottom + 20 + 16 * i, n, 11, GREY) for i, n in enumerate(notes)]
    return "\n".join([*out, "</svg>"]) + "\n"


def main(name, draw):
    """Reads the command line, draws and writes."""
    parser = argparse.ArgumentParser(description=f"Draws the guides' picture {name}.svg.")
    parser.add_argument(
        "-o", "--output", type=pathlib.Path,
        default=ROOT / "Sources" / "ClusterAtlas.docc" / "Resources" / f"{name}.svg",
    )
    parser.add_argument("--program", type=pathlib.Path, help="a built clusteratlas")
    options = parser.parse_args()
    svg = draw(Atlas(options.program))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(svg, encoding="utf-8")
    print(f"{options.output}: {len(svg.encode()) // 1000} kB")
