"""The words of a message: a variant that is not the last one again, and what is drawn for this child from lessons and tables."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import gcd
from typing import Protocol, TypeVar

from bot.content.lessons import Lesson
from bot.content.library import Library
from bot.content.tables.activities import Activity
from bot.content.tables.shelf import Shelf
from bot.content.tables.starters import Starter
from bot.reminders.campaigns import Campaign, Step
from bot.reminders.facts import ChildFacts, Facts
from bot.reminders.gateway import Message
from bot.reminders.occasions import fits_age
from bot.reminders.whose import in_words, whose

_FIRST_MONDAY = date(2018, 1, 1)
_ASK = "前几天跟您说的“{title}”，做了吗？回“做了”“还没”或“不做了”都行。"
# What is shown of such a lesson is for who is away; in mourning nobody is asked to bark like a dog.
_FROM_AFAR = re.compile(r"电话|视频|隔着|镜头|屏幕|语音|在外面|不在|回不|宿舍")
_MERRY = ("fun", "games")
# Days that the parent planned: they are together then.
OWN_DAYS = ("reunion",)
# With fewer, every second day of a festival would bring the same.
_ENOUGH = 5
DRAWN = {"gifts": 2, "activities": 1, "starters": 1}


class Drawable(Protocol):
    """An entry of a table."""

    @property
    def ages(self) -> tuple[int, int]: ...

    @property
    def told(self) -> str: ...


T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Composer:
    """Words from the library and the tables; `public_url` "" means no links.

    `seasonal`: lessons that a campaign brings in their own season, so the digest does not.
    """

    library: Library
    shelf: Shelf
    public_url: str = ""
    seasonal: frozenset[str] = frozenset()

    def message(self, campaign: Campaign, step: Step, facts: Facts, parent_key: str, occurrence: str, day: date) -> Message:
        """What one parent gets."""
        turn = Turn(f"{parent_key} {campaign.slug} {step.name}", ordinal(occurrence))
        about = _for_whom(campaign, step, facts, turn, occurrence, day)
        pieces = [turn.of(step.texts), *self._drawn(campaign, step, facts, about, turn, day)]
        return Message("\n\n".join(pieces), campaign.title, step.notice or "给您的话在聊天里，回个字就看到")

    def for_all(self, campaign: Campaign, step: Step, occurrence: str) -> str:
        """What everybody gets in a mass message: the same variant, nothing drawn for one child."""
        turn = Turn(f"{campaign.slug} {step.name}", ordinal(occurrence))
        return "\n\n".join([turn.of(step.texts), *self._lesson(step)])

    def follow_up(self, campaign: Campaign, step: Step, _occurrence: str) -> Message:
        """The question whether it was done."""
        return Message(step.ask or _ASK.format(title=campaign.title), campaign.title, "上次说的做了吗？回个字就行")

    def _drawn(
        self, campaign: Campaign, step: Step, facts: Facts, about: Sequence[About], turn: Turn, day: date
    ) -> list[str]:
        if campaign.kind == "weekly" and not step.lesson and not step.table:
            return _named(about[0], self._digest(facts, about[0].child, about[0].turn, day))
        together = step.each_day or facts.together(day)
        # Who is home for the holidays and who is not was not said: what can be played on the telephone, too.
        either = step.each_day and campaign.kind not in OWN_DAYS and not facts.together(day)
        # One for each child, as long as there are not more children than would be drawn for one.
        count = DRAWN.get(step.table, 0) // len(about)
        pieces: list[str] = []
        told: list[str] = []
        for each in about:
            # What is for the sister is not told again for the brother.
            drawn = self._table(step.table, together, each.child, each.turn, day, count, told, either)
            told += drawn
            pieces += _named(each, drawn)
        return [*self._lesson(step), *pieces]

    def _lesson(self, step: Step) -> list[str]:
        lesson = self.library.lessons.get(step.lesson)
        return [self._about(lesson)] if lesson else []

    def _about(self, lesson: Lesson) -> str:
        if self.public_url:
            # The chat makes a tappable title of it (bot/wechat/rendering.py); a mass message shows it as it stands.
            return f"点开看看《{lesson.title}》：{self.public_url}/lessons/{lesson.slug}"
        return f"想多看看，把这句发给我：{lesson.title}"

    def _table(
        self,
        table: str,
        together: bool,
        child: ChildFacts | None,
        turn: Turn,
        day: date,
        count: int,
        without: Sequence[str] = (),
        either: bool = False,
    ) -> list[str]:
        age = child.age_months(day) if child else None
        tables: dict[str, Sequence[Drawable]] = {
            "gifts": self.shelf.gifts,
            "activities": self.shelf.activities,
            "starters": self.shelf.starters,
        }
        fitting = [each for each in tables.get(table, ()) if _fits(each.ages, age)]
        if table == "activities":
            fitting = [each for each in fitting if isinstance(each, Activity) and _in_place(each, together)]
            both = [each for each in fitting if isinstance(each, Activity) and "phone" in each.places]
            if either and len(both) >= _ENOUGH:
                return turn.several([each.told for each in both], count, without)
        return turn.several([each.told for each in fitting], count, without)

    def _digest(self, facts: Facts, child: ChildFacts | None, turn: Turn, day: date) -> list[str]:
        age, together = child.age_months(day) if child else None, facts.together(day)
        lessons, starters = self._for_age(age, together, facts.grieves(day))
        pieces: list[str] = []
        for lesson in turn.several(lessons, 1):
            pieces += [f"{lesson.summary}。\n{self._about(lesson)}"]
            pieces += [f"这周试一件事：{lesson.try_this}"] if lesson.try_this else []
        if together:
            return pieces + [f"一起玩这个：\n{each}" for each in self._table("activities", True, child, turn, day, 1)]
        return pieces + [f"打电话时可以说：“{each.say}”" for each in turn.several(starters, 1)]

    @lru_cache(maxsize=256)  # noqa: B019 - one composer a process
    def _for_age(self, age: int | None, together: bool, grieving: bool) -> tuple[list[Lesson], list[Starter]]:
        of_parents = (each for each in self.library.lessons.values() if "parents" in each.audience)
        lessons = [each for each in of_parents if _fits(each.ages, age) and each.slug not in self.seasonal]
        starters = [each for each in self.shelf.starters if _fits(each.ages, age) and each.to == "child"]
        if together:
            lessons = [each for each in lessons if not _FROM_AFAR.search(f"{each.title}{each.summary}{each.try_this}")]
        return lessons, [each for each in starters if not (grieving and each.topic in _MERRY)]


@dataclass(frozen=True)
class Turn:
    """Whose turn it is in which round: everybody has an order of one's own, and each occurrence takes the next of it."""

    who: str
    number: int

    def of(self, texts: Sequence[str]) -> str:
        """One of the variants; with two or more never the same twice running."""
        return texts[(_hash(self.who) + self.number) % len(texts)]

    def several(self, entries: Sequence[T], count: int, without: Sequence[T] = ()) -> list[T]:
        """`count` entries, none of them in `without` while there are others; none comes again before nearly all have."""
        many = len(entries)
        if not many:
            return []
        # Steps of a size without a common divisor with the length visit every entry before the first comes again.
        seed = _hash(self.who)
        stride = next(size for size in range(1 + seed % many, 2 * many + 2) if gcd(size, many) == 1)
        begin = seed + self.number * count
        due = [entries[(begin + index) * stride % many] for index in range(min(count, many))]
        # In the place of one that is left out comes one from the other end of the round: it is not due again soon.
        rest = (entries[(begin + many // 2 + index) * stride % many] for index in range(many))
        others = iter([each for each in rest if each not in without and each not in due])
        return [next(others, each) if each in without else each for each in due]


def ordinal(occurrence: str) -> int:
    """A number that rises by one from each occurrence to the next: of years, weeks, or days within one occasion."""
    base, _, day = occurrence.partition("+")
    year, week = base[:4], base[6:]
    if base[4:6] == "-W" and year.isdigit() and week.isdigit():
        number = (date.fromisocalendar(int(year), int(week), 1) - _FIRST_MONDAY).days // 7
    else:
        last = base.rpartition(":")[2]
        number = int(last) if last.isdigit() else 0
    return number + (int(day) if day.isdigit() else 0)


@dataclass(frozen=True)
class About:
    """A child that something is drawn for, and its turn; `name`: what tells it from its siblings, "" where nothing has to."""

    child: ChildFacts | None
    turn: Turn
    name: str = ""


def _for_whom(campaign: Campaign, step: Step, facts: Facts, turn: Turn, occurrence: str, day: date) -> tuple[About, ...]:
    """The child whose occasion it is; else those of the age that the step asks for: one after the other where it comes often,
    each of them where enough is drawn, the youngest where not."""
    own = whose(campaign.anchor, occurrence, facts)
    asked = [own] if own else [child for child in facts.children if fits_age(child, step.audience, day)]
    fitting = sorted(dict.fromkeys(asked), key=lambda child: child.birth_month)
    told_apart = len({child.birth_month for child in facts.children}) > 1

    def about(index: int, number: int) -> About:
        child = fitting[index]
        # Each of several has a round of its own: a brother's turns leave out none of hers.
        mine = turn if len(fitting) == 1 else Turn(f"{turn.who} {index}", number)
        return About(child, mine, in_words(child, child.age_months(day)) if told_apart else "")

    if not fitting:
        return (About(None, turn),)
    if campaign.kind == "weekly" or step.each_day:
        return (about(turn.number % len(fitting), turn.number // len(fitting)),)
    if told_apart and len(fitting) <= DRAWN.get(step.table, 0):
        return tuple(about(index, turn.number) for index in range(len(fitting)))
    return (about(len(fitting) - 1, turn.number),)


def _named(about: About, drawn: list[str]) -> list[str]:
    """Of several children, which one it is for."""
    return [f"给{about.name}：\n{drawn[0]}", *drawn[1:]] if about.name and drawn else drawn


def _in_place(activity: Activity, together: bool) -> bool:
    """Those who are together need no telephone; the others have nothing else."""
    return activity.places != ("phone",) if together else "phone" in activity.places


def _fits(ages: tuple[int, int], age: int | None) -> bool:
    """An unknown age is taken for a child at primary school: the mean age of the children of those who write is eight."""
    return ages[0] <= (96 if age is None else age) < ages[1]


def _hash(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=6).digest(), "big")
