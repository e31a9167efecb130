"""The ruled lines of a page and the tables that they enclose: cells as boxes. Knows no text.

Rules come as lines, as thin filled boxes, as borders of boxes or as rows of dots; those that a table leaves out at its
sides, or where the page cuts a row, are put where the others end.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import TableFinder

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left corner."""
Edge = dict[str, Any]

SAME_EDGE = 2.5
"""Rules closer than this are one."""
_THIN = 3.0
_SHORTEST = 10.0
_MOST_RULES = 20_000


@dataclass(frozen=True, slots=True)
class Ruled:
    """The ruled tables of a page, each as its cells, and the heights at which the page cuts a table."""

    tables: list[list[Box]]
    cuts: list[float]


def ruled_tables(page: Page) -> Ruled:
    """Every table whose cells are enclosed by rules."""
    edges = list(_edges(page))
    level = [e for e in edges if e["orientation"] == "h"]
    upright = [e for e in edges if e["orientation"] == "v"]
    if len(level) < 2 or len(upright) < 2 or len(edges) > _MOST_RULES:
        return Ruled([], [])
    finder = _finder(page, upright, level)
    sides, cuts = _open_sides(finder.edges), _cuts(finder.edges)
    if sides or cuts:
        finder = _finder(page, [*upright, *sides], [*level, *cuts])
    tables: list[list[Box]] = [[tuple(map(float, cell)) for cell in t.cells] for t in finder.tables]  # type: ignore[misc]  # cells have four numbers
    return Ruled(tables, [float(e["top"]) for e in cuts])


def _finder(page: Page, upright: Sequence[Edge], level: Sequence[Edge]) -> TableFinder:
    return page.debug_tablefinder(
        {
            "vertical_strategy": "explicit",
            "horizontal_strategy": "explicit",
            "explicit_vertical_lines": list(upright),
            "explicit_horizontal_lines": list(level),
            "snap_tolerance": 3,
            "join_tolerance": 3,
        }
    )


# --- from what is drawn ----------------------------------------------------------------------------------------------


def _edges(page: Page) -> Iterator[Edge]:
    dots: list[tuple[float, float]] = []
    for shape in (*page.rects, *page.lines):
        x0, x1, top, bottom = map(float, (shape["x0"], shape["x1"], shape["top"], shape["bottom"]))
        wide, high = x1 - x0 >= _THIN, bottom - top >= _THIN
        if not wide and not high:
            dots.append(((x0 + x1) / 2, (top + bottom) / 2))
        elif not wide or not high:
            yield _upright((x0 + x1) / 2, top, bottom) if high else _level((top + bottom) / 2, x0, x1)
        elif shape["object_type"] == "rect":
            yield from (
                _level(top, x0, x1),
                _level(bottom, x0, x1),
                _upright(x0, top, bottom),
                _upright(x1, top, bottom),
            )
    for curve in page.curves:
        yield from _of_curve(curve["pts"])
    yield from _dotted(dots)


def _level(y: float, x0: float, x1: float) -> Edge:
    return {"object_type": "rule_edge", "orientation": "h", "x0": x0, "x1": x1, "top": y, "bottom": y,
            "width": x1 - x0, "height": 0}  # fmt: skip


def _upright(x: float, top: float, bottom: float) -> Edge:
    return {"object_type": "rule_edge", "orientation": "v", "x0": x, "x1": x, "top": top, "bottom": bottom,
            "width": 0, "height": bottom - top}  # fmt: skip


def _of_curve(points: Sequence[tuple[float, float]]) -> Iterator[Edge]:
    """The level and upright parts of a path."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y1 - y0) < 0.5 and abs(x1 - x0) >= _THIN:
            yield _level(float(y0), float(min(x0, x1)), float(max(x0, x1)))
        elif abs(x1 - x0) < 0.5 and abs(y1 - y0) >= _THIN:
            yield _upright(float(x0), float(min(y0, y1)), float(max(y0, y1)))


def _dotted(dots: Sequence[tuple[float, float]]) -> Iterator[Edge]:
    """Rows and columns of dots as rules."""
    rows: dict[int, list[float]] = defaultdict(list)
    columns: dict[int, list[float]] = defaultdict(list)
    for x, y in dots:
        rows[round(y)].append(x)
        columns[round(x)].append(y)
    for y, xs in rows.items():
        yield from (_level(float(y), a, b) for a, b in _runs(xs))
    for x, ys in columns.items():
        yield from (_upright(float(x), a, b) for a, b in _runs(ys))


def _runs(values: Iterable[float]) -> Iterator[tuple[float, float]]:
    """Stretches of values that follow each other closely and are long enough for a rule."""
    start = last = None
    for value in sorted(values):
        if start is None or last is None or value - last > 2 * _THIN:
            if start is not None and last is not None and last - start >= _SHORTEST:
                yield start, last
            start = value
        last = value
    if start is not None and last is not None and last - start >= _SHORTEST:
        yield start, last


# --- what is left out ------------------------------------------------------------------------------------------------


def _cuts(edges: Sequence[Edge]) -> list[Edge]:
    """Level rules where upright ones run on beyond the first or last level one: the page breaks within a row."""
    level = [e for e in edges if e["orientation"] == "h"]
    upright = [e for e in edges if e["orientation"] == "v"]
    if not level or len(upright) < 3:
        return []
    found = []
    for end, of in (("top", min), ("bottom", max)):
        place = of(e[end] for e in upright)
        reaching = [e for e in upright if abs(e[end] - place) < SAME_EDGE]
        near = [e for e in level if abs(e["top"] - place) < 2 * SAME_EDGE]
        xs = distinct(e["x0"] for e in reaching)
        middles = [(a + b) / 2 for a, b in pairwise(xs)]
        if len(xs) > 2 and not all(any(e["x0"] < x < e["x1"] for e in near) for x in middles):
            found.append(_level(place, xs[0], xs[-1]))
    return found


def _open_sides(edges: Sequence[Edge]) -> list[Edge]:
    """Upright rules where level ones run on beyond the last upright one: a table without rules at its sides."""
    level = [e for e in edges if e["orientation"] == "h" and e["x1"] - e["x0"] > 100]
    upright = [e for e in edges if e["orientation"] == "v"]
    if len(level) < 3 or not upright:
        return []
    low, high = min(e["top"] for e in level), max(e["top"] for e in level)
    among = [e for e in upright if e["bottom"] > low and e["top"] < high]
    left, right = min(e["x0"] for e in level), max(e["x1"] for e in level)
    reach = [e for e in level if abs(e["x0"] - left) < SAME_EDGE and abs(e["x1"] - right) < SAME_EDGE]
    if not among or 2 * len(reach) < len(level):
        return []
    found = []
    if min(e["x0"] for e in among) > left + 10:
        found.append(_upright(left, low, high))
    if max(e["x0"] for e in among) < right - 10:
        found.append(_upright(right, low, high))
    return found


def distinct(values: Iterable[float]) -> list[float]:
    """The values in order, with those that are nearly equal made one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE:
            edges.append(value)
    return edges
