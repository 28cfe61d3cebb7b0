"""Which misses ask the same: their characters and pairs of characters compared, the rare ones counting more.

Cheap enough to be done for each miss as it is written. A sentence encoder beside it was tried and told no more pairs apart.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import services
from bot.content.library import Library
from bot.logs.tables import groups
from bot.text.plain import plain, squash

# Chosen on the pairs of tests/logs/test_grouping.py; on 30 written afterwards it found 10 of 15 that ask the same and parted 15 of
# 15 that do not. A question in two groups costs a reviewer a moment; two questions in one group hide the second.
ALIKE = 0.5
# Only groups that were asked about lately are compared, the newest first.
REMEMBERED = 3000
LATELY = timedelta(days=120)

_PLACEHOLDER = re.compile("〈[^〉]*〉")
# What a question is wrapped in; it says nothing about what is asked.
_WRAPPING = re.compile("请问一下|请问|问一下|想问下|想问|问下|怎么办|咋办|咋整|咋个办|怎么弄|怎么做|如何|怎样|怎么|咋个|咋|为什么|为啥|有没有|可不可以|能不能|可以吗|一下")
# Whom nearly every question is about, and how often.
_CHILD = re.compile("小孩子|孩子|小孩|娃娃|娃儿|娃子|娃|宝宝|宝贝|小朋友|儿子|女儿|闺女|崽|伢")
_OFTEN = re.compile("老是|总是|总|老(?!师|人|家|婆|公|板|乡|鼠)|一直|经常|天天|每天|要不要|是不是|想|要|会")
_PARTICLES = re.compile("[的了呢吗吧啊呀嘛哦噢嗯啦哈么哎唉我你您]")
_TITLE, _NORMAL = 200, 200

Weights = Mapping[str, float]


def normal(text: str) -> str:
    """The bare question: no placeholders, marks, particles, politeness and "the child"; "" when nothing is left to compare."""
    bare = squash(plain(_PLACEHOLDER.sub("", text))) if text.strip() else ""
    for noise in (_WRAPPING, _CHILD, _OFTEN, _PARTICLES):
        bare = noise.sub("", bare)
    return bare[:_NORMAL] if len(bare) >= 2 else ""


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same), of two bare questions."""
    return _likeness(_parts(one), _parts(other))


@services.made_of_library
def rarity(library: Library) -> Weights:
    """How much each character and pair says: the fewer questions of the lessons hold it, the more. Takes a second at first use."""
    questions = [normal(question) for lesson in library.lessons.values() for question in lesson.questions]
    holding = Counter(part for question in questions for part in _cut(question))
    return {part: math.log((len(questions) + 1) / (count + 1)) + 1 for part, count in holding.items()}


@services.made_of_library
def _rarest(_library: Library) -> float:
    return max(rarity().values(), default=1.0)


class Grouping:
    """The groups of late, in memory; one a process, used by one thread. A second process may make a second group of the same."""

    def __init__(self) -> None:
        self._parts: dict[int, Weights] = {}
        self._having: dict[str, set[int]] = {}
        self._loaded = False

    def place(self, session: Session, text: str, at: datetime) -> int | None:
        """The id of the group that this miss belongs to, a new one if there is none; None: nothing to compare."""
        bare = normal(text)
        if not bare:
            return None
        if not self._loaded:
            self._load(session, at)
        found = self._nearest(_parts(bare))
        if found is not None and _count(session, found, at):
            return found
        return self._begin(session, text, bare, at)

    def forget(self) -> None:
        """After an erasure, or a transaction that failed: read them again."""
        self._parts.clear()
        self._having.clear()
        self._loaded = False

    def _nearest(self, parts: Weights) -> int | None:
        candidates = {group for part in parts for group in self._having.get(part, ())}
        best = max(candidates, key=lambda group: (_likeness(parts, self._parts[group]), -group), default=None)
        return best if best is not None and _likeness(parts, self._parts[best]) >= ALIKE else None

    def _load(self, session: Session, now: datetime) -> None:
        late = select(groups.c.id, groups.c.normal).where(groups.c.last_at > now - LATELY)
        for row in session.execute(late.order_by(groups.c.last_at.desc()).limit(REMEMBERED)):
            self._know(row.id, row.normal)
        self._loaded = True

    def _know(self, group_id: int, bare: str) -> None:
        self._parts[group_id] = _parts(bare)
        for part in self._parts[group_id]:
            # Single characters would bring half of all groups.
            if len(part) == 2:
                self._having.setdefault(part, set()).add(group_id)

    def _begin(self, session: Session, text: str, bare: str, at: datetime) -> int:
        values = {"title": text[:_TITLE], "normal": bare, "misses": 1, "first_at": at, "last_at": at, "state": "open"}
        group_id = int(session.execute(groups.insert().values(**values)).inserted_primary_key[0])
        self._know(group_id, bare)
        return group_id


def _count(session: Session, group_id: int, at: datetime) -> bool:
    """One more miss; a group that was done is open again, because it is missed all the same. False: it is gone."""
    found = session.execute(select(groups.c.state).where(groups.c.id == group_id)).scalar_one_or_none()
    if found is None:
        return False
    state = "open" if found == "done" else found
    change = update(groups).where(groups.c.id == group_id)
    session.execute(change.values(misses=groups.c.misses + 1, last_at=at, state=state))
    return True


def _cut(bare: str) -> set[str]:
    return {bare[start : start + 2] for start in range(len(bare) - 1)} | set(bare)


def _parts(bare: str) -> Weights:
    weights = rarity()
    return {part: weights.get(part, _rarest()) for part in _cut(bare)}


def _likeness(one: Weights, other: Weights) -> float:
    """Dice's coefficient, weighted."""
    shared = sum(weight for part, weight in one.items() if part in other)
    total = sum(one.values()) + sum(other.values())
    return 2 * shared / total if total else 0.0
