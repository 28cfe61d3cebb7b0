"""A short reply right after a pushed message is about that message: 买了, 还没, 不回, 好的, 不要.

The same words in any other talk mean what they always mean.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.asides import answered_as_question
from actions.coach import told_call_went
from actions.danger_over import after_danger
from actions.feedback import ActionTakeFeedback
from actions.lesson_more import ActionOfferOthers
from actions.lessons import answer
from actions.privacy import ActionEraseMyData
from actions.profile import ActionStopForm
from actions.pushed_answers import read_answer
from actions.pushed_notes import TOLD_UNASKED, note, open_for
from actions.pushed_words import DONE_WORD, STAYING, reply_to, say_reply
from actions.reunion_changes import moved_as_asked
from actions.reunion_talk import call_off, current_plan, today
from actions.table_more import NO_LIST, cheaper
from actions.taps import tap
from actions.told import says_staying
from actions.understood import NOT_UNDERSTOOD, intent, offered_last, words
from bot import services
from bot.content.documents import ContentError
from bot.reminders.campaigns import load_campaigns
from bot.reminders.context import PushedContext
from bot.reunion import plans
from bot.reunion.follow_through import NO, NOT_YET, UNPLANNED, YES
from bot.reunion.plans import Plan
from bot.text.plain import squash

log = structlog.get_logger(__name__)

_MEANS = {"report_done": YES, "report_not_yet": NOT_YET, "report_wont": NO}
# 打了一顿, and not 打了: a parent who hit the child, not one who called.
_HIT = re.compile(r"(?:打|揍|抽)了?(?:他|她|娃|孩子|儿子|女儿|闺女|崽|仔|伢)?(?:了)?(?:一顿|[几两一]下|[几两一]?个?巴掌|耳光|屁股|手心|手板)|揍了")
_ON_ANGER = "anger"
# What a report is about when no pushed message says it.
_ABOUT = (
    ("ticket_done", r"票|候补|车|铺"), ("gift_done", r"礼物|玩具|买"), ("call_done", r"电话|视频|打"), ("talk_done", r"奶奶|爷爷|老人|通气"),
    ("plan_done", r"商量|计划|三件"), ("activity_done", r"玩|游戏|做了"), ("safety_done", r"检查|看过"), ("lesson_done", r"学|课"),
)
_NAMED = (("ticket_done", r"票|候补"), ("gift_done", r"礼物|玩具"), ("call_done", r"电话|视频"))
_STAYS = re.compile(r"不(?:打算|准备|想|能)?回(?![我他她话答信消复微电应])|回不[去了成]|走不[了成开]|没法回|去不成|不返|不去了|去不了|厂里值班|不放假|留厂")
_ON_THE_WAY = {"plan_done", "ticket_done", "gift_done", "talk_done"}
_NOT_DONE = re.compile(r"没|冇|莫得|木有|还")
_HEAVY = re.compile(r"难受|难过|想哭|撑不住|受不了|心累|好累|睡不着")
# Said inside a form it ends the form.
_ENOUGH = re.compile(r"(?:那|就|还是|唉|哎)*算了(?:吧|啦|不(?:说|填|弄|搞|用|要|问|排)了?)?")
# 还是不对, to lessons that were offered.
_NOT_THIS = re.compile(r"不对|不是|不像|没对")
_NO_USE = re.compile(r"[没冇](?:什么|啥|多大)?用|没帮|不管用|用不上")
# 没买到怎么办 is still a reply; a longer question is a question.
_LONG = 10


class ActionTakeReport(Action):
    """Done, not yet, or not at all."""

    def name(self) -> str:
        return "action_take_report"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if _HIT.search(words(tracker)) and not tracker.active_loop.get("name"):
            # 打了一顿 is no call that was made.
            lesson = services.library().lessons.get(_ON_ANGER)
            if lesson:
                return await answer(dispatcher, tracker, lesson, [lesson.slug])
        pushed = await open_for(tracker.sender_id)
        over = None if pushed or tracker.active_loop.get("name") else await after_danger(dispatcher, tracker)
        if over is not None:
            return over
        others = None if pushed else await cheaper(dispatcher, tracker)
        if others is not None:
            return others
        aside = await answered_as_question(dispatcher, tracker, domain, at_least=_LONG if pushed else 0)
        if aside is not None:
            return aside
        await _take(dispatcher, tracker, _MEANS.get(intent(tracker), YES), pushed)
        # 怎么跟孩子讲, after 今年不回去了, is about that.
        return [SlotSet("lesson_last", STAYING.lesson)] if says_staying(words(tracker)) else []


class ActionTakeAffirm(Action):
    """好的: to a question whether it was done a yes, to a message a promise to do it, otherwise as ever."""

    def name(self) -> str:
        return "action_take_affirm"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        pushed = await open_for(tracker.sender_id)
        if tracker.active_loop.get("name"):
            # 好的 inside a form: heard, and the form asks its question again.
            pass
        elif offered_last(tracker, "confirm_erase"):
            # 是, 删吧 to “全部删掉吗”: who believes it is gone must not be mistaken.
            return await ActionEraseMyData().run(dispatcher, tracker, domain)
        elif (over := await after_danger(dispatcher, tracker)) is not None:
            return over
        elif await moved_as_asked(dispatcher, tracker):
            pass
        elif (went := await told_call_went(dispatcher, tracker, domain)) is not None:
            return went
        elif pushed is None or not pushed.expect:
            if words(tracker).strip().isdigit():
                dispatcher.utter_message(text=NO_LIST)
            else:
                dispatcher.utter_message(response="utter_affirm")
        elif pushed.step.endswith("?"):
            await _take(dispatcher, tracker, YES, pushed)
        else:
            done = DONE_WORD.get(pushed.expect, "做了")
            dispatcher.utter_message(text=f"好。做好了回我“{done}”就行；没做成也没关系，跟我说一声。")
        return []


class ActionTakeDeny(Action):
    """不要: not this one; 没有 to a question: not yet; otherwise as ever."""

    def name(self) -> str:
        return "action_take_deny"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        pushed = await open_for(tracker.sender_id)
        if tracker.active_loop.get("name"):
            if _ENOUGH.fullmatch(squash(words(tracker))):
                return await ActionStopForm().run(dispatcher, tracker, domain)
            dispatcher.utter_message(text=NOT_UNDERSTOOD)
        elif pushed is None:
            over = await after_danger(dispatcher, tracker)
            if over is None:
                over = await told_call_went(dispatcher, tracker, domain)
            if over is None and tracker.get_slot("lesson_last") and _NO_USE.search(words(tracker)):
                over = list(await ActionTakeFeedback().run(dispatcher, tracker, domain))
            if over is None and _NOT_THIS.search(words(tracker)) and offered_last(tracker, "choose_lesson"):
                over = list(await ActionOfferOthers().run(dispatcher, tracker, domain))
            if over is not None:
                return over
            # 还是难受 sounds like 还是不要, and must not be sent away.
            heavy = _HEAVY.search(words(tracker))
            dispatcher.utter_message(response="utter_pour_heart_out" if heavy else "utter_deny")
        elif pushed.expect and _NOT_DONE.search(words(tracker)):
            await _take(dispatcher, tracker, NOT_YET, pushed)
        else:
            await note(tracker.sender_id, NO, pushed)
            kind = _kind_of(pushed.campaign)
            taps = [tap("这类以后别发", f'/stop_kind{{"notify_kind": "{kind}"}}')] if kind else []
            dispatcher.utter_message(text="好，这件不做也行。", buttons=taps)
        return []


async def _take(dispatcher: CollectingDispatcher, tracker: Tracker, answer: str, pushed: PushedContext | None) -> None:
    plan = await current_plan(tracker)
    if pushed is not None and _named(words(tracker)) not in ("", pushed.expect):
        # 票抢到了, said after a message about something else.
        pushed = None
    if pushed is None:
        pushed = _told_unasked(tracker, plan)
        expect = _about(words(tracker))
    else:
        expect = pushed.expect
        answer = read_answer(expect, words(tracker)) or answer
    stays = expect in _ON_THE_WAY and says_staying(words(tracker))
    if stays:
        # To whatever was asked before a journey: no word about the days together.
        answer = NO
    if pushed is not None:
        await note(tracker.sender_id, answer, pushed)
    if answer == NO and (stays or expect == "ticket_done"):
        await _no_ticket(dispatcher, tracker, plan)
        return
    say_reply(dispatcher, reply_to(expect, answer))


async def _no_ticket(dispatcher: CollectingDispatcher, tracker: Tracker, plan: Plan | None) -> None:
    """不坐火车: no word about tickets any more. 不回: what to do instead; what was to come is called off."""
    if not _STAYS.search(words(tracker)) and not says_staying(words(tracker)):
        await services.database().run(plans.no_train, tracker.sender_id, today())
        say_reply(dispatcher, reply_to("ticket_done", NO))
        return
    say_reply(dispatcher, STAYING)
    await call_off(dispatcher, tracker, plan)


def _told_unasked(tracker: Tracker, plan: Plan | None) -> PushedContext | None:
    """票买到了 without being asked: it counts for the plan, or for what is near; steps about it need not come any more."""
    expect = _about(words(tracker))
    if not expect:
        return None
    occurrence = plan.key if plan else UNPLANNED
    return PushedContext("reunion", occurrence, f"{TOLD_UNASKED}{expect}", expect, services.clock().now())


def _about(said: str) -> str:
    if said.startswith("/"):
        return ""
    if _STAYS.search(said):
        return "ticket_done"
    return next((expect for expect, pattern in _ABOUT if re.search(pattern, said)), "")


def _named(said: str) -> str:
    """What a report is about by its own name; "" for 买了 alone."""
    return next((expect for expect, pattern in _NAMED if re.search(pattern, said)), "")


def _kind_of(campaign: str) -> str:
    return _kinds(services.settings().content_path).get(campaign, "")


@lru_cache(maxsize=4)
def _kinds(content: Path) -> dict[str, str]:
    try:
        return {each.slug: each.kind for each in load_campaigns(content / "campaigns").all}
    except ContentError as error:
        log.error("pushed.campaigns_unreadable", reason=str(error))
        return {}
