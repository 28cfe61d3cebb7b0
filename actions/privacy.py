"""My data: show, export, erase; stop and resume reminders."""

from __future__ import annotations

import json
import re

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.notifications import resume, says_stop, stop_all, take_wish
from actions.reunion_talk import current_plan, today
from actions.told import SENT, is_sent
from actions.understood import words
from bot import services
from bot.coach import told as coach_told
from bot.course import progress, told
from bot.erasers import register_erasers
from bot.people import erasure, parents, summary
from bot.reunion import plans
from bot.reunion.wording import in_one_line
from bot.text.plain import squash

# Sounds like 别发了, and says the opposite.
_MAY_SEND = re.compile(r"(?:你们?|又|现在|重新|还是|那)*(?:可以|能)(?:再|接着|继续|重新)?(?:给我)?(?:发|推|提醒)(?:我|消息)?(?:了|啦|吧)?")

# A separate action server is a process of its own: it has to know them too.
register_erasers()


class ActionShowMyData(Action):
    """Everything we remember, in plain words."""

    def name(self) -> str:
        return "action_show_my_data"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        profile = await services.database().read(parents.profile, tracker.sender_id)
        dispatcher.utter_message(text=summary.in_words(profile, services.clock().now()))
        plan = await current_plan(tracker)
        if plan is not None:
            dispatcher.utter_message(text=f"还有您的团聚计划：{in_one_line(plan, today())}。发“看我的计划”看全部。")
        course = told.in_words(await services.database().read(progress.progress, tracker.sender_id))
        if course:
            dispatcher.utter_message(text=course)
        coach = coach_told.in_words(await services.database().read(coach_told.kept, tracker.sender_id))
        if coach:
            dispatcher.utter_message(text=coach)
        return []


class ActionExportMyData(Action):
    """The same as machine-readable text that can be copied."""

    def name(self) -> str:
        return "action_export_my_data"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        profile = await services.database().read(parents.profile, tracker.sender_id)
        more = await services.database().read(plans.as_data, tracker.sender_id)
        dispatcher.utter_message(text=f"这是我这里关于您的全部资料，长按可以复制：\n{summary.as_json(profile, more)}")
        course = told.as_data(await services.database().read(progress.progress, tracker.sender_id))
        if course:
            dispatcher.utter_message(text=f"爸妈这门课：\n{json.dumps(course, ensure_ascii=False, indent=1)}")
        kept = await services.database().read(coach_told.kept, tracker.sender_id)
        coach = coach_told.as_data(kept, services.shelf())
        if coach:
            dispatcher.utter_message(text=f"今晚聊什么：\n{json.dumps(coach, ensure_ascii=False, indent=1)}")
        return []


class ActionEraseMyData(Action):
    """Delete the parent from every table; the tracker store forgets the talk when this turn ends."""

    def name(self) -> str:
        return "action_erase_my_data"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        # 全部删掉 as a first word is asked about like any other wish to erase: nothing brings it back.
        if not words(tracker).startswith("/") and not _was_just_asked(tracker):
            dispatcher.utter_message(response="utter_ask_erase")
            return []
        await services.database().run(erasure.erase_everywhere, tracker.sender_id)
        dispatcher.utter_message(text="删好了。您的资料和聊天记录都没有了。以后想问什么，还是随时来。")
        return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("privacy_forget", True)]


class ActionStopReminders(Action):
    """No unasked messages any more."""

    def name(self) -> str:
        return "action_stop_reminders"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        said = squash(words(tracker))
        if _MAY_SEND.fullmatch(said):
            return await ActionResumeReminders().run(dispatcher, tracker, domain)
        if is_sent(said):
            dispatcher.utter_message(text=SENT)
            return []
        if await take_wish(dispatcher, tracker, stopping=True):
            return []
        await stop_all(dispatcher, tracker.sender_id)
        return []


class ActionResumeReminders(Action):
    """Reminders again."""

    def name(self) -> str:
        return "action_resume_reminders"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if says_stop(words(tracker)):
            return await ActionStopReminders().run(dispatcher, tracker, domain)
        if await take_wish(dispatcher, tracker, stopping=False):
            return []
        profile = await services.database().read(parents.profile, tracker.sender_id)
        # “恢复” after 停止提醒 brings back what was stopped by it; kinds that were refused one by one stay so.
        if profile.reminders_stopped_at is None and profile.preferences.stopped_kinds:
            await resume(dispatcher, tracker.sender_id, ())
            return []
        await services.database().run(parents.resume_reminders, tracker.sender_id)
        left = summary.kinds_in_words(profile.preferences.stopped_kinds)
        still = f"{left}您说过不要，还是不发。" if left else ""
        text = f"好，恢复了。有要紧的我再提醒您，晚上不吵您。{still}不想要了随时发“停止提醒”。"
        dispatcher.utter_message(text=text)
        return []


def _was_just_asked(tracker: Tracker) -> bool:
    """Whether the turn before this message asked if everything is to be erased."""
    turns = 0
    for event in reversed(tracker.events):
        turns += event["event"] == "user"
        if turns > 1:
            return False
        if turns == 1 and event["event"] == "action" and event["name"] in ("utter_ask_erase", "action_erase_my_data"):
            return True
    return False
