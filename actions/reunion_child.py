"""Which of several children a reunion is with; their names are not kept here."""

from __future__ import annotations

import re
from datetime import date

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.taps import tap
from actions.understood import words

ALL_CHILDREN = "all"
_LONGEST_CHOICE, _LONGEST_NAME = 8, 4
_ALL = re.compile(r"都|两个|一起|全部|俩")
# 小雨 and 大宝 are names: which one that is nobody here knows, and a wrong child would get the wrong gifts.
_ELDEST = re.compile(r"^大的|大的那|老大|哥|姐|大(?:儿子|女儿|闺女|娃|崽|孩|姑娘|丫头)|大一点|年纪大")
_YOUNGEST = re.compile(r"^小的|小的那|老小|老二|老幺|弟|妹|幺|小(?:儿子|女儿|闺女|娃|崽|孩|姑娘|丫头)|小一点|年纪小")
_GIRL = re.compile(r"女|闺|姑娘|丫头|妮")
_BOY = re.compile(r"儿子|男|小子|崽|仔")


class ActionAskReunionChild(Action):
    """Which of several children; they have no names here."""

    def name(self) -> str:
        return "action_ask_reunion_child"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        taps = [tap(label, label) for _, label in tracker.get_slot("reunion_children") or []]
        named = tracker.get_slot("requested_slot") == "reunion_child" and len(words(tracker)) <= _LONGEST_NAME
        text = "名字我这儿不记，怕漏出去。这回见的是哪一个？点一下就行。" if named else "这回见哪个孩子？"
        dispatcher.utter_message(text=text, buttons=[*taps, tap("都见", "都见")])
        return []


def child_birth(tracker: Tracker) -> date | None:
    children = tracker.get_slot("reunion_children") or []
    chosen = tracker.get_slot("reunion_child") if len(children) > 1 else (children[0][0] if children else None)
    return date.fromisoformat(chosen) if chosen and chosen != ALL_CHILDREN else None


def child_meant(tracker: Tracker) -> str | None:
    """The birth month of the child that was named, or `ALL_CHILDREN`."""
    said = words(tracker)
    children = [(birth, label) for birth, label in tracker.get_slot("reunion_children") or []]
    exact = [birth for birth, label in children if label == said]
    if exact:
        return str(exact[0])
    if len(said) > _LONGEST_CHOICE:
        return None
    if _ALL.search(said):
        return ALL_CHILDREN
    by_size = sorted(birth for birth, _ in children)
    for pattern, birth in ((_ELDEST, by_size[0]), (_YOUNGEST, by_size[-1])):
        if pattern.search(said):
            return str(birth)
    for pattern, sex in ((_GIRL, "女孩"), (_BOY, "男孩")):
        of_sex = [birth for birth, label in children if sex in label]
        if pattern.search(said):
            # Of two daughters “女儿” is neither.
            return str(of_sex[0]) if len(of_sex) == 1 else None
    named = [birth for birth, label in children if said.strip() and said.strip() in label]
    return str(named[0]) if len(named) == 1 else None
