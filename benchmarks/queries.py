"""The queries that are timed, by workload. Rare and selective ones are looked up in the corpus, so that they are so at any size."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and the workload it stands for."""

    workload: str
    q: str
    filters: Mapping[str, list[str]] = field(default_factory=dict)


def queries(corpus: Corpus, count: int) -> list[Query]:
    """The queries of a run, the same for the same corpus."""
    texts = [
        document.text.text for number in range(0, count, max(1, count // 400)) for document in corpus.documents(number)
    ]
    words = Counter(
        w for n in range(0, count, max(1, count // 400)) for d in corpus.documents(n) for w in set(d.words.text)
    )
    rare = min((w for w, held in words.items() if held <= 2 and len(w) == 2 and not w.isascii()), default="岚山")
    boilerplate = _common_piece(texts, 20)
    selective = _around(texts, "街道办理", 10)
    unique = max((t for t in texts if "街道办理" in t), key=len)
    place = unique.index("街道办理")
    return [
        Query("frequent word", "公开"),
        Query("frequent word", "申请"),
        Query("exact quote, 4–8 characters", '"信息公开"'),
        Query("exact quote, 4–8 characters", '"政府信息公开"'),
        Query("exact quote, 4–8 characters", f'"{_common_piece(texts, 8)}"'),
        Query("exact quote, 20 characters, boilerplate", f'"{boilerplate}"'),
        Query("exact quote, selective", f'"{selective}"'),
        Query("exact quote, unique", f'"{unique[max(0, place - 9) : place + 11]}"'),
        Query("exact quote, 1–2 characters", '"公开"'),
        Query("exact quote, 1–2 characters", '"府信"'),
        Query("exact quote, 1–2 characters", '"政"'),
        Query("AND of two", "信息 处理"),
        Query("AND of two", "行政 复议"),
        Query("OR of five", "公开 OR 申请 OR 问题 OR 复议 OR 培训"),
        Query("prefix", "政府*"),
        Query("facet filter", "公开", {"year": ["2021"], "reason": ["denied.third_party"]}),
        Query("rare word", rare),
    ]


def _common_piece(texts: Sequence[str], size: int) -> str:
    """The piece of that many characters that stands in the most texts; Han only."""
    held: Counter[str] = Counter()
    for text in texts[:1500]:
        held.update({text[n : n + size] for n in range(len(text) - size + 1)})
    clean = ((n, piece) for piece, n in held.items() if all(c.isalnum() or c in "，、" for c in piece))
    return max(clean)[1]


def _around(texts: Sequence[str], mark: str, size: int) -> str:
    """A piece around the first place where rare words are mixed in."""
    text = next(t for t in texts if t.find(mark) > 6)
    place = text.index(mark)
    return text[place - 4 : place - 4 + size]
