"""Names written half in pinyin, spread with blanks or dashes: 张zi涵, 李沐chen, 刘 小 红, 陈小-芳; 英文名Kevin, wo jiao zhang wei."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.privacy.heard import Heard
from bot.privacy.lexicon.given import GIVEN, SLIPPERY
from bot.privacy.lexicon.places import COARSE
from bot.privacy.lexicon.surnames import COMMON
from bot.privacy.names import is_known
from bot.privacy.recognisers import cues
from bot.text.readings import Style, lazy_pinyin

_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?"
    "(?:iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)"
)
_SURNAME = f"[{''.join(sorted(COMMON))}]"
_HAN = "[\u4e00-\u9fff]"
_END = "(?![A-Za-z0-9])"
_TOLD = "(?<=[叫是名姓:：])"
_FIRST = "(?:^|(?<=[^A-Za-z0-9\u4e00-\u9fff]))"
_HALVES = (
    re.compile(f"{_SURNAME}{_SYLLABLE}(?P<given>{_HAN})"),
    re.compile(f"(?:{_TOLD}|{_FIRST}){_SURNAME}(?P<given>{_HAN}){_SYLLABLE}{_END}"),
    re.compile(f"{_TOLD}{_SURNAME}{_SYLLABLE}{_END}"),
)
# Between the characters of a name the hand slipped, or hides it.
_SPREAD = re.compile(
    f"(?:{_TOLD}|{_FIRST}){_SURNAME} (?P<one>{_HAN}) (?P<two>{_HAN})(?:(?!{_HAN})|(?={cues.ACTS_AFTER.pattern}))"
    f"|{_TOLD}{_SURNAME} (?P<three>{_HAN})(?P<four>{_HAN})(?!{_HAN})"
    f"|{_TOLD}{_SURNAME}(?P<five>{_HAN}) (?P<six>{_HAN})(?!{_HAN})"
)
_DASHED = re.compile(
    f"{_SURNAME}(?P<one>{_HAN})[-_*.](?P<two>{_HAN})"
    f"|{_SURNAME}[-_*.](?P<three>{_HAN}){_HAN}?(?!{_HAN})|(?P<same>{_HAN})[-_](?P=same)"
)
# 我家zi轩: the given name alone, where my own child is spoken of.
_AT_HOME = re.compile(f"(?:我|俺|咱|我们)家(?:的|娃|孩子|女儿|儿子)?(?P<name>{_SYLLABLE}(?P<given>{_HAN}))")
_NO_GIVEN = SLIPPERY | set("宝娃妈爸")
_ENGLISH = re.compile("英文名(?:字)?(?:就|是|叫|做|[:： ])*(?P<name>[A-Z][A-Za-z]{1,11})")
_IS_ENGLISH = re.compile("(?<![A-Za-z])(?P<name>[A-Z][a-z]{2,11})(?=(?:就?是)(?:我|他|她|娃|孩子)[^，。]{0,4}英文名)")
# 英语老师Lucy, 我女儿Emily: whose name it is stands in front.
_LATIN_OF = re.compile(
    "(?:老师|外教|同学|同桌|闺女|女儿|儿子|孩子|宝宝|娃|老公|老婆|朋友|闺蜜)(?:叫|是|[:： ])?"
    "(?!App|Wifi|Baby|Mama|Papa|Mom|Mum|Dad|Stop|Hello|Ok|Hi|Bye|Abc|Vip|Ipad|Iphone|Vivo|Oppo|Word|Excel|Python|Scratch|Tiktok|Wechat|Unit|Day|Book|Good|Thank|Yes|Sorry|Please|English|Switch|Lego|Kfc)"
    "(?P<name>[A-Z][a-z]{2,9})(?![A-Za-z0-9])"
)
_PINYIN = re.compile(
    rf"\b(?:wo ?shi|wo ?jiao|jiao|xingming) (?P<surname>[a-z]+)(?P<given> {_SYLLABLE}\b)", re.IGNORECASE
)


def mixed(heard: Heard) -> Iterator[tuple[int, int]]:
    """Every name that is not written in characters alone, or not in one piece."""
    if heard.text.isalnum() and not re.search("[A-Za-z]", heard.text):
        return
    for pattern in _HALVES:
        for match in pattern.finditer(heard.text):
            given = match.groupdict().get("given")
            if given is None or (given in GIVEN and given not in SLIPPERY):
                yield match.span()
    for pattern in (_SPREAD, _DASHED):
        for match in pattern.finditer(heard.text):
            if all(each in GIVEN for each in match.groupdict().values() if each) and not _is_word(match.group()):
                yield match.span()
    for pattern in (_ENGLISH, _IS_ENGLISH, _LATIN_OF):
        for match in pattern.finditer(heard.text):
            yield match.span("name")
    for match in _AT_HOME.finditer(heard.text):
        if match["given"] in GIVEN - _NO_GIVEN:
            yield match.span("name")
    for match in _PINYIN.finditer(heard.text):
        if match["surname"].lower() in _read_surnames():
            yield match.start("surname"), match.end()


def _is_word(text: str) -> bool:
    """安-全, 江苏-南京: words with a dash in them, or two of them."""
    parts = re.split("[-_*. ]", text)
    return is_known("".join(parts)) or any(is_known(part) or COARSE.fullmatch(part) for part in parts)


@lru_cache(maxsize=1)
def _read_surnames() -> frozenset[str]:
    return frozenset(lazy_pinyin(sorted(COMMON), style=Style.NORMAL))
