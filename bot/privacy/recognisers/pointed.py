"""Where a name with a point begins and ends: the point is sure, its surroundings run on. 我叫|阿依古丽·买买提|上三年级."""

from __future__ import annotations

import re

from bot.privacy.heard import Heard
from bot.privacy.lexicon.ethnic import PATTERN

_LEADS_UP = re.compile(
    "^.*(?:[叫是名我他她姓的娃俺咱]|孩子|女儿|儿子|老师|同学|家长|家里|妈妈|爸爸|老公|老婆|丈夫|妻子)"
)
_RUNS_ON = re.compile(
    "[在是今上读说的了和跟也又就都不没才还去有刚从被把给她他我你吗呢吧很三四五六七八九十一二两]|老师|同学|妈妈|爸爸|孩子|生病|发烧|喜欢|电话"
)
# What sounds of other languages are written with.
SOUNDS = re.compile(
    "[阿艾爱埃安奥巴白拜班本比别布才达代丹德迪地丁东多尔法凡费夫干甘高格戈贡古哈海汗合赫洪胡吉加贾江杰金居卡喀开凯坎科可克肯孔库拉来兰朗勒雷里力利列林龙卢鲁罗洛马麦曼毛梅门蒙米明莫木姆穆拿那纳乃奈南尼娜努诺欧帕派潘皮普其齐奇恰乔切琼热仁日茹如萨赛桑沙尚莎苏索孙塔台泰坦特提吐图土托瓦外万旺维翁沃乌吾西希夏肖谢辛雅亚依伊衣易英于玉孜扎则泽者珍子祖佐不丽甫买再荪逊肉尤玛丹翰胜赛罕娅黛]+"
)
_POINTS = "·•・‧∙"


def pointed_name(heard: Heard, start: int, end: int) -> tuple[int, int]:
    """The name within a run of characters around a point."""
    text = heard.text[start:end]
    first = min(text.index(point) for point in _POINTS if point in text)
    last = max(text.rindex(point) for point in _POINTS if point in text)
    leads = _LEADS_UP.match(text[:first])
    begin = leads.end() if leads and leads.end() < first else 0
    known = PATTERN.match(text, last + 1)
    sounds = SOUNDS.match(text, last + 1)
    runs_on = _RUNS_ON.search(text, last + 2)
    stop = runs_on.start() if runs_on else len(text)
    if known or (sounds and sounds.end() > last + 2):
        stop = max(match.end() for match in (known, sounds) if match)
        # 不 is a sound too (阿不都), at the end it begins the next word.
        stop -= text[stop - 1] in "不里上在老西外" and heard.person_at(start + stop - 1) < 0.5
    return start + begin, start + stop
