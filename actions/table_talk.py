"""What the topics that draw from tables share: what was wanted and shown last, whose child it is, ages to tap."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import structlog
from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.taps import tap
from actions.understood import age_said, entity, words
from bot import services
from bot.coach.wanted import Wanted, from_slot, read_wanted
from bot.db import DatabaseError
from bot.people import parents
from bot.people.children import BEIJING
from bot.people.parents import Profile

log = structlog.get_logger(__name__)

LAST = "table_last"
NUMBERS = "①②③"
# One age of each band, in months, and what the line to tap says.
_BANDS = ((6, "1岁以前"), (24, "1–2岁"), (54, "3–5岁"), (84, "6–8岁"), (120, "9–11岁"), (168, "12岁以上"))
_SEXES = {"女孩": "girl", "男孩": "boy"}
_OLDEST = 18 * 12
_ELDER = re.compile(r"^(?:那|我家|我)*(?:大的|老大|大娃|大宝|哥哥|姐姐|大儿子|大女儿|大孩子)")
_YOUNGER = re.compile(r"^(?:那|我家|我)*(?:小的|老二|老幺|二娃|二宝|小宝|弟弟|妹妹|小儿子|小女儿|小孩子)")
_ASKS_FOR_A_LIST = re.compile(
    r"挑|选|推荐|推见|清单|单子|列|[给来整搞拿出][我俺你]?[^，。]{0,3}[几三两个一些]|玩|耍|游戏|油戏|活动|不花钱|自己做|拣|帮"
)


@dataclass(frozen=True)
class Shown:
    """What a parent got last from a table: the kind of table, what was wanted, the keys that were shown so far."""

    kind: str
    wanted: Wanted
    keys: tuple[str, ...] = ()

    def as_events(self) -> list[EventType]:
        """Kept for “换一批” and “那6岁的呢”; a lesson from before is no longer what they are about."""
        value = {"kind": self.kind, "wanted": self.wanted.as_slot(), "keys": list(self.keys)}
        return [SlotSet(LAST, value), SlotSet("lesson_last", None)]


@dataclass(frozen=True)
class ChildKnown:
    """A child of the profile: age in months and sex (girl, boy or None)."""

    age: int
    sex: str | None


@dataclass(frozen=True)
class Home:
    """What the profile says: the children; empty for a stranger."""

    children: tuple[ChildKnown, ...] = field(default=())

    @classmethod
    def of(cls, profile: Profile, today: date) -> Home:
        """The children of a profile, as old as they are on that day."""
        return cls(tuple(ChildKnown(each.age_months(today), _SEXES.get(each.sex or "")) for each in profile.children))

    def completed(self, wanted: Wanted, age_before: int | None = None) -> Wanted:
        """The wish, with age and sex of the only child where they were not said; of a stranger's with the age of a moment ago."""
        if not self.children and wanted.age is None and age_before is not None:
            return Wanted(age=age_before).and_then(wanted)
        if len(self.children) != 1:
            return wanted
        (child,) = self.children
        return Wanted(age=child.age, sex=child.sex).and_then(wanted) if wanted.age in (None, child.age) else wanted

    def meant(self, text: str) -> ChildKnown | None:
        """The one of several children that 那大的呢 or 小的 is about; None for other words, or where it is not clear."""
        by_age = sorted(self.children, key=lambda child: child.age)
        if len(by_age) < 2 or bool(_ELDER.search(text)) == bool(_YOUNGER.search(text)):
            return None
        return by_age[-1] if _ELDER.search(text) else by_age[0]


def shown_last(tracker: Tracker) -> Shown | None:
    """What the parent got last from a table, if no lesson came after it."""
    value = tracker.get_slot(LAST)
    if not isinstance(value, dict) or tracker.get_slot("lesson_last"):
        return None
    return Shown(str(value.get("kind")), from_slot(value.get("wanted")), tuple(value.get("keys") or ()))


def said(tracker: Tracker) -> Wanted:
    """What this message says of what is wanted; a tap on an age says only the age, one under a lesson what was asked before it."""
    wish = entity(tracker, "table_wish")
    if wish is not None:
        return from_slot(json.loads(wish))
    tapped = entity(tracker, "table_age")
    if tapped is not None:
        if not tapped.isdigit() or int(tapped) >= _OLDEST:
            return Wanted()
        band = entity(tracker, "table_band")
        return Wanted(age=int(tapped), band=band if (int(tapped), band) in _BANDS else None)
    return Wanted() if words(tracker).startswith("/") else read_wanted(words(tracker), age_said(tracker))


def wanted_now(tracker: Tracker, kind: str) -> Wanted:
    """What is wanted: after a tap on an age together with what was said before the question."""
    before = shown_last(tracker)
    if entity(tracker, "table_age") is not None and before and before.kind == kind:
        return before.wanted.and_then(said(tracker))
    return said(tracker)


def only_a_question(tracker: Tracker) -> bool:
    """Whether nothing is wished for in particular and no list is asked for: then a lesson answers better than a table."""
    text = words(tracker)
    return not text.startswith("/") and said(tracker).says_nothing and not _ASKS_FOR_A_LIST.search(text)


async def lesson_instead(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
    """Answer with the likeliest lesson."""
    # Here and not above: lessons lead to tables, so actions.lessons imports us.
    from actions.lessons import ActionAnswerLesson

    return await ActionAnswerLesson().run(dispatcher, tracker, domain)


async def lesson_for_age(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
    """The last lesson again, for the age that this message says."""
    from actions.lesson_more import ActionAnswerOtherAge

    return await ActionAnswerOtherAge().run(dispatcher, tracker, domain)


async def others_instead(dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
    """Other lessons than the last one."""
    from actions.lesson_more import ActionOfferOthers

    return await ActionOfferOthers().run(dispatcher, tracker, domain)


async def home_of(parent_key: str) -> Home:
    """What is known of the parent's children; nothing when the database cannot say."""
    today = services.clock().now().astimezone(BEIJING).date()
    try:
        profile = await services.database().read(parents.profile, parent_key)
    except DatabaseError as error:
        log.error("tables.profile_unreadable", reason=error.reason)
        return Home()
    return Home.of(profile, today)


def seed(tracker: Tracker) -> str:
    """Shuffles tables: the same all day for one parent, another the next day."""
    return f"{tracker.sender_id}/{services.clock().now().astimezone(BEIJING).date()}"


def ages_to_tap(intent: str, home: Home) -> list[dict[str, Any]]:
    """Lines that say an age: the parent's own children where there are several, else bands. `intent` begins with "/"."""
    if home.children:
        own = [(child.age, in_words(Wanted(age=child.age, sex=child.sex))) for child in home.children]
        return [tap(title, f"{intent}{json.dumps({'table_age': str(age)})}") for age, title in own]
    return [tap(band, f"{intent}{json.dumps({'table_age': str(age), 'table_band': band}, ensure_ascii=False)}") for age, band in _BANDS]


def say_and_lead_on(
    dispatcher: CollectingDispatcher, text: str, wanted: Wanted, home: Home, intent: str, more: str = "换一批"
) -> None:
    """Say the entries, with `more` of them to tap; where no age is known yet the ages instead. `intent` begins with "/"."""
    if wanted.age is None:
        dispatcher.utter_message(text=f"{text}\n孩子多大？点一个，我再挑准一点：", buttons=ages_to_tap(intent, home))
    else:
        dispatcher.utter_message(text=text, buttons=[tap(more, "/ask_next_batch")])


def in_words(wanted: Wanted) -> str:
    """What was understood of age, sex and budget: “6岁女孩，50元以内”, “3–5岁”; "" when nothing was said."""
    age = "" if wanted.age is None else wanted.band or age_in_words(wanted.age)
    sex = {"girl": "女孩", "boy": "男孩"}.get(wanted.sex or "", "")
    who = f"{age}的{sex}" if sex and (wanted.age == 0 or wanted.band) else f"{age}{sex}"
    money = ""
    if wanted.most is not None:
        money = "不花钱" if wanted.most == 0 else f"{wanted.most}元以内" if wanted.most < 100_000 else f"{wanted.least}元以上"
    return "，".join(part for part in (who, money) if part)


def age_in_words(months: int) -> str:
    """刚出生, 8个月, 1岁, 1岁半, 6岁."""
    if months < 1:
        return "刚出生"
    years, rest = divmod(months, 12)
    if months < 18 and months != 12:
        return f"{months}个月"
    return f"{years}岁半" if rest >= 6 and years < 6 else f"{years}岁"


def numbered(entries: Sequence[str]) -> str:
    """Entries under ①②③: plain numbers are what is tapped."""
    return "\n\n".join(f"{NUMBERS[place]} {entry}" for place, entry in enumerate(entries))
