"""Publication metadata (layout variant V16) told apart from text: labelled values in lines, pipe lines and grids.

It only recognises and returns; whether a line is removed is decided in `chrome.py`. A value is never changed.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.readers.blocks import Block, Grid, TextBlock
from corpus.readers.chrome_patterns import (
    ChromeVocabulary,
    chrome_place,
    chrome_vocabulary,
    flat,
    is_section_heading,
    is_title,
)
from corpus.text import to_simplified

Pairs = list[tuple[str, str]]

_SITE_CODE = re.compile(r"网站标识码[\s:：]*((?:bm|BM)\d{8}|\d{10})(?!\d)")
_MOMENT = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_BARE_MOMENT = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?")
_LEAD = re.compile(rf"[\s|｜【】\[\]［］]*(?:{_MOMENT.pattern})?[\s|｜【】\[\]［］]*")
_NO_NAME = re.compile(r".{1,3}|.*\d.*")
_EDGES = " \t\r\n\u3000\u00a0\u200b\ufeff|｜【】[]［］:："
_LONGEST_VALUE = 80
_LARGEST_GRID = 80


def site_code(text: str) -> str | None:
    """The 网站标识码 printed in `text` (ten digits, or `bm` and eight), `None` when there is none."""
    found = _SITE_CODE.search(to_simplified(text)) if "码" in text or "碼" in text else None
    return found.group(1).lower() if found else None


def label_of(text: str) -> str | None:
    """The label that `text` consists of, as the vocabulary writes it; `None` when it is no label."""
    if len(text) > 24:
        return None
    word = flat(text).strip(":【】[]")
    vocabulary = chrome_vocabulary()
    return word if word in vocabulary.labels or word in vocabulary.generic or word in vocabulary.furniture else None


def _acceptable(label: str, value: str, vocabulary: ChromeVocabulary) -> bool:
    return label in vocabulary.long_values or (len(value) <= _LONGEST_VALUE and "。" not in value)


def line_pairs(line: str) -> Pairs | None:
    """The labelled values of a line that holds nothing else, in order; `None` when it is an ordinary line.

    A moment before the first label counts as 发布时间. Values of counters and controls come with their label too.
    """
    simplified = to_simplified(line)
    if _BARE_MOMENT.fullmatch(simplified.strip(_EDGES)):
        return [("发布时间", simplified.strip(_EDGES))]
    if ":" not in line and "：" not in line:
        return None
    vocabulary = chrome_vocabulary()
    lead = _LEAD.match(simplified)
    start = lead.end() if lead else 0
    if vocabulary.label_at.match(simplified, start) is None:
        return None
    found = list(vocabulary.label_at.finditer(simplified, start))
    before = simplified[:start].strip(_EDGES)
    pairs: Pairs = [("发布时间", before)] if before else []
    for i, match in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else len(line)
        pairs.append((flat(match.group(1)), line[match.end() : end].strip(_EDGES)))
    if not all(_acceptable(label, value, vocabulary) for label, value in pairs):
        return None
    return pairs


def cell_pairs(cells: Sequence[str]) -> tuple[Pairs, int]:
    """Labels with the values in the cells after them, and how many cells that are not blank belong to no label.

    Cells that are chrome by themselves (打印, a menu word) are neither.
    """
    pairs: Pairs = []
    strangers = 0
    i = 0
    while i < len(cells):
        text = cells[i]
        label = label_of(text)
        inline = None if label else line_pairs(text)
        if label is not None and i + 1 < len(cells) and label_of(cells[i + 1]) is None:
            pairs.append((label, cells[i + 1].strip(_EDGES)))
            i += 1
        elif label is not None:
            pairs.append((label, ""))
        elif inline is not None:
            pairs.extend(inline)
        elif text.strip(_EDGES) and chrome_place(text) is None:
            strangers += 1
        i += 1
    return pairs, strangers


def grid_pairs(grid: Grid) -> Pairs | None:
    """The labelled values of a metadata table, beside or below their labels; `None` when it is another table.

    A menu printed as a table has no values: the list is empty.
    """
    if sum(map(len, grid.rows)) > _LARGEST_GRID:
        return None
    rows = [texts for row in grid.rows if any(texts := [cell.text for cell in row])]
    if not rows:
        return None
    if all(len(row) == 1 for row in rows):
        rows = [[text for row in rows for text in row]]
    pairs: Pairs = []
    strangers = 0
    i = 0
    while i < len(rows):
        below = rows[i + 1] if i + 1 < len(rows) else []
        if (
            len(rows[i]) > 1
            and len(below) == len(rows[i])
            and all(map(label_of, rows[i]))
            and not any(map(label_of, below))
        ):
            pairs.extend((label_of(text) or "", value) for text, value in zip(rows[i], below, strict=True))
            i += 2
            continue
        found, others = cell_pairs(rows[i])
        pairs.extend(found)
        strangers += others
        i += 1
    if not strangers and (pairs or all(chrome_place(text) for row in rows for text in row if text.strip())):
        return pairs
    return (
        pairs
        if len({label for label, _ in pairs if label not in _generic()}) >= 2 and strangers * 3 <= len(pairs)
        else None
    )


def _generic() -> frozenset[str]:
    return chrome_vocabulary().generic


def text_pairs(text: str) -> Pairs | None:
    """The labelled values of a line or a line of cells set apart by pipes or tabs; `None` when it is ordinary text."""
    pairs = line_pairs(text)
    if pairs is None and ("|" in text or "\t" in text.strip()):
        cells = [cell.strip() for cell in re.split(r"[|\t]", text)]
        found, strangers = cell_pairs([cell for cell in cells if cell])
        pairs = found if len(found) >= 2 and not strangers else None
    return pairs


def is_trusted(pairs: Pairs) -> bool:
    """Whether at least one label is specific enough to be metadata outside a block of labels."""
    return any(label not in _generic() for label, _ in pairs)


def kept(pairs: Pairs) -> Iterator[tuple[str, str]]:
    """The pairs worth keeping: labels of metadata with a value."""
    vocabulary = chrome_vocabulary()
    for label, value in pairs:
        if value and label not in vocabulary.furniture:
            yield label, value


def harvest(blocks: Sequence[Block]) -> dict[str, str]:
    """Labelled values and the site code (`siteidcode`) printed anywhere in `blocks`; the first value of a label wins."""
    meta: dict[str, str] = {}
    for i, block in enumerate(blocks):
        if isinstance(block, Grid):
            pairs = grid_pairs(block)
            texts = [cell.text for row in block.rows for cell in row]
        else:
            pairs = text_pairs(block.text)
            texts = [block.text]
            if pairs and not pairs[-1][1] and pairs[-1][0] not in chrome_vocabulary().furniture:
                value = value_below(blocks, i)
                pairs = [*pairs[:-1], (pairs[-1][0], value or "")]
        for label, value in kept(pairs or []):
            meta.setdefault(label, value)
        code = next(filter(None, map(site_code, texts)), None)
        if code:
            meta.setdefault("siteidcode", code)
    return meta


def value_below(blocks: Sequence[Block], i: int) -> str | None:
    """The text of the block after `i` where it can be the value of a label that stands alone in `blocks[i]`.

    A name directly above the title is the agency's own line, whatever label stands before it.
    """
    below = _text_at(blocks, i + 1)
    if not below or len(below) > _LONGEST_VALUE or "。" in below:
        return None
    if is_title(_text_at(blocks, i + 2)) and not _NO_NAME.fullmatch(below):
        return None
    if text_pairs(below) is not None or label_of(below) is not None:
        return None
    return None if is_title(below) or is_section_heading(below) or chrome_place(below) else below


def _text_at(blocks: Sequence[Block], i: int) -> str:
    block = blocks[i] if i < len(blocks) else None
    return block.text.strip() if isinstance(block, TextBlock) else ""
