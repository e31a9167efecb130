"""The vocabulary agrees with itself, with the enums of the model, and with what the code can find."""

import re
from pathlib import Path

import corpus
from corpus.model import AgencyKind, Era
from corpus.vocabulary import (
    APPLICATION_COLUMNS,
    APPLICATION_ROWS_2019,
    APPLICATION_ROWS_2021,
    ERAS,
    KIND_LABELS,
    PROACTIVE_FORM,
    PROBLEMS,
    REASON_KEYS,
    REJECTIONS,
    STATISTICS_ROWS,
    label,
    load,
)


def test_the_forms_have_their_statutory_size() -> None:
    assert (len(APPLICATION_ROWS_2021), len(APPLICATION_ROWS_2019), len(APPLICATION_COLUMNS)) == (25, 23, 7)
    assert sum(map(len, PROACTIVE_FORM[Era.FORMAT_2021].values())) == 10
    assert len(set(STATISTICS_ROWS)) == len(STATISTICS_ROWS)


def test_enums_and_files_agree() -> None:
    assert [e.key for e in ERAS] == [e.value for e in Era]
    assert list(KIND_LABELS) == [k.value for k in AgencyKind]


def test_reasons_are_rows_with_a_label() -> None:
    for key in REASON_KEYS:
        assert label(key, "reason") != key
        assert label(key, "reason", "en") != key


def test_no_key_is_used_twice_on_one_axis() -> None:
    for file in Path(corpus.__file__).parent.joinpath("vocab").glob("*.toml"):
        for axis, entries in load(file.stem).items():
            if isinstance(entries, list):
                keys = [e["key"] for e in entries if isinstance(e, dict) and "key" in e]
                assert len(set(keys)) == len(keys), f"{file.name} {axis}"


def test_every_problem_that_the_code_names_is_in_the_vocabulary_and_the_other_way_round() -> None:
    root = Path(corpus.__file__).parent.parent
    sources = [p for room in ("corpus", "archive") for p in (root / room).rglob("*.py") if "synthetic" not in p.parts]
    named = {m for p in sources for m in re.findall(r'"([dps]\.[a-z]+_[a-z_]+)', p.read_text(encoding="utf-8"))}
    assert named == {p.key for p in PROBLEMS}


def test_every_reason_why_a_figure_was_not_used_is_in_the_vocabulary_and_named_by_the_parser() -> None:
    sources = [p.read_text(encoding="utf-8") for p in (Path(corpus.__file__).parent / "parse").rglob("*.py")]
    known = {r.key for r in REJECTIONS}
    given = {
        key
        for source in sources
        for call in re.findall(r"\.reject\((.*)\)", source)
        for key in re.findall(r'"(\w+)"', call)
    }
    assert len(given) > 4 and given <= known
    assert [key for key in sorted(known) if not any(f'"{key}"' in source for source in sources)] == []
