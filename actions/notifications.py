"""The parent's own settings for unasked messages, in plain words: shifts, hours, kinds.

The words decide, not only the intent: 每周那个不要了 taken for "stop all" still stops one kind.
"""

from __future__ import annotations

import re
from datetime import date, time

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.asides import answered_as_question
from actions.lessons import ActionAnswerLesson
from actions.notify_consent import consent_page
from actions.notify_talk import USUAL, ask_shift_after_change, ask_to_rest, hours_in_words, say_of_weekends
from actions.shift_talk import confirm
from actions.taps import tap
from actions.understood import entity, lesson_ranking, words
from bot import services
from bot.course import progress
from bot.people import parents, preferences, summary
from bot.people.children import BEIJING
from bot.people.preferences import KINDS, Shift
from bot.people.shift_words import changed_work, read_shift
from bot.people.wishes import (
    read_hours,
    read_kinds,
    read_split_kinds,
    speaks_of_a_child,
    wants_a_rest,
    wants_fewer,
)
from bot.reunion.news import left_work
from bot.text.plain import squash

# Later, or earlier, nothing is sent to anybody: such hours would be none at all.
MIDDAY, LATEST, EARLIEST, FIRST = time(12), time(21), time(9), time(8, 30)
_ALL = re.compile(r"全部?都?不|全都|统统|所有|一个都不|一条都|什么都不|哪一?[样类]都不|(?<!有)都不(?:要|想|用|收)")
_FEWER = re.compile(r"少(?:发|推|来)(?:点|些|一点|几条)?|别发(?:那么|这么)多")
# 以后不要再给我推送了: a stop for good, whatever reason is given with it, a shift for example.
_FOR_GOOD = re.compile(
    r"(?:以后|往后|永远|一律|统统|全部|都)(?:也|都|就)?(?:不要|别|不用|不想|莫|甭)(?:再)?.{0,4}(?:发|推|提醒|收|打扰)"
    r"|(?:不要|别|不用|不想|莫|甭)再.{0,4}(?:发|推|提醒|收|打扰)|取消(?:推送|提醒|订阅)|退订"
)
# 停止节日提醒 shares most of its characters with 恢复节日提醒.
_STOPS = re.compile(r"停止|停掉|停了|关掉|关了|取消|退订|不要了?$|不用了?$|别再?发|莫再?发")
_AGAINST = re.compile(r"(?:不用|别|不要|莫|甭|不必|不需要|用不着|停掉?)(?!停).{0,4}(?:提醒|发|推|通知|吵)")
_RESUMES = re.compile(r"恢复|打开|重新|照旧|照发|还是(?:要|发)|又想")
_WEEKEND = re.compile(r"周末|星期[六天日]|礼拜[六天日]|周[六日]|休息日|放假那")
STOPPED = "好，停了，以后不主动给您发消息。您来问，我照样马上回。想恢复，发“恢复提醒”。"


# 白班夜班换来换去，孩子没人管 asks for help with the child.
_CHILD_MEANWHILE = re.compile(r"(?:孩子|小孩|娃|儿子|女儿|闺女|宝宝).{0,6}(?:没人|谁|没法|见不|不|哭|闹|怎|老是|一个人)")


class ActionSetShift(Action):
    """我上夜班, 这周白班下周夜班."""

    def name(self) -> str:
        return "action_set_shift"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if _FOR_GOOD.search(squash(words(tracker))):
            await stop_all(dispatcher, tracker.sender_id)
            return []
        if changed_work(words(tracker)):
            ask_shift_after_change(dispatcher)
            return []
        if await _hours_said(dispatcher, tracker):
            return []
        aside = await answered_as_question(dispatcher, tracker, domain, at_least=6)
        if aside is not None:
            return aside
        if _CHILD_MEANWHILE.search(words(tracker)) and lesson_ranking(tracker):
            return list(await ActionAnswerLesson().run(dispatcher, tracker, domain))
        if not await _shift_said(dispatcher, tracker):
            dispatcher.utter_message(response="utter_notifications_ask_shift")
        return []


class ActionSetHours(Action):
    """晚上别发, 八点以后再发."""

    def name(self) -> str:
        return "action_set_hours"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if wants_a_rest(words(tracker)):
            ask_to_rest(dispatcher)
            return []
        if await _hours_said(dispatcher, tracker):
            return []
        if read_shift(words(tracker), _today()):
            return await ActionSetShift().run(dispatcher, tracker, domain)
        if _WEEKEND.search(words(tracker)):
            say_of_weekends(dispatcher, words(tracker))
            return []
        if speaks_of_a_child(words(tracker)) and lesson_ranking(tracker):
            return list(await ActionAnswerLesson().run(dispatcher, tracker, domain))
        dispatcher.utter_message(response="utter_notifications_ask_hours")
        return []


class ActionStopKind(Action):
    """别发节日的. Without a kind: which one?"""

    def name(self) -> str:
        return "action_stop_kind"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        kinds = () if wants_fewer(words(tracker)) else _kinds(tracker)
        if not kinds and _ALL.search(squash(words(tracker))):
            await stop_all(dispatcher, tracker.sender_id)
            return []
        if not kinds:
            ask_which(dispatcher)
            return []
        if "一课" in words(tracker) and await has_weekly_lesson(tracker.sender_id):
            kinds = (*kinds, "course")
        await change_kinds(dispatcher, tracker, kinds, stopping=True)
        return []


class ActionResumeKind(Action):
    """恢复节日的. Without a kind: all that were stopped."""

    def name(self) -> str:
        return "action_resume_kind"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if (_STOPS.search(words(tracker)) and not _RESUMES.search(words(tracker))) or says_stop(words(tracker)):
            return await ActionStopKind().run(dispatcher, tracker, domain)
        await change_kinds(dispatcher, tracker, _kinds(tracker), stopping=False)
        return []


class ActionShowNotifications(Action):
    """What holds now, and how to change it."""

    def name(self) -> str:
        return "action_show_notifications"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        profile = await services.database().read(parents.profile, tracker.sender_id)
        lines = [f"· {line}" for line in summary.wishes_in_words(profile.preferences, _today())]
        if profile.reminders_stopped_at:
            text = "您说过不要提醒，我不主动发。想恢复，发“恢复提醒”。"
        else:
            text = f"{USUAL}，一天最多一条。"
        text = "\n".join([text, *lines, "要改，直接说就行，比如“我上夜班”“晚上八点以后再发”“别发节日的”。"])
        if consent_page():
            text += f"\n想收到微信通知，点这里按“允许”：{consent_page()}"
        dispatcher.utter_message(text=text)
        return []


def ask_which(dispatcher: CollectingDispatcher) -> None:
    """Which kind is too much?"""
    taps = [tap(name, f'/stop_kind{{"notify_kind": "{kind}"}}') for kind, name in KINDS.items()]
    dispatcher.utter_message(text="好，不想收哪一类？", buttons=[*taps, tap("全都不要", "/stop_reminders")])


async def stop_all(dispatcher: CollectingDispatcher, parent_key: str) -> None:
    """No unasked messages any more."""
    await services.database().run(parents.stop_reminders, parent_key, services.clock().now())
    dispatcher.utter_message(text=STOPPED)


async def change_kinds(dispatcher: CollectingDispatcher, tracker: Tracker, kinds: tuple[str, ...], stopping: bool) -> None:
    """Stop or resume `kinds`; where the words want one kind and not another, each as they say."""
    wanted, unwanted = ((), ()) if words(tracker).startswith("/") else read_split_kinds(words(tracker), stopping)
    if not wanted or not unwanted:
        await (stop if stopping else resume)(dispatcher, tracker.sender_id, kinds)
        return
    await services.database().run(preferences.resume_kinds, tracker.sender_id, wanted)
    await stop(dispatcher, tracker.sender_id, unwanted)


async def stop(dispatcher: CollectingDispatcher, parent_key: str, kinds: tuple[str, ...]) -> None:
    """Stop these kinds and say so."""
    await services.database().run(preferences.stop_kinds, parent_key, kinds)
    named = summary.kinds_in_words(kinds)
    profile = await services.database().read(parents.profile, parent_key)
    if profile.reminders_stopped_at:
        text = f"记下了，{named}这类以后也不发。您先前说过都不要，我现在一条都不发；想恢复，发“恢复提醒”。"
        dispatcher.utter_message(text=text)
        return
    taps = [tap(f"恢复{KINDS[kind]}", f'/resume_kind{{"notify_kind": "{kind}"}}') for kind in kinds[:1]]
    dispatcher.utter_message(text=f"好，{named}这类不发了，别的照旧。您来问，我照样回。", buttons=taps)


async def resume(dispatcher: CollectingDispatcher, parent_key: str, kinds: tuple[str, ...]) -> None:
    """Resume these kinds, or everything when none is named; say what is still stopped."""
    profile = await services.database().read(parents.profile, parent_key)
    await services.database().run(preferences.resume_kinds, parent_key, kinds or tuple(KINDS))
    if kinds and profile.reminders_stopped_at:
        # Who stopped everything and wants one kind again wants no more than that.
        await services.database().run(preferences.stop_kinds, parent_key, [kind for kind in KINDS if kind not in kinds])
    if "holiday" in kinds:
        # Said in mourning it is a wish for the festive texts that rest since then.
        await services.database().run(preferences.spare_no_more, parent_key)
    # Who wants one kind again after “停止提醒” wants to be written to.
    await services.database().run(parents.resume_reminders, parent_key)
    left = (await services.database().read(preferences.preferences, parent_key)).stopped_kinds
    still = f"{summary.kinds_in_words(left)}还是不发。" if left else ""
    what = f"{summary.kinds_in_words(kinds)}" if kinds else "提醒"
    dispatcher.utter_message(text=f"好，{what}恢复了，有要紧的我再发，夜里不吵您。{still}")


async def take_wish(dispatcher: CollectingDispatcher, tracker: Tracker, stopping: bool) -> bool:
    """For “stop all” and “resume all”: whether the words were about hours or about some kinds only, and were done."""
    said = words(tracker)
    if said.startswith("/"):
        return False
    kinds = read_kinds(said)
    if kinds and not any(word in said for word in ("全", "都别", "都不", "所有", "统统")):
        await change_kinds(dispatcher, tracker, kinds, stopping)
        return True
    if not stopping:
        return False
    if _FOR_GOOD.search(squash(said)):
        return False
    if wants_a_rest(said):
        ask_to_rest(dispatcher)
        return True
    if _FEWER.search(said):
        ask_which(dispatcher)
        return True
    return await _shift_said(dispatcher, tracker) or await _hours_said(dispatcher, tracker)


async def has_weekly_lesson(parent_key: str) -> bool:
    """Whether the parent takes the course at the pace of 每周一课, so that these words mean it too."""
    return getattr(await services.database().read(progress.progress, parent_key), "pace", "") == "weekly"


def says_stop(said: str) -> bool:
    """Whether words that were taken for “resume” say the opposite: 不用提醒我回家了."""
    return bool(_AGAINST.search(said)) and not _RESUMES.search(said)


async def _shift_said(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    said = words(tracker)
    # Who works there no longer works no nights there.
    shift = Shift(preferences.DAY) if left_work(said) else read_shift(said, _today())
    if shift is None:
        return False
    await services.database().run(preferences.set_shift, tracker.sender_id, shift)
    confirm(dispatcher, shift, said)
    return True


async def _hours_said(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    hours = None if words(tracker).startswith("/") else read_hours(words(tracker))
    if hours is None:
        return False
    # “我上夜班 白天别发”: the shift says it better, and says when it ends.
    if read_shift(words(tracker), _today()) is not None:
        return await _shift_said(dispatcher, tracker)
    if hours.not_before is not None and hours.not_before < FIRST:
        dispatcher.utter_message(text=f"好，{USUAL}，比这更早的一条都没有。")
        return True
    if (hours.not_before or MIDDAY) >= LATEST or (hours.not_after or MIDDAY) <= EARLIEST:
        taps = [tap("中午发就行", "中午发就行"), tap("随时都行", "随时都行")]
        dispatcher.utter_message(text=f"{USUAL}，怕吵着您和同屋的。您看中午行不行？", buttons=taps)
        return True
    await services.database().run(preferences.set_hours, tracker.sender_id, hours.not_before, hours.not_after)
    dispatcher.utter_message(text=hours_in_words(hours))
    return True


def _kinds(tracker: Tracker) -> tuple[str, ...]:
    tapped = entity(tracker, "notify_kind")
    if tapped in KINDS:
        return (tapped,)
    return () if words(tracker).startswith("/") else read_kinds(words(tracker))


def _today() -> date:
    return services.clock().now().astimezone(BEIJING).date()
