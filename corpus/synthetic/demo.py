"""The documents of the sample archive: invented reports in a mix of layouts, some with a planted defect."""

from collections.abc import Iterator
from itertools import islice
from random import Random

from corpus.errors import UsageError
from corpus.synthetic.defects import ALL_DEFECTS, plant
from corpus.synthetic.generate import stream
from corpus.synthetic.render import Rendering, render
from corpus.synthetic.truth import SyntheticReport

DEMO_SEED = 2030
DEMO_COUNT = 300

_LAYOUTS = {
    "html": 60,
    "text_tabs": 50,
    "html_gbk": 25,
    "html_word": 20,
    "text_fragments": 20,
    "markdown": 20,
    "html_nested": 15,
    "html_badspans": 15,
    "pipes": 15,
    "markdown_shifted": 12,
    "text_paragraphs": 10,
    "text_fragments_blank": 10,
    "html_bare": 8,
    "markdown_bold": 8,
    "inline": 6,
    "pipes_per_line": 6,
    "traditional": 6,
    "traditional_html": 6,
    "pdf_text": 4,
}
"""Layout → how often it comes up, about as often as in published reports."""

_DEFECT_SHARE = 0.14


def demo_renderings(seed: int | str = DEMO_SEED, count: int = DEMO_COUNT) -> Iterator[tuple[str, Rendering]]:
    """Path and rendering of every sample report; `rendering.held.defects` lists what was planted in it."""
    for report in islice(stream(seed), count):
        rng = Random(f"{report.seed}|demo")
        layout = rng.choices(list(_LAYOUTS), list(_LAYOUTS.values()))[0]
        rendering = render(_perhaps_defective(report, rng), layout, seed)
        site = report.site.host.split(".")[1]
        yield f"{site}/{report.year}/{rendering.filename}", rendering


def demo_archive(seed: int | str = DEMO_SEED, count: int = DEMO_COUNT) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every sample report. All of them say in their front that they are samples."""
    for path, rendering in demo_renderings(seed, count):
        yield path, rendering.data


def _perhaps_defective(report: SyntheticReport, rng: Random) -> SyntheticReport:
    if rng.random() > _DEFECT_SHARE:
        return report
    for check in rng.sample(ALL_DEFECTS, len(ALL_DEFECTS)):
        try:
            return plant(report, check, rng)
        except UsageError:
            continue
    return report
