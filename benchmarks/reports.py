"""Any number of parsed reports, as an archive would hand them out: sentences of a few mixed anew, with rare words and numbers.

The few are parsed once, in a process of its own, and kept in a file; so neither parsing nor what it loads is in any measurement.
"""

import pickle
import random
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from indexer.documents import Stored

SEED = 2031
_BASES = 100
_SYLLABLES = "安柏川岱恩枫港河华嘉江锦景康兰岚林陵柳龙梅明南宁平浦清庆泉荣瑞沙山石松台潭塘桐湾望溪霞香向新兴杏秀阳仪英永玉云泽镇竹"


def write_bases(path: Path) -> None:
    """Parses the few reports and keeps them in `path`, unless an earlier run did."""
    if not path.exists():
        process = get_context("spawn").Process(target=_write_bases, args=(path,))
        process.start()
        process.join()
        if process.exitcode:
            raise SystemExit("The reports could not be made.")


def _write_bases(path: Path) -> None:
    from benchmarks.corpus import base_reports  # here, for the readers it loads belong to the process that parses

    path.write_bytes(pickle.dumps(base_reports(_BASES)))


def reading(path: Path) -> Callable[[str], Stored]:
    """What gives the report of a number, always the same; `path` as `write_bases` left it."""
    return _Reports(pickle.loads(path.read_bytes()))


class _Reports:
    def __init__(self, bases: tuple[Any, ...]) -> None:
        self._bases = bases
        self._pools: dict[str, list[str]] = {}
        for base in bases:
            for section in base.report.sections:
                pool = self._pools.setdefault(section.key, [])
                pool += [s + "。" for s in section.text.replace("\n", "").split("。") if s.strip()]

    def __call__(self, number: str) -> Stored:
        chance = random.Random(SEED * 1_000_003 + int(number))
        base = self._bases[int(number) % len(self._bases)]
        agency = place_name(chance) + (base.report.agency or "")[-4:]
        title = f"{agency}{base.report.year}年政府信息公开工作年度报告"
        sections = tuple(self._varied(section, chance) for section in base.report.sections)
        report = replace(base.report, title=title, agency=agency, sections=sections)
        stored: Stored = replace(base, id=f"r-{int(number):06d}", report=report)
        return stored

    def _varied(self, section: Any, chance: random.Random) -> Any:
        """The section with other sentences in paragraphs of the same number."""
        pool = self._pools[section.key]
        paragraphs = []
        for paragraph in section.paragraphs:
            chosen = chance.sample(pool, min(paragraph.text.count("。"), len(pool)))
            if chosen:
                chosen.append(f"{place_name(chance)}街道办理{chance.randrange(400)}件。")
            paragraphs.append(replace(paragraph, text="".join(chosen)))
        return replace(section, paragraphs=tuple(paragraphs))


def place_name(chance: random.Random) -> str:
    """An invented name of two characters."""
    return "".join(chance.choices(_SYLLABLES, k=2))
