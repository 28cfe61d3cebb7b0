"""The reunion planner: a few questions, stoppable and taken up again, then the plan in one message."""

from __future__ import annotations

import asyncio
import re
from datetime import date, timedelta
from typing import Any

import structlog
from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.asides import answered_as_question
from actions.notify_consent import offer_consent
from actions.profile import INTERRUPTIONS
from actions.reunion_changes import ActionChangePlan
from actions.reunion_child import child_birth, child_meant
from actions.reunion_talk import (
    SLOTS,
    ask_to_move,
    children_of,
    current_plan,
    day_of,
    emptied,
    is_over,
    out_of_forms,
    reminds,
    say_plan,
    today,
)
from actions.taps import about, lesson_taps, tap
from actions.understood import intent, words
from bot import services
from bot.people import parents
from bot.people.parents import Meeting
from bot.privacy.errors import ScrubError
from bot.privacy.scrubber import scrubber
from bot.reunion import answers, plans, wording
from bot.reunion.answers import SKIPPED
from bot.reunion.bare_days import read_bare_day, read_bare_number
from bot.reunion.moving import moved_by
from bot.reunion.plans import CHILD_COMES, ELSEWHERE, GO_HOME, Plan
from bot.text.dates import NUMBER, flat
from bot.text.lunar_days import DaySaid
from bot.text.plain import squash

log = structlog.get_logger(__name__)

# Without a word about it; told as such, and changed with a word.
USUAL_DAYS = 5
_ON_PLANNING = "plan-with-the-child"
_WHO_TRAVELS = {GO_HOME: "您回家", CHILD_COMES: "孩子来您这儿", ELSEWHERE: "在别处见"}
# These are never a promise; the other questions know their answers by the words, whatever the intent was taken for.
_OURS = {"start_reunion", "change_plan", "show_plan", "cancel_plan", "restore_plan"}
_HOW_LONG = re.compile(rf"(?:{NUMBER}|半|几)个?(?:天|晚|周|星期|礼拜|月)|走|返厂|返工|回厂|上班|[住待玩呆]到")
_NOTED = "好，{day}，我记着了。"
# Questions whose answers hold no day: one that is said there is about the meeting. 住到初六 or 初八去赶集 answer those that come after.
_BEFORE_NUMBERS = {"reunion_who", "reunion_child"}
_LEAVE_OUT = {"不说", "不想说", "先不说", "跳过", "没定", "还没定", "不知道"}
# A sentence that sounds like a lesson's question is a promise all the same when it says what will be done.
_PROMISES = "带买陪教送给做去看玩答应说好回接打吃学讲修住抱"


class ActionStartReunion(Action):
    """Begin; go on where it was left; or show the plan that there is."""

    def name(self) -> str:
        return "action_start_reunion"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        aside = None if "计划" in words(tracker) else await answered_as_question(dispatcher, tracker, domain)
        if aside is not None:
            return [*aside, FollowupAction(tracker.active_loop.get("name") or "action_listen")]
        plan = await current_plan(tracker)
        if plan and not is_over(plan) and moved_by(words(tracker)) is not None:
            return [*await ActionChangePlan().run(dispatcher, tracker, domain)]
        said = answers.read_when(words(tracker), today())
        if plan and not is_over(plan) and isinstance(said, DaySaid) and not said.about and said.start not in (plan.start, plan.end) and said.start >= today():
            # 我腊月二十六回去, with a plan for the 28th.
            ask_to_move(dispatcher, plan, said.start)
            return [*emptied(), FollowupAction("action_listen")]
        if plan and not is_over(plan):
            taps = [tap("看整个计划", "/show_plan"), tap("改时间", "/change_plan"), tap("取消计划", "/cancel_plan")]
            dispatcher.utter_message(text=f"您有一个团聚计划：{wording.in_one_line(plan, today())}。", buttons=taps)
            return [*emptied(), FollowupAction("action_listen")]
        children = await children_of(tracker.sender_id)
        return [*out_of_forms(tracker), *_begun(dispatcher, tracker), SlotSet("reunion_children", children)]


# 25号, on the 26th: which month was taken is said.
_NO_MONTH = re.compile(r"^[^月节年底初周]{0,6}?(?:\d{1,2}|[一二三十]{1,3})[号日][^月节]{0,6}$")


class ValidateReunionForm(FormValidationAction):
    """Fills the requested slot when the message is an answer to it; anything else is left to the rules."""

    def name(self) -> str:
        return "validate_reunion_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        when = tracker.get_slot("reunion_when")
        if when == SKIPPED:
            return ["reunion_when"]
        several = len(tracker.get_slot("reunion_children") or []) > 1
        left_out = {"reunion_child"} if not several else set()
        left_out |= {"reunion_days"} if isinstance(when, dict) and when.get("end") else set()
        return [slot for slot in SLOTS if slot not in left_out]

    async def extract_reunion_when(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        found = answers.read_when(words(tracker), today())
        if found is None and tracker.get_slot("requested_slot") == "reunion_when":
            # 二十六 and 26: one question later they may be an age, or a sum.
            found = read_bare_day(words(tracker), today())
        if isinstance(found, DaySaid) and tracker.get_slot("requested_slot") in _BEFORE_NUMBERS and not words(tracker).startswith("/"):
            # 腊月二十六, said after 过年 and one question later, says it more exactly.
            return {"reunion_when": _kept_day(found)}
        return _filled(tracker, "reunion_when", _kept_day(found) if isinstance(found, DaySaid) else found)

    async def extract_reunion_who(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        who = answers.read_who(words(tracker))
        if who and tracker.get_slot("requested_slot") == "reunion_when" and not words(tracker).startswith("/"):
            # 孩子来我这儿, said to “哪天见面？”, is not asked again.
            return {"reunion_who": who}
        return _filled(tracker, "reunion_who", who)

    async def extract_reunion_child(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return _filled(tracker, "reunion_child", child_meant(tracker))

    async def extract_reunion_days(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        # “推迟一周” holds a number of days, and is about another plan.
        if moved_by(words(tracker)) is not None:
            return {}
        start = day_of(tracker.get_slot("reunion_when")) or today()
        return _filled(tracker, "reunion_days", answers.read_days(words(tracker), start))

    async def extract_reunion_budget(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return _filled(tracker, "reunion_budget", answers.read_budget(words(tracker)))

    async def extract_reunion_promise(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        said = answers.read_promise(words(tracker))
        a_lesson = said and intent(tracker) == "lesson" and not any(verb in said for verb in _PROMISES)
        other = a_lesson or intent(tracker) in _OURS or moved_by(words(tracker)) is not None
        return {} if other else _filled(tracker, "reunion_promise", said)

    async def validate_reunion_when(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        if not isinstance(value, dict) or not value.get("past"):
            if isinstance(value, dict) and tracker.get_slot("requested_slot") in _BEFORE_NUMBERS:
                dispatcher.utter_message(text=_NOTED.format(day=wording.day_in_words(date.fromisoformat(value["start"]), today())))
            elif isinstance(value, dict) and (read_bare_day(words(tracker), today()) or _NO_MONTH.search(words(tracker))):
                dispatcher.utter_message(text=_as_it_was_taken(date.fromisoformat(value["start"]), words(tracker)))
            return {"reunion_when": value}
        dispatcher.utter_message(text=_past(value))
        return {"reunion_when": None}

    async def validate_reunion_who(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        if value and tracker.get_slot("requested_slot") == "reunion_when" and tracker.get_slot("reunion_when") is None:
            dispatcher.utter_message(text=f"好，{_WHO_TRAVELS[value]}。")
        return {"reunion_who": value}

    async def validate_reunion_promise(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        return {"reunion_promise": await _anonymous(value) if value else value}


class ActionFinishReunion(Action):
    """The form is full: keep the plan and say it whole."""

    def name(self) -> str:
        return "action_finish_reunion"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if day_of(tracker.get_slot("reunion_when")) is None:
            taps = lesson_taps(_ON_PLANNING, "festivals-apart")
            text = "没定也不要紧。先跟孩子照实说：“日子还没定，定了我第一个告诉你。”\n问到假了，回我“团聚计划”，我陪您排。"
            dispatcher.utter_message(text=text, buttons=taps)
            return [*emptied(), *about(_ON_PLANNING)]
        now = services.clock().now()
        plan = await services.database().run(plans.save, tracker.sender_id, _told(tracker), now, today())
        meeting = Meeting(f"{plan.start.month}月{plan.start.day}号", plan.start)
        await services.database().run(parents.set_meeting, tracker.sender_id, meeting)
        await say_plan(dispatcher, tracker, plan)
        if await reminds(tracker.sender_id):
            await offer_consent(dispatcher, tracker.sender_id)
        return [*emptied(), *about(_ON_PLANNING)]


def _begun(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Go on with what was said before, or begin with a day that stands in this message."""
    before = day_of(tracker.get_slot("reunion_when"))
    if before and before >= today():
        dispatcher.utter_message(text="上次说到一半，咱们接着来。")
        return []
    found = answers.read_when(words(tracker), today())
    if not isinstance(found, DaySaid) or found.past:
        return emptied()
    # 腊月二十六我回去，初八走: what was told with the day is not asked again.
    rest = flat(words(tracker)).replace(found.words, "", 1)
    who, days = answers.read_who(rest), answers.read_days(rest, found.start) if found.end is None and _HOW_LONG.search(rest) else None
    days = days if isinstance(days, int) else None
    told = [wording.day_in_words(found.start, today()), *([_WHO_TRAVELS[who]] if who else []), *([f"一起{days}天"] if days else [])]
    dispatcher.utter_message(text=_NOTED.format(day="，".join(told)))
    slots = {"reunion_when": _kept_day(found), "reunion_who": who, "reunion_days": str(days) if days else None}
    return [*emptied(), *(SlotSet(name, value) for name, value in slots.items() if value)]


def _kept_day(found: DaySaid) -> dict[str, Any]:
    end = found.end.isoformat() if found.end else None
    return {"start": found.start.isoformat(), "end": end, "about": found.about, "past": found.past}


def _as_it_was_taken(day: date, said: str) -> str:
    """A bare number may have been meant otherwise: what it was taken for, and how to put it right."""
    noted = _NOTED.format(day=wording.day_in_words(day, today()))
    number = read_bare_number(said)
    return noted if number in (None, day.day) else f"{noted}说的要是阳历{number}号，回“{number}号”就改。"


def _past(value: dict[str, Any]) -> str:
    day = date.fromisoformat(value["start"])
    if day < today():
        return f"{day.month}月{day.day}号已经过了。您再说一次，是哪天？"
    return f"今年的{day.month}月{day.day}号已经过了。要是明年的，发“明年{day.month}月{day.day}号”。"


def _told(tracker: Tracker) -> Plan:
    when = tracker.get_slot("reunion_when")
    start, days = date.fromisoformat(when["start"]), tracker.get_slot("reunion_days")
    end = date.fromisoformat(when["end"]) if when.get("end") else None
    if end is None:
        end = start + timedelta(days=(int(days) if days not in (None, SKIPPED) else USUAL_DAYS) - 1)
    budget, child = tracker.get_slot("reunion_budget"), child_birth(tracker)
    return Plan(
        start=start,
        end=end,
        about=bool(when.get("about")) or days == SKIPPED,
        who=str(tracker.get_slot("reunion_who")),
        child_birth=child,
        budget=int(budget) if budget not in (None, SKIPPED) else None,
        promised=str(tracker.get_slot("reunion_promise") or ""),
    )


async def _anonymous(promise: str) -> str:
    """The promise without names and places. What cannot be made so is not kept: the plan does without."""
    try:
        scrubbed = await asyncio.to_thread(scrubber().scrub, promise)
    except ScrubError as error:
        log.error("reunion.promise_not_kept", reason=str(error))
        return ""
    return answers.without_placeholders(scrubbed.text)


def _filled(tracker: Tracker, slot: str, value: Any) -> dict[str, Any]:
    asked = tracker.get_slot("requested_slot") == slot
    # 不说 leaves out this question; 不说了 ends them all.
    left_out = value == SKIPPED and squash(words(tracker)) in _LEAVE_OUT
    allowed = left_out or intent(tracker) not in INTERRUPTIONS
    return {slot: value} if asked and value is not None and allowed and not words(tracker).startswith("/") else {}
