"""The call coach: three openers for tonight's call, and the next day how it went."""

from __future__ import annotations

import re

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.pushed_notes import note_call
from actions.table_talk import Home, Shown, home_of, in_words, numbered, say_and_lead_on, seed, wanted_now
from actions.taps import lesson_taps, tap
from actions.understood import age_said_lately, entity, heard_last, words
from bot import services
from bot.coach import asking, calls, choose, given
from bot.coach.evening import CHEERFUL, Evening, evening
from bot.coach.wanted import Wanted
from bot.content.tables.starters import MOODS, Starter
from bot.db import DatabaseError
from bot.reunion.follow_through import NOT_YET, YES
from bot.text.plain import squash

log = structlog.get_logger(__name__)

KIND = "starters"
_BABY_UNTIL = 36
# What to do first when a child feels so; dealing with feelings comes before talking about things.
_FIRST = {
    "sad": "他难过时，先说“我听见了，我在”，再问。哭一会儿不要紧，别急着挂。",
    "angry": "他在气头上，先听完，不讲对错；气消一半了，再从第一句开始。",
    "quiet": "他不说话，您就先讲自己的一件小事，讲完数三下，别追着问。",
    "tired": "他累了，就只用一句，几分钟就挂，说好明天再聊。",
    "happy": "他高兴，就让他从头讲一遍，别趁机提要求。",
}
_USUAL = "先听他说，作业放到最后。问“什么”“谁”，少问“好不好”；他说的名字记下来，明天接着问。里头的小事，换成您自己的真事。"
_BABY = "慢一点、多学几遍，他看您的嘴。几分钟就够，困了就挂。您是爸爸，就把“妈妈”换成“爸爸”。"
# What the last call teaches, when nothing is known of tonight's mood.
_AFTER = {
    calls.GOOD: "上次聊得好，就先接着问上次他说的那件事，再用新的。",
    calls.SO_SO: "上次聊得一般，这次先讲您自己的一件小事，讲完数三下，等他开口。",
    calls.NONE: "上次没聊成，这次只用一句，几分钟就够。",
}
_ASKED = "上次的话头用上了吗，聊得怎么样？"
_NIGHT = "您今晚上夜班，等他放学、您进车间前打正好；碰不上，就挑一句录成语音发过去。"
_NONE = re.compile(r"没聊成|没打(?:成|通|上)?|没接|不接|没人接|没通|没空|忘|没聊|不肯|没来得及|没机会|打不通|挂了|没说上|冇打|睡着|睡了")
_GOOD = re.compile(r"(?<!不)(?<!没)(?:好|开心|高兴|不错|顺|有用|管用|笑|聊了?(?:很久|好久|半|一个))|说了好多|话多")
_SO_SO = re.compile(r"一般|还行|还可以|马马虎虎|凑合|就那样|没几句|几句|不咋|不太好|(?<!说)不好|不理|没话|不怎么|冷场|不说话|嗯|老样子")
_NOTHING = re.compile(r"(?:都|还|也)*没(?:有|用)?(?:呢|啊|呀|哦)?")
# 好的 to the question how it went may only mean that it was read.
_HEARD = re.compile(r"(?:好|好的|好嘞|嗯|哦|行|可以|是|是的|收到|知道了|谢谢|ok)+")
_LONGEST_WORD = 12


class ActionCoachCall(Action):
    """Three openers that fit the child and the mood and were not given within sixty days."""

    def name(self) -> str:
        return "action_coach_call"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return await tell(dispatcher, tracker, wanted_now(tracker, KIND))


class ActionAskCallWent(Action):
    """The day after openers were given: how did it go? Asked once, otherwise silent."""

    def name(self) -> str:
        return "action_ask_call_went"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        await ask_call_went(dispatcher, tracker.sender_id)
        return []


class ActionTellCallWent(Action):
    """Good, so-so or no call: a kind word and what to try next."""

    def name(self) -> str:
        return "action_tell_call_went"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        went = _went(tracker)
        if went is None:
            dispatcher.utter_message(text="上回打电话聊得怎么样？", buttons=_outcomes())
            return []
        await _keep(tracker.sender_id, went)
        await note_call(tracker.sender_id, NOT_YET if went == calls.NONE else YES)
        if went == calls.GOOD:
            text = "真好。他说的一件事，您记下来，下次从那里问起：“上次你说的那个，后来呢？”"
            dispatcher.utter_message(text=text, buttons=[tap("再要三个话头", "/ask_call_coach")])
        elif went == calls.SO_SO:
            text = "接通了就算数，孩子知道您打来了。下次先讲一件您自己的小事，再问他；他不出声，心里数三下再开口。"
            dispatcher.utter_message(text=text, buttons=lesson_taps("the-silent-child", "open-questions"))
        else:
            text = "没打成、没说上几句，都很常见。先发一条二十秒的语音，留个小问题，他什么时候听都行：“我今天看见一只怪鸟，你猜什么颜色？”"
            dispatcher.utter_message(text=text, buttons=lesson_taps("photos-and-voice-notes", "how-often-how-long"))
        return []


async def tell(
    dispatcher: CollectingDispatcher, tracker: Tracker, wanted: Wanted, shown: tuple[str, ...] = ()
) -> list[EventType]:
    """Say three fresh openers. What was given is kept in the database, so `shown` only helps where that cannot be read."""
    home = await home_of(tracker.sender_id)
    wanted = home.completed(wanted, age_said_lately(tracker))
    tonight = await _evening(tracker.sender_id)
    starters = [each for each in services.shelf().starters if not (tonight.grieving and each.topic in CHEERFUL)]
    order = f"{seed(tracker)}/{len(tonight.used)}"
    found = choose.openers(starters, tonight.shaped(wanted), {*tonight.used, *shown}, order)
    if not found:
        text = "这个年纪的话头，这两个月您都用过了，真不容易。今晚换个玩法：两边各画三分钟，画完一起举起来。"
        dispatcher.utter_message(text=text, buttons=[tap("电话里还能玩什么", "/ask_next_batch")])
        return Shown("activities", Wanted(age=wanted.age, place="phone")).as_events()
    await _remember(tracker.sender_id, found)
    _say(dispatcher, wanted, found, home, tonight)
    return Shown(KIND, wanted, (*shown, *(each.key for each in found))).as_events()


async def ask_call_went(dispatcher: CollectingDispatcher, parent_key: str) -> bool:
    """Ask how the call went when it is time to and the parent wants to be asked; whether it was asked."""
    database, now = services.database(), services.clock().now()
    try:
        if not await database.glance(asking.may_take_question, parent_key, now):
            return False
        asks = await database.run(asking.take_question, parent_key, now)
    except DatabaseError as error:
        log.error("coach.not_readable", reason=error.reason)
        return False
    if asks:
        dispatcher.utter_message(text=f"对了，{_ASKED}", buttons=_outcomes())
    return asks


async def call_was_asked(tracker: Tracker) -> bool:
    """Whether the last thing the parent heard was the question how the call went: then “一般” is about the call."""
    if any(_ASKED in said for said in heard_last(tracker)):
        return True
    try:
        return await services.database().read(asking.was_sent, tracker.sender_id, services.clock().now())
    except DatabaseError as error:
        log.error("coach.not_readable", reason=error.reason)
        return False


async def told_call_went(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
) -> list[EventType] | None:
    """Take 还行, 挺好的, 没有 as how the call went, if that was just asked; None, and nothing said, when it was not."""
    said = squash(words(tracker))
    if tracker.active_loop.get("name") or len(said) > _LONGEST_WORD or _HEARD.fullmatch(said) or _went(tracker) is None:
        return None
    return await ActionTellCallWent().run(dispatcher, tracker, domain) if await call_was_asked(tracker) else None


def _say(dispatcher: CollectingDispatcher, wanted: Wanted, found: list[Starter], home: Home, tonight: Evening) -> None:
    about = "，".join(part for part in (in_words(Wanted(age=wanted.age, band=wanted.band)), MOODS.get(wanted.mood or "", "")) if part)
    opening = f"今晚可以这样开口（{about}）：" if about else "今晚可以这样开口："
    if all(starter.to == "carer" for starter in found):
        opening += "\n孩子还小，先跟抱着他的人说。"
    advice = _advice(wanted, tonight)
    text = f"{opening}\n\n{numbered([starter.told for starter in found])}\n\n{advice}"
    if tonight.night_shift:
        text += f"\n{_NIGHT}"
    say_and_lead_on(dispatcher, text, wanted, home, "/ask_call_coach", "换三个")


def _advice(wanted: Wanted, tonight: Evening) -> str:
    if wanted.age is not None and wanted.age < _BABY_UNTIL:
        return _BABY
    return _FIRST.get(wanted.mood or "") or _AFTER.get(tonight.went or "") or _USUAL


def _outcomes() -> list[dict[str, str]]:
    said = ((calls.GOOD, "聊得好"), (calls.SO_SO, "一般"), (calls.NONE, "没聊成"))
    return [tap(title, f'/tell_call_went{{"call_went": "{went}"}}') for went, title in said]


def _went(tracker: Tracker) -> str | None:
    tapped = entity(tracker, "call_went")
    if tapped in calls.OUTCOMES:
        return tapped
    told = words(tracker)
    if _NOTHING.fullmatch(squash(told)):
        return calls.NONE
    # In this order: 没聊好 and 聊得不太好 hold the word for good.
    for went, pattern in ((calls.NONE, _NONE), (calls.SO_SO, _SO_SO), (calls.GOOD, _GOOD)):
        if pattern.search(told):
            return went
    return None


async def _evening(parent_key: str) -> Evening:
    try:
        return await services.database().read(evening, parent_key, services.clock().now())
    except DatabaseError as error:
        log.error("coach.not_readable", reason=error.reason)
        return Evening()


async def _remember(parent_key: str, found: list[Starter]) -> None:
    now = services.clock().now()
    try:
        await services.database().run(given.note, parent_key, given.STARTER, [each.key for each in found], now)
        await services.database().run(asking.plan, parent_key, now)
    except DatabaseError as error:
        log.error("coach.not_kept", reason=error.reason)


async def _keep(parent_key: str, went: str) -> None:
    try:
        await services.database().run(asking.tell, parent_key, went, services.clock().now())
    except DatabaseError as error:
        log.error("coach.not_kept", reason=error.reason)
