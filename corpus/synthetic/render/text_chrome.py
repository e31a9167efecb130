"""The lines that come along when a page is copied as text: breadcrumb, metadata, tools, neighbours, footer (V15, V16)."""

from random import Random

from corpus.synthetic.truth import SyntheticReport


def lines_before(report: SyntheticReport, rng: Random) -> list[str]:
    """What stands above the title."""
    block = [
        f"索引号：{report.site.index_number}",
        "组配分类：政府信息公开年报",
        f"发布机构：{report.agency_printed}",
        f"发布日期：{report.published or ''}",
        f"名称：{report.title}",
        "文号：无",
    ]
    joined = [" | ".join(block)] if rng.random() < 0.5 else block
    return ["无障碍浏览 长者版 繁體", "当前位置：首页 > 政务公开 > 政府信息公开年报", *joined, "字号：大 中 小", ""]


def lines_after(report: SyntheticReport, rng: Random) -> list[str]:
    """What stands below the report."""
    return [
        "",
        "分享到：",
        "【打印】 【关闭】",
        f"上一篇：{report.year - 1}年政府信息公开工作年度报告",
        "下一篇：没有了",
        f"主办：{report.site.name} 网站标识码：{report.site.code} 昆ICP备{rng.randrange(10**7, 10**8)}号",
    ]
