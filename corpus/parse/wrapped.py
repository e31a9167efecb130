"""Labels broken over lines, with other labels or their own figures between the pieces, put together (domain: V2, V8).

Works on the words and figures of a stretch of text in printed order. A piece is used only where all pieces together are
exactly a label of the vocabulary; pieces that make no label stay as they are printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.parse.labels import find_labels, is_marker, label_form, lexicon, prefixes, split_ordinal
from corpus.parse.numbers import is_data
from corpus.text import join_lines

_TABLES = ("applications", "proactive", "review", "statistics")
_LONGEST_RUN = 14
_LOOK_BACK = 16
_LOOK_AHEAD = 5


def is_figure(token: str) -> bool:
    """Whether a token can only stand in a figure's place: a figure, its mark, one with a remark; no ordinal, no word."""
    return bool(token) and is_data(token)


def is_label(text: str) -> bool:
    """Whether `text` is a label of any statutory table, or a marker of one."""
    return 0 < len(text) <= 80 and (is_marker(text) or any(find_labels(table, text) for table in _TABLES))


def join_fragments(tokens: Sequence[str]) -> list[str]:
    """Neighbouring words put together where they make a label, the longest such run first."""
    out: list[str] = []
    i = 0
    while i < len(tokens):
        length = _label_length(tokens, i)
        out.append(join_lines(tokens[i : i + length]))
        i += length
    return out


def _label_length(tokens: Sequence[str], i: int) -> int:
    stop = i
    while stop < len(tokens) and stop < i + _LONGEST_RUN and tokens[stop] and not is_figure(tokens[stop]):
        stop += 1
    for end in range(stop, i + 1, -1):
        if is_label("".join(tokens[i:end])) and not all(is_label(t) for t in tokens[i:end]):
            return end - i
    return 1


@dataclass(slots=True)
class _Run:
    """Words in printed order and the figures behind them."""

    words: list[str]
    figures: list[str]


def arrange(tokens: Sequence[str]) -> list[str]:
    """`tokens` with every broken label whole and in front of its figures."""
    runs = _runs(tokens)
    out: list[str] = []
    for i, run in enumerate(runs):
        joined = join_fragments(run.words)
        following = runs[i + 1].words if i + 1 < len(runs) else []
        if run.figures and joined and not is_label(joined[-1]):
            joined = _unwrap(run, following) or joined
        out += joined + run.figures
    return out


def _runs(tokens: Sequence[str]) -> list[_Run]:
    runs = [_Run([], [])]
    for token in tokens:
        if token and not is_figure(token):
            if runs[-1].figures:
                runs.append(_Run([], []))
            runs[-1].words.append(token)
        else:
            runs[-1].figures.append(token)
    return runs


def _unwrap(run: _Run, following: list[str]) -> list[str] | None:
    """The words of a run with its row label whole and last; pieces taken from, or left to, the next run move there."""
    words = run.words[-_LOOK_BACK:]
    pool = [*words, *(w for w in following[:_LOOK_AHEAD])]
    chosen = _best(pool, len(words))
    if chosen is None:
        return None
    label = join_lines([pool[k] for k in chosen])
    rest = join_fragments([w for k, w in enumerate(words) if k not in chosen])
    left = [w for w in rest if not is_label(w)]
    taken = {k - len(words) for k in chosen if k >= len(words)}
    following[:] = [*left, *(w for k, w in enumerate(following) if k not in taken)]
    return [*run.words[:-_LOOK_BACK], *(w for w in rest if is_label(w)), label]


def _best(pool: Sequence[str], own: int) -> tuple[int, ...] | None:
    """The pieces that make the longest row label; one that ends right before the figures comes first.

    With another row's label behind it a label may be that of other figures. An ordinal alone begins nothing: the label behind the figures
    would become that of the figures before it.
    """
    found: list[tuple[int, tuple[int, ...]]] = []
    for start in range(own):
        if form := _first_form(pool[start]):
            _search(pool, start, form, (start,), found)
    found = [f for f in found if not any(_is_row(pool[k]) for k in range(f[1][-1] + 1, own))]
    return max(found, key=lambda f: (f[1][-1] == own - 1, f[0]))[1] if found else None


def _first_form(word: str) -> str:
    """The form of a label's first piece, without its ordinal and 其中."""
    form = label_form(split_ordinal(word.lstrip("其中：:") + "文")[1])
    return form.removesuffix("文")


def _search(
    pool: Sequence[str], last: int, form: str, chosen: tuple[int, ...], found: list[tuple[int, tuple[int, ...]]]
) -> None:
    """All continuations of the pieces chosen so far that are a label or the beginning of one."""
    if _is_row("".join(pool[k] for k in chosen)):
        found.append((len(form), chosen))
    for k in range(last + 1, len(pool)):
        longer = form + label_form(pool[k])
        if longer in _beginnings() and len(chosen) < _LONGEST_RUN:
            _search(pool, k, longer, (*chosen, k), found)


def _is_row(text: str) -> bool:
    return any(x.axis == "row" for table in _TABLES for x in find_labels(table, text))


@cache
def _beginnings() -> frozenset[str]:
    whole = {form for table in _TABLES for form in lexicon(table)}
    return frozenset(whole.union(*(prefixes(table) for table in _TABLES)))
