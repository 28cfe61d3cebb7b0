"""What is left out of a message for one parent: of the other season, of a family that is not theirs, too hard to come unasked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.content.lessons import Lesson
from bot.content.tables.activities import Activity
from bot.content.tables.gifts import Gift
from bot.content.tables.starters import Starter
from bot.reminders.facts import ChildFacts, Facts

# Each answers somebody to whom just this has happened; to all others it would be a fright, or advice that hurts: 这周跟孩子说一遍，我们分开是大人的事.
ONLY_WHEN_ASKED = frozenset(
    {
        "a-sibling-is-born", "autism-signs", "bad-news-from-home", "divorced-or-single", "dropping-out", "keeping-the-plan",
        "moving-back-home", "running-away", "self-harm-signs", "wages-owed",
    }
)  # fmt: skip
# In months: their own ages go further, for who asks; a potty is nothing for a child of eight that is not asked about.
UNASKED_BELOW = {"toilet-training": 60}
# What is shown of such a lesson is for who is away, or to be done by the old people there.
_FROM_AFAR = re.compile(
    r"电话|视频|隔着|隔得|镜头|屏幕|语音|在外面|不在|回不|宿舍|两地|回来|回家|回老家|寄|老人|老家|发过去|发给|拍给|[问跟给]家里|团聚|在一起的时间短|从上面挑"
)
_OF_SIBLINGS = re.compile(r"两个孩子|老二|儿子女儿")
_OF_DAUGHTERS, _OF_SONS = re.compile(r"女儿"), re.compile(r"儿子")
# In mourning: what keeps parent and child close and oneself upright, and no jokes.
_FOR_MOURNERS = ("wellbeing", "remote_communication")
_MERRY = ("fun", "games")
# 院子打水枪 is nothing for January, 躺席子上看星星 neither, and in summer nobody needs to hear of red envelopes.
_WARM = re.compile(r"水枪|蚯蚓|草木|闻花|种一样|席子")
_OF_SUMMER, _OF_NEW_YEAR = re.compile(r"蛇|马蜂|蚊|中暑|暑假"), re.compile(r"过年|红包|春节")
_WARM_MONTHS, _SUMMER, _NEW_YEAR = range(4, 11), range(4, 11), (12, 1, 2)
_WHOM = {"男孩": "boy", "女孩": "girl"}
# Two are shown. A fourth of the money, in tens, between these.
_CHOICE, _PART, _CHEAPEST, _DEAREST = 2, 4, 20, 200
_TOWN, _COUNTRY = frozenset({"dormitory", "city", "phone"}), frozenset({"village", "phone"})


@dataclass(frozen=True)
class Family:
    """All that the choice hangs on, and no more: few families differ in it, so what suits them is worked out once.

    `elsewhere`: places that they are not at. `sex` of the child that it is for.
    """

    month: int
    together: bool
    grieves: bool
    only_child: bool
    sex: str | None = None
    elsewhere: frozenset[str] = frozenset()


def family(facts: Facts, child: ChildFacts | None, day: date) -> Family:
    """How it is with this parent on `day`."""
    sex, only = child.sex if child else None, len(facts.children) == 1
    return Family(day.month, facts.together(day), facts.grieves(day), only, sex, _elsewhere(facts, day))


def lesson_suits(lesson: Lesson, of: Family) -> bool:
    """Whether the lesson may come unasked in the digest, its age aside."""
    shown = f"{lesson.title}{lesson.summary}{lesson.try_this}"
    if lesson.slug in ONLY_WHEN_ASKED or not _in_season(shown, of.month):
        return False
    if of.grieves and lesson.series not in _FOR_MOURNERS:
        return False
    if of.only_child and _OF_SIBLINGS.search(shown):
        return False
    if of.together and _FROM_AFAR.search(shown):
        return False
    return of.sex is None or _of_the_sex(lesson.title, of.sex)


def starter_suits(starter: Starter, of: Family) -> bool:
    """Whether it can be said out of the blue: nobody knows how the child feels when the message is read."""
    return "any" in starter.moods and not (of.grieves and starter.topic in _MERRY)


def activity_suits(activity: Activity, of: Family, together: bool) -> bool:
    """Whether it can be done now, where they are."""
    if not together:
        # Those who are apart have nothing but the telephone.
        return "phone" in activity.places
    if activity.places == ("phone",) or (of.month not in _WARM_MONTHS and _WARM.search(f"{activity.name}{activity.need}")):
        return False
    return not set(activity.places) <= of.elsewhere


def gifts_that_suit(gifts: Sequence[Gift], sex: str | None, budget: int | None) -> list[Gift]:
    """For a boy, for a girl or for any, within what the parent wants to spend; the cheapest where that is too little for two."""
    for_whom = [each for each in gifts if each.whom == "any" or sex is None or each.whom == _WHOM[sex]]
    if budget is None:
        return for_whom
    within = [each for each in for_whom if each.cost[0] <= most_for_a_gift(budget)]
    return within if len(within) >= _CHOICE else sorted(for_whom, key=lambda each: each.cost[::-1])[:_CHOICE]


def most_for_a_gift(budget: int) -> int:
    """A part of what is there for all of it: as the plan itself says (bot/reunion/wording.py)."""
    return min(budget, _DEAREST, max(_CHEAPEST, budget // _PART // 10 * 10))


def _elsewhere(facts: Facts, day: date) -> frozenset[str]:
    """Who goes home is in the village, to whom the child comes is in town."""
    meeting = facts.reunion
    if facts.apart is False or facts.visited(day):
        return _COUNTRY
    goes_home = meeting is not None and meeting.planned and not meeting.child_comes and meeting.start <= day <= meeting.end
    return _TOWN if goes_home else frozenset()


def _in_season(shown: str, month: int) -> bool:
    if month not in _SUMMER and _OF_SUMMER.search(shown):
        return False
    return month in _NEW_YEAR or not _OF_NEW_YEAR.search(shown)


def _of_the_sex(title: str, sex: str) -> bool:
    """女儿来月经了 is for daughters; 儿子女儿一样疼 for all."""
    girls, boys = bool(_OF_DAUGHTERS.search(title)), bool(_OF_SONS.search(title))
    return girls == boys or sex == ("女孩" if girls else "男孩")
