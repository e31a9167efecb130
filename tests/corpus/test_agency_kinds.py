"""Kinds of bodies: every suffix has an example, every example has its kind; what can be a name of a body at all."""

import pytest

from corpus.model import AgencyKind
from corpus.parse.agency import is_agency_name, is_region_name, kind_of, stands_for_system, without_scope
from corpus.vocabulary import load

KINDS = load("agencies")["kinds"]
EXAMPLES = [(example, kind["key"]) for kind in KINDS for example in kind["examples"]]


def test_the_file_has_exactly_the_kinds_of_the_model() -> None:
    assert sorted(kind["key"] for kind in KINDS) == sorted(AgencyKind)


@pytest.mark.parametrize(("example", "key"), EXAMPLES, ids=[example for example, _ in EXAMPLES])
def test_examples_are_read_as_their_kind(example: str, key: str) -> None:
    assert kind_of(example) == key
    assert is_agency_name(example)


@pytest.mark.parametrize("kind", KINDS, ids=[kind["key"] for kind in KINDS])
def test_every_suffix_has_an_example(kind: dict[str, list[str]]) -> None:
    unused = [s for s in kind["suffixes"] if not any(e.rstrip("）").endswith(s) for e in kind["examples"])]
    assert unused == []


def test_no_suffix_belongs_to_two_kinds() -> None:
    suffixes = [suffix for kind in KINDS for suffix in kind["suffixes"]]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param("望州市人民政府办公室", AgencyKind.GENERAL_OFFICE, id="longer than 办公室"),
        pytest.param("望州市人民防空办公室", AgencyKind.DEPARTMENT, id="an office of its own"),
        pytest.param("昆岚市国有资产监督管理委员会", AgencyKind.DEPARTMENT, id="longer than 管理委员会"),
        pytest.param("国家税务总局", AgencyKind.CENTRAL, id="exact"),
        pytest.param("国家税务总局望州市税务局", AgencyKind.VERTICAL, id="its local organ"),
        pytest.param("中华人民共和国海关总署", AgencyKind.CENTRAL, id="with the name of the state"),
        pytest.param("国家统计局", AgencyKind.CENTRAL, id="exact before suffix"),
        pytest.param("昆岚市统计局", AgencyKind.DEPARTMENT, id="the city's own"),
        pytest.param("昆岚市", AgencyKind.PEOPLE_GOVERNMENT, id="bare city"),
        pytest.param("滨海新区", AgencyKind.PEOPLE_GOVERNMENT, id="district called 新区"),
        pytest.param("望江新区", AgencyKind.ZONE_COMMITTEE, id="new area that is no district"),
        pytest.param("滨河街道", AgencyKind.SUBDISTRICT_OFFICE, id="bare subdistrict"),
        pytest.param("昆岚市财政局（国有资产管理局）", AgencyKind.DEPARTMENT, id="bracket of another sort"),
        pytest.param("昆岚日报", None, id="none"),
        pytest.param("", None, id="empty"),
    ],
)
def test_kinds_that_compete(name: str, kind: AgencyKind | None) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("和信息化局", id="rest of a broken name"),
        pytest.param("现公布我局", id="sentence"),
        pytest.param("昆岚市财政局发布", id="news"),
        pytest.param("上一篇：昆岚市财政局", id="menu"),
        pytest.param("昆岚市政务公开教育局", id="menu word run into a name"),
        pytest.param("根据昆岚市人民政府办公室", id="preface"),
        pytest.param("昆岚市人民政府门户网站", id="portal"),
        pytest.param("温州高新区（经开区管委会", id="bracket not closed"),
        pytest.param("昆岚市财政局2023", id="digits"),
        pytest.param("新华社", id="press"),
    ],
)
def test_what_is_no_name_of_a_body(text: str) -> None:
    assert not is_agency_name(text)


@pytest.mark.parametrize("name", ["和平区人民政府", "昆岚市人民政府政务公开办公室", "对青山镇人民政府"])
def test_names_with_suspicious_words_are_names(name: str) -> None:
    assert is_agency_name(name)


@pytest.mark.parametrize(
    ("name", "without"),
    [
        pytest.param("海关总署（本级机关）", ("海关总署", "本级机关"), id="bracket"),
        pytest.param("望州市本级", ("望州市", "本级"), id="suffix"),
        pytest.param("昆岚市财政局机关", ("昆岚市财政局", "机关"), id="机关 of a department"),
        pytest.param("城口县人民政府机关", ("城口县人民政府机关", ""), id="机关 that is part of the name"),
        pytest.param("昆岚市机关事务管理局", ("昆岚市机关事务管理局", ""), id="机关 inside a name"),
        pytest.param(
            "贵阳市人民政府（市人民政府办公厅）",
            ("贵阳市人民政府（市人民政府办公厅）", ""),
            id="bracket that is a name",
        ),
    ],
)
def test_scope_words_are_no_part_of_the_name(name: str, without: tuple[str, str]) -> None:
    assert without_scope(name) == without


def test_regions_and_systems() -> None:
    assert is_region_name("昆岚市海棠区")
    assert not is_region_name("昆岚市海棠区财政局")
    assert stands_for_system("大同市气象部门")
    assert not stands_for_system("大同市气象局")
