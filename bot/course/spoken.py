"""What parents say about the course: a pace, a lesson's number, the name for the certificate."""

from __future__ import annotations

import re

from bot.course.certificate import fit_name
from bot.text.numerals import NUMERAL, read_numeral
from bot.text.plain import plain

# In this order: 一周两课 holds 一周, and 不用每天催 is no wish for every day.
_PACES = (
    ("own", r"自己|(不|别|莫)(用|要|必)?(每天|天天|老)?(提醒|催)|随便|看我"),
    ("twice_weekly", r"(每|一)?个?(周|星期|礼拜)(上|学|来)?(两|二|2)|隔?(两|三|2|3)天"),
    ("weekly", r"(每|一)个?(周|星期|礼拜)|(周|星期|礼拜)(上|学|来)?(一|1)|七天|慢(?!$)|太(快|密|勤)"),
    ("daily", r"每天|天天|(一|1)天|日日|快(一)?(点|些)|加快"),
)
_LESSON = re.compile(rf"第\s*({NUMERAL})\s*课")
# The command: what stands after it is the name.
_NAME = re.compile(r"证书(?:上)?(?:的)?(?:名字|姓名)?(?:请|帮我|给我|就)?(?:写|署|填|印)(?:上|成|个)?(?:名字|姓名)?(?:是|叫|为|我的名字)?[：:，, ]*(.+)$")
_NO_NAMES = re.compile(r"(?:我|我的|自己|上|个|名|名字|姓名|吗|吧|啥|什么|谁|怎么.*|不.*)+")


def pace_meant(words: str) -> str | None:
    """The key of the pace that is named, or None."""
    said = plain(words)
    return next((pace for pace, pattern in _PACES if re.search(pattern, said)), None)


def lesson_number(words: str) -> int | None:
    """The number of the lesson that is asked for, as in 第三课; None where several or none are named."""
    found = {read_numeral(each) for each in _LESSON.findall(plain(words))}
    number = found.pop() if len(found) == 1 else None
    return int(number) if number else None


def certificate_name(words: str) -> str:
    """The name in “证书写李梅”, made fit; "" where only the certificate is asked for."""
    match = _NAME.search(words.strip())
    if match is None or _NO_NAMES.fullmatch(match.group(1).strip()):
        return ""
    return fit_name(re.sub(r"[，。,.!！?？].*$|(?:吧|哈|谢谢|好吗|可以吗)+$", "", match.group(1)))
