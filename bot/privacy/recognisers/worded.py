"""Names that are words of every day: 国庆他妈, 和平今年十岁, 胜利跟人打架.

The reader is careful with words; here what follows can only be said of somebody, mostly of a child.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.called import BORN, FELT, WAITED, WISHED
from bot.privacy.recognisers import cues

# All of two characters: looking each pair up is faster than a pattern of so many words.
_CALLED = WISHED | BORN
_WAITED = re.compile(f"(?<![\u4e00-\u9fff]){WAITED}(?!弟)|(?<=[和跟]){WAITED}(?!弟)|{WAITED}(?=[和跟]{WAITED})")
# Whose: behind a feeling 他 begins the next sentence.
_HIS = re.compile("[他她](?:爸|妈|爹|娘|爷|奶|外婆|外公|舅|姑|姥|姨|叔|哥|姐)|的?(?:班主任|作业本|书包)")
_NUMBER = "(?:\\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_AGED = re.compile(f"(?:今年|现在|已经|都|才|快|刚)?{_NUMBER}(?:岁|个月大)|(?:今年|都|已经){_NUMBER}了")
_THIS = re.compile("[这那](?:孩子|娃|小子|丫头|妮子)")
_CHILD_DOES = re.compile(
    "(?:他|她)?(?:今年|这次|这两天|今天|昨天|昨晚|最近|又|老是?|总是?|天天|晚上|从小|一直|在学校|在家){0,2}"
    "(?:尿床|尿裤|逃学|逃课|旷课|打架|跟人打|跟同学|和同学|被同学|被老师|爬树|爬墙|跟奶奶|跟爷爷|跟外婆|不理我|不叫我|不肯叫|不肯上学|不肯吃|不肯写|不肯接|不肯睡|不想上学|不想读书|不写作业|不吃饭|不睡觉|不听话|挑食"
    "|咬人|咬指甲|偷(?:看|钱|拿|东西|玩)|撒谎|说谎|顶嘴|考(?:了|得|差|不)|会翻身|会爬|会走|会叫|长牙|断奶|摔了|磕了|发烧|拉肚子|哭着|住校|上课|上[一二三四五六]年级|上初|上高|上幼儿园|上大班|上小学|当上班|当班长|得了奖|得奖|问(?:我|能|你|什么|啥))"
)
_WHEN = frozenset("今天 明天 未来 永远 向前".split())
# 夏天今天发烧: of two words for a time one is a child.
_TODAY = re.compile("今天|昨天|昨晚|刚才|今早")
_SPOKEN_TO = re.compile("[，, ]?你(?:放学|回来|回家|吃|听|在学校|要听|作业|到家|啥时|什么时)")
# 给胜利打电话, 问和平想不想我.
_GIVEN_TO = re.compile("(?:给|跟|问|叫|带|骂|打|陪|抱|教)$")
_RECEIVES = re.compile(
    "(?:打电话|打个电话|视频|买|报名|报了|请假|辅导|洗澡|写作业|他也|想不想|想要啥|去看病|去打针|去医院|回老家|说话他|道歉|一顿)"
)
_BEGINS = set("和跟对让把被给说是叫")


def worded(heard: Heard) -> Iterator[tuple[int, int]]:
    """Every one."""
    for start in range(len(heard.text) - 1):
        end = start + 2
        if heard.text[start:end] in _CALLED and _alone(heard, start, end) and _is_somebody(heard, start, end):
            yield start, end
    for match in _WAITED.finditer(heard.text):
        yield match.span()


def _alone(heard: Heard, start: int, end: int) -> bool:
    """Not a part of a longer word: 国庆节, 高兴旺, 安静静."""
    inside = start in heard.word_at or heard.before(start, 1) in _BEGINS
    return inside and heard.text[end : end + 1] not in ("节", heard.text[end - 1])


def _is_somebody(heard: Heard, start: int, end: int) -> bool:
    text = heard.text[start:end]
    before = heard.before(start, 6)
    child = re.search(f"(?:{cues.CHILDREN})$", before) is not None or cues.HOME_BEFORE.search(before) is not None
    if not (child or not before or not before[-1].isalnum() or before[-1] in "和跟被"):
        return text in WISHED - FELT and bool(_GIVEN_TO.search(before) and _RECEIVES.match(heard.text, end))
    aged = _AGED.match(heard.text, end)
    if text in FELT:
        # 高兴今年七岁了; 今天 and 明天 say when.
        alone = not before and heard.text.startswith("今年", end) and text not in _WHEN
        return aged is not None and (child or alone)
    if text in BORN and not before and _TODAY.match(heard.text, end) and _CHILD_DOES.match(heard.text, end):
        return True
    if aged or _THIS.match(heard.text, end) or _HIS.match(heard.text, end) or before[-1:] == "被":
        return True
    return text in WISHED and bool(_CHILD_DOES.match(heard.text, end) or _SPOKEN_TO.match(heard.text, end))
