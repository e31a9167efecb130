"""The six sections of a report in the formats of 2019 and 2021. Chooses sentences; writes no table."""

from collections.abc import Mapping
from random import Random

from corpus.model import Era, Scope
from corpus.synthetic.templates import Writer, prose
from corpus.synthetic.truth import SectionTruth
from corpus.synthetic.wording import heading

SECTIONS = ("overview", "proactive", "applications", "remedies", "problems", "other")
_TABLES = {"proactive": "proactive", "applications": "applications", "remedies": "review"}
_NUMERALS = "一二三四五六七"


def headings(era: Era, rng: Random) -> dict[str, str]:
    """The six headings of one report."""
    return {key: heading(key, era, rng) for key in SECTIONS}


def preface(writer: Writer, era: Era, scope: Scope | None) -> list[str]:
    """The paragraphs before the first section: the sample mark, often an editor's note, the scope where it is known."""
    front = prose("front")
    paragraphs = [front["mark"][0]]
    notes = front["preface_2021" if era is Era.FORMAT_2021 else "preface_2019"]
    if scope is not None:
        paragraphs.append(writer.choose(notes) + writer.choose(front[f"scope_{scope.value}"]))
    elif writer.rng.random() < 0.6:
        paragraphs.append(writer.choose(notes))
    return paragraphs


def sections(writer: Writer, titles: Mapping[str, str], era: Era) -> list[SectionTruth]:
    """The six sections with their paragraphs."""
    paragraphs = {
        "overview": _overview(writer),
        "proactive": [],
        "applications": [],
        "remedies": _remedies_notes(writer),
        "problems": _problems(writer),
        "other": _other(writer, era),
    }
    return [
        SectionTruth(number, key, titles[key], tuple(paragraphs[key]), _TABLES.get(key))
        for number, key in enumerate(SECTIONS, 1)
    ]


def _overview(writer: Writer) -> list[str]:
    texts = prose("overview")
    parts = {
        "proactive": writer.several(texts["proactive"], 2, 4) + _documents(writer),
        "applications": [applications(writer)],
        "management": writer.several(texts["management"], 2, 3),
        "platform": writer.several(texts["platform"], 2, 3),
        "supervision": writer.several(texts["supervision"], 2, 3),
    }
    parts["applications" if writer.rng.random() < 0.5 else "supervision"].append(remedies(writer))
    labelled = [(writer.rng.choice(texts[f"heads_{key}"]), "".join(sentences)) for key, sentences in parts.items()]
    return [writer.choose(texts["intro"]), *_subheaded(labelled, writer.rng)]


def _subheaded(parts: list[tuple[str, str]], rng: Random) -> list[str]:
    """Sub-sections with their labels before the text, on a line of their own, or without labels."""
    style = rng.choice(("before", "before", "line", "line", "first", "none"))
    lines = []
    for numeral, (label, text) in zip(_NUMERALS, parts, strict=False):
        if style == "line":
            lines += [f"（{numeral}）{label}", text]
        else:
            lines.append(
                {"before": f"（{numeral}）{label}。", "first": f"{numeral}是{label}。", "none": ""}[style] + text
            )
    return lines


def _documents(writer: Writer) -> list[str]:
    texts = prose("overview")
    if writer.positive("normative_issued") and writer.rng.random() < 0.8:
        issued = [writer.choose(texts["normative"])]
        repealed = writer.positive("normative_repealed") and writer.rng.random() < 0.8
        return issued + ([writer.choose(texts["normative_repealed"])] if repealed else [])
    if writer.zero("normative_issued") and writer.rng.random() < 0.4:
        sentence = writer.choose(texts["normative_none"])
        writer.state_zero("normative_issued", sentence=sentence)
        return [sentence]
    return []


def applications(writer: Writer) -> str:
    """The sentences about applications: received, outcomes, what is carried on, how they were handled."""
    texts = prose("applications")
    if writer.zero("new_received") and not writer.positive("outcome_total"):
        return _no_applications(writer)
    process = writer.several(texts["process"], 1, 3)
    return "".join([*_received(writer), *_outcomes(writer), *process, *_reasons(writer)])


def _no_applications(writer: Writer) -> str:
    texts = prose("applications")
    if writer.rng.random() < 0.25:
        return writer.choose(texts["received_zero"])
    sentence = writer.choose(texts["received_none"])
    writer.state_zero("new_received", sentence=sentence)
    return sentence


def _received(writer: Writer) -> list[str]:
    texts = prose("applications")
    clauses = [writer.choose(texts["received"])]
    of_new_ones = "new_received" in writer.last_stated()
    if of_new_ones and writer.positive("natural_person") and writer.rng.random() < 0.7:
        clauses.append(writer.choose(texts["applicants"]))
    if writer.positive("carried_in") and writer.rng.random() < 0.8:
        clauses.append(writer.choose(texts["carried_in"]))
    clauses = [clause for clause in clauses if clause]
    return ["，".join(clauses) + "。"] if clauses else []


def _outcomes(writer: Writer) -> list[str]:
    texts = prose("applications")
    if not writer.positive("outcome_total"):
        return []
    group = "outcomes" if writer.rng.random() < 0.7 else "outcomes_short"
    clauses = [writer.choose(texts[group])]
    if group == "outcomes_short" and writer.rng.random() < 0.3:
        clauses.append(writer.choose(texts["shares"]))
    if writer.positive("carried_out"):
        clauses.append(writer.choose(texts["carried_out"]))
    elif writer.zero("carried_out") and writer.rng.random() < 0.4:
        clauses.append(writer.choose(texts["carried_none"]))
        writer.state_zero("carried_out", sentence=clauses[-1])
    clauses = [clause for clause in clauses if clause]
    return ["，".join(clauses) + "。"] if clauses else []


def _reasons(writer: Writer) -> list[str]:
    """Sentences about reasons whose rows are above zero (`reason:<row>` among the figures)."""
    reasons = prose("applications")["reasons"]
    given = [row for row in reasons if writer.positive(f"reason:{row}")]
    writer.rng.shuffle(given)
    return [writer.choose(reasons[row]) for row in given[: writer.rng.randint(1, 4)]]


def remedies(writer: Writer) -> str:
    """The sentence about reviews and suits."""
    texts = prose("remedies")
    if writer.zero("review_total") and writer.zero("suit_total"):
        sentence = writer.choose(texts["none"])
        writer.state_zero("review_total", "suit_total", sentence=sentence)
        return sentence
    if writer.zero("suit_total") and writer.rng.random() < 0.5:
        sentence = writer.choose(texts["review_only"])
        writer.state_zero("suit_total", sentence=sentence)
        return sentence
    return writer.choose(texts["stated"])


def _remedies_notes(writer: Writer) -> list[str]:
    return writer.several(prose("remedies")["notes"], 1, 1) if writer.rng.random() < 0.15 else []


def _problems(writer: Writer) -> list[str]:
    problems, improvements = problem_sentences(writer)
    texts = prose("problems")
    if writer.rng.random() < 0.5:
        first = f"（一）{writer.rng.choice(texts['heads_problem'])}"
        second = f"（二）{writer.rng.choice(texts['heads_improvement'])}"
        return [first, problems, second, improvements]
    return [problems, improvements]


def problem_sentences(writer: Writer) -> tuple[str, str]:
    """A paragraph on problems and one on improvements, each a list in one sentence."""
    texts = prose("problems")
    problems = writer.choose(texts["lead"]) + _enumerated(writer.several(texts["problem"], 2, 4))
    return problems, writer.choose(texts["bridge"]) + _enumerated(writer.several(texts["improvement"], 2, 4))


def _enumerated(items: list[str]) -> str:
    return "；".join(f"{_NUMERALS[i]}是{item}" for i, item in enumerate(items)) + "。"


def _other(writer: Writer, era: Era) -> list[str]:
    texts = prose("other")
    if writer.rng.random() < 0.1:
        return [writer.choose(texts["empty"])]
    fee = writer.choose(texts["fee_none" if era is Era.FORMAT_2021 else "fee_2019"])
    return [fee, *writer.several(texts["other"], 0, 2)]
