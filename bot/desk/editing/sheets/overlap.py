"""Sentences that are, or nearly are, taught elsewhere: the machine could not tell the two apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from bot.content.lint.near_copies import NEAR
from bot.desk.editing import checking
from bot.desk.editing.checking import Remark
from bot.desk.editing.sheets.sheet import Asked
from bot.text.plain import squash

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Of the many that may be near, the first ones tell enough.
_MOST = 30


@dataclass
class Known:
    """Every sentence that is taught, by its squashed form, and which hold a pair of characters."""

    exact: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    sentences: list[tuple[str, str, frozenset[str]]] = field(default_factory=list)
    holding: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, place: str, text: str) -> None:
        squashed = _form(text)
        pairs = _pairs(squashed)
        self.exact[squashed].append((place, text))
        for pair in pairs:
            self.holding[pair].append(len(self.sentences))
        self.sentences.append((place, text, pairs))

    def near(self, place: str, text: str) -> tuple[str, str] | None:
        """The likest sentence of another place that is alike enough (Jaccard's measure on pairs of characters)."""
        mine = _pairs(squash(text))
        shared = Counter(number for pair in mine for number in self.holding.get(pair, ()))
        for number, both in shared.most_common(5):
            where, other, theirs = self.sentences[number]
            if where != place and both >= NEAR * len(mine | theirs):
                return where, other
        return None


def remarks(asked: Asked, groups: Sequence[tuple[str, str, list[str]]]) -> Iterator[Remark]:
    """Of groups of sentences (field of the form, name, sentences) of one file: what is said twice, here or elsewhere."""
    files = sorted((asked.project / "data/nlu").glob("*.yml"))
    mine = asked.project / asked.relative
    stamp = tuple((str(path), path.stat().st_mtime_ns) for path in files)
    known = _known(asked.content, stamp, checking.fingerprint(asked.content), asked.today, str(mine))
    old = set(_sentences(asked.standing))
    here: dict[str, tuple[str, str]] = {}
    count = 0
    for place, name, said in groups:
        for text in said:
            squashed = _form(text)
            before = here.get(squashed)
            if before and text not in old:
                where = f"和这里的“{before[1]}”一样" if before[0] == name else f"在“{before[0]}”里也有"
                yield Remark("", 0, f"“{text}”{where}，只留一句", before[0] != name, before[0] != name, place)
            here[squashed] = (name, text)
            if count >= _MOST:
                continue
            mine_too = _intent(name)
            if there := next((each for each in known.exact.get(squashed, ()) if each[0] != mine_too), None):
                count += 1
                # What stands there already is no reason to keep back a change elsewhere in the file.
                yield Remark("", 0, f"“{text}”在{there[0]}里也有，机器会分不清：只留一处", text not in old, True, place)
            elif text not in old and (near := known.near(mine_too, text)):
                count += 1
                yield Remark("", 0, f"“{text}”和{near[0]}里的“{near[1]}”几乎一样，机器会分不清：只留一处，或者改得各是各的意思", False, True, place)


@lru_cache(maxsize=4)
def _known(content: Path, stamp: tuple[tuple[str, int], ...], _content_stamp: int, today: object, mine: str) -> Known:
    """All that is taught outside of the file `mine`."""
    known = Known()
    for name, _ in stamp:
        if name != mine:
            for intent, text in _taught(Path(name).read_text(encoding="utf-8")):
                known.add(_intent(intent), text)
    corpus = checking.questions(content, today)  # type: ignore[arg-type]
    for lesson in corpus.lessons:
        for each in lesson.questions:
            known.add(f"课文《{lesson.lesson.title}》", each.text)
    for script in corpus.scripts:
        for each in script.examples:
            known.add(f"急救文案“{script.script.title}”", each.text)
    return known


def _sentences(text: str) -> Iterator[str]:
    return (said for _, said in _taught(text))


def _taught(text: str) -> Iterator[tuple[str, str]]:
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, in C
    except (yaml.YAMLError, ValueError):  # ValueError: a day that no calendar has
        return
    for entry in (data.get("nlu") or []) if isinstance(data, dict) else []:
        examples = entry.get("examples") if isinstance(entry, dict) else None
        if isinstance(examples, str) and entry.get("intent"):
            for line in examples.splitlines():
                if line.strip().startswith("- "):
                    yield str(entry["intent"]), line.strip()[2:].strip()


def _form(text: str) -> str:
    """What counts of a sentence; of one without a letter (a smile), all of it."""
    return squash(text) or text.strip()


def _intent(name: str) -> str:
    return f"“{name}”这个意思"


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[start : start + 2] for start in range(len(text) - 1))
