"""Figures that sentences state (`narrative_facts`), read by the rules of domain b9; a doubtful sentence states nothing.

Stages: a paragraph is compacted and cut (`clauses`); each figure is given to the label before it (`statements`); plain
negations state 0 (`negations`); ambiguous verbs are settled by the tables; contradictions within a paragraph are dropped.
Whether a fact agrees with the tables is not judged here but in `corpus.checks`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.facts import ORGANISATION_COLUMNS, fact_kinds, table_figure
from corpus.figures import number
from corpus.model import ABSENT, Era, NarrativeFact, Paragraph, Section, Table
from corpus.parse import statements as st
from corpus.parse.clauses import (
    APPLICATIONS,
    Clause,
    Compact,
    clauses,
    compact,
    heading_topic,
    last_subject,
    section_topic,
)
from corpus.parse.negations import read_negation
from corpus.parse.numerals import Numeral, find_numerals
from corpus.parse.refusals import refusal_context
from corpus.parse.wording import Setting, Statement

__all__ = ["find_facts", "refusal_context"]

Number = int | float
Tables = Mapping[str, Table]

_UNITS = r"件(?!次|套|事|[(（]次)|条(?!例|款|目)|宗|起|例|份|个(?!人|月|工作日|别|性)"
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年(?!(?:新?修订|修正|印发|颁布|出台|实施))")
_NOT_OF_THE_REPORT = re.compile(r"(?:结转|转结)(?:至|到|入)?\Z")
_ABOUT = re.compile(r"信息公开|公开(?:政府|政务)信息|申请公开|公开申请")
_ALL_ONES = re.compile(r"(?:全部|所有|办理的|办结的)(?:政府信息公开|公开)?申请中\Z")
_NEW_ONES = re.compile(r"新收(?:的)?(?:政府信息公开)?申请中\Z")
_TOTAL_FACTS = frozenset(
    {"new_received", "received_total", "outcome_total", "carried_in", "stat.received", "stat.closed"}
)
_SKIPPED = frozenset({"annex"})

_LONGEST_SENTENCE = 3000
"""Characters of a sentence that is read for figures; what is longer is a list or broken text and states nothing."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """What the whole reading needs: the tables decide ambiguous verbs, the era names the facts."""

    tables: Tables
    era: Era
    year: int | None

    @property
    def stat(self) -> bool:
        return self.era is Era.STAT_TABLE_2014

    def fact_of(self, statement: Statement, value: Number, approximate: bool) -> str | None:
        """The fact that a statement with that value is, by its name in the era; `None` when it states none."""
        if statement.kind in ("natural_person", "organisations"):
            name = self._applicants(statement.kind, value, statement.doubtful)
            return None if self.stat else name
        name = self._settled(statement.kind, value, approximate)
        if name is None or (name == "stat.replies" and not self.stat):
            return None
        if self.stat and not name.startswith("stat."):
            name = fact_kinds()[name].stat or ""
        if statement.doubtful and (approximate or table_figure(self.tables, name) != value):
            return None
        return name or None

    def _settled(self, kind: str | None, value: Number, approximate: bool) -> str | None:
        if kind in (st.NEW, st.ACCEPTED, st.HANDLED):
            return self._received(kind, value, approximate)
        if kind == st.REPLIED:
            return "stat.replies" if self.stat else self._replied(value)
        if kind == st.CLOSED:
            return "outcome_total"
        return kind

    def _applicants(self, kind: str, value: Number, with_carried: bool) -> str | None:
        """Applicants of the new applications; those of all applications, where that may be meant, are no such figure."""
        own = table_figure(self.tables, kind)
        if not with_carried or own is None or value == own:
            return kind
        columns = ("natural_person",) if kind == "natural_person" else ORGANISATION_COLUMNS
        row = self.tables.get("applications", {}).get("carried_in", {})
        carried = [v for c in columns if (v := number(row.get(c, ABSENT))) is not None]
        unknown = not carried and self._figure("carried_in")
        return None if unknown or value == own + sum(carried) else kind

    def _received(self, kind: str, value: Number, approximate: bool) -> str | None:
        """新收 is new; 收到 and 受理 are new, or new and carried in where that agrees; 办理 only what agrees."""
        new = self._figure("new_received")
        if kind == st.NEW or (value == new and not approximate):
            return "new_received"
        if not approximate and new is not None and value == new + (self._figure("carried_in") or 0):
            return "received_total"
        if kind == st.ACCEPTED:
            return "new_received"
        return "outcome_total" if value == self._figure("outcome_total") and not approximate else None

    def _replied(self, value: Number) -> str | None:
        """答复 is the total, unless it is the total without 其他处理."""
        total, other = self._figure("outcome_total"), self._figure("other")
        if total is not None and other and value == total - other:
            return None
        return "outcome_total"

    def _figure(self, fact: str) -> Number | None:
        name = fact_kinds()[fact].stat if self.stat else fact
        return table_figure(self.tables, name) if name else None


def find_facts(
    sections: Sequence[Section], tables: Tables, era: Era, year: int | None = None
) -> tuple[NarrativeFact, ...]:
    """Every figure that the paragraphs of `sections` state, in order of place; never one from a table cell.

    `year` is the report's, where known: sentences about other years state nothing. Facts carry the names of `era`.
    """
    reader = _Reader(tables, era, year)
    facts: list[NarrativeFact] = []
    for section in sections:
        if section.key not in _SKIPPED:
            facts += _section_facts(section, reader)
    return tuple(facts)


def _section_facts(section: Section, reader: _Reader) -> Iterator[NarrativeFact]:
    own = section_topic(section)
    topic, about = own, own is not None
    for paragraph in section.paragraphs:
        text = compact(paragraph.text)
        is_heading, heading = heading_topic(text.text)
        if is_heading:
            topic, about = heading or own, heading is not None or own is not None
        found = _ParagraphReading(text, reader, topic, about).read()
        yield from (_placed(fact, text, paragraph) for fact in _agreeing(found, reader))


def _placed(fact: NarrativeFact, text: Compact, paragraph: Paragraph) -> NarrativeFact:
    start, end = text.span(fact.start, fact.end)
    return replace(fact, start=paragraph.start + start, end=paragraph.start + end, quote=paragraph.text[start:end])


def _agreeing(facts: Sequence[NarrativeFact], reader: _Reader) -> list[NarrativeFact]:
    """Without what a paragraph contradicts itself about: of several values only that of the tables is believed."""
    values: dict[str, set[Number]] = {}
    for fact in facts:
        values.setdefault(fact.fact, set()).add(fact.value)
    return [f for f in facts if len(values[f.fact]) == 1 or f.value == table_figure(reader.tables, f.fact)]


class _ParagraphReading:
    """One pass over a paragraph. What is being talked of, the sentence so far and the last total travel along."""

    def __init__(self, text: Compact, reader: _Reader, topic: str | None, about: bool) -> None:
        self._text = text
        self._reader = reader
        self._topic = topic
        self._about = about
        self._subject: str | None = APPLICATIONS if topic == APPLICATIONS else None
        self._parent: str | None = None
        self._sentence = ""
        self._year: int | None = None
        self._remedies_of_others = False

    def read(self) -> list[NarrativeFact]:
        """The facts of the paragraph, places in its compact text, quotes left empty."""
        facts: list[NarrativeFact] = []
        for clause in clauses(self._text.text):
            self._about = self._about or _ABOUT.search(clause.text) is not None
            if len(self._sentence) + len(clause.text) <= _LONGEST_SENTENCE:
                facts += self._clause(clause)
            if clause.ends_sentence:
                self._sentence, self._year, self._remedies_of_others = "", None, False
                self._parent = None if self._parent in ("carried_in", "person") else self._parent
        return facts

    def _clause(self, clause: Clause) -> Iterator[NarrativeFact]:
        yield from self._negation(clause)
        figures = list(find_numerals(clause.text, _UNITS))
        cursor, stated = 0, True
        for i, (figure, unit) in enumerate(figures):
            limit = figures[i + 1][0].start if i + 1 < len(figures) else len(clause.text)
            before, after = clause.text[cursor : figure.start], clause.text[figure.end : limit]
            fact = (
                self._figure(clause, before, after, figure, unit) if stated or not _begins_with_label(before) else None
            )
            stated = fact is not None or bool(before)
            if fact is not None:
                yield fact
            self._pass(clause.text[cursor : figure.end])
            cursor = figure.end
        self._pass(clause.text[cursor:] + "，")
        if _NEW_ONES.search(clause.text):
            self._parent = "new_received"
        elif _ALL_ONES.search(clause.text):
            self._parent = None

    def _figure(self, clause: Clause, before: str, after: str, figure: Numeral, unit: str) -> NarrativeFact | None:
        statement = st.read_statement(before, after, unit, self._setting(before), stat=self._reader.stat)
        if statement is None:
            return None
        if statement.remedies and statement.kind is None:
            self._remedies_of_others = True
        name = None
        if self._is_this_year(before):
            name = self._reader.fact_of(statement, figure.value, figure.approximate)
        self._note_parent(statement, name, before)
        if name is None:
            return None
        start = figure.start if statement.behind else figure.start - len(before) + statement.start
        end = figure.end + statement.behind
        return NarrativeFact(name, figure.value, figure.approximate, clause.start + start, clause.start + end, "")

    def _negation(self, clause: Clause) -> Iterator[NarrativeFact]:
        negation = read_negation(clause.text, self._setting(clause.text))
        if negation is None or not self._is_this_year(clause.text[: negation.start]):
            return
        for fact in negation.facts:
            name = fact_kinds()[fact].stat if self._reader.stat else fact
            if name:
                yield NarrativeFact(name, 0, False, clause.start + negation.start, clause.start + negation.end, "")

    def _setting(self, before: str) -> Setting:
        sentence = self._sentence + before
        return Setting(
            self._subject, self._topic, self._parent, self._about, sentence, self._reader.year, self._remedies_of_others
        )

    def _note_parent(self, statement: Statement, name: str | None, before: str) -> None:
        """Remember what a following 其中 divides."""
        if name in _TOTAL_FACTS:
            self._parent = name
        elif statement.kind in ("natural_person", "organisations"):
            self._parent = "person" if name is None else self._parent
        elif name is None and re.search("收到|受理|新收|办理|办结|答复|结转", before):
            self._parent = "unknown"

    def _is_this_year(self, before: str) -> bool:
        years = self._years(before)
        last = years[-1] if years else self._year
        return last is None or self._reader.year is None or last == self._reader.year

    def _years(self, text: str) -> list[int]:
        return [int(m[1]) for m in _YEAR.finditer(text) if not _NOT_OF_THE_REPORT.search(text[: m.start()])]

    def _pass(self, text: str) -> None:
        """Go on behind `text`."""
        self._subject = last_subject(text, self._subject)
        self._sentence += text
        if years := self._years(text):
            self._year = years[-1]


def _begins_with_label(before: str) -> bool:
    """Whether the stretch begins with a label that may belong to the figure before it: 105件予以公开87件部分公开."""
    return re.match("予以公开|部分公开|不予公开|无法提供|不予处理|其[他它]处理|结转|同意公开", before) is not None
