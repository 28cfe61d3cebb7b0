"""Names right behind 我叫, 孩子名字是, 姓: there almost anything is one, also 周末 and 高兴."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.ethnic import PATTERN, POINTED
from bot.privacy.lexicon.given import DOUBLED_WORDS, GIVEN, NICKNAMES
from bot.privacy.lexicon.lookalikes import WORDS
from bot.privacy.lexicon.surnames import COMPOUND, SINGLE
from bot.privacy.names import is_full, is_given
from bot.privacy.recognisers import cues
from bot.privacy.recognisers.pointed import pointed_name

# What follows 叫 when nobody is named.
NOT_NAMES = re.compile(
    "什么|啥|甚|咩|谁|哪|怎么|他|她|我|你|它|咱|人|妈|爸|爷|奶|外公|外婆|阿姨|叔叔|伯伯|姑姑|舅|姐|哥|弟|妹|老师|家长|孩子|娃|宝宝|宝贝|醒|车|外卖|救护|警察|医生|大夫|停|起床|回|出|来|去|不|了|过|着|得|的|一|两|个|几|声|喊|叫|骂|嚷|苦|屈|好|做作业|吃饭|写作业|都|也|就|很|太|真|没|有|是|在|到|把|被|给|让|跟|和|这|那|多|少|错|反|儿童|留守|早教|青春期|抑郁|自闭|多动|拼音|手足口"
    "|过敏|湿疹|疫苗|名字|名子|啊|吗|呢|吧|呀|哦|嘛|全部|大家|别人|同学|小朋友|老板|老公|老婆|婆婆|公公|亲戚|邻居|滴滴|出租|快递|客服|人工|取消|写|起|取|改|难|怎|咋|保密|填|要|想|能|可以|会|[0-9]"
)
_END_OF_NAME = re.compile(
    "[在是今上读说的了和跟也又就都不没才还去来有刚快现从被把给老爱喜会想要她他我你吗呢吧啊呀嘛吵哭闹，。、！？,.!? ]|$|几岁|多大|\\d"
)
_CHILD_CALLED = re.compile(f"(?:{cues.CHILDREN}|我|他|她|个|位|学|桌)(?:的?名字|大名|小名|就|都|也)?叫$")
_FAMILY = {
    "妈妈",
    "爸爸",
    "爷爷",
    "奶奶",
    "哥哥",
    "姐姐",
    "弟弟",
    "妹妹",
    "叔叔",
    "舅舅",
    "姑姑",
    "婆婆",
    "公公",
    "宝宝",
    "伯伯",
    "谢谢",
    "他他",
    "她她",
    "我我",
    "你你",
}
# 你叫我春花就行.
_CALL_ME = re.compile("(?:叫|喊)我(?P<name>[\u4e00-\u9fff]{2,3}?)(?=就行|就好|就可以|吧|好了|$)")
# 她喊我芳姐，不叫妈.
_CALLS_ME = re.compile("(?:叫|喊)我(?P<name>(?![大小二三四五老表堂亲干阿])[\u4e00-\u9fff][姐哥嫂姨叔婶])(?=$|[，,。！! 、]|不|就)")
# 娃姓岩: told of somebody, with nothing behind it, it is a surname, though a rare one.
_ANY_SURNAME = re.compile(r"(?<=[我俺娃他她爸妈公婆师])姓[ :：]?(?![啥什哪谁名氏不了吗呢都也是好])[\u4e00-\u9fff](?=$|[，,。！!\n])")
_LATIN = re.compile(
    r"(?!App|Wifi|Baby|Mama|Mom|Mum|Dad|Stop|Hello|Ok)[A-Z][a-z]{1,11}(?: [A-Z][a-z]{1,11})?(?![A-Za-z])"
)
_BAD_LAST = set("的了在是今上读说和跟也又就都不没才还去来有刚从被把给她他我你吗呢吧啊呀很啥什么")


def named(heard: Heard) -> Iterator[tuple[int, int]]:
    """Every name that is being told."""
    seen: set[int] = set()
    for match in cues.NAMING.finditer(heard.text):
        seen.add(match.end())
        yield from _told(heard, match.end(), True)
    for match in cues.LABELS.finditer(heard.text):
        if match.end() not in seen and not heard.text.startswith(
            ("叫", "是", "都", "就", "喊", "不", "也", "写"), match.end()
        ):
            yield from _told(heard, match.end(), False)
    for place in _after_called(heard):
        if place not in seen:
            yield from _told(heard, place, False)
    for match in _CALL_ME.finditer(heard.text):
        if (is_full(match["name"]) or is_given(match["name"])) and match["name"] not in WORDS:
            yield match.span("name")
    for match in _CALLS_ME.finditer(heard.text):
        yield match.span("name")
    yield from _surnamed(heard)


def _after_called(heard: Heard) -> Iterator[int]:
    for match in re.finditer(r"(?:叫|喊[她他])[做作]?[ ,，:：]?", heard.text):
        if match.start() == 0 or cues.CALLED.search(heard.text[: match.end()][-14:]):
            yield match.end()
    for match in re.finditer("是", heard.text):
        if cues.SELF.search(heard.text[: match.end()][-8:]) and _self(heard, match.end()):
            yield match.end()


def _self(heard: Heard, place: int) -> bool:
    """我是张伟: only what is made like a name and believed, for 我是单亲妈妈 too begins with a surname."""
    for length in (4, 3, 2):
        text = heard.after(place, length)
        if is_full(text) and text not in WORDS and heard.belief(place, place + len(text)) > 0.3:
            return True
    return False


def _surnamed(heard: Heard) -> Iterator[tuple[int, int]]:
    """老师姓刘."""
    for match in re.finditer(
        r"(?<![百尊同名大女男众贵家跟随])(?:免贵|我|他|她|本|老师|爸|妈)?姓[ :：]?(?=[\u4e00-\u9fff])", heard.text
    ):
        place = match.end()
        if _ANY_SURNAME.match(heard.text, match.start()):
            yield place, place + 1
            continue
        length = 2 if heard.after(place, 2) in COMPOUND else 1
        rest = heard.after(place + length, 1)
        if heard.after(place, length) in COMPOUND or (
            heard.after(place, 1) in SINGLE and (not rest or not rest.isalnum() or rest in "的叫名和，跟是那老啊吧")
        ):
            yield place, place + length


def _told(heard: Heard, place: int, certain: bool) -> Iterator[tuple[int, int]]:
    """The name at `place`. `certain`: 名字叫, after which a common word will do; after a mere 叫 it has to end the clause."""
    place += len(heard.text[place:]) - len(heard.text[place:].lstrip(' "“‘「《：:，,'))
    foreign = _LATIN.match(heard.text, place)
    if foreign:
        yield foreign.span()
    if place >= len(heard.text) or not "\u4e00" <= heard.text[place] <= "\u9fff":
        return
    for pattern in (POINTED, PATTERN):
        match = pattern.match(heard.text, place)
        if match:
            yield match.span() if pattern is PATTERN else pointed_name(heard, *match.span())
            return
    spread = re.match(
        r"[\u4e00-\u9fff](?: [\u4e00-\u9fff]){1,2}(?=$|[^\u4e00-\u9fff]|[的今在上是，])", heard.text[place:]
    )
    if spread and spread.group()[0] in SINGLE:
        yield place, place + spread.end()
        return
    doubled = (
        heard.text[place : place + 1] == heard.text[place + 1 : place + 2] and heard.after(place, 2) not in _FAMILY
    )
    if (
        not doubled
        and NOT_NAMES.match(heard.text, place)
        and not (heard.text[place] in SINGLE and heard.belief(place, place + 2) > 0.5)
    ):
        return
    end = _end(heard, place, certain)
    if end:
        yield place, end


def _end(heard: Heard, place: int, certain: bool) -> int:
    """Where the name that begins at `place` ends; 0 when there is none."""
    clean = re.match(r"[\u4e00-\u9fff]{2,4}(?=$|[^\u4e00-\u9fff])", heard.text[place:])
    scored = [(_score(heard, place, place + length, certain), place + length) for length in (2, 3, 4)]
    score, end = max(scored)
    if score > 0:
        return end
    return place + clean.end() if certain and clean and clean.end() <= 3 else 0


def _score(heard: Heard, start: int, end: int, certain: bool) -> float:
    text = heard.text[start:end]
    if end > len(heard.text) or not re.fullmatch("[\u4e00-\u9fff]+", text):
        return 0
    if text[-1] in _BAD_LAST and not (len(text) == 2 and text[0] == text[1]):
        return 0
    shaped = is_full(text)
    boundary = end == len(heard.text) or end in heard.word_at
    follows = bool(_END_OF_NAME.match(heard.text, end))
    nick = text in NICKNAMES or text in DOUBLED_WORDS or (len(text) == 2 and text[0] == text[1]) or text[0] in "小阿"
    if not (nick or certain or _like_one(heard, start, end, shaped and boundary and follows)):
        return 0
    if len(text) == 4 and not shaped:
        return 0
    score = (
        heard.belief(start, end) * len(text)
        + (1.0 if shaped else 0)
        + (0.5 if boundary else 0)
        + (0.7 if follows else 0)
    )
    return (
        score
        + (0.6 if len(text) == 3 and shaped else 0)
        + (0.5 if nick else 0)
        + 0.2 * sum(each in GIVEN for each in text[1:])
        - 0.9
    )


def _like_one(heard: Heard, start: int, end: int, clear: bool) -> bool:
    """After a mere 叫: believed, or a surname with given characters where the clause goes on as after a name."""
    text = heard.text[start:end]
    if text in WORDS or text[:2] in WORDS:
        ends = end == len(heard.text) or not heard.text[end].isalnum()
        return (clear or ends or (is_full(text) and heard.belief(start, end) > 0.15)) and bool(
            _CHILD_CALLED.search(heard.before(start, 6))
        )
    if is_full(text):
        return clear or heard.belief(start, end) > 0.25
    if is_given(text):
        return heard.belief(start, end) > 0.2 or bool(_CHILD_CALLED.search(heard.before(start, 6)))
    return len(text) > 1 and (text[0] in SINGLE or text[:2] in COMPOUND) and heard.belief(start, end) > 0.4
