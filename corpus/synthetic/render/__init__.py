"""A truth → the bytes of a document in one of many layouts, with the truth that those bytes still hold."""

from corpus.synthetic.render.collection import Collection, render_together
from corpus.synthetic.render.rendering import Rendering, render
from corpus.synthetic.render.style import LAYOUTS, Style, possible, random_style

__all__ = ["LAYOUTS", "Collection", "Rendering", "Style", "possible", "random_style", "render", "render_together"]
