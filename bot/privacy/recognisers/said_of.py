"""Names that the rest of the sentence tells: 周末是我儿子的大名, 想语桐了, 腊梅婶说."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.called import WISHED
from bot.privacy.lexicon.lookalikes import FAMOUS, WORDS
from bot.privacy.names import is_full, is_given, is_known
from bot.privacy.reading.reader import reader
from bot.privacy.recognisers import cues

# 幺鸡是我家小儿子的外号.
_IS_NAME = re.compile(
    f"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{{2,3}}?)(?:就|也|才)?是(?:我|俺|咱|他|她)(?:们?家)?(?:[大小二三]?(?:{cues.CHILDREN}|弟弟|妹妹|哥哥|姐姐|老公|老婆|爸|妈))?的?(?:大名|名字|学名|真名|小名|外号|绰号|乳名|网名|昵称)"
)
_NOBODY = re.compile("[这那它什谁哪]|因为|可能|应该|但是|不过|其实|[他她你我]")
_MISSED = re.compile(
    "(?<![\u4e00-\u9fff])(?:我)?(?:好|真|很|又|天天|做梦都|特别|太)?(?:想|想念|惦记|挂念)(?P<name>[\u4e00-\u9fff]{2})(?:了|啊|得)(?=$|[，,。！! 睡哭不])"
)
# 黄河是我老公.
_IS_MINE = re.compile(
    f"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{{2,3}})是我(?:们?家)?(?:的)?(?:[大小二三]?(?:{cues.CHILDREN}|老公|老婆|男人|前夫|前妻|丈夫|妻子|爱人|侄儿|弟弟|妹妹|哥哥|姐姐))(?=$|[，,。！!的])"
)
# 金银花是我妈: a surname and a word.
_MY_PARENT = re.compile("(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{3})是(?:我|他|她)(?:亲)?(?:妈|爸|公公|婆婆|岳母|奶奶|爷爷|外婆|外公)(?=[，,。！ ]|$)")
# 我家那个思源，嘴硬得很.
_AT_HOME = re.compile("(?:我|俺|咱)们?家(?:那个|这个|老大|老二|小的|大的|的)(?P<name>[\u4e00-\u9fff]{2})(?=[，,。！! ]|$)")
# 六斤是他奶起的.
_GIVEN_BY = re.compile("(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,3})(?:这个?名字?)?是(?:[他她我]的?)?(?:我|爷爷?|奶奶?|外公|外婆|爸爸?|妈妈?|姥姥|姥爷|老师|算命的?)给?(?:[他她娃]|孩子)?[起取]的")
# 秀兰婶, 腊梅嫂: the second sort of names that a village gives.
_VILLAGER = re.compile(
    "(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2}[婶嫂叔伯姨婆姐哥])(?=说|讲|帮|来|带|家|告诉|打|看|给|问|问|叫|骂|让|介绍|他|她|跟|也|又|$)"
)


def said_of(heard: Heard) -> Iterator[tuple[int, int]]:
    """Every one."""
    for match in _IS_NAME.finditer(heard.text):
        if not _NOBODY.search(match["name"]):
            yield match.span("name")
    for match in _IS_MINE.finditer(heard.text):
        if match["name"] in WISHED or ((is_full(match["name"]) or is_given(match["name"])) and not _is_word(match["name"])):
            yield match.span("name")
    for match in _AT_HOME.finditer(heard.text):
        if is_given(match["name"]) and not is_known(match["name"]):
            yield match.span("name")
    for match in _GIVEN_BY.finditer(heard.text):
        if not _NOBODY.search(match["name"]) and match["name"] not in ("名字", "小名", "大名", "学名", "外号"):
            yield match.span("name")
    for match in _MY_PARENT.finditer(heard.text):
        if is_full(match["name"]):
            yield match.span("name")
    for match in _MISSED.finditer(heard.text):
        if is_given(match["name"]) and match["name"][0] not in "娃崽儿" and not _is_word(match["name"]):
            yield match.span("name")
    for match in _VILLAGER.finditer(heard.text):
        name = match["name"][:2]
        if name in WISHED or (is_given(name) and not _is_word(name) and name[0] not in "大小老二三四五亲"):
            yield match.span("name")


def _is_word(text: str) -> bool:
    return text in WORDS or text in FAMOUS or reader().knows(text)
