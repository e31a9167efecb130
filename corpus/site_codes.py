"""Site codes (网站标识码, `SiteIDCode`): which are real, and what they say. Six digits of a division and a serial, or `bm` and
eight digits for a central body. Templates leave dummies behind, which say nothing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_CODE = re.compile(r"[1-9][0-9]{9}|bm[0-9]{8}")
_DUMMIES = frozenset({"1234567890", "1111111111"})
_LABELS = ("siteidcode", "网站标识码")
"""In this order: what the page's head says, then what is printed in its footer."""


@dataclass(frozen=True, slots=True)
class StatedCode:
    """A site code as the page states it; `usable` is false for dummies and for what is no code at all."""

    label: str
    value: str
    usable: bool


def is_site_code(text: str) -> bool:
    """Whether it is a code that a site can have."""
    return _CODE.fullmatch(text) is not None and text not in _DUMMIES


def stated_codes(meta: Mapping[str, str]) -> Iterator[StatedCode]:
    """The codes that a page states, in the order in which they count; the footer's only when it says another one."""
    seen: set[str] = set()
    for label in _LABELS:
        value = "".join(meta.get(label, "").split()).lower()
        if value and value not in seen:
            seen.add(value)
            yield StatedCode(label, value, is_site_code(value))


def site_code_of(meta: Mapping[str, str]) -> str | None:
    """The first usable code that a page states."""
    return next((code.value for code in stated_codes(meta) if code.usable), None)
