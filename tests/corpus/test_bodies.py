"""Names of bodies through the reforms: what ties two names, what does not, and data that holds together."""

import pytest

from corpus.bodies import Relation, functions, history, parts_of, relation, successions
from corpus.model import AgencyKind
from corpus.parse.agency import kind_of
from corpus.vocabulary import load


@pytest.mark.parametrize("example", load("bodies")["example"], ids=lambda e: e["name"])
def test_every_example_of_the_data_is_read_as_it_says(example: dict[str, str]) -> None:
    parts = parts_of(example["name"])
    assert parts is not None
    assert ("".join(level for level in parts.place if level), parts.function.key) == (
        example["place"], example["function"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "other", "tie"),
    [
        ("望州市规划局", "望州市自然资源和规划局", Relation.LATER),
        ("望州市自然资源和规划局", "望州市规划局", Relation.EARLIER),
        ("望州市卫健委", "望州市卫生局", Relation.EARLIER),  # over two reforms
        ("望州市卫健委", "望州市卫生健康委员会", Relation.SAME),
        ("望州市司法局", "望州市人民政府法制办公室", Relation.EARLIER),
        ("国家税务总局云棠县税务局", "云棠县地方税务局", Relation.EARLIER),
        ("国家卫生健康委", "卫生部", Relation.EARLIER),
        ("宁波市自然资源和规划局", "浙江省宁波市国土资源局", Relation.EARLIER),  # 宁波市 implies 浙江省
        ("望州市规划局", "望州市国土资源局", None),  # siblings that became one
        ("望州市规划局", "澜棠市自然资源局", None),  # another place
        ("鼓楼区教育局", "福州市鼓楼区教育局", None),  # a name that several cities share
        ("望州市规划局", "望州市汀兰区自然资源局", None),  # a district of it
        ("望州市规划局", "望州市自然资源和规划局汀兰分局", None),  # a branch
        ("澜棠经济技术开发区规划局", "澜棠市自然资源局", None),  # a zone
        ("农业部", "云棠县农业农村局", None),
    ],
)
def test_what_ties_two_names(name: str, other: str, tie: Relation | None) -> None:
    assert relation(name, other) is tie


def test_earlier_and_later_are_two_sides_of_one_tie() -> None:
    other_side = {Relation.EARLIER: Relation.LATER, Relation.LATER: Relation.EARLIER, Relation.SAME: Relation.SAME}
    names = [f"望州市{function.names[0]}" for function in functions().values() if not function.key.startswith("c.")]
    for a in names:
        for b in names:
            tie = relation(a, b)
            assert relation(b, a) is (None if tie is None else other_side[tie]), (a, b)


def test_history_tells_the_years_in_order() -> None:
    steps = [(s.first_year, [f.names[0] for f in s.before], s.after.names[0]) for s in history("望州市卫健委")]
    assert steps == [
        (2013, ["卫生局", "人口和计划生育委员会"], "卫生和计划生育委员会"),
        (2018, ["卫生和计划生育委员会"], "卫生健康委员会"),
    ]
    assert [s.kind for s in history("望州市医保局")] == ["founded"]
    assert history("望州市财政局") == () == history("望州市某某小学")


def test_the_data_holds_together() -> None:
    names = [name for function in functions().values() for name in function.names]
    assert len(names) == len(set(names)), "a name belongs to one function"
    for function in functions().values():
        for name in function.names:
            whole = name if function.key.startswith("c.") else f"望州市{name}"
            kind = kind_of(whole)
            assert (kind is AgencyKind.CENTRAL) == function.key.startswith("c."), f"{whole} is read as {kind}"
            assert kind is not None, f"{whole} is read as no body"
            assert (parts := parts_of(whole)) is not None and parts.function is function, whole
    for step in successions():
        assert 2008 <= step.first_year <= step.last_year <= 2024
        assert step.kind in {"renamed", "merged", "absorbed", "founded"}
        assert (len(step.before) > 1) == (step.kind == "merged"), step
        assert (step.before == ()) == (step.kind == "founded"), step
        assert step.source.zh and step.source.en
    keys = [e["key"] for e in load("bodies")["source"]]
    assert len(keys) == len(set(keys))
    used = {e["source"] for e in load("bodies")["succession"]}
    assert used == set(keys), "every source is used"
