"""Simplified print → the Traditional copies that circulate: character by character, or with words changed as well (V18)."""

from functools import lru_cache

import opencc

from corpus.synthetic.render.style import Traditional

_CONVERTER = opencc.OpenCC("s2t")
_WORDS = (("文件", "檔案"), ("门户网站", "入口網站"), ("群众", "民眾"), ("邮件", "郵件"), ("优化", "最佳化"))


@lru_cache(maxsize=8192)
def _character(char: str) -> str:
    converted: str = _CONVERTER.convert(char)
    return converted if len(converted) == 1 else char


def converted(text: str, kind: Traditional) -> str:
    """`text` in the characters of the copy."""
    if kind == "no":
        return text
    if kind == "words":
        for simplified, changed in _WORDS:
            text = text.replace(simplified, changed)
    return "".join(map(_character, text))
