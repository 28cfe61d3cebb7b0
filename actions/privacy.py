"""My data: show, export, erase; stop and resume reminders."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot import services
from bot.people import erasure, parents, summary


class ActionShowMyData(Action):
    """Everything we remember, in plain words."""

    def name(self) -> str:
        return "action_show_my_data"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        profile = await services.database().read(parents.profile, tracker.sender_id)
        dispatcher.utter_message(text=summary.in_words(profile, services.clock().now()))
        return []


class ActionExportMyData(Action):
    """The same as machine-readable text that can be copied."""

    def name(self) -> str:
        return "action_export_my_data"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        profile = await services.database().read(parents.profile, tracker.sender_id)
        dispatcher.utter_message(text=f"这是我这里关于您的全部资料，长按可以复制：\n{summary.as_json(profile)}")
        return []


class ActionEraseMyData(Action):
    """Delete the parent from every table; the tracker store forgets the talk when this turn ends."""

    def name(self) -> str:
        return "action_erase_my_data"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        await services.database().run(erasure.erase_everywhere, tracker.sender_id)
        dispatcher.utter_message(text="删好了。您的资料和聊天记录都没有了。以后想问什么，还是随时来。")
        return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("privacy_forget", True)]


class ActionStopReminders(Action):
    """No unasked messages any more."""

    def name(self) -> str:
        return "action_stop_reminders"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        await services.database().run(parents.stop_reminders, tracker.sender_id, services.clock().now())
        dispatcher.utter_message(text="好，停了，以后不主动给您发消息。您来问，我照样马上回。想恢复，发“恢复提醒”。")
        return []


class ActionResumeReminders(Action):
    """Reminders again."""

    def name(self) -> str:
        return "action_resume_reminders"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        await services.database().run(parents.resume_reminders, tracker.sender_id)
        dispatcher.utter_message(text="好，恢复了。有要紧的我再提醒您，晚上不吵您。不想要了随时发“停止提醒”。")
        return []
