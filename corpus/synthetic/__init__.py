"""The seeded generator of invented, consistent annual reports: truth first, renderings of it second.

An independent witness of the reader: it keeps its own wording of the forms and imports nothing of the reader's.
"""

from corpus.synthetic.defects import ALL_DEFECTS, DEFECTS, plant
from corpus.synthetic.demo import DEMO_COUNT, DEMO_SEED, demo_archive, demo_renderings
from corpus.synthetic.generate import generate, history
from corpus.synthetic.render import LAYOUTS, Collection, Rendering, Style, random_style, render, render_together
from corpus.synthetic.truth import CellTruth, FactTruth, Place, SectionTruth, SyntheticReport

__all__ = [
    "ALL_DEFECTS",
    "DEFECTS",
    "DEMO_COUNT",
    "DEMO_SEED",
    "LAYOUTS",
    "CellTruth",
    "Collection",
    "FactTruth",
    "Place",
    "Rendering",
    "SectionTruth",
    "Style",
    "SyntheticReport",
    "demo_archive",
    "demo_renderings",
    "generate",
    "history",
    "plant",
    "random_style",
    "render",
    "render_together",
]
