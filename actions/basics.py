"""The way to a human, told honestly."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot import services

_NOBODY_YET = "我是机器人，现在还没有真人在这里值班，不想让您白等。"
_LINES = """要找真人，可以打这些电话：
· 心里难受：12356（全国心理援助，每天至少 18 小时，各地不同）
· 孩子的事：12355（青少年服务台，时间各地不同）
· 家里的事、妇女儿童：12338（妇联，多是上班时间）
· 有危险：110 报警，120 急救"""


class ActionAskHuman(Action):
    """Say how and when a human can be reached, or that none can."""

    def name(self) -> str:
        return "action_ask_human"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        dispatcher.utter_message(text=f"{services.settings().staff_contact or _NOBODY_YET}\n{_LINES}")
        return []
