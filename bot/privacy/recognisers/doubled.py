"""Doubled characters: 毛毛, 涵涵; 天天 and 乐乐 where the talk is of a child."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.given import DOUBLED, DOUBLED_EITHER, DOUBLED_WORDS, GIVEN
from bot.privacy.recognisers import cues
from bot.privacy.recognisers.acting import ACTING, acts, begins_clause, child_there

_DOUBLE = re.compile(r"([\u4e00-\u9fff])\1")
_ADVERBS = {
    "明明",
    "天天",
    "年年",
    "月月",
    "一一",
    "小小",
    "大大",
    "平平",
    "双双",
    "对对",
    "念念",
    "点点",
    "心心",
    "面面",
}
_MEANT = re.compile("[我说想给让问跟和把被见陪接带抱看教管等打骂惯疼宠喊]$")
_RECEIVES = re.compile(" |买|接|寄|打|视频|了|送|吃|喝|穿|讲|说|看|不|$|[，。！？]")
_KIN = {
    "爸爸",
    "妈妈",
    "爷爷",
    "奶奶",
    "哥哥",
    "姐姐",
    "弟弟",
    "妹妹",
    "舅舅",
    "姑姑",
    "叔叔",
    "伯伯",
    "公公",
    "婆婆",
    "姥姥",
    "宝宝",
    "婶婶",
}
# Hardly ever anybody: 明明不肯, 天天哭闹, 一一说了.
_SELDOM = frozenset("明明 天天 年年 月月 一一 大大 小小 平平 双双 念念 晚晚 方方 花花 香香".split())
# 园园老师: what nursery teachers are called.
_OF_NURSERY = re.compile("老师(?!好|们|节)")
# A part of the body: 蛋蛋又肿又疼.
_ACHES = re.compile("[^，。]{0,3}(?:肿|疼|痛|痒|发红)")
_HELD = re.compile("(?:想|想念|带着|抱着|陪着|惦记|心疼)$")
_NOTHING_MORE = re.compile("$|了(?:$|[，。！!,. ])|[，。！!,.]")
# 月月都寄钱, 周周考试: so often.
_SO_OFTEN = re.compile("(?:月月|周周|年年|天天|日日|夜夜|顿顿|次次|回回|节节|科科|门门|样样)(?:都|要|寄|给|有|交|考|发|还|存|往|涨|在)")
# Of a saying.
SAYING = re.compile(
    "(?P<same>[\u4e00-\u9fff]{1,2})归(?P=same)|强强联[手合]|洋洋得意|晶晶亮|亮晶晶|团团转|蒸蒸日上|欣欣向荣|亭亭玉立|彬彬有礼|津津有味|源源不断|楚楚可怜|楚楚动人|依依不舍|念念不忘|欢欢喜喜|茁茁|默默无闻|星星点点|格格不入|多多益善|比比皆是|楚河|甜甜圈|泡泡糖|泡泡机|豆豆鞋|包包里"
)
_HAS_TEACHER = re.compile("的(?:老师|班主任|作业|书包|同学|妈妈|爸爸)")
# One carries them about as well.
_THINGS = frozenset("包包 泡泡 球球 花花 兔兔 虫虫 猫猫 蛋蛋 星星 香香".split())
# Every day is not today: 天天今天上学哭了.
_ONE_DAY = re.compile("今天|昨天|昨晚|今年|这次|刚才|的(?:老师|班主任|妈妈|爸爸|奶奶)")
_BY_DAY = {"天天", "年年", "月月"}


def doubled(heard: Heard) -> Iterator[tuple[int, int]]:
    """毛毛, 涵涵; 天天 and 乐乐 where the talk is of a child."""
    for match in _DOUBLE.finditer(heard.text):
        start, end = match.span()
        text = match.group()
        if text[0] in GIVEN and text not in DOUBLED_WORDS and _OF_NURSERY.match(heard.text, end) and not _four(heard.text, start, end):
            yield start, end + 2
            continue
        if _four(heard.text, start, end) or (start not in heard.word_at and heard.belief(start, end) < 0.8):
            continue
        if SAYING.match(heard.text, start) or _SO_OFTEN.match(heard.text, start):
            continue
        if text == "蛋蛋" and _ACHES.match(heard.text, end):
            continue
        if _is_nick(heard, start, end, text) or _missed(heard, start, end, text):
            yield start, end


def _is_nick(heard: Heard, start: int, end: int, text: str) -> bool:
    belief, does = heard.belief(start, end), acts(heard, end)
    begins = begins_clause(heard, start) or cues.KIN_BEFORE.search(heard.before(start, 5)) is not None
    if cues.HOME_BEFORE.search(heard.before(start, 8)) and does and _child_word(text):
        return (
            text not in _BY_DAY
            or re.match(
                "今年|不|又|发烧|生病|\\d|[一二两三四五六七八九十]岁|喜欢|爱|想|怕|会|的?[妈爸]", heard.after(end, 3)
            )
            is not None
        )
    meant = begins or _MEANT.search(heard.before(start, 1)) is not None
    if text in DOUBLED_EITHER - _SELDOM and child_there(heard, start, end):
        return True
    if text in DOUBLED_EITHER:
        if meant and text not in _ADVERBS and belief > 0.1 and _RECEIVES.match(heard.after(end, 2)):
            return True
        if meant and text not in _ADVERBS and ACTING.match(heard.after(end, 3)):
            return True
        return (belief > 0.3 and begins and does) or (_joined(heard, start, end) and begins)
    if text in DOUBLED_WORDS:
        return False
    if text[0] not in DOUBLED:
        return belief > 0.85 or (text[0] in GIVEN and begins and does and belief > 0.05)
    whole = start in heard.word_at and (end in heard.word_at or end == len(heard.text))
    return belief > 0.25 or (begins and does) or (whole and meant)


def _missed(heard: Heard, start: int, end: int, text: str) -> bool:
    """想嘟嘟了, 奶奶带着糖糖; 嘟嘟的老师."""
    if text in ("天天", "点点") and begins_clause(heard, start) and _ONE_DAY.match(heard.text, end):
        return True
    if text not in DOUBLED_EITHER - _ADVERBS - _THINGS:
        return False
    held = _HELD.search(heard.before(start, 2)) and _NOTHING_MORE.match(heard.text, end)
    return bool(held or (begins_clause(heard, start) and _HAS_TEACHER.match(heard.text, end)))


def _child_word(text: str) -> bool:
    """天天 may be a child's name at home; 妈妈 or 慢慢 is nobody's."""
    return text in DOUBLED_EITHER or text not in DOUBLED_WORDS


def _four(text: str, start: int, end: int) -> bool:
    """Part of 安安静静 or 开开心心, or of a longer run."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    doubled = any(len(pair) == 2 and pair[0] == pair[1] and pair not in _KIN for pair in (before, after))
    run = text[start] in (text[max(0, start - 1) : start], text[end : end + 1])
    return run or (doubled and after[:1] != "和")


def _joined(heard: Heard, start: int, end: int) -> bool:
    """甜甜和安安: two of a kind."""
    near = heard.before(start, 3) + " " + heard.after(end, 3)
    return re.search(r"([\u4e00-\u9fff])\1[和跟、]| [和跟、]([\u4e00-\u9fff])\2", near) is not None
