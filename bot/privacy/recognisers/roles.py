"""Whose name it is, where the words around it say so: staff follow 〈孩子1〉 more easily than 〈姓名1〉."""

from __future__ import annotations

import re

from bot.privacy.heard import Heard
from bot.privacy.recognisers import cues
from bot.privacy.spans import CHILD, TEACHER

_TEACHER_IN = re.compile("(?:老师|班主任|校长|园长)$")
_TEACHER_BEFORE = re.compile("(?:老师|班主任|校长|园长)(?:叫|姓|是|名字叫)?$")
_CHILD_AFTER = re.compile(
    "(?:今年)?(?:上|读|念)?(?:[一二三四五六]年级|幼儿园|[大中小]班|\\d{1,2}岁|[一二两三四五六七八九十]+岁)|的?(?:妈妈|爸爸|家长)"
)


def role_of(heard: Heard, start: int, end: int) -> str:
    """CHILD, TEACHER or "" for the name at [start, end)."""
    before = heard.before(start, 12)
    if _TEACHER_IN.search(heard.text[start:end]) or _TEACHER_BEFORE.search(before) or heard.after(end, 2) == "老师":
        return TEACHER
    if cues.OTHERS_BEFORE.search(before):
        return ""
    if cues.CHILD_BEFORE.search(before) or _CHILD_AFTER.match(heard.after(end, 8)):
        return CHILD
    return ""
