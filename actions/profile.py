"""The profile: consent, children, next meeting. Offered after the first answer, stoppable at any point."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.danger_over import after_danger
from actions.reunion_talk import offer_to_cancel
from actions.told import answered_pushed
from actions.understood import intent, lesson_ranking, possible_danger, words
from bot import services
from bot.nlu_keys import LESSON
from bot.people import answers, asides, parents
from bot.people.children import BEIJING
from bot.people.parents import Child, Meeting

# What is told of one child, and can be corrected: 不对，是四岁.
TOLD_SLOTS = ("profile_birth", "profile_sex", "profile_province", "profile_carer")
CHILD_SLOTS = (*TOLD_SLOTS, "profile_another")
SLOTS = ("profile_consent", *CHILD_SLOTS, "profile_meeting")
# These are never answers to a question of the form, whatever words they hold.
INTERRUPTIONS = {"danger", "stop_form", "erase_my_data", "confirm_erase", "show_my_data", "privacy_notice", "stop_reminders"}
# As in actions/lessons.py: from here on an answer is given without others to tap.
_A_QUESTION = 0.5
_FACTS = re.compile(r"20\d\d年|\d岁|[一二两三四五六七八九十]岁|个月|男孩|女孩|男娃|女娃|小名|儿子|女儿|闺女|[两三]个娃")
_WHY = "记下孩子多大、谁带，回答才合您家：同样是发烧，三个月和五岁的做法不一样。不给厂里看，不记也照样回答您。"
_FIRST_CONSENT = "您说的我先不记。点一下“同意记下”，我再一样一样问；不想记就点“不同意”，照样能问我。"
_UNBORN = "恭喜您！等宝宝出生了再来记。家里有大的，先说大的几岁；没有就回“停”。"


class ValidateProfileForm(FormValidationAction):
    """Fills the requested slot when the message is an answer to it; anything else is left to the rules."""

    def name(self) -> str:
        return "validate_profile_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        return ["profile_consent"] if tracker.get_slot("profile_consent") is False else list(SLOTS)

    async def extract_profile_consent(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        if _asked(tracker, "profile_consent") and asides.asks_why(words(tracker)):
            return _asked_again(d, "profile_consent", _WHY)
        if _asked(tracker, "profile_consent") and _tells_of_a_child(tracker):
            return _asked_again(d, "profile_consent", _FIRST_CONSENT)
        return await _filled(d, tracker, "profile_consent", answers.read_yes_no(words(tracker)))

    async def extract_profile_birth(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        text, asked = words(tracker), _asked(tracker, "profile_birth")
        if asked and asides.is_unborn(text):
            return _asked_again(d, "profile_birth", _UNBORN)
        if asked and asides.is_grown_up(text):
            return _asked_again(d, "profile_birth", "我只记18岁以下的孩子。")
        first = asides.first_of_two(text, _today()) if asked else None
        if first:
            d.utter_message(text="一个一个来，先记前头这个，后面我再问另一个。")
        child = first or answers.read_birth(_said_now(tracker), _today())
        return await _filled(d, tracker, "profile_birth", _as_slot(child) if child else None)

    async def extract_profile_sex(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return await _filled(d, tracker, "profile_sex", answers.read_sex(_said_now(tracker)))

    async def extract_profile_province(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        same = await _same(tracker, "profile_province")
        return await _filled(d, tracker, "profile_province", same or answers.read_province(_said_now(tracker)))

    async def extract_profile_carer(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        same = await _same(tracker, "profile_carer")
        return await _filled(d, tracker, "profile_carer", same or answers.read_carer(_said_now(tracker)))

    async def extract_profile_another(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        more = answers.read_another(words(tracker))
        return await _filled(d, tracker, "profile_another", True if more is None and _one_more(tracker) else more)

    async def extract_profile_meeting(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        meeting = answers.read_meeting(words(tracker), _today())
        said = [meeting.said, meeting.on.isoformat() if meeting.on else None] if meeting else None
        return await _filled(d, tracker, "profile_meeting", said)

    async def validate_profile_consent(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        # Emptied by action_start_profile, not answered: the SDK validates whatever was set last.
        if value is None:
            return {"profile_consent": None}
        now = services.clock().now()
        await services.database().run(parents.record_consent, tracker.sender_id, bool(value), now)
        return {"profile_consent": bool(value)}

    async def validate_profile_another(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        if value is None:
            return {"profile_another": None}
        await _keep_child(tracker)
        # One more child: the same questions again, but for the age if it was just said.
        asked_again: dict[str, Any] = dict.fromkeys(CHILD_SLOTS) if value else {"profile_another": False}
        told = _one_more(tracker) if value else None
        known = {"profile_birth": _as_slot(told)} if told else {}
        return {**asked_again, **known, "profile_replaces": False}


class ActionStartProfile(Action):
    """Begin anew; who agreed before is not asked for consent again."""

    def name(self) -> str:
        return "action_start_profile"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        # Who began without being asked need not be asked any more.
        await services.database().run(parents.mark_offered, tracker.sender_id, services.clock().now())
        agreed = await services.database().read(parents.has_agreed, tracker.sender_id)
        return [*_emptied(), SlotSet("profile_consent", True if agreed else None), SlotSet("profile_replaces", True)]


class ActionDeclineProfile(Action):
    """Not now: fine."""

    def name(self) -> str:
        return "action_decline_profile"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        dispatcher.utter_message(response="utter_decline_profile")
        return []


class ActionSaveProfile(Action):
    """The form is full, or consent was refused."""

    def name(self) -> str:
        return "action_save_profile"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if tracker.get_slot("profile_consent") is not True:
            dispatcher.utter_message(text="好，什么都不记。问什么照样回答您。")
            return _emptied()
        await _keep_meeting(tracker)
        dispatcher.utter_message(text="都记好了，谢谢您。以后回答会照着孩子的年纪来。发“我的资料”能看到记了什么。")
        return _emptied()


class ActionStopForm(Action):
    """Stop: keep what was said so far, ask nothing more."""

    def name(self) -> str:
        return "action_stop_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not tracker.active_loop.get("name"):
            over = await after_danger(dispatcher, tracker)
            if over is not None:
                return over
            if "取消" in words(tracker) and await offer_to_cancel(dispatcher, tracker):
                return []
            if await answered_pushed(dispatcher, tracker):
                return []
            dispatcher.utter_message(response="utter_nothing_to_stop")
            return []
        await _keep_child(tracker)
        dispatcher.utter_message(response="utter_stop_form")
        return [ActiveLoop(None), SlotSet("requested_slot", None), *_emptied()]


async def _filled(dispatcher: CollectingDispatcher, tracker: Tracker, slot: str, value: Any) -> dict[str, Any]:
    """The slot that was asked for, or one that is corrected; nothing for what is no answer."""
    # 不想说 skips one question; 不说了 ends the form.
    interrupts = intent(tracker) in INTERRUPTIONS and not (intent(tracker) == "stop_form" and value == answers.SKIPPED)
    if value is None or interrupts:
        return {}
    if _asked(tracker, slot):
        return {slot: value}
    right = asides.corrected(words(tracker))
    if right is None or slot not in TOLD_SLOTS or tracker.get_slot(slot) is None or not tracker.get_slot("requested_slot"):
        return {}
    if _asked(tracker, "profile_meeting"):
        # This child is kept already.
        kept, now = _child_told(tracker), services.clock().now()
        if kept:
            corrected = _child_told(tracker, **{slot: value}) or kept
            await services.database().run(parents.correct_child, tracker.sender_id, kept, corrected, now)
    dispatcher.utter_message(text=f"好，改成“{right}”。")
    return {slot: value}


def _asked(tracker: Tracker, slot: str) -> bool:
    return bool(tracker.get_slot("requested_slot") == slot)


def _tells_of_a_child(tracker: Tracker) -> bool:
    """男孩 2020年5月, before anything may be kept: told, and no question that a lesson answers."""
    said, ranking = words(tracker), lesson_ranking(tracker)
    a_question = intent(tracker) == LESSON and bool(ranking) and ranking[0][1] >= _A_QUESTION
    if said.startswith("/") or a_question or possible_danger(tracker) or intent(tracker) in INTERRUPTIONS:
        return False
    if answers.read_yes_no(said) is not None:
        return False
    told = (answers.read_birth(said, _today()), answers.read_province(said), answers.read_carer(said))
    return bool(_FACTS.search(said)) or any(each not in (None, answers.SKIPPED) for each in told)


def _asked_again(dispatcher: CollectingDispatcher, slot: str, text: str) -> dict[str, Any]:
    """Say this, and let the form ask its question again."""
    dispatcher.utter_message(text=text)
    return {slot: None}


def _said_now(tracker: Tracker) -> str:
    """The words, or what they put in the place of what was said before."""
    return asides.corrected(words(tracker)) or words(tracker)


def _one_more(tracker: Tracker) -> Child | None:
    """The next child's age where it is said at once."""
    return None if asides.corrected(words(tracker)) else asides.one_more_of_age(words(tracker), _today())


async def _same(tracker: Tracker, slot: str) -> str | None:
    """一样: what was told of the child before, or skipped."""
    if not _asked(tracker, slot) or not asides.same_as_before(words(tracker)):
        return None
    profile = await services.database().read(parents.profile, tracker.sender_id)
    if not profile.children or tracker.get_slot("profile_replaces"):
        return None
    return getattr(profile.children[-1], slot.removeprefix("profile_")) or answers.SKIPPED


def _as_slot(child: Child) -> list[Any]:
    return [child.birth_month.isoformat(), child.birth_estimated]


async def _keep_child(tracker: Tracker) -> None:
    child = _child_told(tracker)
    if child is None:
        return
    # The first child of a new telling takes the place of what was kept before; until then nothing is lost.
    if tracker.get_slot("profile_replaces"):
        await services.database().run(parents.forget_children, tracker.sender_id)
    await services.database().run(parents.add_child, tracker.sender_id, child, services.clock().now())


def _child_told(tracker: Tracker, **corrected: Any) -> Child | None:
    """The child as it was told, with what is `corrected`; None before its age was said."""
    told = {slot: corrected.get(slot, tracker.get_slot(slot)) for slot in TOLD_SLOTS}
    birth = told["profile_birth"]
    if not birth:
        return None
    sex, province, carer = (_or_none(told[slot]) for slot in TOLD_SLOTS[1:])
    return Child(date.fromisoformat(birth[0]), birth[1], sex, province, carer)


async def _keep_meeting(tracker: Tracker) -> None:
    said, on = tracker.get_slot("profile_meeting")
    meeting = Meeting(said, date.fromisoformat(on) if on else None)
    await services.database().run(parents.set_meeting, tracker.sender_id, meeting)


def _or_none(value: Any) -> str | None:
    return None if value in (None, answers.SKIPPED) else str(value)


def _emptied() -> list[EventType]:
    return [SlotSet(slot, None) for slot in SLOTS]


def _today() -> date:
    return services.clock().now().astimezone(BEIJING).date()
