"""Small talk that needs a look at the words: the way to a human, told honestly; what is no word or no Chinese."""

from __future__ import annotations

import re

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.follow_up import continued, leans_on_what_was_said
from actions.lessons import after_what_happened, gone_on, offer
from actions.pushed import ActionTakeAffirm
from actions.pushed_notes import open_for
from actions.referrals import referral
from actions.table_more import narrowed
from actions.told import answered_pushed
from actions.understood import confidence, lesson_ranking, words, written
from bot import services
from bot.text import faces
from bot.text.faces import read_face, without_faces

_NOBODY_YET = "我是机器人，现在还没有真人在这里值班，不想让您白等。"
_LINES = """要找真人，可以打这些电话：
· 心里难受：12356（全国心理援助，每天至少 18 小时，各地不同）
· 孩子的事：12355（青少年服务台，时间各地不同）
· 家里的事、妇女儿童：12338（妇联，多是上班时间）
· 有危险：110 报警，120 急救"""

# Who asks what we take says so: 你们收费吗, 问一次多少钱.
_OURS = re.compile(r"你|您|家书|问|咨询|课|聊|号|会员|收费|收钱|免费吗|机器|这里|这个")
_DEPENDS = "要花多少，各地不一样，我说不准。先打电话问一声医院、学校或者村里，再问能不能报销、减免。\n问我是不要钱的。"
# Below this confidence one message in five that sounded off topic was about a child (3 of 15 on our own sets): it is asked back.
_SURE = 0.5
# Above it a new message is off topic whatever was spoken of before: 今天能下雨不 after pocket money is about the weather.
_PLAIN = 0.85
_HAN = re.compile(r"[\u3400-\u9fff]")
_WRITTEN = re.compile(r"[A-Za-z]{2,}")
# What a face alone is met with; a parent who is crying is asked, nobody gets a lesson.
_MEETS = {
    faces.LIKE: "utter_face_like",
    faces.LOVE: "utter_face_love",
    faces.LAUGH: "utter_face_laugh",
    faces.SAD: "utter_sad_face",
    faces.ANGRY: "utter_face_angry",
    faces.TIRED: "utter_face_tired",
    faces.AWKWARD: "utter_face_awkward",
    faces.ALARMED: "utter_face_alarmed",
    faces.BYE: "utter_say_goodbye",
}


class ActionAskHuman(Action):
    """Say how and when a human can be reached, or that none can."""

    def name(self) -> str:
        return "action_ask_human"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        dispatcher.utter_message(text=f"{services.settings().staff_contact or _NOBODY_YET}\n{_LINES}")
        return []


class ActionAskCost(Action):
    """What we cost: nothing. 有没有不花钱的 is said of gifts and games, 要花多少钱 of what was spoken of before."""

    def name(self) -> str:
        return "action_ask_cost"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not _OURS.search(words(tracker)) and not tracker.active_loop.get("name"):
            table = await narrowed(dispatcher, tracker)
            if table is not None:
                return table
            about = await continued(tracker)
            if about is not None and about.given:
                dispatcher.utter_message(text=f"【{about.lesson.title}】{_DEPENDS}")
                return []
        dispatcher.utter_message(response="utter_ask_cost")
        return []


class ActionOffTopic(Action):
    """A face, a full stop, another language, or what is none of our business: each is met as what it is."""

    def name(self) -> str:
        return "action_off_topic"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        face = read_face(written(tracker))
        if face is None and await answered_pushed(dispatcher, tracker):
            # 买了个足球, said after a message about gifts.
            return []
        if face == faces.LIKE and await open_for(tracker.sender_id):
            # 👍 to a message that asked for something is 好的.
            return list(await ActionTakeAffirm().run(dispatcher, tracker, domain))
        if face == faces.WONDER and tracker.get_slot("lesson_last") and not tracker.active_loop.get("name"):
            dispatcher.utter_message(response="utter_what_is_unclear")
        elif face is not None:
            dispatcher.utter_message(response=_MEETS.get(face, "utter_no_words"))
        else:
            # 多少钱 after a bite, 多久能消 after a fall: nobody's business alone.
            going_on = await after_what_happened(dispatcher, tracker)
            if going_on is None and (confidence(tracker) < _PLAIN or leans_on_what_was_said(words(tracker))):
                going_on = await gone_on(dispatcher, tracker)
            if going_on is not None:
                return going_on
            told, nearest = _meeting(written(tracker)), [slug for slug, _ in lesson_ranking(tracker)]
            if told == "utter_off_topic" and nearest and confidence(tracker) < _SURE and not tracker.active_loop.get("name"):
                return offer(dispatcher, nearest)
            dispatcher.utter_message(response=told)
        return []


def _meeting(said: str) -> str:
    """The response for words that are off topic."""
    rest = without_faces(said)
    if _HAN.search(rest):
        # 孩子 fever 39 怎么办 help: half of it was not read.
        return "utter_only_chinese" if len(_WRITTEN.findall(rest)) > 1 else referral(rest) or "utter_off_topic"
    return "utter_only_chinese" if _WRITTEN.search(rest) else "utter_off_topic"
