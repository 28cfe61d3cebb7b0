"""The words of a message: a variant that is not the last one again, and what is drawn for this child from lessons and tables."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import gcd
from typing import TypeVar

from bot.content.lessons import Lesson
from bot.content.library import Library
from bot.content.tables.shelf import Shelf
from bot.content.tables.starters import Starter
from bot.reminders.campaigns import Campaign, Step
from bot.reminders.facts import ChildFacts, Facts
from bot.reminders.gateway import Message
from bot.reminders.occasions import fits_age
from bot.reminders.suiting import (
    UNASKED_BELOW,
    Family,
    activity_suits,
    family,
    gifts_that_suit,
    lesson_suits,
    starter_suits,
)
from bot.reminders.whose import in_words, whose

_FIRST_MONDAY = date(2018, 1, 1)
_ASK = "前几天跟您说的“{title}”，做了吗？回“做了”“还没”或“不做了”都行。"
# Days that the parent planned: they are together then.
OWN_DAYS = ("reunion",)
# With fewer, every second day of a festival would bring the same.
_ENOUGH = 5
DRAWN = {"gifts": 2, "activities": 1, "starters": 1}


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

    def allow_again(self) -> str:
        """The line for who was just notified and has no more notifications left: one tap allows one. "" without a page that WeChat signs."""
        if not self.public_url.startswith("https://"):
            return ""
        return f"\n\n刚才那样的微信通知，点一次“允许”能收一回。下回还想收，点开这里再按一下：\n{self.public_url}/notify"

    def _drawn(
        self, campaign: Campaign, step: Step, facts: Facts, about: Sequence[About], turn: Turn, day: date
    ) -> list[str]:
        if campaign.kind == "weekly" and not step.lesson and not step.table:
            return self._digest(facts, about[0], day)
        pieces: list[str] = []
        told: list[str] = []
        # One for each child, as long as there are not more children than would be drawn for one.
        count = DRAWN.get(step.table, 0) // len(about)
        for each in about:
            # What is for the sister is not told again for the brother.
            drawn = each.turn.several(self._fitting(campaign, step, facts, each.child, day), count, told)
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

    def _fitting(self, campaign: Campaign, step: Step, facts: Facts, child: ChildFacts | None, day: date) -> list[str]:
        """What may be drawn from the step's table."""
        age, of = child.age_months(day) if child else None, family(facts, child, day)
        if step.table == "activities":
            # Who is home for the holidays and who is not was not said: what can be played on the telephone, too.
            either = step.each_day and campaign.kind not in OWN_DAYS and not of.together
            return self._activities(age, of, step.each_day or of.together, either)
        if step.table == "starters":
            return [each.told for each in self._starters(age, of)]
        if step.table != "gifts":
            return []
        # What was said of money was said of the journey, not of a birthday.
        budget = facts.reunion.budget if facts.reunion and campaign.kind in OWN_DAYS else None
        return [each.told for each in gifts_that_suit([each for each in self.shelf.gifts if _fits(each.ages, age)], of.sex, budget)]

    def _activities(self, age: int | None, of: Family, together: bool, either: bool = False) -> list[str]:
        of_age = (each for each in self.shelf.activities if _fits(each.ages, age))
        fitting = [each for each in of_age if activity_suits(each, of, together)]
        both = [each for each in fitting if "phone" in each.places]
        return [each.told for each in (both if either and len(both) >= _ENOUGH else fitting)]

    def _starters(self, age: int | None, of: Family) -> list[Starter]:
        return [each for each in self.shelf.starters if _fits(each.ages, age) and starter_suits(each, of)]

    def _digest(self, facts: Facts, about: About, day: date) -> list[str]:
        """A lesson, one thing to do this week, and something to say or to play."""
        age, of = about.child.age_months(day) if about.child else None, family(facts, about.child, day)
        pieces: list[str] = []
        for lesson in about.turn.several(self._lessons(age, of), 1):
            pieces += [f"{lesson.summary}。\n{self._about(lesson)}"]
            pieces += [f"这周试一件事：{lesson.try_this}"] if lesson.try_this else []
        # The lesson is for the parent; what is played or said is one child's.
        if of.together:
            with_whom = f"跟{about.name}" if about.name else ""
            return pieces + [f"{with_whom}一起玩这个：\n{each}" for each in about.turn.several(self._activities(age, of, together=True), 1)]
        to_whom = f"给{about.name}" if about.name else ""
        to_the_child = [each for each in self._starters(age, of) if each.to == "child"]
        return pieces + [f"{to_whom}打电话时可以说：“{each.say}”" for each in about.turn.several(to_the_child, 1)]

    @lru_cache(maxsize=1024)  # noqa: B019 - one composer a process
    def _lessons(self, age: int | None, of: Family) -> list[Lesson]:
        of_parents = (each for each in self.library.lessons.values() if "parents" in each.audience)
        of_age = (each for each in of_parents if _fits(each.ages, age) and each.slug not in self.seasonal)
        of_age = (each for each in of_age if age is None or age < UNASKED_BELOW.get(each.slug, age + 1))
        return [each for each in of_age if lesson_suits(each, of)]


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


def _fits(ages: tuple[int, int], age: int | None) -> bool:
    """An unknown age is taken for a child at primary school: the mean age of the children of those who write is eight."""
    return ages[0] <= (96 if age is None else age) < ages[1]


def _hash(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=6).digest(), "big")
