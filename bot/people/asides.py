"""What else a parent says to a question of the profile: a correction, two children at once, a child to be born, why it is asked."""

from __future__ import annotations

import re
from datetime import date

from bot.people.answers import read_birth
from bot.people.parents import Child
from bot.text.plain import plain, squash

_CORRECTS = re.compile(
    r"^(?:哎呀?|啊|哦|噢|等一?[下等]|刚才|我|是)*[，, ]*(?:不对|错了|[说打写填按点选搞弄]错|更正|纠正|改一?下|改成|改为|(?:我|要|想)*改|应该是|不是(?:.{1,6}?[，, ]?(?=是))?)"
    r"(?:了|一下|成|为|啦|的)*[，,。、:： ]*(?:应该|其实|孩子|他|她|我)*(?:是)?(?P<rest>.+)$"
)
_LONGEST = 16
_SAME = re.compile(r"(?:也|都|也是|都是|还是)?(?:(?:跟|和|同)?(?:老大|大的|哥哥|姐姐|上面|前面|上一个|那个)?(?:的)?一样|同上)(?:的|吧)?|也是")
_FIRST = r"(?:老大|大的|大娃|大宝|哥哥|姐姐|大儿子|大女儿|儿子|女儿|男孩|女孩|男的|女的|一个)"
_SECOND = r"(?:老二|小的|二的|二娃|二宝|小宝|弟弟|妹妹|小儿子|小女儿|儿子|女儿|男孩|女孩|男的|女的|一个)"
_TWO = re.compile(rf"^(?:我)?(?:家)?(?:有)?(?:两个|俩|2个)?(?:娃|孩子)?[，, ]*{_FIRST}(?P<first>[^，, ]{{1,8}}?)[，,、 ]*(?:和|跟|还有)?{_SECOND}(?P<second>.{{1,8}})$")
_UNBORN = re.compile(r"没出生|未出生|没生|还在肚子|肚子里|怀着|怀孕|怀上|预产|要生|快生|明年.{0,4}生")
_TOO_OLD = re.compile(r"^\D{0,4}(?P<years>\d{2,3})(?:周?岁)?\D{0,2}$")
_WHY = re.compile(r"为什么|为啥|为何|干嘛|干吗|干啥|干什么|做什么|什么用|啥用|有用吗|咩用")
_ABOUT_A_CHILD = re.compile(r"孩子|娃|儿子|女儿|宝宝")
_MORE = re.compile(r"^(?:还?有|有的)?[，, ]*(?:还)?(?:有)?(?:一?个|俩|两个)?(?:小的|老二|大的)?[，, ]*")


def corrected(text: str) -> str | None:
    """What a correction puts in the place of what was said: 不对，是四岁 → 四岁, 不是奶奶是外婆 → 外婆; None when it is none."""
    match = _CORRECTS.match(plain(text)) if len(squash(text)) <= _LONGEST else None
    return match["rest"].strip() if match else None


def same_as_before(text: str) -> bool:
    """一样, 同上, 跟老大一样: the second child as the first."""
    return bool(_SAME.fullmatch(squash(text)))


def first_of_two(text: str, today: date) -> Child | None:
    """大的12小的3岁 → the first child; None when not both ages stand there."""
    match = _TWO.match(plain(text))
    if match is None:
        return None
    first, second = (read_birth(match[name].strip("是今年，, "), today) for name in ("first", "second"))
    return first if first and second else None


def one_more_of_age(text: str, today: date) -> Child | None:
    """还有个3岁的, 三岁: said to “还有别的孩子吗”, the next child's age."""
    return read_birth(_MORE.sub("", plain(text)), today)


def is_unborn(text: str) -> bool:
    """还没出生, 明年三月生."""
    return len(squash(text)) <= _LONGEST and bool(_UNBORN.search(squash(text)))


def is_grown_up(text: str) -> bool:
    """20岁, 99: an age above those that are kept."""
    match = _TOO_OLD.match(plain(text))
    return match is not None and int(match["years"]) >= 18


def asks_why(text: str) -> bool:
    """为什么要记这个: about the question, not about a child."""
    said = squash(text)
    return len(said) <= _LONGEST and bool(_WHY.search(said)) and not _ABOUT_A_CHILD.search(said)
