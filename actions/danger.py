"""Danger first: the script's reply at once, out of whatever was going on, and a flag for staff."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.understood import age_said, danger_found
from bot import services
from bot.db import DatabaseError
from bot.logs.flags import log, raise_flag


class ActionAnswerDanger(Action):
    """Say who to call and what to do first. Nothing may come before it, and nothing that fails may stop it."""

    def name(self) -> str:
        return "action_answer_danger"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        script, found_by = danger_found(tracker) or ("", "")
        known = services.library().safety.get(script) or next(iter(services.library().safety.values()))
        dispatcher.utter_message(text=known.answer_for(age_said(tracker)))
        # Lets the channel use the last message of WeChat's allowance for this reply.
        dispatcher.utter_message(json_message={"urgent": True})
        try:
            await services.database().run(raise_flag, tracker.sender_id, known.slug, found_by, services.clock().now())
        except DatabaseError as error:
            log.error("safety.flag_not_kept", script=known.slug, reason=str(error))
        return [ActiveLoop(None), SlotSet("requested_slot", None)]
