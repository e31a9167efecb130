"""Renderings printed to PDF by a real Chromium, as the office computer that published them would: A4, tables over pages.

The page is the generator's; what the PDF holds is what the page holds.
"""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from playwright.sync_api import Page, sync_playwright

from corpus.synthetic import Rendering, Style, SyntheticReport, render

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
MEDIA_TYPE = "application/pdf"

_RULES = ("1px solid #000", "0.5px solid #666", "2px solid #000", "1px dotted #000", "1px solid #000")
_FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")
_NUMBERS = ("", "<span class=pageNumber></span> / <span class=totalPages></span>", "— <span class=pageNumber></span> —")


class NoChromium(RuntimeError):
    """No Chromium is installed."""


def program() -> str | None:
    """The path of an installed Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


# The browser lives in a thread of its own: another one may be driven in this process already.
_THREAD = ThreadPoolExecutor(1, "chromium")


@cache
def _page() -> Page:
    """The one page of this process, only for its thread; the browser ends with the process. Raises `NoChromium`."""
    if (path := program()) is None:
        raise NoChromium("`apt-get install chromium fonts-noto-cjk` lets the PDF renderings be printed.")
    return sync_playwright().start().chromium.launch(executable_path=path, args=list(ARGUMENTS)).new_page()


def _printed(markup: str, options: dict[str, Any]) -> bytes:
    page = _page()
    page.set_content(markup)
    return page.pdf(format="A4", prefer_css_page_size=True, **options)


def style_of(style: Style) -> Style:
    """`style` as a page to be printed: without the chrome of a site, tables with their spans."""
    tables = "images" if style.tables == "images" else "spans"
    headings = "plain" if style.headings in ("swallowed", "numbered") else style.headings
    return replace(
        style, container="html", tables=tables, headings=headings, chrome=False, encoding="utf-8", charset="utf-8",
        hard_wrap=False, text_chrome=False, pinyin=False, entities=False, crlf=False, blanks="empty",
        missing_cell=False,  # in print a cell that is not there and an empty one look the same
        digits="plain" if style.digits in ("zero_width", "padded", "no_break") else style.digits,
    )  # fmt: skip


def print_pdf(report: SyntheticReport, style: Style, seed: int | str) -> Rendering:
    """`report` printed to PDF. The look (margins, type size, rules, page numbers) is drawn with the seed."""
    rendering = render(report, style_of(style), seed)
    rng = Random(f"pdf|{report.slug}|{seed}")
    markup = rendering.text.replace("</head>", f"<style>{_sheet(rng)}</style></head>")
    number = rng.choice(_NUMBERS)
    header = (
        f"<span style='font-size:8px;margin-left:40px'>{report.title}</span>" if rng.random() < 0.3 else "<span></span>"
    )
    footer = f"<div style='font-size:8px;width:100%;text-align:center'>{number}</div>"
    options = {"display_header_footer": bool(number), "header_template": header, "footer_template": footer}
    data = _THREAD.submit(_printed, markup, options).result()
    return replace(rendering, data=data, filename=f"{report.slug}.pdf", media_type=MEDIA_TYPE, encoding="")


def _sheet(rng: Random) -> str:
    """A style sheet: narrow and wide pages, so that labels wrap and pages break at other places each time."""
    margin, type_size, cell_size = rng.randrange(14, 32), rng.choice((14, 16, 18, 20, 21)), rng.choice((10, 12, 14))
    padding = rng.choice(("1px 2px", "3px 6px", "8px 4px"))
    breaking = rng.choice(("auto", "auto", "avoid"))
    return f"""
@page {{ size: A4; margin: {margin}mm {rng.randrange(14, 30)}mm }}
body {{ font-family: '{rng.choice(_FONTS)}'; font-size: {type_size}px; line-height: {rng.choice((1.4, 1.6, 1.8, 2.0))} }}
p {{ margin: {rng.choice((0, 0, 8))}px 0; text-align: {rng.choice(("justify", "left"))} }}
table {{ border-collapse: collapse; width: 100%; font-size: {cell_size}px; line-height: {rng.choice((1.2, 1.5))} }}
tr {{ break-inside: {breaking} }}
td {{ border: {rng.choice(_RULES)}; padding: {padding}; text-align: {rng.choice(("center", "left"))} }}
h2 {{ font-size: {rng.choice((16, 18, 22))}px }}
"""
