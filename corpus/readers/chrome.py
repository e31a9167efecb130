"""Takes site chrome (V15), publication metadata (V16) and page numbers out of a document's blocks; values go to meta.

Conservative: between the first and the last section heading only unmistakable lines go. It never changes a block.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.readers.blocks import Block, Grid, TextBlock
from corpus.readers.chrome_metadata import (
    Pairs,
    grid_pairs,
    harvest,
    is_trusted,
    kept,
    label_of,
    site_code,
    text_pairs,
    value_below,
)
from corpus.readers.chrome_patterns import (
    Place,
    chrome_place,
    chrome_vocabulary,
    crumb_path,
    flat,
    is_ambiguous_word,
    is_chrome_anywhere,
    is_opening_heading,
    is_section_heading,
    is_title,
)

__all__ = ["harvest", "strip_chrome"]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_YEAR_NAMED = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_NUMBER = re.compile(r"\d")
_SENTENCE = 40
# What lies further from the report than this many blocks is no page around a report but another document.
_FRINGE = 600


@dataclass(slots=True)
class _Page:
    """The blocks while they are judged: `gone` numbers those that are removed, `meta` collects what they said."""

    blocks: Sequence[Block]
    meta: dict[str, str]
    gone: set[int] = field(default_factory=set)

    def text(self, i: int) -> str:
        block = self.blocks[i]
        return block.text if isinstance(block, TextBlock) else ""

    def learn(self, pairs: Iterable[tuple[str, str]]) -> None:
        for name, value in pairs:
            if value and not self.meta.get(name):
                self.meta[name] = value

    def remove(self, i: int) -> None:
        self.gone.add(i)
        code = site_code(self.text(i))
        if code:
            label = "siteidcode" if self.meta.get("siteidcode", code) == code else "网站标识码"
            self.learn([(label, code)])


def strip_chrome(blocks: Sequence[Block], meta: Mapping[str, str]) -> tuple[tuple[Block, ...], dict[str, str]]:
    """The blocks without chrome and metadata, and `meta` with the labelled values added (given values win).

    1. Landmarks: section headings, or sentences where there are none, tell front, body, gaps between reports and tail.
    2. Body: only what is unmistakable anywhere goes (page numbers).
    3. Front and gaps: chrome, metadata and, in the front, titles of other years and lines enclosed in chrome go.
    4. Tail: chrome and metadata go; a line that ends the page takes the rest with it.
    """
    page = _Page(blocks, dict(meta))
    first, last, gaps = _landmarks(blocks)
    for i in range(first, last + 1):
        if is_chrome_anywhere(page.text(i)):
            page.remove(i)
    for start, end in gaps:
        _strip_lines(page, start, end, front=True)
    _strip_front(page, min(first, _FRINGE))
    _strip_tail(page, last + 1)
    return tuple(block for i, block in enumerate(blocks) if i not in page.gone), page.meta


def _landmarks(blocks: Sequence[Block]) -> tuple[int, int, list[tuple[int, int]]]:
    """First and last landmark, and the gaps (half-open) between a report's last heading and the next report's first."""
    headings = [i for i, b in enumerate(blocks) if isinstance(b, TextBlock) and is_section_heading(b.text)]
    marks = headings or [i for i, b in enumerate(blocks) if _is_body(b)]
    if not marks:
        return len(blocks), len(blocks) - 1, []
    gaps = []
    for before, after in pairwise(headings):
        block = blocks[after]
        if not isinstance(block, TextBlock) or after - before < 2 or not is_opening_heading(block.text):
            continue
        between = [b for b in blocks[before + 1 : after] if isinstance(b, TextBlock)]
        if any(is_title(b.text) for b in between):
            gaps.append((before + 1, after))
    return marks[0], marks[-1], gaps


def _is_body(block: Block) -> bool:
    if isinstance(block, Grid):
        return sum(map(len, block.rows)) >= 6 and grid_pairs(block) is None
    return len(block.text) >= _SENTENCE and "。" in block.text and text_pairs(block.text) is None


def _strip_lines(page: _Page, start: int, end: int, *, front: bool) -> list[int]:
    """Removes chrome and metadata among the blocks `start:end`; returns the places of the chrome lines."""
    pairs = {i: _pairs(page.blocks[i]) for i in range(start, end)}
    labels = sum(1 for found in pairs.values() if found and is_trusted(found))
    chrome: list[int] = []
    for i in range(start, end):
        if i in page.gone:
            continue
        found = pairs[i]
        text = page.text(i)
        if found == [] or (found and _counts(found, front and labels > 1) and not _holds_title(page, i, end, found)):
            _take_metadata(page, i, found)
        elif text and chrome_place(text) and not _is_part_of_title(page, i):
            page.learn([("breadcrumb", crumb_path(text) or "")])
            page.remove(i)
            chrome.append(i)
        elif front and label_of(text) is not None:
            _take_bare_label(page, i, end)
    return chrome


def _counts(pairs: Pairs, among_labels: bool) -> bool:
    return is_trusted(pairs) or among_labels


def _pairs(block: Block) -> Pairs | None:
    return grid_pairs(block) if isinstance(block, Grid) else text_pairs(block.text)


def _take_metadata(page: _Page, i: int, pairs: Pairs) -> None:
    label, value = pairs[-1] if pairs else ("", "")
    if label and not value and isinstance(page.blocks[i], TextBlock) and label not in chrome_vocabulary().furniture:
        below = value_below(page.blocks, i)
        if below is not None:
            pairs = [*pairs[:-1], (label, below)]
            page.remove(i + 1)
    page.learn(kept(pairs))
    page.remove(i)


def _take_bare_label(page: _Page, i: int, end: int) -> None:
    """A label on a line of its own, without colon: metadata only where its value and another label follow or precede."""
    below = value_below(page.blocks, i)
    neighbours = (page.text(j) for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < end)
    if not any(label_of(text) is not None for text in neighbours if text):
        return
    if below is not None:
        page.learn(kept([(label_of(page.text(i)) or "", below)]))
        page.remove(i + 1)
    page.remove(i)


def _holds_title(page: _Page, i: int, end: int, pairs: Pairs) -> bool:
    """Whether a labelled value in block `i` is the title, and no later line of the front prints it."""
    if isinstance(page.blocks[i], Grid) or not any(is_title(value) for _, value in pairs):
        return False
    return not any(is_title(page.text(j)) for j in range(end) if j != i)


def _is_part_of_title(page: _Page, i: int) -> bool:
    """Whether a menu word may be the title, or the line of a broken one that only the next line completes."""
    text = page.text(i)
    if not is_ambiguous_word(text):
        return False
    below = page.text(i + 1) if i + 1 < len(page.blocks) else ""
    return is_title(text) or (bool(below) and not is_title(below) and is_title(text + below))


def _names_year_or_body(title: str) -> bool:
    flattened = flat(title)
    return _YEAR.search(flattened) is not None or not chrome_vocabulary().menu_line.fullmatch(flattened)


def _strip_front(page: _Page, end: int) -> None:
    titles = [i for i in range(end) if is_title(page.text(i))]
    title = _real_title(page, titles)
    if title is not None and _is_menu_line(page, titles, title):
        page.gone.update(i for i in titles if _is_bare(page.text(i)))
        title = None
    chrome = _strip_lines(page, 0, end, front=True)
    if title is None:
        return
    _drop_other_titles(page, titles, title, end)
    above = [i for i in chrome if i < title]
    if len(above) >= 3:
        # Lines enclosed in chrome (slogans, names of the site) are chrome; what follows the last such line is not.
        for i in range(above[-1]):
            if isinstance(page.blocks[i], TextBlock) and len(page.text(i)) <= _SENTENCE and "。" not in page.text(i):
                page.remove(i)


def _real_title(page: _Page, titles: Sequence[int]) -> int | None:
    """The title line the report stands under: the one that the page's own title holds, else the last of the front."""
    if not titles:
        return None
    stated = flat(f"{page.meta.get('articletitle', '')} {page.meta.get('title', '')}")
    named = [i for i in titles if _names_year_or_body(page.text(i))] or list(titles)
    agreeing = [i for i in named if flat(page.text(i)) in stated]
    return (agreeing or named)[-1]


def _is_bare(title: str) -> bool:
    """Whether a title names a year and no body."""
    flattened = flat(title)
    return (
        _YEAR.search(flattened) is not None
        and chrome_vocabulary().menu_line.fullmatch(re.sub(_YEAR.pattern + "年?度?", "", flattened)) is not None
    )


def _is_menu_line(page: _Page, titles: Sequence[int], title: int) -> bool:
    """Whether the line is the last of a menu of years and not the title, which got lost: the text is about another year."""
    listed = {match.group() for i in titles if _is_bare(page.text(i)) and (match := _YEAR.search(flat(page.text(i))))}
    if len(listed) < 2 or not _is_bare(page.text(title)):
        return False
    said = Counter(year for i, b in enumerate(page.blocks) if _is_body(b) for year in _YEAR_NAMED.findall(page.text(i)))
    own = _YEAR.search(flat(page.text(title)))
    if not said:
        return title - 1 in titles
    return own is not None and said[own.group()] < max(said.values())


def _drop_other_titles(page: _Page, titles: Sequence[int], title: int, end: int) -> None:
    """Removes titles of other years (a menu lists them) and, above the real one, its repetitions and column names."""
    own, year = flat(page.text(title)), _YEAR.search(flat(page.text(title)))
    for i in titles:
        if i == title or i in page.gone:
            continue
        other = flat(page.text(i))
        other_year = _YEAR.search(other)
        differs = year is not None and other_year is not None and other_year.group() != year.group()
        differs = differs and _leads_nowhere(page, i, end)
        repeated = other == own and all(j in page.gone or j in titles for j in range(i + 1, title))
        if differs or (i < title and (repeated or not _names_year_or_body(page.text(i)))):
            page.remove(i)


def _strip_tail(page: _Page, start: int) -> None:
    blocks = page.blocks
    for i in range(start, min(start + _FRINGE, len(blocks))):
        text = page.text(i)
        if text and chrome_place(text) is Place.END and _is_leftover(blocks[i + 1 :]):
            page.learn(harvest(blocks[i:]).items())
            page.gone.update(range(i, len(blocks)))
            break
    _strip_lines(page, start, min(start + _FRINGE, len(blocks)), front=False)
    years = [_YEAR.search(flat(page.text(i))) for i in range(start) if is_title(page.text(i)) and i not in page.gone]
    own = {match.group() for match in years if match}
    for i in range(start, len(blocks)):
        match = _YEAR.search(flat(page.text(i))) if is_title(page.text(i)) else None
        if match and own and match.group() not in own and _leads_nowhere(page, i, len(blocks)):
            page.remove(i)


def _leads_nowhere(page: _Page, i: int, end: int) -> bool:
    """Whether the title in block `i` heads nothing: before `end` or the next title there is no text of a report."""
    for j in range(i + 1, end):
        if is_title(page.text(j)):
            return True
        if j not in page.gone and _is_body(page.blocks[j]):
            return False
    return True


def _is_leftover(rest: Sequence[Block]) -> bool:
    """Whether no table of figures, which can only belong to a report, is in `rest` (no section heading is)."""
    for block in rest:
        if isinstance(block, Grid):
            figures = sum(1 for row in block.rows for cell in row if _NUMBER.search(cell.text))
            if figures >= 5 and grid_pairs(block) is None:
                return False
    return True
