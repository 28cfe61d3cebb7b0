"""Nicknames by a list: 铁蛋, 妞妞; 石头 and 可乐 only where someone is called so; 虎娃, 二妮 by their making."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.given import DOUBLED, GIVEN, NICKNAME_THINGS, NICKNAMES
from bot.privacy.lexicon.lookalikes import WORDS
from bot.privacy.recognisers import cues
from bot.privacy.recognisers.acting import acts, begins_clause, child_there

_LISTED = re.compile("|".join(sorted(NICKNAMES, key=len, reverse=True)))
_VILLAGE = re.compile("[\u4e00-\u9fff][娃妮妞丫](?![娃妮妞丫儿子头])")
_ENDING = re.compile("(?<![大二三四小表堂学师老的])[^\\W\\d和跟大二三四五小表堂学师老男女空帅美孩儿妻妹弟][子儿哥姐嫂]")
# No one's name: 男娃, 那娃, 二娃; with a word in front: 行李娃.
_NOBODY = set("嗯男女那这个小大二三四老野皮路车李俺的人里全山奶幼婴双胞胎病乖憨瓜傻乡城学洋布村他她我你俩两")
# Only a child does so.
_CHILD_DOES = re.compile(
    "(?:昨天晚上|昨天|昨晚|今天|又|最近|老是?|总是?|也|就|这两天|从小|一直|在幼儿园|在学校){0,2}(?:跟人|和同学|和人)?(?:不肯|哭|想我|想妈|想爸|发烧|打架|打人|的?妈妈|的?爸爸|的?奶奶|的?爷爷|上幼儿园|上学|满月|满岁|[一二三四五六七八九十]{1,2}个月会|上秤|掉了?[一颗两]|长湿疹|长痱子|长了?[一颗两]|断奶|会爬|翻身|长牙|出牙|感冒|咳嗽|拉肚子|住院|打针|考试|写字|挑食|怕黑|认生|吐奶|尿床|不听话|不上学|写作业|不睡觉|不说话|会走路|会说话|今年|和他|跟他|跟我顶嘴|跟奶奶顶嘴|顶嘴|被推|被打|上学哭|说[他她不想]|的老师|的班主任|\\d岁|[一二两三四五六七八九十]岁)"
)
_PET_NAMED = re.compile(
    "(?:小名儿?|乳名)(?:就|都)?(?:叫做?|是|[:： ])?(?P<name>(?![叫是就都喊不也写吗呢啥什哪怎用取好难])[\u4e00-\u9fff]{2,3})(?<![吗呢吧了啊的])(?=$|[，。,.、;；！!（(\n])"
)
_CALLED_BY_ALL = re.compile(
    "(?:都|就|们|家|学|老是|我)[叫喊][他她娃](?:做|作|是)?[“\"]?(?P<name>[\u4e00-\u9fff]{2,3})(?=$|[，。,.、；！!\"” \n])"
)
_PET_FORM = re.compile("[小阿][\u4e00-\u9fff]{1,2}|[大二三四五六七八九老][\u4e00-\u9fff]|(?P<one>[\u4e00-\u9fff])(?P=one)|[\u4e00-\u9fff](?:蛋|宝|娃|仔|豆|妞|墩)")
_IS_MINE = re.compile(f"是我(?:家|们家)?(?:的)?(?:{cues.CHILDREN}|外号|小名)")


def listed(heard: Heard) -> Iterator[tuple[int, int]]:
    """铁蛋, 妞妞; 石头 and 可乐 only where someone is called so."""
    for match in _LISTED.finditer(heard.text):
        start, end = match.span()
        if start not in heard.word_at and heard.belief(start, end) < 0.5 and heard.before(start, 1) != "小":
            continue
        if match.group() == "铁蛋" and heard.after(end, 1) == "白":
            continue
        if heard.after(end, 1) in ("头", "丫", "伢") and match.group()[0] in "大二三小细幺":
            continue
        if heard.before(start, 1) == "小":
            start -= 1
        if match.group() not in NICKNAME_THINGS or _is_one(heard, start, end):
            yield start, end


def _is_one(heard: Heard, start: int, end: int) -> bool:
    """Whether 石头 is somebody: at my home, called mine, or doing what only a child does."""
    introduced = _child_just_before(heard, start)
    if introduced or cues.HOME_BEFORE.search(heard.before(start, 8)):
        return acts(heard, end) or (introduced and heard.after(end, 1) in "，,")
    if child_there(heard, start, end):
        return True
    if not begins_clause(heard, start):
        return False
    does = _IS_MINE.match(heard.after(end, 8)) or _CHILD_DOES.match(heard.after(end, 12))
    return does is not None or (heard.belief(start, end) > 0.4 and acts(heard, end))


def with_ending(heard: Heard) -> Iterator[tuple[int, int]]:
    """娟子, 宝儿, 强哥: a given character with 子, 儿 or the title of a friend, where the model takes it for a person."""
    for match in _ENDING.finditer(heard.text):
        start, end = match.span()
        text = match.group()
        if (
            text in WORDS
            or text[0] not in GIVEN | DOUBLED
            or start not in heard.word_at
            or heard.after(end, 1) == text[1]
        ):
            continue
        at_home = cues.HOME_BEFORE.search(heard.before(start, 8)) is not None
        friend = text[1] in "哥姐嫂"
        belief = heard.belief(start, end)
        if belief > 0.5 or (belief > 0.2 and (at_home or friend) and acts(heard, end)):
            yield start, end


def village(heard: Heard) -> Iterator[tuple[int, int]]:
    """虎娃, 秋妮: at the beginning of a clause, where the model takes it for a person."""
    for match in _VILLAGE.finditer(heard.text):
        start, end = match.span()
        known = match.group() in WORDS or match.group()[0] in _NOBODY
        person = not known and start in heard.word_at and heard.belief(start, end) > 0.6
        if person and begins_clause(heard, start) and acts(heard, end):
            yield start, end
    for match in re.finditer("(?<![\u4e00-\u9fff])[大二三四五六][牛狗毛虎]子(?=$|[不哭说想又发今昨在跟家他她就也都上从考])", heard.text):
        yield match.span()
    for match in re.finditer("[大二三四五][妮妞丫娃胖毛牛虎狗](?=[不哭说想又发今昨在跟和把被天也这家他她])", heard.text):
        if match.group()[1] not in "娃" and begins_clause(heard, match.start()):
            yield match.span()


def pet_named(heard: Heard) -> Iterator[tuple[int, int]]:
    """小名甜枣: whatever it is, if nothing follows."""
    for match in _PET_NAMED.finditer(heard.text):
        yield match.span("name")


def called_by_all(heard: Heard) -> Iterator[tuple[int, int]]:
    """我们都叫他大头."""
    for match in _CALLED_BY_ALL.finditer(heard.text):
        pet = match["name"] in NICKNAMES or _PET_FORM.fullmatch(match["name"])
        if pet and match["name"] not in WORDS - {"大头"}:
            yield match.span("name")


def _child_just_before(heard: Heard, start: int) -> bool:
    return bool(re.search(f"(?:我|俺|咱)(?:的|们|家|们家)?(?:那个|这个)?(?:{cues.CHILDREN}|小祖宗|小家伙|调皮鬼|捣蛋鬼|小调皮|(?<=[那这]个))$", heard.before(start, 10)))
