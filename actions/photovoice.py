"""PhotoVoice: the week's photo to exchange with the child, and what happens to a photo that is sent to us: nothing is kept."""

from __future__ import annotations

import re
from datetime import timedelta

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.table_talk import Shown, home_of, lesson_instead, seed
from actions.taps import tap
from actions.told import is_sent
from actions.understood import words
from bot import services
from bot.coach import choose, given
from bot.coach.wanted import Wanted
from bot.content.tables.photos import PhotoTask
from bot.db import DatabaseError

log = structlog.get_logger(__name__)

KIND = "photo"
_WEEK = timedelta(days=7)
# Whether a photo may be shown to others is what the lesson on photos answers.
_ABOUT_SAFETY = re.compile(r"安全|朋友圈|抖音|快手|隐私|泄露|陌生|坏人|骗|群里|怎么办")
_TOO_SMALL = (
    "孩子还小，自己拍不了。请带他的人一周拍一张给您：他睡着的样子、他手里抓的东西。\n"
    "您也拍一张自己的脸，录一句“宝宝”，请他们放给孩子看、放给他听。没穿好衣服的，别拍进去。"
)
_SAFE = "拍好了直接发给孩子，不用发给我：图片我看不懂，也不会存。没穿好衣服的、校名和住址，别拍进去。"


class ActionGivePhotoTask(Action):
    """This week's task: the same all week."""

    def name(self) -> str:
        return "action_give_photo_task"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if _ABOUT_SAFETY.search(words(tracker)):
            return await lesson_instead(dispatcher, tracker, domain)
        task = await _open_task(tracker.sender_id)
        if task is None:
            return await _say_new(dispatcher, tracker)
        if is_sent(words(tracker)):
            # 拍好了 sounds like 拍什么.
            dispatcher.utter_message(text=f"真好。等他的那张来了，问他：“{task.talk}”")
            return []
        return _say(dispatcher, task)


class ActionChangePhotoTask(Action):
    """Another task for this week."""

    def name(self) -> str:
        return "action_change_photo_task"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return await _say_new(dispatcher, tracker)


class ActionAnswerImage(Action):
    """A picture has come: with a task open it is meant well, but it belongs to the child and is not kept here."""

    def name(self) -> str:
        return "action_answer_image"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        task = await _open_task(tracker.sender_id)
        if task is None:
            dispatcher.utter_message(response="utter_image")
            return []
        text = f"您真的拍了，孩子收到会高兴的。图片我看不懂，也没有存。\n把它直接发给孩子，配一句话；等他的那张来了，问他：“{task.talk}”"
        dispatcher.utter_message(text=text)
        return []


async def tell(dispatcher: CollectingDispatcher, tracker: Tracker, wanted: Wanted, shown: tuple[str, ...]) -> list[EventType]:
    """换一个 after a task: another one."""
    return await _say_new(dispatcher, tracker)


async def _say_new(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    age = (await home_of(tracker.sender_id)).completed(Wanted()).age
    if age is not None and age < min(each.ages[0] for each in services.shelf().photos):
        dispatcher.utter_message(text=_TOO_SMALL)
        return []
    task = await _new_task(tracker, age)
    if task is None:
        dispatcher.utter_message(text="照片题目这一年您都做过了，真了不起。这周不出题：各拍一张“我想让你看的”，换着讲。")
        return []
    return _say(dispatcher, task)


def _say(dispatcher: CollectingDispatcher, task: PhotoTask) -> list[EventType]:
    text = f"【这周的照片：{task.title}】\n{task.told}\n\n{_SAFE}"
    dispatcher.utter_message(text=text, buttons=[tap("换一个题目", "/change_photo_task")])
    return Shown(KIND, Wanted()).as_events()


async def _open_task(parent_key: str) -> PhotoTask | None:
    """The task that was given less than a week ago."""
    try:
        key = await services.database().read(given.latest, parent_key, given.PHOTO, services.clock().now(), _WEEK)
    except DatabaseError as error:
        log.error("coach.not_readable", reason=error.reason)
        return None
    return next((task for task in services.shelf().photos if task.key == key), None)


async def _new_task(tracker: Tracker, age: int | None) -> PhotoTask | None:
    """A task that this parent has not had this year, for a child of `age` months."""
    now, parent_key = services.clock().now(), tracker.sender_id
    try:
        used = await services.database().read(given.recently, parent_key, given.PHOTO, now)
        task = choose.photo_task(services.shelf().photos, age, used, seed(tracker))
        if task:
            await services.database().run(given.note, parent_key, given.PHOTO, [task.key], now)
    except DatabaseError as error:
        log.error("coach.not_kept", reason=error.reason)
        return choose.photo_task(services.shelf().photos, age, (), seed(tracker))
    return task
