"""Whether one who is called so acts, and whether a clause begins: what nicknames of common words need around them."""

from __future__ import annotations

import re

from bot.privacy.heard import Heard
from bot.privacy.recognisers import cues

ACTING = re.compile(
    "不爱|不敢|坐不住|不乖|特别|好动|挑食|不理|不肯|不想|不会|不吃|不睡|不听|说|哭|想|发烧|今年|昨天|今天|又|怕|最近|在家|在幼|掉|摔|会走|会说|会叫|打疫苗|三岁|两岁|四岁|五岁|六岁|七岁|八岁|\\d"
)


# What is done to and said of children only: then 糯米 and 点点 are somebody.
_DONE_TO = re.compile("(?:给|教|带|陪|接|抱|哄|骂|打|夸|惯|想|念|跟|和|问|让|叫|昨晚|晚上|今天|昨天|说|岁的|月的|(?P<alone>^|[，,。！!？? ]))$")
_TO_A_CHILD = re.compile(
    "(?:买了?[一二两个件双]|打(?:个|了)?(?:电话|视频)|视频|打视频|讲(?:故事|道理|题)|写作业|认字|说话|洗澡|换尿|穿衣|喂[饭奶药]|请假|报名|报了?个|辅导|发烧|咳嗽|吐了|哭|闹|不听话|不肯|不想|不爱|跟同学|和同学|考了)"
)
_OF_A_CHILD = re.compile(
    "(?:才|快|刚|今年|都|已经|马上)?(?:[一二两三四五六七八九十\\d]{1,2}(?:岁|个多?月大?)|满月|周岁)|(?:他|她)(?:爸|妈|爷|奶|外婆|外公|姥)|(?:的?(?:爸爸|妈妈|爷爷|奶奶|外婆|外公))(?:身体|说|带|管|又|不|也)|断奶|尿[床裤]|[长出换掉]牙|(?:老|爱|总)?(?:咬指甲|吃手)|认生|挑食|发烧|咳嗽|不肯|不听话|又不肯|又哭|又闹|哭着|哭了|喜欢(?:画|听|看|跟|和|唱|跳)|(?:和|跟)(?:姐姐|妹妹|哥哥|弟弟|同学|小朋友|爷爷|奶奶|人)(?:老|又|总|天天|打|吵|抢|玩)|会(?:走|爬|叫|说|翻身|坐|背|唱|写)|上(?:幼儿园|小学|[一二三四五六]年级|[小中大]班|学)"
)


def child_there(heard: Heard, start: int, end: int) -> bool:
    """Whether only a child can stand at [start, end): 糯米才五个月, 给糯米讲故事."""
    lead = _DONE_TO.search(heard.before(start, 2)) or (None if start else _DONE_TO.match(""))
    if lead is None:
        return False
    after = heard.after(end, 12)
    return bool(_OF_A_CHILD.match(after) or (lead["alone"] is None and _TO_A_CHILD.match(after)))


def begins_clause(heard: Heard, start: int) -> bool:
    before = heard.before(start, 2).rstrip(" ")
    return not before or not before[-1].isalnum() or before[-1] in "和跟的把被给让叫是但然后那说想"


def acts(heard: Heard, end: int) -> bool:
    after = heard.after(end, 4)
    return not after or bool(cues.ACTS_AFTER.match(after)) or bool(cues.KIN_AFTER.match(after))
