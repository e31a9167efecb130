"""The reader explains itself: every figure has a way back to its print, every figure that was not used a reason."""

import pytest

from corpus.explain import explain, explain_to_json
from corpus.model import CellState, Report
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.synthetic import LAYOUTS, Style, generate, render
from corpus.vocabulary import REJECTIONS

TRUTH = generate(3, 1)[0]


def read(style: str | Style) -> Report:
    rendering = render(TRUTH, style)
    (report,) = parse_document(read_document(rendering.data, rendering.filename))
    return report


def changed(old: str, new: str) -> Report:
    rendering = render(TRUTH, "text_tabs")
    assert old in rendering.text
    text = rendering.text.replace(old, new, 1)
    (report,) = parse_document(read_document(text.encode(), rendering.filename))
    return report


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "images"])
def test_every_figure_names_its_place_and_its_rule(layout: str) -> None:
    report = read(layout)
    found = {e.place: e for e in explain(report)}
    assert len(found) == 200
    for explanation in found.values():
        if explanation.state != CellState.ABSENT:
            assert explanation.origin is not None and explanation.origin.rule
    denied = found["applications.denied.third_party.total"]
    assert denied.row_alias and denied.origin and denied.origin.label
    assert {r.reason for r in report.rejected} <= {r.key for r in REJECTIONS}


def test_a_figure_that_was_not_read_names_its_finding() -> None:
    found = {e.place: e for e in explain(read("images"))}
    assert found["applications.granted.total"].findings == ("p.table_missing:applications",)


def test_the_column_of_subtotals_is_rejected_as_such() -> None:
    report = read(Style(container="html", tables="spans", subtotal=True))
    assert {r.reason for r in report.rejected} == {"extra_column"}
    assert len(report.rejected) == 25
    assert all(report.text[r.start : r.end] == r.text for r in report.rejected)


def test_a_row_that_the_form_does_not_have_is_rejected_by_its_label() -> None:
    report = changed(
        "\t四、结转下年度继续办理",
        "\t五、本省自设指标\n\t71\n\t72\n\t73\n\t74\n\t75\n\t76\n\t77\n\n\t四、结转下年度继续办理",
    )
    figures = [r for r in report.rejected if r.reason == "unknown_label"]
    assert [r.text for r in figures] == ["71", "72", "73", "74", "75", "76", "77"]
    assert any(f.id.startswith("p.unknown_label") for f in report.findings)


def test_everything_is_there_as_json() -> None:
    data = explain_to_json(read(Style(container="html", tables="spans", subtotal=True)))
    assert set(data) == {"evidence", "statements", "cells", "rejected"}
    assert data["rejected"][0]["why"] == "规定格式以外的列（如小计）"
    assert data["cells"][0]["origin"]["rule"]
