"""A truth → the bytes of a document in one of many layouts, with the truth that those bytes still hold."""

from corpus.synthetic.render.collection import Collection, render_together
from corpus.synthetic.render.containers import address_of, warc_of, zip_of
from corpus.synthetic.render.rendering import Rendering, render
from corpus.synthetic.render.style import LAYOUTS, Style, possible, random_style

__all__ = [
    "LAYOUTS",
    "Collection",
    "Rendering",
    "Style",
    "address_of",
    "possible",
    "random_style",
    "render",
    "render_together",
    "warc_of",
    "zip_of",
]
