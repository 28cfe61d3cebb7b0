"""What schools and workplaces share: a proper name in front of a word such as 小学 or 电子厂.

The name is what LAC's words leave of the run in front of that word once verbs, 的 and general words are gone.
"""

from __future__ import annotations

import re

from bot.privacy.heard import Heard
from bot.privacy.lexicon.places import COARSE
from bot.privacy.tagger import Word

_NAME_TAGS = {"LOC", "ORG", "PER", "n", "nz", "nw", "nr", "s", "a", "an", "ad", "vn", "m", "f", "t", "j"}
# What may stand in front of a name, never in one.
_LEADING = re.compile(
    "^(?:我们|你们|他们|咱们|我|你|他|她|咱|俺|娃儿?|孩子|儿子|女儿|老公|老婆|老家|就读|读书|在|到|去|上了?|读|念|进了?|从|考上了?|考|送到|转到|转去|转学到|搬到|住在|住|和|跟|与|是|又|也|把|被|的|了|一个|一家|一所"
    "|[这那哪](?=[个所家里些])|就|说|叫|给|找|问|请|让|想|要|有|没有|比|离|来|回|换到|换|调到|招|做|干|于|往|入|姓名|单位|学校|名称|地址|现|现在|今年|去年|目前|以前|之前|然后|因为|但是|就是|那个|这个|[:：，,。.、 （(]+)"
)
_FURTHEST = 14
# 小 in 小博士, 新 in 新世纪.
_SMALL = set("小大新金红蓝绿")


def name_start(heard: Heard, end: int, general: re.Pattern[str]) -> int:
    """Where the run of name words in front of `end` begins; `end` when there is none. `general`: words that end the run."""
    start = end
    for word in reversed([word for word in heard.words if word.start < end]):
        if word.start < end - _FURTHEST or not (_may_be_name(word, general) or (word.text in _SMALL and start < end)):
            break
        start = word.start
        if word.end > end and word.start < end:
            continue
    return _trimmed(heard.text, start, end)


def _may_be_name(word: Word, general: re.Pattern[str]) -> bool:
    if word.tag in ("LOC", "ORG", "nz", "nw", "PER") or word.text == "新世纪":
        return True
    return word.tag in _NAME_TAGS and not general.fullmatch(word.text)


def _trimmed(text: str, start: int, end: int) -> int:
    while start < end and (match := _LEADING.match(text[start:end])):
        start += match.end()
    return start


def is_proper(name: str, general: re.Pattern[str]) -> bool:
    """Whether `name` names something: neither empty, nor general words, nor provinces and cities."""
    rest = name
    while rest:
        # The longer of the two: 中山 is a city, 中 a general word.
        length = max(match.end() if match else 0 for match in (general.match(rest), COARSE.match(rest)))
        if not length:
            return True
        rest = rest[length:]
    return False


def is_sure(heard: Heard, start: int, end: int) -> bool:
    """Whether LAC takes what stands in [start, end) for a name: 红星小学/ORG, 新百丽/ORG 鞋厂, 新民村/LOC 小学."""
    inside = [word for word in heard.words if word.start < end and word.end > start]
    return bool(inside) and inside[-1].tag in ("ORG", "LOC", "nz", "PER") and inside[-1].start < end


def is_told(heard: Heard, start: int, end: int, cues: str) -> bool:
    """在官寨中学, 进了卓越制衣厂: where the model sees common words, one of `cues` in front says that they are a name."""
    name = heard.text[start:end]
    before = heard.before(start, 1)
    return 2 <= len(name) <= 6 and before in cues and not re.search("[的了着过们个一]|什么|哪", name) and name.isalnum()
