"""What a parent tells unasked, or at more length than a word, where the model hears no report: 打了，她哭了; 已经到家了."""

from __future__ import annotations

import re
from datetime import timedelta

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.pushed_answers import is_unsure, read_answer
from actions.pushed_notes import note, open_for
from actions.pushed_words import STAYING, reply_to, say_reply
from actions.reunion_talk import call_off, current_plan, is_over, today
from actions.understood import possible_danger, words
from bot import services
from bot.everyday.words import JOURNEY, common, unknown_in
from bot.nlu_keys import POSSIBLE_DANGER
from bot.people import parents
from bot.people.parents import Meeting
from bot.reminders.context import PushedContext
from bot.reunion import plans
from bot.reunion.follow_through import NOT_YET, YES
from bot.text.plain import squash

# A word that says it is done, and then something else: 做了，赶集和放风筝都做了.
_DONE_AND = re.compile(r"^(?:我|都|已经|刚|昨晚|今天)*(?P<verb>做|打|说|买|玩|学|讲|问|看|抢到|商量)(?:过|好|完|到)?了[，,。！!～~ ]")
_TOGETHER = re.compile(r"(?:到|回)(?:到)?(?:家|屋里?|老家)了|见(?:到|着)了?(?:孩子|娃|他|她|儿子|女儿|闺女|崽)了?")
# 快到家了, 明天就回家了, 孩子放学到家了: the parent is not with the child yet.
_NOT_TOGETHER = re.compile(
    r"快|马上|就要|准备|今晚|明|后天|下周|下个|过几天|再过|月|号|没|放学|什么时候|哪天|几点|想|(?:孩子|娃|他|她|儿子|女儿|闺女|崽).{0,4}(?:到|回)"
)
_BESIDES_STAYING = (
    "不回了 了 我 我们 咱 今年 过年 春节 这次 这回 国庆 五一 中秋 元旦 暑假 寒假 可能 还是 又 都 是 那 家 也 就 怕是 唉 呢 啊 呀 啦 咯 嘞 吧 真的 真 估计 看来"
).split()
# A photo or a voice message went to the child.
_HAS_SENT = re.compile(
    r"(?:我|已经|都|刚刚?|才|照片|相片|图|语音|拍好)*(?:发|传|拍|寄|转)(?:给|到)?(?:他们?|她|孩子|娃|奶奶|爷爷|老人|家里|我妈|我爸)?(?:了|过了|好了|完了|过去了|出去了|咗|啦)"
)
SENT = "发了就好，等他回您。他回了什么，下次打电话就从那里聊起。"
_LONGEST = 16
# Who is there earlier than that has not come for what was planned.
_EARLY = timedelta(days=10)


def is_sent(said: str) -> bool:
    """Whether a message says that something went to the child, and no more: 我发了, 已经发给他了, 拍好了."""
    return bool(_HAS_SENT.fullmatch(squash(said)))


def says_staying(said: str) -> bool:
    """Whether a message says that the parent does not go home, and no more: 今年不回去了."""
    common_words = common(JOURNEY, said)
    return "不回了" in common_words and not unknown_in(common_words, _BESIDES_STAYING)


async def answered_first(tracker: Tracker) -> PushedContext | None:
    """The pushed message that the first word answers, kept as done; what follows the word is for whoever asked."""
    match = _DONE_AND.match(words(tracker))
    if match is None or tracker.active_loop.get("name"):
        return None
    pushed = await open_for(tracker.sender_id)
    if pushed is None or not pushed.expect:
        return None
    if pushed.expect == "call_done" and match["verb"] == "打":
        # 打了 to the question for a call is a call: nobody was hit.
        tracker.latest_message[POSSIBLE_DANGER] = None
    await note(tracker.sender_id, YES, pushed)
    return pushed


async def answered_pushed(dispatcher: CollectingDispatcher, tracker: Tracker, unsure: bool = False) -> bool:
    """Answer a message that as a whole answers the pushed one, in words that mean something else in any other talk.

    `unsure`: 不知道 is such an answer too, to a question whether it was done.
    """
    if tracker.active_loop.get("name") or possible_danger(tracker):
        return False
    said = words(tracker)
    pushed = await open_for(tracker.sender_id)
    if pushed is None:
        return False
    answer = read_answer(pushed.expect, said)
    if answer is None and unsure and pushed.expect and pushed.step.endswith("?") and is_unsure(said):
        answer = NOT_YET
    if answer is None:
        return False
    await note(tracker.sender_id, answer, pushed)
    say_reply(dispatcher, reply_to(pushed.expect, answer))
    return True


async def taken_as_told(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Answer a report in a message that nothing else understood; whether it was one."""
    if tracker.active_loop.get("name"):
        return False
    if await together_already(dispatcher, tracker) or await answered_pushed(dispatcher, tracker):
        return True
    pushed = await answered_first(tracker)
    if pushed is None:
        return False
    dispatcher.utter_message(text=reply_to(pushed.expect, YES).text)
    return True


async def stays_away(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """回不去了 and nothing else: how to keep the festival apart; what was planned is called off."""
    if tracker.active_loop.get("name") or not says_staying(words(tracker)):
        return False
    say_reply(dispatcher, STAYING)
    await call_off(dispatcher, tracker, await current_plan(tracker))
    return True


async def together_already(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """已经到家了, days before the planned one: the time together begins today and ends as planned."""
    said = squash(words(tracker))
    if len(said) > _LONGEST or not _TOGETHER.search(said) or _NOT_TOGETHER.search(said):
        return False
    plan = await current_plan(tracker)
    if plan is None or is_over(plan) or not timedelta() <= plan.start - today() <= _EARLY:
        return False
    begun = await services.database().run(plans.begin, tracker.sender_id, today())
    if begun is None:
        return False
    meeting = Meeting(f"{begun.start.month}月{begun.start.day}号", begun.start)
    await services.database().run(parents.set_meeting, tracker.sender_id, meeting)
    text = "到了就好！先歇口气。孩子要是躲一躲，不是不亲，停几步远，等他自己过来。"
    dispatcher.utter_message(text=f"{text}\n计划从今天算起，{begun.end.month}月{begun.end.day}号分开。")
    return True
