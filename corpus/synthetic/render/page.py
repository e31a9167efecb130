"""A report as a page of a government web site: head with the prescribed meta tags, menus, metadata, body, footer."""

from html import escape
from random import Random

from corpus.synthetic.render.flow import Kind, Part, flow
from corpus.synthetic.render.grids import Grids
from corpus.synthetic.render.html_tables import html_table, word_runs
from corpus.synthetic.render.style import Style
from corpus.synthetic.truth import SyntheticReport

_CONTENT_IDS = ('id="zoom"', 'id="ivs_content"', 'class="article-content"', 'class="TRS_Editor"')


def html_page(report: SyntheticReport, style: Style, grids: Grids, rng: Random) -> str:
    """The page as text, before it is encoded."""
    body = _body(report, style, grids, rng)
    if not style.chrome:
        return _BARE_PAGE.format(charset=_charset(style), title=_e(report.title), body=body)
    parts = {
        "head": _head(report, style),
        "menu": _menu(report),
        "meta": _metadata_block(report, rng),
        "title": _e(report.title),
        "source": _source_line(report, rng),
        "content": rng.choice(_CONTENT_IDS),
        "body": body,
        "footer": _footer(report, rng),
    }
    return _PAGE.format(**parts)


_BARE_PAGE = """<!DOCTYPE html>
<html>
<head>{charset}<title>{title}</title></head>
<body>
{body}
</body>
</html>
"""

_PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
{head}
<style type="text/css">.nav li {{float:left}} table td {{padding:2px}}</style>
<script type="text/javascript">var _page = {{"total": 1, "column": "政府信息公开年报"}};</script>
</head>
<body>
{menu}
<div class="main">
{meta}
<h1 class="article-title">{title}</h1>
{source}
<div {content}>
{body}
</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<p class="tools"><a href="javascript:window.print()">【打印】</a> <a href="javascript:window.close()">【关闭】</a></p>
</div>
{footer}
</body>
</html>
"""


def _e(text: str) -> str:
    return escape(text, quote=True)


def _charset(style: Style) -> str:
    if style.charset == "none":
        return ""
    return f'<meta http-equiv="Content-Type" content="text/html; charset={style.charset}" />'


def _head(report: SyntheticReport, style: Style) -> str:
    site = report.site
    tags = {
        "SiteName": site.name,
        "SiteDomain": site.host,
        "SiteIDCode": site.code,
        "ColumnName": "政府信息公开年报",
        "ColumnType": "政府信息公开年报",
        "ArticleTitle": report.title,
        "PubDate": f"{report.published} 09:30" if report.published else "",
        "ContentSource": report.agency_printed,
        "Keywords": "政府信息公开;年度报告",
        "Url": site.url(report.year),
    }
    metas = "\n".join(f'<meta name="{name}" content="{_e(value)}" />' for name, value in tags.items())
    return f"{_charset(style)}\n<title>{_e(report.title)}_{_e(site.name)}</title>\n{metas}"


def _menu(report: SyntheticReport) -> str:
    years = [year for year in range(report.year - 2, report.year + 3) if year != report.year]
    others = "".join(f'<li><a href="../{y}/index.html">{y}年政府信息公开工作年度报告</a></li>' for y in years)
    return f"""<div class="top"><a href="#content">无障碍浏览</a> | <a href="/slh/">长者版</a> | <a href="/ft/">繁體</a></div>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/bsfw/">办事服务</a></li></ul>
<ul class="left"><li><a href="/zn/">政府信息公开指南</a></li><li><a href="/zd/">政府信息公开制度</a></li>{others}</ul>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt;
<a href="/nb/">政府信息公开年报</a> &gt; 正文</div>"""


def _metadata_block(report: SyntheticReport, rng: Random) -> str:
    values = {
        "索引号": report.site.index_number,
        "组配分类": "政府信息公开年报",
        "发布机构": report.agency_printed,
        "成文日期": report.published or "",
        "发文字号": rng.choice(("", "无")),
        "有效性": "有效",
        "名称": report.title,
    }
    form = rng.choice(("table", "list", "line"))
    if form == "list":
        return '<ul class="xxgk">' + "".join(f"<li><b>{k}：</b>{_e(v)}</li>" for k, v in values.items()) + "</ul>"
    if form == "line":
        return '<p class="xxgk">' + " | ".join(f"{k}：{_e(v)}" for k, v in values.items()) + "</p>"
    cells = [f"<td><strong>{k}：</strong></td><td>{_e(v)}</td>" for k, v in values.items()]
    rows = "".join(f"<tr>{''.join(cells[i : i + 2])}</tr>" for i in range(0, len(cells), 2))
    return f'<table class="xxgk" width="100%"><tbody>{rows}</tbody></table>'


def _source_line(report: SyntheticReport, rng: Random) -> str:
    return (
        f'<div class="info"><span>来源：{_e(report.agency_printed)}</span> <span>发布日期：{report.published or ""}</span> '
        f"<span>浏览次数：{rng.randrange(20, 900)}</span> <span>字号：[ <a>大</a> <a>中</a> <a>小</a> ]</span></div>"
    )


def _footer(report: SyntheticReport, rng: Random) -> str:
    previous = f'<a href="../{report.year - 1}/">{report.year - 1}年政府信息公开工作年度报告</a>'
    return f"""<div class="turn"><p>上一篇：{previous}</p><p>下一篇：没有了</p></div>
<div class="links">相关链接：<a href="/">{_e(report.site.name)}</a></div>
<div class="footer">主办：{_e(report.site.name)} 网站标识码：{report.site.code}
昆ICP备{rng.randrange(10**7, 10**8)}号 昆公网安备 99010202000{rng.randrange(100, 999)}号</div>"""


def _body(report: SyntheticReport, style: Style, grids: Grids, rng: Random) -> str:
    repeated = not style.chrome or rng.random() < 0.5
    return "\n".join(
        _markup(part, style, rng) for part in flow(report, style, grids) if repeated or part.kind is not Kind.TITLE
    )


def _markup(part: Part, style: Style, rng: Random) -> str:
    if part.table is not None:
        return html_table(part.table, style, rng)
    if part.kind is Kind.TITLE:
        return f'<p style="text-align:center"><strong>{_text(part.text, style, rng)}</strong></p>'
    if part.kind is Kind.CAPTION:
        return f'<p align="center"><b>{_text(part.text, style, rng)}</b></p>'
    return _heading(part.text, style, rng) if part.kind is Kind.HEADING else _paragraph(part.text, style, rng)


def _heading(head: str, style: Style, rng: Random) -> str:
    text = _text(head, style, rng)
    if style.headings == "marked":
        return f"<h2>{text}</h2>"
    if style.headings == "bold":
        return f"<p><strong>{text}</strong></p>"
    return f"<p>{text}</p>"


def _paragraph(text: str, style: Style, rng: Random) -> str:
    indent = "" if style.tables == "word" else "　　"
    return f'<p style="text-indent:2em">{indent}{_text(text, style, rng)}</p>'


def _text(text: str, style: Style, rng: Random) -> str:
    return word_runs(text, rng) if style.tables == "word" else escape(text, quote=False)
