"""The sections of a report before 2019, headed after article 32 of the Regulation of 2007. Writes no table."""

from random import Random

from corpus.model import Era, Scope
from corpus.synthetic.prose_formats import problem_sentences
from corpus.synthetic.templates import Writer, prose
from corpus.synthetic.truth import SectionTruth
from corpus.synthetic.wording import heading

_ALWAYS = ("overview", "proactive", "applications", "fees", "remedies", "problems")
_SOMETIMES = {"consultation": 0.2, "response": 0.5, "organisation": 0.4, "other": 0.5}
_ORDER = (
    *("overview", "proactive", "response", "applications", "consultation", "fees", "remedies", "organisation"),
    *("problems", "other"),
)


def preface(writer: Writer, scope: Scope | None) -> list[str]:
    """The paragraphs before the first section: the sample mark, often a note on the basis, the scope where known."""
    front = prose("front")
    paragraphs = [front["mark"][0]]
    if scope is not None:
        paragraphs.append(writer.choose(front["preface_legacy"]) + writer.choose(front[f"scope_{scope.value}"]))
    elif writer.rng.random() < 0.7:
        paragraphs.append(writer.choose(front["preface_legacy"]))
    return paragraphs


def sections(writer: Writer, era: Era, layout: Random) -> list[SectionTruth]:
    """The sections, counted as printed; the 2014 table is an annex after them."""
    keys = [key for key in _ORDER if key in _ALWAYS or layout.random() < _SOMETIMES.get(key, 1)]
    found = [
        SectionTruth(number, key, heading(key, era, layout), tuple(_paragraphs(writer, key, era)))
        for number, key in enumerate(keys, 1)
    ]
    if era is Era.STAT_TABLE_2014:
        signed = writer.several(prose("legacy")["signed_table"], 0, 1)
        found.append(SectionTruth(len(found) + 1, "annex", heading("annex", era, layout), tuple(signed), "statistics"))
    return found


def _paragraphs(writer: Writer, key: str, era: Era) -> list[str]:
    texts = prose("legacy")
    if key == "overview":
        recent = writer.several(texts["overview_2014"], 1, 2) if era is Era.STAT_TABLE_2014 else []
        return _in_paragraphs(writer.several(texts["overview"], 3, 5) + recent)
    if key == "proactive":
        documents = [writer.choose(texts["normative"])] if writer.positive("normative") else []
        return _in_paragraphs(writer.several(texts["proactive"], 3, 5) + documents)
    if key == "applications":
        handled = [] if writer.zero("received") else writer.several(texts["process"], 2, 4)
        return _in_paragraphs([*_requests(writer), *handled])
    if key == "remedies":
        return [_remedies(writer)]
    if key == "problems":
        return list(problem_sentences(writer))
    return writer.several(texts[key], 1, 2)


def _in_paragraphs(sentences: list[str]) -> list[str]:
    """Two sentences a paragraph."""
    sentences = [sentence for sentence in sentences if sentence]
    return ["".join(sentences[i : i + 2]) for i in range(0, len(sentences), 2)]


def _requests(writer: Writer) -> list[str]:
    texts = prose("legacy")
    if writer.zero("received"):
        sentence = writer.choose(texts["received_none"])
        writer.state_zero("received", sentence=sentence)
        return [sentence]
    group = "outcomes" if writer.rng.random() < 0.6 else "outcomes_short"
    return [sentence + "。" for sentence in (writer.choose(texts["received"]), writer.choose(texts[group])) if sentence]


def _remedies(writer: Writer) -> str:
    texts = prose("legacy")
    if writer.zero("review_total") and writer.zero("suit_total"):
        sentence = writer.choose(texts["remedies_none"])
        writer.state_zero("review_total", "suit_total", sentence=sentence)
        return sentence
    return writer.choose(texts["remedies_stated"])
