"""Query text → tree and back: the grammar as a table, its notes, and that every string is accepted."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.query import (
    Everything,
    FieldMatch,
    Near,
    Node,
    Phrase,
    Prefix,
    Word,
    YearRange,
    conjunction,
    disjunction,
    leaves,
    negation,
    sought,
    to_text,
)
from indexer.request import check_field
from indexer.scan import MAX_DEPTH
from indexer.syntax import parse


def tree(q: str) -> Node:
    """The tree of a query."""
    return parse(q, check_field).tree


@pytest.mark.parametrize(
    ("q", "printed"),
    [
        ("不予公开  申请", "不予公开 申请"),
        ("不予公开　申请", "不予公开 申请"),
        ("甲 AND 乙 与 丙", "甲 乙 丙"),
        ("甲 OR 乙 或 丙", "甲 OR 乙 OR 丙"),
        ("甲 乙 OR 丙", "甲 乙 OR 丙"),
        ("甲 (乙 OR 丙)", "甲 (乙 OR 丙)"),
        ("（甲 ＯＲ 乙） ＮＯＴ 丙", "(甲 OR 乙) -丙"),
        ("甲 非 乙", "甲 -乙"),
        ("-甲 －乙", "-甲 -乙"),
        ("NOT NOT 甲", "甲"),
        ("-(甲 乙)", "-(甲 乙)"),
        ("((甲))", "甲"),
        ("and or not", "and or not"),
        ("甲OR乙", "甲OR乙"),
        ("甲或乙", "甲或乙"),
        ("甲-乙", "甲-乙"),
        ("(或)", "(或)"),
        ("(OR)", "(OR)"),
        ("第（三）项", "第（三）项"),
        ("第(三)项 (乙)", "第(三)项 乙"),
        ("甲(乙 OR 丙)", "甲 (乙 OR 丙)"),
        ("信息*", "信息*"),
        ("信息＊", "信息*"),
        ("*", "*"),
        ("* 甲", "甲"),
        ('"甲 乙"', '"甲 乙"'),
        ("“甲 乙”", '"甲 乙"'),
        ("＂甲 乙＂", '"甲 乙"'),
        ('“甲"乙”', '“甲"乙”'),
        ('"甲“乙”丙"', '"甲“乙”丙"'),
        ('"甲” 乙"', '"甲” 乙"'),
        ("“落实“三审三校”制度”", '"落实“三审三校”制度"'),
        ("落实“三审三校”制度", '落实 "三审三校" 制度'),
        ('甲"乙"', '甲 "乙"'),
        ('-"甲 乙"', '-"甲 乙"'),
        ('"甲 乙"~8', '"甲 乙"~8'),
        ("“甲 乙”～８", '"甲 乙"~8'),
        ('"甲"~8', '"甲"'),
        ("title:年报", "title:年报"),
        ("title：年报", "title:年报"),
        ('TITLE:"年 报"', 'title:"年 报"'),
        ("agency:“财政 局”", 'agency:"财政 局"'),
        ("year:2023", "year:2023"),
        ("year:２０２３", "year:2023"),
        ("year:2019-2023", "year:2019-2023"),
        ("year:2019..2023", "year:2019-2023"),
        ("year:2019—2023", "year:2019-2023"),
        ("year:2019- year:-2023", "year:2019- year:-2023"),
        ("-year:2023", "-year:2023"),
        ("reason:denied.third_party era:format_2021", "reason:denied.third_party era:format_2021"),
        ("where:derived.denied>=3", "where:derived.denied>=3"),
        ("issue:t3.balance:total", "issue:t3.balance:total"),
    ],
)
def test_what_is_understood_without_a_note(q: str, printed: str) -> None:
    parsed = parse(q, check_field)
    assert (to_text(parsed.tree), parsed.notes) == (printed, ())
    assert tree(printed) == parsed.tree


@pytest.mark.parametrize(
    ("q", "printed", "position", "word"),
    [
        ('"甲', "甲", 0, "引号"),
        ('甲 "乙 丙', "甲 乙 丙", 2, "引号"),
        ("“甲", "甲", 0, "引号"),
        ('title:"甲', "title:甲", 6, "引号"),
        ("甲 AND", "甲", 2, "AND"),
        ("或 甲", "甲", 0, "或"),
        ("甲 OR OR 乙", "甲 OR 乙", 2, "OR"),
        ("甲 NOT", "甲", 2, "NOT"),
        ("甲 AND OR 乙", "甲 OR 乙", 2, "AND"),
        ("NOT", "(NOT)", 0, "运算符"),
        ("或", "(或)", 0, "运算符"),
        ("(甲 乙", "甲 乙", 0, "括号"),
        ("甲) 乙", "甲 乙", 1, "括号"),
        ("() 甲", "甲", 0, "括号"),
        ("甲 - 乙", "甲 乙", 2, "-"),
        ("甲 。", "甲", 2, "。"),
        ('""', "*", 0, "引号"),
        ("year:abc", "year abc", 0, "年份"),
        ("year:2023-2019", "year 2023-2019", 0, "年份"),
        ("year:", "year", 0, "取值"),
        ("agency: 甲", "agency 甲", 0, "取值"),
        ("foo:甲", "foo 甲", 0, "foo"),
        ("era:abc", "era abc", 0, "format_2021"),
        ("reason:denied.nothing", "reason denied.nothing", 0, "理由"),
        ("where:denied>3", "where denied>3", 0, "derived.denied"),
        ('"甲 乙"~5000', "甲 乙", 0, "邻近"),
        ('"一 二 三 四 五 六 七"~5', "一 二 三 四 五 六 七", 0, "邻近"),
    ],
)
def test_what_is_not_well_formed_is_searched_as_words_with_a_note(
    q: str, printed: str, position: int, word: str
) -> None:
    parsed = parse(q, check_field)
    assert to_text(parsed.tree) == printed
    assert [(note.position, word in note.message) for note in parsed.notes] == [(position, True)]


def test_nothing_but_signs_asks_for_everything_and_says_so() -> None:
    for q in ("。、", "(((", '"', "-", "\0"):
        parsed = parse(q, check_field)
        assert parsed.tree == Everything()
        assert parsed.notes


def test_deep_nesting_is_cut_off_with_a_note() -> None:
    depth = 900
    parsed = parse("(甲 OR " * depth + "乙" + ")" * depth, check_field)
    assert len(list(leaves(parsed.tree))) == depth + 1
    assert {note.message for note in parsed.notes} == {"括号嵌套过深，已忽略"}
    assert len(parsed.notes) == depth - MAX_DEPTH


def test_what_is_marked_and_ranked_by_leaves_out_what_is_not_wanted() -> None:
    assert sought(tree('甲 -乙 -(丙 -丁) "戊" year:2020 信* 甲')) == (
        Word("甲"),
        Word("丁"),
        Phrase("戊"),
        Prefix("信"),
    )


SIGNS = '甲乙a1 　\t\n"“”＂()（）-－*＊:：~～与或非ＡＮＤ\u200b。\0\ud800'
pieces = st.sampled_from([*'甲 -()"*“”:~8', "OR", "AND", "NOT", "year:", "title:"])


@given(st.text() | st.text(SIGNS) | st.lists(pieces).map("".join))
@example("x" * 5000)
@example("(" * 3000)
@example("- " * 2000)
@example('"~1' * 700)
def test_every_string_gives_a_tree_that_prints_and_notes_inside_it(q: str) -> None:
    parsed = parse(q, check_field)
    assert all(note.position is not None and 0 <= note.position < len(q) for note in parsed.notes)
    again = parse(to_text(parsed.tree), check_field)
    assert to_text(again.tree) == to_text(parsed.tree)


plain = st.text("甲乙丙abAB12年开公", min_size=1, max_size=6)
inner = st.text("甲乙a1 “”（)-:*", min_size=1, max_size=8).filter(lambda t: t.strip() and any(c.isalnum() for c in t))
words = st.one_of(plain, st.sampled_from(["OR", "或", "ＡＮＤ", "not", "第（三）项", "甲-乙", "1.5%", "C++"]))
spans = st.tuples(st.none() | st.integers(1990, 2030), st.none() | st.integers(1990, 2030)).filter(
    lambda s: s != (None, None) and (None in s or s[0] <= s[1])
)
atoms = st.one_of(
    words.map(Word),
    plain.map(Prefix),
    inner.map(Phrase),
    st.builds(Near, st.lists(plain, min_size=2, max_size=4).map(tuple), st.integers(0, 200)),
    st.builds(FieldMatch, st.sampled_from(["title", "agency"]), inner),
    spans.map(lambda s: YearRange(*s)),
    st.just(Everything()),
)
trees = st.recursive(
    atoms,
    lambda below: st.one_of(
        st.lists(below, min_size=1, max_size=3).map(conjunction),
        st.lists(below, min_size=1, max_size=3).map(disjunction),
        below.map(negation),
    ),
    max_leaves=8,
)


@given(trees)
def test_a_tree_printed_and_parsed_is_the_same_tree(made: Node) -> None:
    parsed = parse(to_text(made), check_field)
    assert parsed.tree == made
    assert parsed.notes == ()
