"""Takes out of the XML of a Word document what is not its text: formatting, marks of editing, pictures, hidden runs.

What is left is a tenth of it, which the converter after it reads in a fraction of the time.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

# Properties that decide what is text and how cells are merged; all others are appearance.
_KEPT_PROPERTIES = frozenset({"pStyle", "gridSpan", "vMerge", "hMerge", "tblHeader"})
_PROPERTIES = frozenset({"pPr", "rPr", "tblPr", "tcPr", "trPr", "sectPr", "tblPrEx", "tblGrid", "sdtPr", "sdtEndPr"})
_MARKS = frozenset(
    {"bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak", "permStart", "permEnd", "commentRangeStart",
     "commentRangeEnd", "commentReference", "del", "moveFrom", "delText", "softHyphen"}
)  # fmt: skip
_TEXTS = frozenset({"t", "instrText"})
_PICTURES = frozenset({"drawing", "pict", "object"})


def make_plain(root: Element, w: str) -> int:
    """Strips the tree in place; `w` is its namespace. Returns how many pictures were taken out."""
    names = _Names(w)
    pictures = 0
    stack = [root]
    while stack:
        parent = stack.pop()
        kept: list[Element] = []
        for child in parent:
            name = names.local(child)
            if name in _MARKS:
                continue
            if name in _PICTURES and not names.holds_text(child):
                pictures += 1
            elif name in _PROPERTIES:
                names.strip_properties(child)
                if len(child):
                    kept.append(child)
            elif name == "r" and names.is_hidden(child):
                continue
            else:
                kept.append(child)
        parent[:] = list(names.joined(kept))
        parent.tail = None
        if names.local(parent) not in _TEXTS:
            parent.text = None
        stack.extend(kept)
    return pictures


class _Names:
    """The names of one of the two namespaces that Word files are written in."""

    def __init__(self, w: str) -> None:
        self._prefix = f"{{{w}}}"
        self._text = f"{{{w}}}t"
        self._run_properties = f"{{{w}}}rPr"
        self._vanish = f"{{{w}}}rPr/{{{w}}}vanish"
        self._value = f"{{{w}}}val"
        self._box = f"{{{w}}}txbxContent"

    def local(self, element: Element) -> str:
        """The name without namespace; empty for elements of other namespaces."""
        tag = element.tag
        return tag[len(self._prefix) :] if isinstance(tag, str) and tag.startswith(self._prefix) else ""

    def holds_text(self, picture: Element) -> bool:
        """Whether a drawing is, or holds, a box of text."""
        return next(picture.iter(self._box), None) is not None

    def strip_properties(self, properties: Element) -> None:
        """Leaves only what decides on text and merging."""
        properties[:] = [child for child in properties if self.local(child) in _KEPT_PROPERTIES]

    def is_hidden(self, run: Element) -> bool:
        """Whether a run is formatted as hidden, and so is not printed."""
        vanish = run.find(self._vanish)
        return vanish is not None and vanish.get(self._value) not in ("0", "false", "off")

    def joined(self, children: Iterable[Element]) -> Iterable[Element]:
        """`children` with neighbouring runs of nothing but text made one."""
        last: Element | None = None
        for child in children:
            text = self._only_text(child)
            if text is not None and last is not None:
                last.text = (last.text or "") + (text.text or "")
                continue
            last = text
            yield child

    def _only_text(self, run: Element) -> Element | None:
        if self.local(run) != "r":
            return None
        parts = [child for child in run if child.tag != self._run_properties]
        if len(parts) != 1 or parts[0].tag != self._text:
            return None
        parts[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return parts[0]
