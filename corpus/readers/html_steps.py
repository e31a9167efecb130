"""What is met inside an element of a parsed HTML tree, in order: text, borders of lines and boxes, links, tables.

It leaves out what is not printed (scripts, hidden elements, comments) and decides nothing else. No recursion: pages
with unclosed tags nest thousands deep.
"""

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache

from bs4.element import NavigableString, PageElement, Tag

from corpus.readers.chrome_patterns import chrome_vocabulary


class Step(IntEnum):
    """What the walk meets."""

    TEXT = 0
    BREAK = 1
    """A line ends here: `<br>` or the border of a block element."""
    OPEN = 2
    CLOSE = 3
    """The border of a box, an element that may hold a menu or the article."""
    LEVEL = 4
    PLAIN = 5
    """The border of a heading element: lines between have its level."""
    LINK = 6
    UNLINK = 7
    TABLE = 8
    PRE = 9


class _Role(IntEnum):
    INLINE = 0
    LINE = 1
    BOX = 2
    HEADING = 3
    LINK = 4
    SKIP = 5
    BREAK = 6
    TABLE = 7
    PRE = 8


class BoxKind(IntEnum):
    """What the id or class of a box says about it."""

    PLAIN = 0
    CONTENT = 1
    CRUMB = 2
    FURNITURE = 3


def _roles() -> dict[str, _Role]:
    named = {
        _Role.SKIP: "script style noscript template head title iframe object embed svg math canvas video audio select "
        "option datalist textarea button input map rp link meta base col colgroup",
        _Role.BREAK: "br hr",
        _Role.LINE: "p li dt dd address figure figcaption legend summary details caption tr td th thead tbody tfoot",
        _Role.BOX: "div ul ol dl section article main aside nav header footer center form blockquote fieldset body html "
        "menu dir frameset",
        _Role.HEADING: "h1 h2 h3 h4 h5 h6",
        _Role.LINK: "a",
        _Role.TABLE: "table",
        _Role.PRE: "pre listing xmp plaintext",
    }
    return {name: role for role, names in named.items() for name in names.split()}


_ROLES = _roles()
_WRAPPERS = frozenset({"p", "span", "font", "b", "strong", "div", "center", "em", "u", "o:p"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def _is_hidden(tag: Tag) -> bool:
    attrs = tag.attrs
    style = attrs.get("style")
    return "hidden" in attrs or (style is not None and "none" in style and bool(_HIDDEN.search(str(style))))


def box_kind(tag: Tag) -> BoxKind:
    """What the element's id or one of its classes says about it."""
    attrs = tag.attrs
    classes = attrs.get("class") or ""
    return _kind_of_names(str(attrs.get("id", "")), classes if isinstance(classes, str) else " ".join(classes))


@lru_cache(maxsize=4096)
def _kind_of_names(identifier: str, classes: str) -> BoxKind:
    names = {identifier.strip().lower(), *classes.lower().split()}
    vocabulary = chrome_vocabulary()
    if not names.isdisjoint(vocabulary.content_names):
        return BoxKind.CONTENT
    if not names.isdisjoint(vocabulary.crumb_names):
        return BoxKind.CRUMB
    return BoxKind.PLAIN if names.isdisjoint(vocabulary.furniture_names) else BoxKind.FURNITURE


class Steps:
    """The walk inside elements. `hidden_seen` tells afterwards whether anything hidden was left out."""

    def __init__(self, *, keep_hidden: bool = False) -> None:
        self.hidden_seen = False
        self._keep_hidden = keep_hidden

    def is_left_out(self, tag: Tag) -> bool:
        """Whether the element says itself that it is not printed."""
        if not tag.attrs or self._keep_hidden or not _is_hidden(tag):
            return False
        self.hidden_seen = True
        return True

    def inside(self, root: Tag, *, flat: bool = False) -> Iterator[tuple[Step, PageElement]]:
        """What is met inside `root`, in order. Tables and `pre` are named and not entered; with `flat` they are
        entered and their cells are lines."""
        stack: list[tuple[Iterator[PageElement], Step | None, Tag]] = [(iter(root.contents), None, root)]
        while stack:
            nodes, closing, owner = stack[-1]
            for node in nodes:
                kind = type(node)
                if kind is NavigableString:
                    yield Step.TEXT, node
                elif kind is Tag:
                    assert isinstance(node, Tag)
                    role = self._role(node, flat)
                    if role in _LEAVES:
                        yield _LEAVES[role], node
                    elif role is not _Role.SKIP and (node.contents or role is not _Role.INLINE):
                        opening, at_end = _BORDERS[role]
                        if opening is not None:
                            yield opening, node
                        stack.append((iter(node.contents), at_end, node))
                        break
            else:
                stack.pop()
                if closing is not None:
                    yield closing, owner

    def _role(self, tag: Tag, flat: bool) -> _Role:
        role = _ROLES.get(tag.name, _Role.INLINE)
        attrs = tag.attrs
        if attrs and role is not _Role.SKIP:
            if self.is_left_out(tag):
                return _Role.SKIP
            if role <= _Role.LINE and ("id" in attrs or "class" in attrs) and box_kind(tag):
                return _Role.BOX
            if role is _Role.LINK and "href" not in attrs:
                return _Role.INLINE
        elif role is _Role.LINK:
            return _Role.INLINE
        return _Role.LINE if flat and role >= _Role.TABLE else role

    def only_text(self, tag: Tag) -> str | None:
        """The text of `tag` where it is one string, however deep in wrappers (`<td><p><span>0`); else `None`."""
        while True:
            contents = tag.contents
            if len(contents) != 1:
                return None if contents else ""
            node = contents[0]
            if type(node) is NavigableString:
                return node
            if not isinstance(node, Tag) or node.name not in _WRAPPERS or self.is_left_out(node):
                return None
            tag = node

    def raw_text(self, tag: Tag) -> str:
        """The text inside `tag` as the source has it, with a line end at every border of a line."""
        borders = (Step.LINK, Step.UNLINK)
        met = self.inside(tag, flat=True)
        return "".join(str(node) if step is Step.TEXT else "\n" for step, node in met if step not in borders)


_LEAVES = {_Role.BREAK: Step.BREAK, _Role.TABLE: Step.TABLE, _Role.PRE: Step.PRE}
_BORDERS: dict[_Role, tuple[Step | None, Step | None]] = {
    _Role.INLINE: (None, None),
    _Role.LINE: (Step.BREAK, Step.BREAK),
    _Role.BOX: (Step.OPEN, Step.CLOSE),
    _Role.HEADING: (Step.LEVEL, Step.PLAIN),
    _Role.LINK: (Step.LINK, Step.UNLINK),
}
