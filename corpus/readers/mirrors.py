"""Text of mirrors that print the pinyin of characters in brackets behind them: 统(tǒng)计(jì). Nothing else is touched.

Only where such brackets are more than a page of ordinary text ever has are they taken out; the original keeps them.
"""

import re

_PINYIN = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]{1,6}[)）]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_POLLUTED = 20
"""Brackets per 1,000 Han characters above which a page is such a mirror."""


def without_pinyin(text: str) -> str:
    """`text` without bracketed pinyin where it is polluted with it; any other text unchanged."""
    brackets = sum(1 for _ in _PINYIN.finditer(text))
    if brackets == 0 or brackets * 1000 <= _POLLUTED * len(_HAN.findall(text)):
        return text
    return _PINYIN.sub("", text)
