"""Cutting text into words: the only user of jieba. The same words come out for documents and for queries.

Where `rjieba` is installed and was found to give the same tokens (`fast_segment`), it cuts in jieba's stead.

The dictionary is jieba's own plus the words of the field (`corpus.vocabulary`). Text is folded before it is cut, so that
Traditional and full-width writing give the same words. Words never decide what matches a quoted phrase.
"""

import hashlib
import threading
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from corpus.text import fold_text
from corpus.vocabulary import dictionary_words
from indexer import fast_segment
from indexer.matching import folded_runs

AGENCY_WORDS: Final = (
    "人民政府办公厅", "人民政府办公室", "街道办事处", "开发区管理委员会", "经济技术开发区", "高新技术产业开发区", "本级机关",
    "卫健局", "卫健委", "发改局", "发改委", "经信局", "住建局", "人社局", "资规局", "市监局", "教体局", "民宗局", "文广旅体局",
    "综合执法局", "大数据局", "数据局", "公安分局", "税务分局", "消防救援支队", "烟草专卖局", "海事局", "国家税务总局",
)  # fmt: skip
"""Short names and endings of bodies that reports use for themselves and their neighbours."""

_SHORT: Final = 32
"""Characters of a text whose words are remembered."""
_MOST_CUTS: Final = 10_000

_lock = threading.Lock()
_loaded: dict[str, Any] = {}
"""The process's tokenizers, `jieba` and `fast`: they take a second and 65 MB, and are the same wherever their notes lie."""


@cache
def user_words() -> tuple[str, ...]:
    """The words added to jieba's dictionary, folded, each once, in a stable order."""
    return tuple(sorted({fold_text(word) for word in (*dictionary_words(), *AGENCY_WORDS)} - {""}))


@cache
def identity() -> dict[str, str]:
    """What decides how text is cut: the segmenter with its version and a digest of the added words."""
    digest = hashlib.sha256("\n".join(user_words()).encode()).hexdigest()
    return {"segmenter": f"jieba {version('jieba')}", "dictionary": digest[:16]}


class Segmenter:
    """Cuts text into words. Nothing is loaded before the first text is cut.

    `cache_file` is where jieba may keep its prepared dictionary; `None` keeps none. Its folder must exist.
    """

    def __init__(self, cache_file: Path | None = None) -> None:
        self._cache_file = cache_file
        self._frequencies: dict[str, int] | None = None
        self._looked = False
        self._whole: Callable[[str], bool] = _nothing_known
        self._cuts: dict[tuple[str, bool], list[str]] = {}
        """Short texts that were cut before, for a query or for ranking: words of queries and headings come again."""

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs; what was learned stays here."""
        return {**self.__dict__, "_whole": _nothing_known, "_cuts": {}}

    def learn(self, whole: Callable[[str], bool]) -> None:
        """`whole` tells of folded words whether `is_whole` holds; it is asked as long as no dictionary is loaded."""
        self._whole = whole

    def accelerate(self) -> str:
        """Finds out whether cutting can be faster, before much is to be cut; the name of what cuts then, or nothing."""
        if self._cache_file is None or not fast_segment.installed():
            return ""
        note, dictionary = _note(self._cache_file), identity()["dictionary"]
        if not fast_segment.decided(note, dictionary):
            fast_segment.prove(note, dictionary, _jieba(self._cache_file), user_words())
        self._frequencies = fast_segment.proven(note, dictionary)
        return self.accelerator

    @property
    def accelerator(self) -> str:
        """The name of what cuts in jieba's stead, found to give the same words; empty when jieba cuts."""
        return fast_segment.installed() if self._proven() else ""

    def _proven(self) -> dict[str, int] | None:
        if not self._looked and self._cache_file is not None and self._frequencies is None:
            self._frequencies = fast_segment.proven(_note(self._cache_file), identity()["dictionary"])
            self._looked = True
        return self._frequencies

    def _tokenizer(self) -> Any:
        frequencies = self._proven()
        return _fast(frequencies) if frequencies else _jieba(self._cache_file)

    def is_whole(self, word: str) -> bool:
        """Whether the folded `word` is a word of its own: it is not cut, neither for a query nor for ranking."""
        return _is_whole(self._tokenizer(), word)

    def words(self, text: str) -> list[str]:
        """The words a query token stands for, in order: the precise cut, without signs."""
        return self._once(text, False, self._words)

    def _words(self, text: str) -> list[str]:
        folded = fold_text(text)
        return [folded] if self._known(folded) else _clean(self._tokenizer().cut(folded))

    def search_words(self, text: str) -> list[str]:
        """The words by which `text` is ranked, repeated as often as they occur: jieba's search mode, without signs."""
        return self._once(text, True, lambda text: self.search_words_of(folded_runs(text)))

    def _once(self, text: str, for_ranking: bool, cut: Callable[[str], list[str]]) -> list[str]:
        """The words of a text; short ones are cut once, as long as there are not too many."""
        found = self._cuts.get((text, for_ranking))
        if found is None:
            found = cut(text)
            if len(text) <= _SHORT and len(self._cuts) < _MOST_CUTS:
                self._cuts[text, for_ranking] = found
        return list(found)

    def search_words_of(self, runs: list[str]) -> list[str]:
        """The same of a text whose `folded_runs` are made already."""
        if all(map(self._known, runs)):
            return runs
        text = "\n".join(runs)  # lines are cut by themselves
        pieces = self._tokenizer().cut_for_search(text)
        return _clean(pieces) if fast_segment.has_signs(text) else list(filter(str.isalnum, pieces))

    def _known(self, folded: str) -> bool:
        return not _loaded and self._whole(folded)


def _nothing_known(word: str) -> bool:
    return False


@lru_cache(maxsize=1 << 16)
def _is_whole(tokenizer: Any, word: str) -> bool:
    alone = [word]
    return (
        fold_text(word) == word
        and _clean(tokenizer.cut(word)) == alone
        and _clean(tokenizer.cut_for_search(word)) == alone
    )


def _clean(pieces: Iterable[str]) -> list[str]:
    """The pieces that hold a letter or digit, without signs at either end."""
    return [word for piece in pieces if (word := piece if piece.isalnum() else _strip_signs(piece))]


@lru_cache(maxsize=4096)
def _strip_signs(piece: str) -> str:
    kept = [n for n, c in enumerate(piece) if c.isalnum()]
    return piece[kept[0] : kept[-1] + 1] if kept else ""


def _note(cache_file: Path) -> Path:
    """Where it is noted whether the accelerator may be used."""
    return cache_file.with_name("segmenter.json")


def _jieba(cache_file: Path | None) -> Any:
    return _once("jieba", lambda: _load(cache_file))


def _fast(frequencies: dict[str, int]) -> Any:
    return _once("fast", lambda: fast_segment.FastTokenizer(frequencies))


def _once(name: str, load: Callable[[], Any]) -> Any:
    if name not in _loaded:
        with _lock:
            if name not in _loaded:
                _loaded[name] = load()
    return _loaded[name]


def _load(cache_file: Path | None) -> Any:
    import logging  # both here, because importing jieba costs a quarter of a second that most commands never need

    import jieba

    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    if cache_file is None:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
    else:
        tokenizer.cache_file = str(cache_file)
    for word in user_words():
        tokenizer.add_word(word)
    return tokenizer
