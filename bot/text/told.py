"""Words by which a sentence says of itself that nothing is happening now: a film, a dream, long ago, over and well, a joke, a wish to
prevent or to learn.

The danger model learns them too, but each beside the few dangers of its examples; said as a class they speak for every danger.
None of them rules danger out: each only moves a score, and a past that goes on (又, 现在, 刚才) does not count as past.
"""

from __future__ import annotations

import re

_STORY = re.compile(
    "电视|电影|动画片?|卡通|短视频|抖音|快手|刷到|小说|故事|绘本|游戏|做梦|做了个梦|噩梦|作文|课文|小品|节目|帖子|新闻|热搜|"
    "宣传栏|谣言|辟谣|童话|笑话"
)
# Who dreamt it says so with these; 做噩梦 alone is also what a frightened child does.
_DREAM = re.compile("梦见|梦到")
_PAST = re.compile(
    "去年|前年|大前年|小时候|那年|当年|年轻时|上个月|上星期|上周|上礼拜|上学期|上次|上回|那次|那回|曾经|几年前|年前|前几年|那几年|那阵|那段时间|"
    "(?:我|俺)(?:十?[一二两三四五六七八九]|[0-9]{1,2})岁(?:的时候|时|那年)|读书的?时候|年轻的时候"
)
_WELL = re.compile(
    "没什么?事|没得事|没有事|没大碍|没伤着?|没破皮?|没红|没肿|没碰着|没挨着|没哭|不疼了?|不哭不闹|(?:早|都|已经|就|今天)好了|消肿|消了|止住|"
    "退烧了|缓过来|能吃能|又吃又|接着玩|继续玩|还在玩|又跑了|又玩|活蹦乱跳|蹦蹦跳跳|精神(?:很|蛮|挺)?好|平平安安|好好的|虚惊|找到了|找着了"
)
_JOKE = re.compile("哈哈|嘻嘻|嘿嘿|笑死|逗死|好笑|笑嘻嘻|咯咯|玩笑|说着玩|闹着玩|笑翻|笑得")
# Before it happens: prevention, first aid as a lesson, drills. 假如我不在了 is no lesson: what speaks of one's own end stays.
_AHEAD = re.compile(
    "(?:怎么|怎样|如何|咋个?|咋样|啷个|点样)(?:样|才)?(?:能|可以|好)?(?:避免|预防|防(?!不))(?!.{0,4}自[杀残伤])|才不(?:得|会)|才唔会?|以防|"
    "(?:假如|假设|假使)(?!.{0,8}(?:不在|没有我|没了我|死|走了))|(?:万一|要是|如果)(?:以后|将来|哪天)(?!.{0,8}(?:不在|死|走了))|"
    "先学|(?<![上放开入同大小中])学学(?![校生习])|学一学|学习一?下|先了解|了解一下|正确的?(?:处理|步骤|做法|急救)|"
    "怕(?:他|她|娃儿?|孩子|崽|老人)?(?:走丢|走散|触电|噎|着火|被拐|误吃|中毒)|安全(?:的|教育)?作业|演习|演练|排练|彩排|讲座|手抄报|安全课"
)
_NOW = re.compile("现在|刚才|刚刚|这会|此刻|正在|今天又|今晚又|昨天又|又来|还没|到现在|这次|这回|救命|快来|怎么救|怎么急救")
_SHIFTS = ((_STORY, 0.5), (_DREAM, 0.7), (_PAST, 0.5), (_AHEAD, 0.5), (_WELL, 0.3), (_JOKE, 0.25))
# What goes on is neither past nor ahead, whatever else the sentence says.
_NOT_NOW = (_PAST, _AHEAD)
# Two kinds together say no more than one that is sure.
_MOST = 0.7


def speaks_against_now(squashed: str) -> float:
    """How much a text without spaces and punctuation says that nothing is happening: from 0 to 0.7, in the DangerModel's score."""
    found = sum(shift for words, shift in _SHIFTS if words.search(squashed) and not (words in _NOT_NOW and _NOW.search(squashed)))
    return min(found, _MOST)
