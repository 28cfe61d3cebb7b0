"""Sentences with marked names: what parents ask (the lessons' questions, the examples of the intents), with names put in.

Nothing of `tests/evaluation` is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.content.library import load_library
from tools.reader.names import Names
from tools.reader.places import Places

NAME, PLACE, WORK = "NAME", "PLACE", "WORK"
LONGEST = 64
_CHILD = re.compile(
    "(?P<mine>我家|我们家|俺家|咱家|我|俺)?(?P<who>孩子|孩纸|娃儿|娃|儿子|女儿|闺女|宝宝|老大|老二|大宝|二宝|小孩|孙子|孙女|外孙|侄子|丫头|崽崽|崽|囡囡)(?![们们儿纸子他她])"
)
_GROWN = re.compile("(?P<who>婆婆|奶奶|爷爷|外婆|外公|老公|老婆|嫂子|邻居|舅舅|姑姑|弟弟|妹妹|工友|班长|老乡|同事)(?![们家他她的])")
_TEACHER = re.compile("(?P<who>老师|班主任|医生|校长)(?![们家他她的])")
_PRONOUN = re.compile("(?:(?<=^)|(?<=[，。！？, ]))(?P<who>他|她)(?![们爸妈爷奶外])")
_NOT_AFTER = re.compile("[个些位名小男女生别带大有的养多少两三几怀亲乖坏好胎留]$|留守|农村|所有|每个|别人")
_CLAUSE = re.compile("[，。！？,.!?；;~～…]+")
_MARKS = frozenset("，。！？,.!?；;~～…、")
_SLOT = re.compile(r"\{(\w)\}")
_TEMPLATES = Path(__file__).with_name("templates.txt")


@dataclass(frozen=True)
class Marked:
    """A text with what is to be found in it: (start, end, sort)."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def questions(root: Path) -> list[str]:
    """What parents ask, without the marks of the training files."""
    asked = {question for lesson in load_library(root / "content").lessons.values() for question in lesson.questions}
    for file in sorted((root / "data/nlu").glob("*.yml")):
        for part in yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu", []):
            for line in str(part.get("examples", "")).splitlines():
                asked.add(re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})", r"\1", line.removeprefix("- ")).strip())
    return sorted(text for text in asked if len(text) > 1)


class Carriers:
    """A maker of marked sentences; the same seed makes the same."""

    def __init__(self, asked: list[str], seed: int) -> None:
        self._asked = asked
        self._names = Names(seed)
        self._places = Places(seed + 1)
        lines = _TEMPLATES.read_text(encoding="utf-8").splitlines()
        self._templates = [line for line in lines if line and not line.startswith("#")]

    def as_they_are(self) -> Iterator[Marked]:
        """Every question, with nothing marked."""
        for text in self._asked:
            yield Marked(self._piece(text, 60), ())

    def renamed(self, rounds: int) -> Iterator[Marked]:
        """Questions in which those who are spoken of have names."""
        for _ in range(rounds):
            for text in self._asked:
                if (made := self._renamed(self._piece(text))) is not None:
                    yield made

    def filled(self, count: int) -> Iterator[Marked]:
        """Templates with everything put in."""
        for number in range(count):
            yield self._filled(self._templates[number % len(self._templates)])

    def _piece(self, text: str, longest: int = 34) -> str:
        """The question, or some clauses on end of it: most messages are short."""
        if len(text) <= longest:
            return text
        starts = [0, *(match.end() for match in _CLAUSE.finditer(text))]
        begin = int(self._names.pick([str(start) for start in starts if start < len(text)]))
        ends = [match.start() for match in _CLAUSE.finditer(text, begin + 1) if match.start() - begin <= longest]
        return text[begin : ends[-1] if ends else begin + longest]

    def _renamed(self, text: str) -> Marked | None:
        places = [(match, maker) for pattern, maker in self._makers() for match in pattern.finditer(text)]
        places = [each for each in places if not _NOT_AFTER.search(text[: each[0].start()])]
        if not places:
            return None
        parts: list[str] = []
        spans: list[tuple[int, int, str]] = []
        done = 0
        for match, maker in sorted(places, key=lambda each: each[0].start()):
            if match.start() < done or (spans and self._names.chance(0.5)):
                continue
            kept = match.group() if self._names.chance(0.3) and match.re is not _PRONOUN else ""
            parts.append(text[done : match.start()] + kept)
            name = maker()
            start = sum(map(len, parts))
            parts.append(name)
            spans.append((start, start + len(name), NAME))
            done = match.end()
        return Marked("".join([*parts, text[done:]]), tuple(spans))

    def _makers(self):  # type: ignore[no-untyped-def]
        names = self._names
        return ((_CHILD, names.child), (_PRONOUN, names.child), (_GROWN, names.adult), (_TEACHER, names.titled))

    def _filled(self, template: str) -> Marked:
        names, places = self._names, self._places
        makers = {
            "c": (names.child, NAME),
            "a": (names.adult, NAME),
            "t": (names.titled, NAME),
            "f": (names.full, NAME),
            "g": (lambda: names.given(True), NAME),
            "n": (names.nickname, NAME),
            "e": (names.of_another_people, NAME),
            "h": (names.thing, NAME),
            "x": (places.address, PLACE),
            "o": (places.workplace, WORK),
            "q": (lambda: self._piece(names.pick(self._asked), 24), ""),
            "w": (lambda: names.pick(names.things), ""),
            "v": (names.word, NAME),
            "j": (names.spoken_of, ""),
            "b": (names.brand, ""),
            "d": (names.doubled, ""),
            "k": (lambda: names.pick(names.known), ""),
        }
        parts: list[str] = []
        spans: list[tuple[int, int, str]] = []
        done = length = 0
        for match in _SLOT.finditer(template):
            made, sort = makers[match[1]]
            text = made()
            parts += [template[done : match.start()], text]
            length += match.start() - done
            if sort:
                spans.append((length, length + len(text), sort))
            length += len(text)
            done = match.end()
        return Marked("".join([*parts, template[done:]]), tuple(spans))


def spoken(marked: Marked, blank: str) -> Marked:
    """As a telephone writes down what is said: `blank` (or nothing) for every mark of punctuation."""
    inside = {place for start, end, _ in marked.spans for place in range(start, end)}
    new = [blank if each in _MARKS and place not in inside else each for place, each in enumerate(marked.text)]
    places = [0]
    for each in new:
        places.append(places[-1] + len(each))
    return Marked("".join(new), tuple((places[start], places[end], sort) for start, end, sort in marked.spans))
