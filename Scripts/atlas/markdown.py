"""Markdown that reads as well in a terminal as on a page."""

import re
import textwrap
import unicodedata

COLUMNS = 104


def percent(part, whole):
    """A share that is only 100 % where nothing is missing, and only 0 % where nothing is there."""
    if not whole:
        return "–"
    if 0 < part < whole:
        share = 100 * part / whole
        return "< 1 %" if share < 1 else f"{min(99, round(share))} %"
    return "100 %" if part else "0 %"


def columns(text):
    """How many columns of a terminal a text takes: Hangul takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(head, rows, left=1):
    """A Markdown table that also reads well in a terminal; the first columns stand left."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(columns(row[i]) for row in [head, *rows]) for i in range(len(head))]

    def line(cells):
        padded = []
        for i, (cell, width) in enumerate(zip(cells, widths)):
            room = " " * (width - columns(cell))
            padded.append(cell + room if i < left else room + cell)
        return "| " + " | ".join(padded) + " |"

    rule = ["-" * width if i < left else "-" * (width - 1) + ":" for i, width in enumerate(widths)]
    return [line(head), line(rule), *map(line, rows), ""]


def wrapped(text, first="", later=""):
    """Lines of a text, broken at no `5 %`, `5 km` or `5 of 7`."""
    kept = re.sub(r"(?<=\d) (?=%|k?m\b|of \d)|(?<=\d of) (?=\d)", "\u00a0", text)
    lines = textwrap.wrap(
        kept, COLUMNS, initial_indent=first, subsequent_indent=later,
        break_long_words=False, break_on_hyphens=False,
    )
    return [line.replace("\u00a0", " ") for line in lines]


def paragraph(text):
    return [*wrapped(text), ""]


def bullets(texts):
    return [*(line for text in texts for line in wrapped(text, "- ", "  ")), ""]


def listed(words):
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)
