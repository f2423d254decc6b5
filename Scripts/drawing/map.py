"""The parts of a map that every map has: words, the graticule, the scale, the arrow."""

from xml.sax.saxutils import escape

from drawing.sheet import number, path

FONTS = (
    "'Noto Sans KR','Noto Sans CJK KR','Apple SD Gothic Neo','Malgun Gothic',NanumGothic,"
    "'Noto Sans',sans-serif"
)
BLUE, VERMILION, INK, GREY = "#0072B2", "#D55E00", "#1B1B1B", "#5A5A5A"


def opening(width, height, title, description):
    """The first lines of a picture, for eyes and for screen readers, on white."""
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="{FONTS}" role="img" '
        'aria-labelledby="title desc">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(description)}</desc>',
        f'<path d="M0 0h{width}v{height}H0z" fill="#fff"/>',
    ]


def words(x, y, text, size, fill=INK, weight=None, anchor=None):
    options = f' font-weight="{weight}"' if weight else ""
    options += f' text-anchor="{anchor}"' if anchor else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" fill="{fill}"{options}>'
        f"{escape(text)}</text>"
    )


def graticule_lines():
    """Meridians and parallels around Korea, a degree apart: side, degrees, positions."""
    lines = [("E", lon, [[lon, 31 + i / 10] for i in range(101)]) for lon in range(120, 136)]
    return lines + [("N", lat, [[119 + i / 10, lat] for i in range(171)]) for lat in range(31, 41)]


def graticule(lines, sheet):
    """The path of projected lines (side, degrees, positions), and their names at the frame."""
    left, top, right, bottom = sheet.frame
    paths, names = [], []
    for side, degrees, positions in lines:
        points = sheet.thinned(positions, 0.1)
        name = f"{degrees}°{side}"
        if side == "E":
            at = cut(points, 1, bottom)
            if at and left + 20 < at < right - 20:
                names.append(words(at, bottom + 13, name, 10, GREY, anchor="middle"))
        else:
            at = cut(points, 0, left)
            if at and top + 20 < at < bottom - 20:
                names.append(words(left + 4, at - 4, name, 10, GREY))
        paths.append(path(points, closed=False))
    return "".join(paths), names


def cut(points, axis, value):
    """Where a chain meets x = value (axis 0) or y = value (axis 1): the other coordinate."""
    for a, b in zip(points, points[1:]):
        if (a[axis] - value) * (b[axis] - value) <= 0 and a[axis] != b[axis]:
            t = (value - a[axis]) / (b[axis] - a[axis])
            return a[1 - axis] + t * (b[1 - axis] - a[1 - axis])
    return None


def scale_bar(sheet, x, y):
    """A hundred kilometres; the projection's scale is true to a thousandth over Korea."""
    px = 100_000 / sheet.scale
    out = [
        f'<path d="M{number(x + i * px / 4)} {y}h{number(px / 4)}v6h-{number(px / 4)}z" '
        f'fill="{INK if i % 2 == 0 else "#fff"}" stroke="{INK}" stroke-width=".8"/>'
        for i in range(4)
    ]
    for kilometres in (0, 50, 100):
        name = f"{kilometres} km" if kilometres == 100 else str(kilometres)
        out.append(words(x + px * kilometres / 100, y - 5, name, 10.5, anchor="middle"))
    return out


def north(x, y):
    return [
        f'<path d="M{x} {y - 24}l7 22-7-5-7 5z" fill="{INK}"/>',
        words(x, y + 13, "N", 13, weight=700, anchor="middle"),
    ]
