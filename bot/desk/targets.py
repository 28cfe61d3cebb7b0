"""What a missed question may be an example of: every lesson, and the intents that are taught by sentences."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot import services
from bot.content.lessons import SERIES
from bot.content.library import Library
from bot.desk.topics import TOPICS
from bot.text.plain import squash

# Relative to the project's folder, like config.yml: that is where the web process is started.
_INTENTS = Path("data/nlu")
_NEAREST = 6
# libyaml where PyYAML has it: these files hold thousands of sentences.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Target:
    """`value` goes into the form: lesson/<slug>, or an intent's name."""

    value: str
    title: str
    hint: str
    group: str
    sentences: tuple[str, ...]


class Index:
    """Which sentences hold which pair of characters."""

    def __init__(self, library: Library) -> None:
        self.library = library
        lessons = sorted(library.lessons.values(), key=lambda each: (list(SERIES).index(each.series), each.title))
        taught = [
            Target(f"lesson/{each.slug}", each.title, each.summary, SERIES[each.series], each.questions)
            for each in lessons
        ]
        self.targets = {target.value: target for target in (*taught, *_intents())}
        self._values: list[str] = []
        self._sizes = array("H")
        self._holding: dict[str, array[int]] = {}
        for target in self.targets.values():
            for sentence in target.sentences:
                self._add(target.value, _pairs(sentence))

    def nearest(self, question: str, most: int) -> list[str]:
        """The values of the targets with the likest sentence (Dice's measure on pairs of characters)."""
        asked = _pairs(question)
        both = Counter(number for pair in asked for number in self._holding.get(pair, ()))
        best: dict[str, float] = {}
        for number, shared in both.items():
            value = self._values[number]
            best[value] = max(best.get(value, 0.0), 2 * shared / (len(asked) + self._sizes[number]))
        return sorted(best, key=lambda value: -best[value])[:most]

    def _add(self, value: str, pairs: frozenset[str]) -> None:
        for pair in pairs:
            self._holding.setdefault(pair, array("I")).append(len(self._values))
        self._values.append(value)
        self._sizes.append(min(len(pairs), 65535))


_latest: list[Index] = []


def index() -> Index:
    """The index of the present library; made anew when that was published anew."""
    library = services.library()
    if not _latest or _latest[0].library is not library:
        _latest[:] = [Index(library)]
    return _latest[0]


def find(words: str) -> list[Target]:
    """Targets in whose title or sentences every part of `words` stands."""
    parts = [part for part in map(squash, words.split()) if part]
    return [target for target in index().targets.values() if all(part in _text(target) for part in parts)]


def nearest(question: str, ranked: tuple[str, ...]) -> list[Target]:
    """The likeliest first: what the assistant ranked, then those with the likest sentences."""
    present = index()
    values = dict.fromkeys([*(f"lesson/{slug}" for slug in ranked), *present.nearest(question, _NEAREST)])
    return [present.targets[value] for value in values if value in present.targets]


def is_target(value: str) -> bool:
    """Whether the form may ask for it."""
    return value in index().targets


def _intents() -> tuple[Target, ...]:
    found = []
    for path in sorted(_INTENTS.glob("*.yml")):
        read = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader) or {}  # noqa: S506 - a safe loader, in C
        for entry in read.get("nlu") or []:
            name, examples = entry.get("intent"), entry.get("examples")
            if not isinstance(name, str) or not isinstance(examples, str) or "/" in name:
                continue
            said = tuple(line.strip()[2:] for line in examples.splitlines() if line.strip().startswith("- "))
            if said:
                found.append(Target(name, f"“{said[0]}”这一类话", "、".join(said[1:5]), f"家长的话：{TOPICS.get(path.stem, path.stem)}", said))
    return tuple(found)


def _text(target: Target) -> str:
    return squash(" ".join((target.title, target.value, target.hint, *target.sentences)))


def _pairs(text: str) -> frozenset[str]:
    plain = squash(text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
