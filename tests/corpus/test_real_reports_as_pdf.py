"""The five real reports printed to PDF by a real Chromium: every figure comes back. See `test_real_reports_printed_anew`."""

import os

import pytest
from test_real_reports_printed_anew import pytestmark as needs_reports
from test_real_reports_printed_anew import truths

from benchmarks.quality.chromium import print_pdf, program
from benchmarks.quality.judge import RIGHT, judge
from corpus.synthetic import Style

pytestmark = [
    *needs_reports,
    pytest.mark.browser,
    pytest.mark.skipif(
        program() is None and os.environ.get("CI") != "true",
        reason="No Chromium is installed: `apt-get install chromium`.",
    ),
]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("number", range(5))
def test_every_figure_comes_back(number: int, seed: int) -> None:
    truth = truths()[number]
    verdict = judge(print_pdf(truth, Style(), seed), truth)
    assert [fault for fault in verdict.faults if "fact" not in fault] == []
    assert dict(verdict.cells) == {RIGHT: 200}
