"""Labels are recognised exactly or not at all; ambiguous words stay ambiguous until their axis is known."""

import pytest

from corpus.parse.labels import find_labels
from corpus.parse.tables import table_of
from corpus.vocabulary import load

TABLES = ("applications", "proactive", "review", "statistics")


@pytest.mark.parametrize("table", TABLES)
def test_every_label_and_alias_of_the_vocabulary_finds_its_entry(table: str) -> None:
    for axis, entries in load(table).items():
        for entry in entries:
            if "key" not in entry:
                continue
            for spelling in (entry.get("label"), *entry.get("aliases", ())):
                if spelling:
                    assert (axis, entry["key"]) in {(x.axis, x.key) for x in find_labels(table, spelling)}, spelling


@pytest.mark.parametrize(
    ("table", "printed", "key"),
    [
        ("applications", "3. 危及“三安全一稳定”", "denied.safety_stability"),
        ("applications", "三安全一稳定", "denied.safety_stability"),
        ("applications", "二、上年转结政府信息公开申请数量", "carried_in"),
        ("applications", "（三）不予公开 1.属于国家秘密", "denied.state_secret"),
        ("applications", "三、本年度办理结果（一）予以公开", "granted"),
        ("applications", "２.其他法律行政法規禁止公開", "denied.law_prohibited"),
        ("proactive", "行政規範性檔案", "normative_docs"),
        ("proactive", "本年收费金额（单位：万元）", "amount"),
        ("review", "结果 维持", "upheld"),
        ("review", "行政复仪", "review"),
        ("statistics", "其中：主动公开规范性文件数", "stat.proactive.normative"),
        ("statistics", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "stat.proactive.total"),
        ("statistics", "其中：1.涉及国家秘密", "stat.denied.state_secret"),
    ],
)
def test_printed_labels(table: str, printed: str, key: str) -> None:
    assert key in {x.key for x in find_labels(table, printed)}


@pytest.mark.parametrize(
    "printed", ["属于国家机密", "保护第三方利益", "本年新收到的申请", "科研院所", "其他处理意见", "予以公开的信息"]
)
def test_a_label_that_no_entry_covers_is_not_the_nearest_one(printed: str) -> None:
    assert find_labels("applications", printed) == ()


@pytest.mark.parametrize(
    ("printed", "table"),
    [
        ("自然人", "applications"),
        ("规章", "proactive"),
        ("第二十条第（五）项", "proactive"),
        ("复议后起诉", "review"),
        ("统计指标", "statistics"),
        ("其他", None),
        ("总计", None),
        ("0", None),
        ("今年以来，我局认真贯彻落实有关要求。", None),
    ],
)
def test_the_table_a_label_tells(printed: str, table: str | None) -> None:
    assert table_of(printed) == table
