"""The profile: consent, children, next meeting. Offered after the first answer, stoppable at any point."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.understood import intent, words
from bot import services
from bot.people import answers, parents
from bot.people.children import BEIJING
from bot.people.parents import Child, Meeting

CHILD_SLOTS = ("profile_birth", "profile_sex", "profile_province", "profile_carer", "profile_another")
SLOTS = ("profile_consent", *CHILD_SLOTS, "profile_meeting")
# These are never answers to a question of the form, whatever words they hold.
INTERRUPTIONS = {"danger", "stop_form", "erase_my_data", "confirm_erase", "show_my_data", "privacy_notice", "stop_reminders"}


class ValidateProfileForm(FormValidationAction):
    """Fills the requested slot when the message is an answer to it; anything else is left to the rules."""

    def name(self) -> str:
        return "validate_profile_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        return ["profile_consent"] if tracker.get_slot("profile_consent") is False else list(SLOTS)

    async def extract_profile_consent(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return _filled(tracker, "profile_consent", answers.read_yes_no(words(tracker)))

    async def extract_profile_birth(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        child = answers.read_birth(words(tracker), _today())
        said = [child.birth_month.isoformat(), child.birth_estimated] if child else None
        return _filled(tracker, "profile_birth", said)

    async def extract_profile_sex(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return _filled(tracker, "profile_sex", answers.read_sex(words(tracker)))

    async def extract_profile_province(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return _filled(tracker, "profile_province", answers.read_province(words(tracker)))

    async def extract_profile_carer(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return _filled(tracker, "profile_carer", answers.read_carer(words(tracker)))

    async def extract_profile_another(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        return _filled(tracker, "profile_another", answers.read_another(words(tracker)))

    async def extract_profile_meeting(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        meeting = answers.read_meeting(words(tracker), _today())
        said = [meeting.said, meeting.on.isoformat() if meeting.on else None] if meeting else None
        return _filled(tracker, "profile_meeting", said)

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
        # One more child: the same questions again.
        asked_again = dict.fromkeys(CHILD_SLOTS) if value else {"profile_another": False}
        return {**asked_again, "profile_replaces": False}


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
            dispatcher.utter_message(response="utter_nothing_to_stop")
            return []
        await _keep_child(tracker)
        dispatcher.utter_message(response="utter_stop_form")
        return [ActiveLoop(None), SlotSet("requested_slot", None), *_emptied()]


def _filled(tracker: Tracker, slot: str, value: Any) -> dict[str, Any]:
    asked = tracker.get_slot("requested_slot") == slot
    return {slot: value} if asked and value is not None and intent(tracker) not in INTERRUPTIONS else {}


async def _keep_child(tracker: Tracker) -> None:
    birth = tracker.get_slot("profile_birth")
    if not birth:
        return
    sex, province, carer = (_said(tracker, f"profile_{name}") for name in ("sex", "province", "carer"))
    child = Child(date.fromisoformat(birth[0]), birth[1], sex, province, carer)
    # The first child of a new telling takes the place of what was kept before; until then nothing is lost.
    if tracker.get_slot("profile_replaces"):
        await services.database().run(parents.forget_children, tracker.sender_id)
    await services.database().run(parents.add_child, tracker.sender_id, child, services.clock().now())


async def _keep_meeting(tracker: Tracker) -> None:
    said, on = tracker.get_slot("profile_meeting")
    meeting = Meeting(said, date.fromisoformat(on) if on else None)
    await services.database().run(parents.set_meeting, tracker.sender_id, meeting)


def _said(tracker: Tracker, slot: str) -> str | None:
    value = tracker.get_slot(slot)
    return None if value in (None, answers.SKIPPED) else str(value)


def _emptied() -> list[EventType]:
    return [SlotSet(slot, None) for slot in SLOTS]


def _today() -> date:
    return services.clock().now().astimezone(BEIJING).date()
