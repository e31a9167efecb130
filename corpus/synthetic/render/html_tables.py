"""Printed tables → HTML: with the right spans, wrong ones, none at all, pasted from Word, or nested in layout tables."""

from html import escape
from random import Random

from corpus.synthetic.render.grids import PrintedCell, PrintedTable
from corpus.synthetic.render.style import Style
from corpus.synthetic.render.text_tables import broken

_BLANKS = {"empty": "", "nbsp": "&nbsp;", "wide_space": "　"}


def html_table(table: PrintedTable, style: Style, rng: Random) -> str:
    """The table as markup. No layout of HTML loses a figure."""
    if style.tables == "images":
        return f'<p style="text-align:center"><img src="./W0202{rng.randrange(10**6):06d}.png" alt=""></p>'
    if style.tables == "badspans":
        rows = _without_spans(table, style, rng)
    else:
        wrong = style.tables == "wrongspans"
        rows = ["".join(_cell(cell, style, rng, wrong=wrong) for cell in row) for row in table.rows]
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    if style.tables == "word":
        return _WORD_TABLE.format(body=body)
    if style.tables == "nested":
        return _NESTED_TABLE.format(body=body)
    return f'<table border="1" cellspacing="0" cellpadding="0" width="100%"><tbody>\n{body}</tbody></table>'


_WORD_TABLE = (
    '<div align="center"><table class="MsoNormalTable" border="0" cellspacing="0" cellpadding="0" '
    'style="border-collapse:collapse;mso-padding-alt:0cm 5.4pt 0cm 5.4pt"><tbody>\n{body}</tbody></table></div>'
)
_NESTED_TABLE = (
    '<table width="960" align="center"><tr><td width="12">&nbsp;</td><td>\n<table width="100%"><tr><td align="center">'
    '<table class="data" border="1">\n{body}</table></td></tr></table>\n</td><td width="12">&nbsp;</td></tr></table>'
)


def _without_spans(table: PrintedTable, style: Style, rng: Random) -> list[str]:
    """Every covered place printed as an empty cell of its own."""
    empty = f"<td>{_BLANKS[style.blanks]}</td>"
    return [
        "".join(
            f"<td>{_content(cell, style, rng)}</td>" if starts and not inside else empty for cell, starts, inside in row
        )
        for row in table.slots()
    ]


def _cell(cell: PrintedCell, style: Style, rng: Random, *, wrong: bool) -> str:
    rowspan = cell.rowspan
    if wrong and cell.role == "group":
        rowspan = rowspan - 2 if rowspan > 9 else rowspan + rng.choice((0, 0, 1))
    spans = f' rowspan="{rowspan}"' if rowspan > 1 else ""
    spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    width = f' style="width:{rng.randrange(30, 200)}pt"' if style.tables == "word" else ""
    return f"<td{spans}{width}>{_content(cell, style, rng)}</td>"


def _content(cell: PrintedCell, style: Style, rng: Random) -> str:
    text = broken(cell, style, rng)
    if not text.strip():
        return f"<p>{_BLANKS[style.blanks]}</p>" if style.tables == "word" else _BLANKS[style.blanks]
    if style.tables == "word":
        lines = (word_runs(line, rng) for line in text.split("\n") if line)
        return f'<p class="MsoNormal" align="center">{"<br>".join(lines)}<o:p></o:p></p>'
    marked = escape(text, quote=False).replace("\n\n", "<br>").replace("\n", "<br>")
    return f'<p align="center">{marked}</p>' if cell.role == "data" else marked


def word_runs(text: str, rng: Random) -> str:
    """Text as Word exports it: runs in nested spans, cut anywhere, also inside numbers."""
    runs = []
    start = 0
    while start < len(text):
        end = start + (rng.choice((1, 2)) if text[start].isascii() else rng.choice((1, 2, 3, 5, 8)))
        language = ' lang="EN-US"' if text[start:end].isascii() else ""
        runs.append(f'<span{language} style="font-family:仿宋_GB2312">{escape(text[start:end], quote=False)}</span>')
        start = end
    return "".join(runs)
