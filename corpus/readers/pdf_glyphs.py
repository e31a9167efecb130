"""Characters that a PDF names by their radical: fonts whose glyph stands for both 人 and ⼈ often tell only the second.

What is printed is the ideograph, so the radical is read as it. Nothing else is changed.
"""

import unicodedata

# Unicode gives these no decomposition of their own; the pairs follow its list of equivalent unified ideographs.
_SUPPLEMENT = (
    "⺁厂⺄乙⺅亻⺆冂⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王"
    "⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺶羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长"
    "⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)

# Their decompositions are older forms than the glyphs that fonts share with them.
_OTHERWISE = {0x2F3E: "户", 0x2FAD: "青"}


def _table() -> dict[int, str]:
    table = {ord(a): b for a, b in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)}
    for start, end in ((0x2F00, 0x2FD6), (0xF900, 0xFAFF)):
        for code in range(start, end):
            ideograph = unicodedata.normalize("NFKC", chr(code))
            if len(ideograph) == 1 and ideograph != chr(code):
                table[code] = ideograph
    return table | _OTHERWISE


_IDEOGRAPHS = _table()


def ideographs(text: str) -> str:
    """`text` with radicals and compatibility forms as the ideographs that they print."""
    return text if text.isascii() else text.translate(_IDEOGRAPHS)
