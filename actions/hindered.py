"""What is in the way of help while a danger goes on: somebody forbids it, money, a line that nobody answers."""

from __future__ import annotations

import re

from rasa_sdk.executor import CollectingDispatcher

from bot.content.safety import SafetyScript

_HELP = r"(?:叫|打|喊|报|送|去|上|要)(?:他|她|孩子|娃)?(?:去|到)?(?:救护车|120|110|119|医院|警|卫生院|急救)"
# No money is no reason to refuse or delay: 基本医疗卫生与健康促进法, article 27.
_HINDERS = {
    "utter_hindered_by_somebody": re.compile(rf"(?:不让|不准|不许|不肯|不给|不同意|拦着|反对|骂).{{0,3}}{_HELP}|(?:不让|不准|不许)(?:我|他们)?(?:打电话|报警|送医)"),
    "utter_hindered_by_money": re.compile(r"没(?:得|有)?钱|(?:交|出|付|拿)不(?:起|出)|救护车.{0,3}(?:多少钱|要钱|贵|收费)|(?:叫|打).{0,6}(?:要钱|多少钱|贵)"),
    "utter_hindered_by_the_line": re.compile(r"打不(?:通|出去)|没(?:人|有人)接|占线|没(?:有)?信号|(?:救护车|120|110).{0,4}(?:不来|来不了|还没来|没来|要等|太远|过不来|上不来|找不到)"),
}  # fmt: skip


def say_what_to_do(dispatcher: CollectingDispatcher, said: str, script: SafetyScript) -> bool:
    """Answer 他爸不让叫救护车, 没钱去医院, 120打不通 with the number of the danger that was told; whether something was in the way.

    `said`: without spaces and marks.
    """
    response = next((response for response, pattern in _HINDERS.items() if pattern.search(said)), None)
    if response is None:
        return False
    dispatcher.utter_message(response=response, number=script.hotlines[0])
    return True
