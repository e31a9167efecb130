"""Cutting text at matches loses nothing, adds nothing and never makes HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.presenters.marks import Piece, merged, pieces


@pytest.mark.parametrize(
    ("text", "start", "spans", "expected"),
    [
        pytest.param("不予公开", 0, [], [Piece("不予公开")], id="nothing to mark"),
        pytest.param("", 5, [], [Piece("")], id="an empty paragraph is one empty piece"),
        pytest.param("甲乙丙丁", 10, [(11, 13)], [Piece("甲"), Piece("乙丙", 1, True), Piece("丁")], id="inside"),
        pytest.param("甲乙", 10, [(10, 12)], [Piece("甲乙", 1, True)], id="the whole paragraph"),
        pytest.param("甲乙", 10, [(8, 11)], [Piece("甲", 1, False), Piece("乙")], id="began in the paragraph before"),
        pytest.param("甲乙", 10, [(11, 15)], [Piece("甲"), Piece("乙", 1, True)], id="goes on in the next paragraph"),
        pytest.param(
            "甲乙", 10, [(1, 3), (10, 11)], [Piece("甲", 2, True), Piece("乙")], id="numbers count the report"
        ),
        pytest.param("<b>&", 0, [(0, 3)], [Piece("<b>", 1, True), Piece("&")], id="markup is text"),
    ],
)
def test_pieces(text: str, start: int, spans: list[tuple[int, int]], expected: list[Piece]) -> None:
    assert pieces(text, start, spans) == expected


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([(5, 7), (1, 3)], [(1, 3), (5, 7)], id="sorted"),
        pytest.param([(1, 4), (2, 6)], [(1, 6)], id="overlapping ones are one mark"),
        pytest.param([(1, 3), (3, 5)], [(1, 3), (3, 5)], id="neighbours stay two"),
        pytest.param([(1, 9), (2, 3)], [(1, 9)], id="one inside another"),
        pytest.param([(4, 4)], [], id="an empty one is none"),
    ],
)
def test_merged(spans: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    assert merged(spans) == expected


_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


@given(st.text(max_size=40), st.integers(0, 20), _SPANS)
def test_pieces_put_together_are_the_text(text: str, start: int, spans: list[tuple[int, int]]) -> None:
    disjoint = merged(spans)
    found = pieces(text, start, disjoint)
    assert "".join(piece.text for piece in found) == text
    marked = {i for a, b in disjoint for i in range(a, b) if start <= i < start + len(text)}
    place, seen = start, set()
    for piece in found:
        if piece.mark is not None:
            seen.update(range(place, place + len(piece.text)))
        place += len(piece.text)
    assert seen == marked
