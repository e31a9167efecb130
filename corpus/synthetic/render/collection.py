"""Several reports in one document, each under its own title, as column pages of a site print them (V17)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.synthetic.render.rendering import Rendering, render
from corpus.synthetic.render.style import LAYOUTS, Style
from corpus.synthetic.truth import SyntheticReport

_BODY = re.compile(r"<body>\n(.*)\n</body>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Collection:
    """A document with several reports; `parts` are the renderings it was put together from, in printed order."""

    data: bytes
    filename: str
    media_type: str
    encoding: str
    parts: tuple[Rendering, ...]


def render_together(reports: Sequence[SyntheticReport], layout: str | Style, seed: int | str = 0) -> Collection:
    """All `reports` in one document of that layout, without the chrome of a site. Raises `ValueError` for none."""
    if not reports:
        raise ValueError("a collection needs at least one report")
    style = LAYOUTS[layout] if isinstance(layout, str) else layout
    style = replace(style, chrome=False, text_chrome=False)
    parts = tuple(render(report, style, seed) for report in reports)
    first = parts[0]
    if style.container == "html":
        bodies = "\n".join(_BODY.findall(part.text)[0] for part in parts)
        text = _BODY.sub(lambda _: f"<body>\n{bodies}\n</body>", first.text)
    else:
        text = "\n\n".join(part.text for part in parts)
    name, _, extension = first.filename.rpartition(".")
    return Collection(text.encode(style.encoding), f"{name}-more.{extension}", first.media_type, first.encoding, parts)
