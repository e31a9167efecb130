"""How a figure is written: plain, full width, with separators, padded, with other strokes. The value never changes."""

from dataclasses import dataclass, replace
from random import Random

from corpus.model import CellState
from corpus.synthetic.render.style import Digits, Style
from corpus.synthetic.truth import CellTruth, Place

_FULL_WIDTH = str.maketrans("0123456789+-.", "０１２３４５６７８９＋－．")
_SEPARATORS: dict[Digits, str] = {
    "thousands": ",",
    "wide_thousands": "，",
    "spaced": " ",
    "no_break": "\u00a0",
    "zero_width": "\u200b",
}
_PADDING = ("　　", " ")


@dataclass(frozen=True, slots=True)
class Hand:
    """The handwriting of one rendering: the same figure is written the same way wherever it stands."""

    digits: Digits = "plain"
    slash: str = "/"
    dash: str = ""
    """Empty: the dash of the report itself."""
    words_for_change: bool = False
    """本年增/减 written 增加3, 减少2, 无变化 instead of +3, -2, 0."""

    def padded(self, cell: CellTruth, place: Place) -> str:
        """What stands in the cell, padding included."""
        raw = self.write(cell, place).raw
        if self.digits == "padded" and cell.state is CellState.NUMBER:
            return raw.join(_PADDING)
        return raw

    def write(self, cell: CellTruth, place: Place) -> CellTruth:
        """The cell as it is printed in this hand: the same value, `raw` and `unit` as they can be read."""
        if cell.state is CellState.SLASH:
            return replace(cell, raw=self.slash)
        if cell.state is CellState.DASH:
            return replace(cell, raw=self.dash or cell.raw)
        if cell.state is not CellState.NUMBER:
            return cell
        if self.words_for_change and place.column == "change":
            return replace(cell, raw=_change_in_words(int(cell.value or 0)))
        if self.digits == "unit":
            counted = place.table in ("applications", "review")
            return replace(cell, raw=f"{cell.raw}件", unit="件") if counted else cell
        raw = _written(cell.raw, self.digits)
        return cell if raw == cell.raw else replace(cell, raw=raw)


def hand_of(style: Style, rng: Random) -> Hand:
    """The hand in which a rendering of that style is written."""
    if not style.other_marks:
        return Hand(style.digits)
    slash, dash = rng.choice(("/", "\\", "／")), rng.choice(("-", "—", "－", "--", "——"))
    return Hand(style.digits, slash, dash, words_for_change=rng.random() < 0.5)


def _change_in_words(change: int) -> str:
    if not change:
        return "无变化"
    return f"增加{change}" if change > 0 else f"减少{-change}"


def _written(raw: str, digits: Digits) -> str:
    if digits == "full_width":
        return raw.translate(_FULL_WIDTH)
    if not raw.isdigit():
        return raw
    if digits == "decimal":
        return f"{raw}.0"
    if digits in _SEPARATORS:
        return f"{int(raw):,}".replace(",", _SEPARATORS[digits])
    return raw
