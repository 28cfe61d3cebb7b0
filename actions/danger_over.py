"""After a danger: 找到了, 好多了, 打过针了. Relief, and what must still be watched; 没了 is asked about, for it may mean a death."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.danger import LAST, LESSONS, LISTENS, say_script
from actions.follow_up import leans_on_what_was_said
from actions.hindered import say_what_to_do
from actions.relevant import nearest, sentences_of
from actions.taps import tap
from actions.told import together_already
from actions.understood import age_said, entity, offered_last, words
from bot import services
from bot.content.safety import SafetyScript
from bot.text.plain import plain, squash

# A word next morning still means the evening before; later it is about something else.
_FRESH = timedelta(hours=24)
_GOING_ON = timedelta(hours=1)
_LONGEST = 18
_DOG_LESSON = "dog-bites-and-rabies"
_GENERAL = "utter_over"
# By script; several dangers leave the same to be watched.
_OVER = {
    "bite": "utter_over_bite",
    "burn": "utter_over_burn",
    "carbon-monoxide": "utter_over_breath",
    "child-suicidal-or-self-harming": "utter_over_mind",
    "choking": "utter_over_choking",
    "domestic-violence": "utter_over_violence",
    "drowning": "utter_over_drowning",
    "electric-shock": "utter_over_hurt_inside",
    "fire": "utter_over_fire",
    "head-injury": "utter_over_head",
    "heat-stroke": "utter_over_unconscious",
    "hitting-by-caregiver-or-teacher": "utter_over_hitting",
    "missing-child": "utter_over_missing",
    "parent-may-harm-child": "utter_over_anger",
    "parent-suicidal": "utter_over_mind",
    "poisoning": "utter_over_poisoning",
    "runaway": "utter_over_missing",
    "seizure-or-unconscious": "utter_over_unconscious",
    "severe-bleeding": "utter_over_bleeding",
    "sexual-abuse": "utter_over_abuse",
    "sick-infant-danger-signs": "utter_over_sick",
    "traffic-accident": "utter_over_hurt_inside",
    "trafficking": "utter_over_missing",
}
# Where 走了 and 没了 are said of somebody who left, and of nobody who died.
_OF_PEOPLE = {"domestic-violence", "hitting-by-caregiver-or-teacher", "parent-may-harm-child", "sexual-abuse"}
_NEEDLES = {
    "rabies": "utter_needle_rabies",
    "tetanus": "utter_needle_tetanus",
    "before": "utter_needle_before",
    "unknown": "utter_needle_unknown",
}
# Of a danger nothing half fitting may be said: on twenty short questions after ten scripts what stood above it answered them.
_NEAR_ENOUGH, _NEAR_ENOUGH_ELSEWHERE = 0.4, 0.6
_ASK_120 = "\n拿不准就打120问，电话里有人一步一步教您。"
_NEEDLES_TO_TAP = (("rabies", "狂犬病疫苗"), ("tetanus", "破伤风针"), ("before", "以前打过狂犬疫苗"), ("unknown", "不清楚"))

_IS_OVER = re.compile(
    r"找(?:到|着|倒)|寻到|(?:走|跑|送|接|自己)回来|回来了|到家了|没(?:什么|啥|得|大)?事|莫得事|冇事|没大碍|平安|安全|好(?:了|多|些|点|一点|过来|转)|正常(?:了)?|(?:又)?有精神了?|活蹦乱跳|在玩了?|会笑|笑了|缓过来"
    r"|(?:吐|咳|拍|抠|取|拿|弄|掏|哭|排)出来|会哭|有呼吸|能喘|喘过来|脸色好|醒(?:了|过来|来)|不(?:抽|吐|流血|疼|痛|哭|烧|喘|晕)了|(?:抽|血|哭|吐)?停了|止住"
    r"|退(?:了|下来)|救(?:上|回|过)来|脱(?:离危)?险|(?:在|到|送|进|去)(?:了)?医院|(?:医生|大夫)(?:说|看过|来了)|(?:救护车|120|110|警察|民警)(?:已经)?(?:来|到)了|冷静下来"
)
_IS_NOT = re.compile(
    r"还(?:是)?(?:没|不|在|很|一直|有点)|没(?:有)?(?:找到|找着|醒|好|出来|止住|停|退|来|到|反应|呼吸|气)|不(?:醒|行|见好|出来|动|出气|肯|好)|(?:出|喘|叫|止|找|救)不|又(?!活蹦|能|会|肯|玩|笑|有精神|吃)|更|越来越|怎么|咋|吗|要不要|严重|(?<!没)(?:什么|啥)|哪|多少"
)
_IS_GONE = re.compile(r"(?:人|孩子|娃|宝宝|儿子|女儿|他|她|已经|就|都|还是)*(?:没|不在|走|死|没救|没气|没救过来)(?:了|咯|啦)(?:啊|呀|呜|吧)*")
_GETS_WORSE = re.compile(
    r"(?:还是|还在|又|更|越来越|一直).{0,4}(?:难受|疼|痛|吐|喘|抽|烧|晕|流血|出血|不对|没精神|想死|想不开|咳|肿|哭|不见|跑)|还是(?:不想活|想)"
)
_PREVENTS = re.compile(r"^(?:那|那么)?(?:以后|往后|下回|下次|平时|今后).{0,8}(?:怎么|咋|如何|防|教|注意|不要再)|怎么(?:预)?防|怎么避免")
_NEEDLE_GIVEN = re.compile(r"打(?:过|了|完|好|上)?.{0,4}(?:针|疫苗)|(?:针|疫苗).{0,3}打(?:了|过|完|上)")
_ASKS_OF_NEEDLE = re.compile(
    r"(?:要不要|用不用|需不需要|该不该|要|用|需要|该|得|能|可以)?(?:去)?打(?:什么|啥|哪种|个)?(?:针|疫苗|狂犬).{0,3}(?:吗|么|不|嘛)$|(?:要不要|用不用|该不该|打).{0,3}(?:针|疫苗)(?:不打|吗)?.{0,2}行(?:吗|不)|打(?:几|多少)(?:针|次)|(?:针|疫苗|打针).{0,3}(?:多少钱|贵|免费)|^(?:多少钱|贵吗|贵不贵)$|(?:要不要|用不用|需不需要|该不该)(?:去)?打(?:针|疫苗)"
)
# Said to “打的是哪一种？” instead of a tap.
_NEEDLE_NAMED = re.compile(r"(?:是|打的|应该|好像|就)*(?:破伤风|狂犬)(?:病)?(?:的|疫苗|针)*(?:吧|啊)?")


class ActionTakeDangerOver(Action):
    """It is over: after a danger relief and what to watch, otherwise a friendly word."""

    def name(self) -> str:
        return "action_take_danger_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        tapped = words(tracker).startswith("/")
        events = _relief(dispatcher, tracker) if tapped else await after_danger(dispatcher, tracker)
        if events is None and _may_be_over(tracker):
            events = _relief(dispatcher, tracker)
        # 已经到家了, with no danger before it.
        if events is None and (tapped or tracker.active_loop.get("name") or not await together_already(dispatcher, tracker)):
            dispatcher.utter_message(response="utter_not_in_danger")
        return events or []


class ActionAnswerDangerAgain(Action):
    """It is not over: the same script once more."""

    def name(self) -> str:
        return "action_answer_danger_again"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        script = _last(tracker)
        if script is None:
            dispatcher.utter_message(response="utter_browse_emergency")
            return []
        return await say_script(dispatcher, tracker, script, "patterns")


class ActionTellNeedle(Action):
    """Which injection was given after a bite, and what is still missing."""

    def name(self) -> str:
        return "action_tell_needle"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        dispatcher.utter_message(response=_NEEDLES.get(entity(tracker, "needle") or "", "utter_needle_unknown"))
        return []


async def after_danger(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """Answer a short word that is about the danger told last; None, and nothing said, when it is not."""
    said = squash(plain(words(tracker)))
    if words(tracker).startswith("/") or len(said) > _LONGEST:
        return None
    script = _last(tracker)
    bitten = script is not None and script.slug == "bite" or tracker.get_slot("lesson_last") == _DOG_LESSON
    given = (_NEEDLE_GIVEN.search(said) and not _ASKS_OF_NEEDLE.search(said)) or _NEEDLE_NAMED.fullmatch(said) and offered_last(tracker, "tell_needle")
    if bitten and given and not _IS_NOT.search(said):
        _answer_needle(dispatcher, said)
        return []
    if bitten and _ASKS_OF_NEEDLE.search(said):
        dispatcher.utter_message(response="utter_needle_to_get")
        return []
    if script is None:
        return None
    if _PREVENTS.search(said):
        return await _how_to_prevent(dispatcher, tracker, script)
    if _is_over(tracker):
        return await say_script(dispatcher, tracker, script, "patterns") if _GETS_WORSE.search(said) else None
    if _within(tracker, _GOING_ON) and say_what_to_do(dispatcher, said, script):
        return []
    if script.slug not in _OF_PEOPLE and _IS_GONE.fullmatch(said):
        dispatcher.utter_message(response="utter_gone_or_over")
        return []
    if _IS_NOT.search(said) and _is_short_of_news(said, tracker):
        return await say_script(dispatcher, tracker, script, "patterns")
    if leans_on_what_was_said(said) and _within(tracker, _GOING_ON):
        return await _say_of_it(dispatcher, script, said)
    if _IS_OVER.search(said) and not _IS_NOT.search(said):
        return _relief(dispatcher, tracker)
    return None


def still_listening(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """没人管我, right after 我不想活了: heard as what it is, where the words alone would bring some lesson; whether it was said.

    To be asked only where no lesson is likely: a clear question is answered.
    """
    script = _last(tracker)
    if script is None or script.slug not in LISTENS or _is_over(tracker) or not _within(tracker, _GOING_ON):
        return False
    if words(tracker).startswith("/") or tracker.active_loop.get("name"):
        return False
    dispatcher.utter_message(response=LISTENS[script.slug])
    return True


async def say_where_it_stands(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """然后呢, 两岁 while it may be going on: no lesson now. None, and nothing said, when there is no danger, or no longer."""
    script = _last(tracker)
    if script is None or _is_over(tracker) or not _within(tracker, _GOING_ON):
        return None
    if age_said(tracker) is not None:
        # Only a script that says other things at this age is said again; else the lesson may know more.
        other = script.answer_for(age_said(tracker)) != script.answer
        return await say_script(dispatcher, tracker, script, "patterns") if other else None
    dispatcher.utter_message(response=LISTENS.get(script.slug, "utter_danger_next"))
    return []


async def _say_of_it(dispatcher: CollectingDispatcher, script: SafetyScript, said: str) -> list[EventType] | None:
    """能喝水吗 in the midst of it: what the script, or very plainly its lesson, says of that; else who can be asked."""
    lesson = services.library().lessons.get(LESSONS.get(script.slug, ""))
    about = await nearest(said, sentences_of(script.answer), _NEAR_ENOUGH)
    if not about and lesson:
        about = await nearest(said, sentences_of(f"{lesson.answer}\n{lesson.body}"), _NEAR_ENOUGH_ELSEWHERE)
    if about:
        dispatcher.utter_message(text="记住这一句：\n" + "\n".join(f"· {each}" for each in about) + _ASK_120)
    elif script.hotlines[0] == "120":
        dispatcher.utter_message(text="这一点我说不准，不敢乱说，问看他的医生最稳当。人有一点不对劲，马上打120。")
    elif script.hotlines[0] in ("119", "110"):
        dispatcher.utter_message(text=f"这一点我说不准，不敢乱说。打{script.hotlines[0]}问，电话里有人教您怎么做。")
    else:
        return None
    return []


async def _how_to_prevent(
    dispatcher: CollectingDispatcher, tracker: Tracker, script: SafetyScript
) -> list[EventType] | None:
    # Here and not above: lessons look at dangers first, so actions.lessons imports us.
    from actions.lessons import answer

    lesson = services.library().lessons.get(LESSONS.get(script.slug, ""))
    return await answer(dispatcher, tracker, lesson, [lesson.slug]) if lesson else None


def _is_short_of_news(said: str, tracker: Tracker) -> bool:
    """还没找到, 还不醒: nothing but that it goes on; a question is a question."""
    return bool(re.search(r"^(?:他|她|孩子|娃|人)?(?:还|没|叫不|出不|止不|喘不|找不|救不)", said)) and not re.search(r"怎么|咋|吗|要不要", said)


def _may_be_over(tracker: Tracker) -> bool:
    """Whether a danger was told and nothing in the words says that it goes on: then what to watch is said, not only 那就好."""
    return _last(tracker) is not None and not _is_over(tracker) and not _IS_NOT.search(squash(plain(words(tracker))))


def _relief(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    script = _last(tracker)
    if script is None:
        return None
    dispatcher.utter_message(response=_OVER.get(script.slug, _GENERAL))
    return [SlotSet(LAST, {**tracker.get_slot(LAST), "over": True})]


def _is_over(tracker: Tracker) -> bool:
    """Whether the parent said already that it is over: what follows may be thanks, or how to prevent it."""
    return bool((tracker.get_slot(LAST) or {}).get("over"))


def _answer_needle(dispatcher: CollectingDispatcher, said: str) -> None:
    """What is still to be done after the injection that was named; 打过针了 alone: which one?"""
    named = "rabies" if "狂犬" in said else "tetanus" if "破伤风" in said else ""
    if named:
        dispatcher.utter_message(response=_NEEDLES[named])
        return
    # Not in the domain: Rasa takes the braces of a payload there for a slot.
    taps = [tap(title, f'/tell_needle{{"needle": "{name}"}}') for name, title in _NEEDLES_TO_TAP]
    dispatcher.utter_message(response="utter_which_needle", buttons=taps)


def _last(tracker: Tracker) -> SafetyScript | None:
    """The script that was said last, if it was lately."""
    told = tracker.get_slot(LAST)
    return services.library().safety.get(str(told["script"])) if isinstance(told, dict) and _within(tracker, _FRESH) else None


def _within(tracker: Tracker, time: timedelta) -> bool:
    """Whether the last script was said no longer ago."""
    return services.clock().now() - datetime.fromisoformat(str(tracker.get_slot(LAST)["at"])) <= time
