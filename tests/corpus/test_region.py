"""Regions read off the names of bodies, with what is derived and what stays unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import divisions
from corpus.parse.region import read_region
from corpus.parse.region_site import compare_with_site

Levels = tuple[str | None, str | None, str | None, str | None]


def levels(name: str, year: int | None) -> Levels:
    region = read_region(name, year).region
    return region.province, region.city, region.county, region.township


@pytest.mark.parametrize(
    ("name", "year", "expected", "code"),
    [
        pytest.param(
            "宁波市镇海区经济和信息化局", 2023, ("浙江省", "宁波市", "镇海区", None), "330211", id="city and district"
        ),
        pytest.param(
            "北仑区人民政府", 2023, ("浙江省", "宁波市", "北仑区", None), "330206", id="district that is unique"
        ),
        pytest.param(
            "四川省成都市双流区气象局", 2023, ("四川省", "成都市", "双流区", None), "510116", id="all printed"
        ),
        pytest.param(
            "开远市", 2025, ("云南省", "红河哈尼族彝族自治州", "开远市", None), "532502", id="lone county-level city"
        ),
        pytest.param("贵阳市", 2021, ("贵州省", "贵阳市", None, None), "520100", id="lone city"),
        pytest.param("兴安盟民政局", 2022, ("内蒙古自治区", "兴安盟", None, None), "152200", id="盟"),
        pytest.param("恩施州财政局", 2022, ("湖北省", "恩施土家族苗族自治州", None, None), "422800", id="short 州"),
        pytest.param("景宁县人民政府", 2022, ("浙江省", "丽水市", "景宁畲族自治县", None), "331127", id="short 自治县"),
        pytest.param(
            "城口县人民政府机关", 2020, ("重庆市", None, "城口县", None), "500229", id="county of a municipality"
        ),
        pytest.param(
            "仙桃市财政局", 2023, ("湖北省", None, "仙桃市", None), "429004", id="directly under the province"
        ),
        pytest.param(
            "东莞市虎门镇人民政府", 2023, ("广东省", "东莞市", None, "虎门镇"), "441900", id="city without counties"
        ),
        pytest.param(
            "北京海淀区教育局", 2022, ("北京市", None, "海淀区", None), "110108", id="short name before a full one"
        ),
        pytest.param(
            "国家税务总局宁波市镇海区税务局",
            2022,
            ("浙江省", "宁波市", "镇海区", None),
            "330211",
            id="behind a central body",
        ),
        pytest.param(
            "晋城市城区人民政府", 2020, ("山西省", "晋城市", "城区", None), "140502", id="a district called 城区"
        ),
        pytest.param("铜仁市", 2010, ("贵州省", "铜仁地区", "铜仁市", None), "522201", id="the table of 2010"),
        pytest.param("铜仁市", 2011, ("贵州省", "铜仁市", None, None), "520600", id="the table of 2011"),
        pytest.param(
            "莱芜市财政局", 2018, ("山东省", "莱芜市", None, None), None, id="old name in the year of the change"
        ),
        pytest.param("浦东新区人民政府", 2022, ("上海市", None, "浦东新区", None), "310115", id="district called 新区"),
    ],
)
def test_names_that_the_table_knows(name: str, year: int, expected: Levels, code: str | None) -> None:
    assert levels(name, year) == expected
    assert read_region(name, year).region.code == code


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            "灋河回族区科技和工业信息化局", (None, None, "灋河回族区", None), id="look-alike stays as printed"
        ),
        pytest.param("昆岚市望州市财政局", (None, "昆岚市", "望州市", None), id="a 市 after a 市 is county level"),
        pytest.param("昆岚市海棠区教育局", (None, "昆岚市", "海棠区", None), id="real name under an invented city"),
        pytest.param("宁波市龙湾区教育局", ("浙江省", "宁波市", "龙湾区", None), id="real name under another city"),
        pytest.param("望州市教育局", (None, "望州市", None, None), id="lone 市"),
        pytest.param("云棠县白鹿镇人民政府", (None, None, "云棠县", "白鹿镇"), id="county and township"),
        pytest.param("昆岚省望州市", ("昆岚省", "望州市", None, None), id="province"),
        pytest.param("黔岭苗族侗族自治州教育局", (None, "黔岭苗族侗族自治州", None, None), id="自治州"),
        pytest.param("唐村镇", (None, None, None, "唐村镇"), id="lone township"),
        pytest.param("驼峰路街道办事处", (None, None, None, "驼峰路街道"), id="subdistrict"),
        pytest.param(
            "昆岚市老城区街道办事处", (None, "昆岚市", None, "老城区街道"), id="subdistrict with 区 in its name"
        ),
        pytest.param("昆岚市城区人民政府", (None, "昆岚市", "城区", None), id="plain district of an unknown city"),
    ],
)
def test_unknown_names_are_read_by_suffix(name: str, expected: Levels) -> None:
    assert levels(name, 2023) == expected
    assert read_region(name, 2023).region.code is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("昆岚市住房和城乡建设局", (None, "昆岚市", None, None), id="城乡"),
        pytest.param("昆岚市城市管理局", (None, "昆岚市", None, None), id="城市"),
        pytest.param("昆岚市市场监督管理局", (None, "昆岚市", None, None), id="市市场"),
        pytest.param("昆岚市蔬菜市场服务中心", (None, "昆岚市", None, None), id="市场 later on"),
        pytest.param("昆岚市乡村振兴局", (None, "昆岚市", None, None), id="乡村"),
        pytest.param("住房和城乡建设局", (None, None, None, None), id="nothing before it"),
        pytest.param("国家卫生健康委", (None, None, None, None), id="central"),
        pytest.param("广州海关关区", (None, None, None, None), id="a 关区 is no district"),
    ],
)
def test_departments_are_no_places(name: str, expected: Levels) -> None:
    assert levels(name, 2023) == expected


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        pytest.param("深圳市公安局龙华分局", 2024, ("广东省", "深圳市", None, None), id="branch"),
        pytest.param("淄博市公安局高新区分局", 2024, ("山东省", "淄博市", None, None), id="branch in a zone"),
        pytest.param("宁波经济技术开发区商务局", 2022, ("浙江省", "宁波市", None, None), id="zone named after a city"),
        pytest.param("温州高新区（经开区）管委会", 2022, ("浙江省", "温州市", None, None), id="zone with two names"),
        pytest.param(
            "东湖高新区教育局", 2021, (None, None, None, None), id="zone that bears a district's name by chance"
        ),
        pytest.param("五华科技产业园管理委员会", 2022, (None, None, None, None), id="zone named after a county"),
        pytest.param("吉林经济技术开发区", 2020, ("吉林省", None, None, None), id="province or city of that name"),
        pytest.param(
            "西咸新区三桥街道办事处", 2022, (None, None, None, "三桥街道"), id="new area over several districts"
        ),
        pytest.param("鼓楼区人民政府", 2023, (None, None, "鼓楼区", None), id="one name in several provinces"),
        pytest.param("城区人民政府", 2020, (None, None, "城区", None), id="several in two provinces"),
        pytest.param("江北区教育局", 2025, (None, None, "江北区", None), id="another one ended in the year"),
    ],
)
def test_ambiguous_names_stay_open(name: str, year: int, expected: Levels) -> None:
    assert levels(name, year) == expected


def test_evidence_says_what_is_printed_and_what_is_derived() -> None:
    assert read_region("北仑区人民政府", 2023).region.evidence == {
        "county": "printed",
        "province": "derived",
        "city": "derived",
    }
    assert read_region("宁波经济技术开发区商务局", 2022).region.evidence == {"province": "derived", "city": "derived"}


@pytest.mark.parametrize(
    ("name", "site_code", "expected", "code", "conflict"),
    [
        pytest.param("宁波市镇海区教育局", "3302110012", ("浙江省", "宁波市", "镇海区"), "330211", False, id="agrees"),
        pytest.param(
            "宁波市镇海区教育局", "3302000003", ("浙江省", "宁波市", "镇海区"), "330211", False, id="portal of the city"
        ),
        pytest.param(
            "鼓楼区教育局", "3201060012", ("江苏省", "南京市", "鼓楼区"), "320106", False, id="chooses one of several"
        ),
        pytest.param(
            "鼓楼区教育局",
            "3501000012",
            ("福建省", "福州市", "鼓楼区"),
            "350102",
            False,
            id="the city's site chooses too",
        ),
        pytest.param("鼓楼区教育局", "3302110012", (None, None, "鼓楼区"), None, True, id="another district"),
        pytest.param(
            "鼓楼区教育局", "3302000012", (None, None, "鼓楼区"), None, True, id="a city that has none of that name"
        ),
        pytest.param(
            "灋河回族区教育局", "4103000012", ("河南省", "洛阳市", "灋河回族区"), None, False, id="levels, but no code"
        ),
        pytest.param(
            "民政局", "3302110012", ("浙江省", "宁波市", "镇海区"), "330211", False, id="name without a region"
        ),
        pytest.param(
            "白鹿镇人民政府", "1100000159", (None, None, None), None, False, id="dummy code far above a township"
        ),
        pytest.param(
            "白鹿镇人民政府", "3302110012", ("浙江省", "宁波市", "镇海区"), "330211", False, id="site of the district"
        ),
        pytest.param(
            "宁波市教育局",
            "3302110012",
            ("浙江省", "宁波市", None),
            "330200",
            False,
            id="never a level below the name's",
        ),
        pytest.param(
            "宁波经济技术开发区商务局",
            "3302060012",
            ("浙江省", "宁波市", None),
            "330200",
            False,
            id="never a zone's county",
        ),
        pytest.param("温州市教育局", "3302110012", ("浙江省", "温州市", None), "330300", True, id="another city"),
        pytest.param("民政局", "bm07000001", (None, None, None), None, False, id="a ministry's code"),
        pytest.param("民政局", "9999990001", (None, None, None), None, False, id="no such code"),
        pytest.param("民政局", None, (None, None, None), None, False, id="none"),
    ],
)
def test_the_code_of_the_site(
    name: str, site_code: str | None, expected: tuple[str | None, ...], code: str | None, conflict: bool
) -> None:
    compared = compare_with_site(read_region(name, 2023), site_code, 2023)
    region = compared.region
    assert (region.province, region.city, region.county) == expected
    assert region.code == code
    assert (compared.conflict is not None) is conflict


@given(st.text(alphabet="昆岚望州海棠省市县区镇街道自治盟旗经济开发新财政局人民府和城乡（）A 2", max_size=24))
def test_any_text_is_read_from_left_to_right(name: str) -> None:
    reading = read_region(name, 2023)
    assert name.endswith(reading.rest)
    printed = [lv for lv in ("province", "city", "county", "township") if reading.region.evidence.get(lv) == "printed"]
    assert all(getattr(reading.region, level) in name for level in printed)


@given(st.sampled_from(sorted({d.name for found in divisions._table().by_code.values() for d in found})), st.just(2023))
def test_every_name_of_the_table_is_read_whole(name: str, year: int) -> None:
    if not divisions.lookup(name, year):
        return
    reading = read_region(name, year)
    assert reading.rest == ""
    assert reading.candidates == divisions.in_use(name, year)
