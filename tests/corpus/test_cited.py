"""Names that people type for laws and documents, articles behind titles, and what the data knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cited import KINDS, about, canonical_of, known_cited
from corpus.parse.articles import article_name, articles
from corpus.parse.numerals import parse_number
from corpus.parse.references import find_references

REGULATION = "中华人民共和国政府信息公开条例"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        (REGULATION, REGULATION),
        ("政府信息公开条例", REGULATION),
        ("《政府信息公开条例》", REGULATION),
        (" 国令第711号 ", "国务院令第711号"),
        ("国办公开办函[2021]30号", "国办公开办函〔2021〕30号"),
        ("DB51/T2660-2019", "DB51/T 2660—2019"),
        ("保密法", "中华人民共和国保守国家秘密法"),
        ("国办公开办函〔202130", None),  # damaged
        ("条例", None),
        ("国务院令第711号和国务院令第492号", None),  # two
        ("", None),
    ],
)
def test_what_a_person_types_means_one_canonical_name(typed: str, canonical: str | None) -> None:
    assert canonical_of(typed) == canonical


@given(st.text(max_size=300))
def test_any_text_may_be_typed(text: str) -> None:
    found = canonical_of(text)
    assert found is None or canonical_of(found) == found


@pytest.mark.parametrize(
    ("raw", "numbers"),
    [
        ("《条例》第二十条第（一）项", (20,)),
        ("《条例》第16条、第17条", (16, 17)),
        ("《条例》第三十条至第三十二条", (30, 31, 32)),
        ("《条例》第一百零二条和第十四条", (102, 14)),
        ("《条例》第二十条第一款、第二十条第二款", (20,)),
        ("《條例》第五十條", (50,)),
        ("《条例》", ()),
        ("《条例》第条", ()),
    ],
)
def test_articles_of_a_citation(raw: str, numbers: tuple[int, ...]) -> None:
    assert articles(raw) == numbers


@given(st.integers(1, 999))
def test_an_article_is_named_as_laws_print_it(number: int) -> None:
    name = article_name(number)
    assert parse_number(name.strip("第条")) == number
    assert articles(f"《某法》{name}") == (number,)


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        (f"根据《{REGULATION}》（以下简称《条例》）第五十条的规定", f"《{REGULATION}》（以下简称《条例》）第五十条"),
        ("《政府信息公开条例》（国令第711号）（以下简称《条例》）第三条", "《政府信息公开条例》（国令第711号）（以下简称《条例》）第三条"),
        ("《政府信息公开条例》（以下简称《条例》）。第五十条", "《政府信息公开条例》"),  # another sentence
        ("《政府信息公开条例》（共五十六条）第五十条", "《政府信息公开条例》"),  # a remark of another kind
    ],
)  # fmt: skip
def test_an_article_behind_a_bracket_belongs_to_the_law_before_it(text: str, raw: str) -> None:
    first = find_references(text)[0]
    assert (first.canonical, first.raw) == (REGULATION, raw)
    assert text[first.start : first.end] == raw


def test_the_data_names_only_what_the_grammar_reads() -> None:
    for cited in known_cited():
        assert canonical_of(cited.canonical) == cited.canonical
        assert cited.en and all(canonical_of(alias) == cited.canonical for alias in cited.aliases)
        for other in cited.related:
            assert cited.canonical in about(other).related, "related both ways"
    assert about("某某发〔2020〕1号").related == ()
    assert set(KINDS) == {"law", "order", "document", "standard"}
