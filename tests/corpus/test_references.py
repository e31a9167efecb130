"""Citations inside reports: document numbers, orders, laws, standards; damaged ones keep only their raw text."""

import pytest
from growth import LIMIT, growth
from hypothesis import given
from hypothesis import strategies as st

from corpus.parse.references import find_references
from corpus.vocabulary import load

REGULATION = "中华人民共和国政府信息公开条例"
FEES = "政府信息公开信息处理费管理办法"


def found(text: str) -> list[tuple[str, str | None, str]]:
    return [(r.kind, r.canonical, r.raw) for r in find_references(text)]


def one(text: str, kind: str) -> tuple[str | None, str]:
    matches = [(canonical, raw) for k, canonical, raw in found(text) if k == kind]
    assert len(matches) == 1, matches
    return matches[0]


@pytest.mark.parametrize(
    ("text", "canonical", "raw"),
    [
        ("根据国办公开办函〔2021〕30号要求", "国办公开办函〔2021〕30号", "国办公开办函〔2021〕30号"),
        ("国办发[2014]32号", "国办发〔2014〕32号", "国办发[2014]32号"),
        ("国办发［2014］32号", "国办发〔2014〕32号", "国办发［2014］32号"),
        ("国办发【2014】32号", "国办发〔2014〕32号", "国办发【2014】32号"),
        ("国办发﹝2014﹞32号", "国办发〔2014〕32号", "国办发﹝2014﹞32号"),
        ("按粤府办（2020）12号办理", "粤府办〔2020〕12号", "粤府办（2020）12号"),
        ("国办发〔2014)32号", "国办发〔2014〕32号", "国办发〔2014)32号"),  # the brackets are of two kinds
        ("国办发2014〕32号", "国办发〔2014〕32号", "国办发2014〕32号"),  # the opening one is lost
        ("国办函〔２０２０〕１０９号", "国办函〔2020〕109号", "国办函〔２０２０〕１０９号"),
        ("国办函 〔 2020 〕 109 号", "国办函〔2020〕109号", "国办函 〔 2020 〕 109 号"),
        ("国发〔二〇二一〕5号", "国发〔2021〕5号", "国发〔二〇二一〕5号"),
        ("望政办秘〔2021〕第012号", "望政办秘〔2021〕12号", "望政办秘〔2021〕第012号"),
        ("國辦發〔2014〕32號", "国办发〔2014〕32号", "國辦發〔2014〕32號"),
        ("《某某规定》和国办函〔2020〕109号", "国办函〔2020〕109号", "国办函〔2020〕109号"),
        ("有关规定和浙政办发〔2019〕8号", "浙政办发〔2019〕8号", "浙政办发〔2019〕8号"),
        ("国务院办公厅国办函〔2020〕109号", "国办函〔2020〕109号", "国办函〔2020〕109号"),
        ("文号为云政办〔2019〕3号", "云政办〔2019〕3号", "云政办〔2019〕3号"),
        ("根据和政发〔2021〕3号", "和政发〔2021〕3号", "和政发〔2021〕3号"),  # 和 is the county, no conjunction
        ("兴和政办发〔2021〕3号", "兴和政办发〔2021〕3号", "兴和政办发〔2021〕3号"),
        ("（和政发〔2021〕3号）", "和政发〔2021〕3号", "和政发〔2021〕3号"),
    ],
)
def test_a_document_number_has_one_canonical_form(text: str, canonical: str, raw: str) -> None:
    assert one(text, "document") == (canonical, raw)


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("依据国办公开办函〔202130编制", "国办公开办函〔202130"),
        ("国发﹝20168号", "国发﹝20168号"),
        ("国办发201432号", "国办发201432号"),
        ("国办发〔2014〕32文", "国办发〔2014〕32"),
    ],
)
def test_a_damaged_number_keeps_its_raw_text_only(text: str, raw: str) -> None:
    assert one(text, "document") == (None, raw)


@pytest.mark.parametrize(
    "text",
    [
        "60号和30号",
        "〔2021〕30号",
        "建设路2023号",
        "截至（2021年）30号",
        "公司（2021）",
        "2023年度",
        "第（2021）3号",
        "令2021〕3号",
    ],
)
def test_what_has_no_code_is_no_document_number(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("国务院令第711号", "国务院令第711号"),
        ("国令第711号", "国务院令第711号"),
        ("国务院令711号", "国务院令第711号"),
        ("國務院令第 711 號", "国务院令第711号"),
        ("国务院令（第711号）", "国务院令第711号"),
        ("国务院第711号令", "国务院令第711号"),
        ("中华人民共和国国务院令第七百一十一号", "国务院令第711号"),
        ("根据国令第711号", "国务院令第711号"),
        ("国家主席令第12号", "主席令第12号"),
        ("根据望州省人民政府令第225号", "望州省人民政府令第225号"),
        ("省政府令第２２５号", "省政府令第225号"),
        ("水利部令第3号", "水利部令第3号"),
    ],
)
def test_an_order_has_one_canonical_form(text: str, canonical: str) -> None:
    assert one(text, "order")[0] == canonical


@pytest.mark.parametrize("text", ["命令第3号", "口令12号", "第711号", "令第711号"])
def test_what_names_no_issuer_is_no_order(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "canonical", "raw"),
    [
        (f"《{REGULATION}》", REGULATION, f"《{REGULATION}》"),
        ("《政府信息公开条例》", REGULATION, "《政府信息公开条例》"),
        ("《中華人民共和國政府信息公開條例》", REGULATION, "《中華人民共和國政府信息公開條例》"),
        ("《中华人民共和国 政府信息公开条例》", REGULATION, "《中华人民共和国 政府信息公开条例》"),
        ("《政府信息公开条例（2019年修订）》", REGULATION, "《政府信息公开条例（2019年修订）》"),
        ("《政府信息公开条例》第五十条规定", REGULATION, "《政府信息公开条例》第五十条"),
        ("《政府信息公开条例》第二十条第（一）项", REGULATION, "《政府信息公开条例》第二十条第（一）项"),
        ("《政府信息公开条例》第16条第一款、第36条", REGULATION, "《政府信息公开条例》第16条第一款、第36条"),
        ("《关于印发〈信息处理费管理办法〉的通知》", FEES, "〈信息处理费管理办法〉"),
        ("《关于印发《信息处理费管理办法》的通知》", FEES, "《信息处理费管理办法》"),
        (
            "《望州省行政规范性文件管理规定（试行）》",
            "望州省行政规范性文件管理规定（试行）",
            "《望州省行政规范性文件管理规定（试行）》",
        ),
        ("《保密法》", "中华人民共和国保守国家秘密法", "《保密法》"),
        (f"《<{REGULATION}>实施办法》", f"〈{REGULATION}〉实施办法", f"《<{REGULATION}>实施办法》"),
    ],
)
def test_a_law_is_known_by_its_title(text: str, canonical: str, raw: str) -> None:
    assert one(text, "law") == (canonical, raw)


@pytest.mark.parametrize(
    "text",
    [
        "《关于做好有关工作的通知》",
        "《工作方法》",
        "《政府信息公开指南》",
        "《望州省数据条例（草案）》",
        "《法》",
        "《未完",
        "》《",
        "条例第五条",
    ],
)
def test_other_titles_are_no_laws(text: str) -> None:
    assert found(text) == []


def test_a_declared_short_form_is_resolved() -> None:
    text = f"依照《{REGULATION}》（国务院令第711号，以下简称《条例》）和《望州省信访条例》编制。《条例》第三十条"
    laws = [r for r in find_references(text) if r.kind == "law"]
    assert [r.canonical for r in laws] == [REGULATION, REGULATION, "望州省信访条例", REGULATION]
    assert laws[-1].raw == "《条例》第三十条"


def test_a_declared_name_of_its_own_is_resolved() -> None:
    text = f"《{FEES}》（以下简称“收费办法”）施行，《收费办法》规定"
    assert [c for _, c, _ in found(text)] == [FEES, FEES]


def test_an_undeclared_short_form_needs_exactly_one_candidate() -> None:
    assert found(f"《{REGULATION}》施行以来，《条例》")[-1] == ("law", REGULATION, "《条例》")
    assert found(f"《{REGULATION}》与《望州省信访条例》，《条例》")[-1] == ("law", None, "《条例》")
    assert found("《条例》第五十条") == [("law", None, "《条例》第五十条")]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("DB51/T 2660—2019", "DB51/T 2660—2019"),
        ("DB51/T2660-2019", "DB51/T 2660—2019"),
        ("ＤＢ51／Ｔ 2660－2019", "DB51/T 2660—2019"),
        ("GB/T 7714-2015《信息与文献》", "GB/T 7714—2015"),
        ("GB 18030", "GB 18030"),
        ("YD/T 1234.1-2020", "YD/T 1234.1—2020"),
    ],
)
def test_a_standard_is_found(text: str, canonical: str) -> None:
    assert one(text, "standard")[0] == canonical


def test_no_standard_in_sizes_and_words() -> None:
    assert found("16GB 512 TB/T WEBGB1234") == []


@pytest.mark.parametrize("kind", ["document", "order", "standard", "law"])
def test_the_examples_of_the_vocabulary_hold(kind: str) -> None:
    for example in load("references")[kind]["example"]:
        matches = [r for r in find_references(example["text"]) if r.kind == kind]
        assert matches, example
        assert matches[0].canonical == (example["canonical"] or None)


_PIECES = [
    "《",
    "》",
    "〈",
    "〉",
    "（",
    "）",
    "〔",
    "〕",
    "以下简称",
    "条例",
    "国办发",
    "国务院令",
    "政府令",
    "第",
    "号",
    "条",
    "2021",
    "30",
    "和",
    "令",
    "GB/T",
    " ",
    "\n",
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)))
def test_any_text_is_accepted_and_raw_is_its_span(text: str) -> None:
    references = find_references(text)
    assert [r.start for r in references] == sorted(r.start for r in references)
    for reference in references:
        assert 0 <= reference.start < reference.end <= len(text)
        assert reference.raw == text[reference.start : reference.end]


@pytest.mark.parametrize(
    "piece",
    [
        "《",
        "《条例》",
        "（以下简称",
        "《a》（以下简称",
        "令第",
        "国",
        "2021",
        "〔2021〕",
        "《〈",
        "第五条、",
        "国务院令第",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    assert growth(lambda n: find_references(piece * (n // len(piece))), 2_000) < LIMIT
