"""What is said back to who told a shift."""

from __future__ import annotations

import re

from rasa_sdk.executor import CollectingDispatcher

from actions.taps import tap
from bot.people import summary
from bot.people.preferences import DAY, NIGHT, ROTATING, Shift
from bot.people.shift_words import says_which_block
from bot.reunion.news import left_work

_AFTERNOONS = "记下了，您上中班。我还是早上八点半以后、晚上九点半以前发。早上想多睡会儿，说一声“十点以后再发”就行。"
_LEFT_WORK = (
    "好，厂里的班就不算了，我按白天发，夜里不吵您。上了新班，再跟我说一声，比如“我上夜班”。\n"
    "换活这阵子心里不踏实，给孩子的电话照旧打：“我换了个地方干活，一样天天想你，一样打给你。”"
)
_QUIET_FOR = {
    DAY: "那我白天、晚上九点半以前发，夜里不吵您。",
    NIGHT: "那我下午四点半以后才发，白天让您睡个安稳觉。",
}

_TIRED = re.compile("累|困|乏|散架|熬不|撑不|辛苦")


def confirm(dispatcher: CollectingDispatcher, shift: Shift, said: str) -> None:
    """What was kept, and what it means for the messages; of a rotation the block of today is asked for where `said` has it not."""
    in_words = summary.shift_in_words(shift)
    if _TIRED.search(said):
        dispatcher.utter_message(text="辛苦了，先歇口气。")
    if left_work(said):
        dispatcher.utter_message(text=_LEFT_WORK)
    elif shift.kind == DAY and "中班" in said:
        dispatcher.utter_message(text=_AFTERNOONS)
    elif shift.kind != ROTATING:
        after = "" if not shift.until else "过了那天，就按白班发。" if shift.then == Shift(DAY) else "过了那天，还照原先的来。"
        dispatcher.utter_message(text=f"记下了，{in_words}。{_QUIET_FOR[shift.kind]}{after}变了再跟我说一声。")
    elif says_which_block(said):
        dispatcher.utter_message(text=f"记下了，{in_words}。夜班那阵子，我下午四点半以后才发。变了再跟我说一声。")
    else:
        _ask_which_block(dispatcher, shift.period)


def _ask_which_block(dispatcher: CollectingDispatcher, period: int) -> None:
    if period == 7:
        taps = [tap("这周白班", "这周白班，下周夜班"), tap("这周夜班", "这周夜班，下周白班")]
        dispatcher.utter_message(text="倒班辛苦。这一周您是白班还是夜班？", buttons=taps)
        return
    # The answer says again how long a block is.
    turns = f"{period}天一换"
    taps = [tap("现在白班", f"{turns}，现在白班"), tap("现在夜班", f"{turns}，现在夜班")]
    dispatcher.utter_message(text="倒班辛苦。眼下您是白班还是夜班？", buttons=taps)
