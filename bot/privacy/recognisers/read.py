"""Names that the reader sees from the sentence: 今天思雨又哭了, 班上和平跟建设老打架."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.called import FELT
from bot.privacy.lexicon.given import DOUBLED_EITHER, DOUBLED_WORDS
from bot.privacy.lexicon.lookalikes import FAMOUS, WORDS
from bot.privacy.lexicon.surnames import COMMON
from bot.privacy.reading.reader import reader
from bot.privacy.recognisers import cues
from bot.privacy.recognisers.doubled import SAYING
from bot.privacy.recognisers.evidence import measured, runs_on

# How sure it has to be: of what is no word, of a word that is made like a name (文静), of any other word (荔枝).
_LEAST, _LIKENESS, _WORD = 0.3, 0.8, 0.75
# Where only a child can be meant, of any word.
_KNOWN = 0.7
# Log odds of both models together, from which the reader is believed against LAC.
_TOGETHER = 0.3
# 蛋蛋 is a part of the body as often as a child, which `doubled.py` tells apart.
_NOBODY = re.compile(
    f"毛毛[虫雨]|保洁|豆苗|[\u4e00-\u9fff]+科|[高初][一二三]|[杨柳桃李梨]树毛?|雷锋日|[大小二三四五六七八老]?(?:{cues.FAMILIAR})|老[^{''.join(sorted(COMMON))}]|(?:{cues.PEOPLE}|{cues.TITLES}|{cues.FAMILIAR}|[我你他她它咱俺娃]|蛋蛋|[微薇徽维威]信号?|自己|大家|别人|人家|[大二三四小老][娃宝儿丫妞妹哥姐])+"
)
# Only of a child: then LAC, which reads 承恩 as a temple and 宇航 as space travel, has no say.
_CHILD_DOES = re.compile(
    "(?:他|她)?(?:今年|这次|这两天|今天|昨天|昨晚|晚上|最近|又|老是?|总是?|天天|从小|一直|在学校|在家|在幼儿园|现在|还|也|就|都){0,2}"
    "(?:会走路?|会说话|会叫|会爬|会翻身|上幼儿园|上学了|上[一二三四五六]年级|上小班|上中班|上大班|尿床|尿裤|断奶|长牙|发烧|咳嗽|拉肚子|吐奶|逃学|不肯|不想上学|不想读|不听话|不吃饭|不理我|不接电话"
    "|不写作业|写作业|挑食|认生|怕黑|考试|考了|打架|被打|被同学|顶嘴|哭|喜欢画|爱哭|住校|[一二两三四五六七八九十\\d]{1,2}岁)"
    "|的(?:老师|班主任|作业|书包|同学|同桌|成绩)|[他她](?:妈|爸|奶|爷|外)"
)
_MISSED = re.compile("(?:想|想念|夸|表扬|惦记|挂念|心疼|带着?|抱着?|陪着?|接|送)$")
_ENDS = re.compile("$|了(?:$|[，。！!,. ])|[，。！!,.]|去(?:医院|上学|打针|看病|幼儿园)|回(?:家|来|老家)")
_HAN = re.compile("[\u4e00-\u9fff]{2,}(?:·[\u4e00-\u9fff]+)*")
# 托|黄婶, 名|米热古丽: no surname, and done to whoever follows.
_DONE = set("托找问给让请叫喊把被见陪帮替名夸")
_LISTED = WORDS | FAMOUS
_NO_CHILD = _LISTED | DOUBLED_WORDS
_LIKENESSES = WORDS | (DOUBLED_WORDS - DOUBLED_EITHER)


def read_names(heard: Heard) -> Iterator[tuple[int, int]]:
    """Every name that the reader is sure enough of."""
    for each in heard.read:
        start, text = each.start, heard.text[each.start : each.end]
        if text[0] in _DONE and len(text) > 2 and (text[1] in COMMON or "·" in text):
            start, text = start + 1, text[1:]
        if (
            each.sort == "NAME"
            and _HAN.fullmatch(text)
            and not _NOBODY.fullmatch(text)
            and not measured(heard, start, text)
            and not _four(heard, start, each.end)
            and not _begins_a_word(heard, start, each.end)
            and not _half(heard, start, each.end)
            and (
                each.belief > _KNOWN
                if _evident(heard, start, each.end)
                else each.belief > _least(text) and _agreed(heard, start, each.end, each.belief)
            )
        ):
            # 项明|先动的手.
            yield start, each.end - (len(text) > 2 and runs_on(heard, each.end - 1))


def _begins_a_word(heard: Heard, start: int, end: int) -> bool:
    """小红|书, 汪汪|叫, 高兴|他爸回来了: what follows says that it is none."""
    if SAYING.match(heard.text, start):
        return True
    longer = any(heard.text[start:until] in _LISTED for until in range(end + 1, min(end + 2, len(heard.text)) + 1))
    felt = heard.text[start:end] in FELT and heard.after(end, 1) in ("他", "她", "我")
    # 杨梅树, 杨梅核.
    grows = heard.text[start : start + 2] in WORDS and heard.text[start + 2 : start + 3] in tuple("树花汁酒干叶皮籽核")
    return longer or felt or grows or (heard.text[start:end] in DOUBLED_WORDS and heard.after(end, 1) in ("叫", "响", "声"))


def _agreed(heard: Heard, start: int, end: int, belief: float) -> bool:
    """Whether LAC sees a name too, or doubts it no more than the reader is sure: 勒索, 柴堆 are none."""
    if any(word.tag == "PER" and word.start < end and word.end > start for word in heard.words):
        return True
    return _odds(belief) + _odds(heard.belief(start, end)) > _TOGETHER


def _half(heard: Heard, start: int, end: int) -> bool:
    """想史|圣杰: a word in front with the surname of whom LAC sees whole."""
    number = heard.word_at.get(start + 1)
    return number is not None and heard.words[number].tag == "PER" and heard.words[number].end > end


def _evident(heard: Heard, start: int, end: int) -> bool:
    """Whether the words around can only be said of a child: 承恩会走路了, 老师夸永福了."""
    before = heard.before(start, 2)
    if heard.text[start:end] in _NO_CHILD:
        return False
    if _MISSED.search(before) and _ENDS.match(heard.text, end):
        return True
    begins = not before or not before[-1].isalnum() or before[-1] in "说是给让"
    return begins and _CHILD_DOES.match(heard.text, end) is not None


def _odds(belief: float) -> float:
    belief = min(max(belief, 0.0005), 0.9995)
    return math.log(belief / (1 - belief))


def _least(text: str) -> float:
    if text in _LIKENESSES:
        return _LIKENESS
    return _WORD if reader().knows(text) else _LEAST


def _four(heard: Heard, start: int, end: int) -> bool:
    """Half of 平平安安 or of 高高兴兴; 欢欢和安安 are two."""
    pairs = (heard.text[start:end], heard.before(start, 2), heard.after(end, 2))
    whole = heard.text[start:end]
    doubled = [len(pair) == 2 and pair[0] == pair[1] for pair in pairs]
    return (doubled[0] and any(doubled[1:])) or (len(whole) == 4 and whole[0] == whole[1] and whole[2] == whole[3])
