"""Words by which a sentence says of itself that nothing is happening now: a film, a dream, long ago, over and well, a joke, a wish to
prevent, to learn or to buy, a thing or an animal that is lost and not a child, a way of speaking (气死我了), a place that could become
dangerous (池塘边没围栏), a bruise and no more (手被门夹青了).

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
    "(?:我|俺)(?:十?[一二两三四五六七八九]|[0-9]{1,2})岁(?:的时候|时|那年)|读书的?时候|年轻的时候|"
    "岁那年|(?:失踪|掉|烫|走丢|走散|出走|中毒|中暑|溺水|缝)过(?![去来头程完后了几之以不没还敏马路河街]|一?次又)"
)
_WELL = re.compile(
    # 看着没事, 奶奶说没事: so poison is played down, too.
    "(?<!看着)(?<![奶爷婆公妈爸][说讲])没什么?事|没得事|没有事|没大碍|没伤着?|没破皮?|没红|没肿|没碰着|没挨着|没哭|不疼了?|不哭不闹|(?:早|都|已经|就|今天)好了|消肿|消了|止住|"
    "没起(?:水)?泡|早出院|后来[^还没不]{0,6}找到|退烧了|缓过来|能吃能|又吃又|接着玩|继续玩|还在玩|又跑了|又玩|活蹦乱跳|蹦蹦跳跳|精神(?:很|蛮|挺)?好|平平安安|好好的|虚惊|找到了|找着了"
)
_JOKE = re.compile("哈哈|嘻嘻|嘿嘿|笑死|逗死|好笑|笑嘻嘻|咯咯|玩笑|说着玩|闹着玩|笑翻|笑得")
# Before it happens: prevention, first aid as a lesson, drills. 假如我不在了 is no lesson: what speaks of one's own end stays.
_AHEAD = re.compile(
    "(?:怎么|怎样|如何|咋个?|咋样|啷个|点样)(?:样|才)?(?:能|可以|好)?(?:避免|预防|防(?!不))(?!.{0,4}自[杀残伤])|才不(?:得|会)|才唔会?|以防|"
    "(?:假如|假设|假使)(?!.{0,8}(?:不在|没有我|没了我|死|走了))|(?:万一|要是|如果)(?:以后|将来|哪天)(?!.{0,8}(?:不在|死|走了))|"
    "先学|(?<![上放开入同大小中])学学(?![校生习])|学一学|学习一?下|先了解|了解一下|正确的?(?:处理|步骤|做法|急救)|"
    "怕(?:他|她|娃儿?|孩子|崽|老人)?(?:走丢|走散|触电|噎|着火|被拐|误吃|中毒)|安全(?:的|教育)?作业|演习|演练|排练|彩排|讲座|手抄报|安全课"
)
# The rest is believed in few words only: a long story has room for all of them beside what happens.
_ASKED = re.compile(
    "(?:什么|啥|哪样)(?:叫|是)(?!我|让|办)|(?:叫|是)(?:什么|啥)意思|会?遗传|潜伏期|有没有毒|有毒[没吗]|"
    "(?:怎么|怎样|如何|咋)(?:认(?!错)|辨|分辨|区分|收|藏|放|存|保管)|(?:哪种|哪款|什么牌子)(?!药|虫|蛇)|多久(?:检|换|查)一?次|几公斤|靠谱[吗不]|"
    "(?:要不要|该不该|用不用)(?:买|装|学|报名|换|戴)|(?:哪里|哪儿|去哪)(?:能|可以)?(?:买|学|报名)|(?:放|藏|收|搁|挂)(?:在)?(?:哪|什么地方)"
)
_THING = (
    "手机|钥匙|书包|水壶|帽子|雨鞋|皮球|篮球|足球|水桶|桶|眼镜|钱包|耳环|戒指|脸盆|勺子|雨伞|作业本?|铅笔|风筝|无人机|遥控器|红领巾|"
    "耳机|饭卡|布娃娃|洋娃娃|奶瓶|手表|乌龟|金鱼|仓鼠|兔子|鹦鹉|小?狗狗?|小?猫咪?|小?鸡仔?|小?鸭子?|羊羔?|牛|蚕宝宝|蚕"
)
_LOST = re.compile(
    f"(?<!追)(?<!捡)(?<!捉)(?:{_THING})(?:又|也|都|给|被|让|不小心|全|刚)?"
    "(?:掉|落|滑|飘|冲走|丢|没了|找不|不见|泡水|走丢|跑丢|死了|淹死|摔)(?!.{0,12}(?:娃|孩|人|他|她|妹|弟|床|打不通|关机|岸|[河塘江井库水]边))"
)
_SAYING = re.compile(
    "(?:气|累|烦|忙|笑|丑)死(?:我|人|了)|吓死宝宝|(?:热|冻|困|堵|穷|贵)死|想死(?:你|他|她|娃|孩子|我)(?!了之)|饿死鬼|死磕|跳楼价|打死(?:我)?(?:也|都)不|"
    "热得要命|忙得要[死命]|困得要[死命]|笑岔|笑喷"
)
# What could happen one day, where nothing is said to have happened.
_HAZARD = re.compile(
    "^(?!.*(?:掉|落|跌|摔|滚|滑下|翻[下过出了]|[爬站坐]|喊|救|捞|沉|漂|不见|找不|水里|摸了|碰[了到着]|一[碰摸]|电[到了着倒得]|触电|麻|弹|冒烟|火|烧|黑|不动|血|醒|死))"
    ".*(?:没有?|还没|没得)(?:装|盖|围|拦|做|砌|设)?(?:围栏|护栏|栏杆|栅栏|围墙|盖板|盖子|扶手|防护网|罩子?|拦(?![住着下])|盖|围(?![住着]))|"
    "^(?!.*(?:摸了|碰[了到着]|一[碰摸]|电[到了着倒得]|触电|倒|麻|弹|冒烟|火|烧|黑|不动|打[飞到]))"
    ".*(?:电线|线路|线头|插座|插线板|插排|插板)(?:的?皮|头)?(?:都|全|又|给)?(?:裸|露|老化|破|旧|松|裂|没盖)"
)
# A bruise or a graze, where nothing worse is said and nobody did it.
_BRUISE = re.compile(
    "^(?!.*(?:血|吐|晕|昏|断|骨|动不|不动|不会动|肿得|[一浑全满]身|打|掐|抽|踹|揍|捏|头|脑|睡|不醒|不应|[走站抬爬起]不|弯|车.{0,4}[撞刮碰带挂压碾轧]|老师|疤|胸|(?<!腿)肚|眼|嘴|唇|脸|尿|塘|河|水里|一碰|红通|疼得))"
    "(?=.*(?:夹|磕|碰|撞|踢|蹭|擦|摔|跌|刮)).*(?:青|紫|红|破了?一?点?皮|擦伤|蹭破|擦破|磨破)"
)
_FEW = 24
_NOW = re.compile("现在|刚才|刚刚|这会|此刻|正在|今天又|今晚又|昨天又|又来|还没|到现在|这次|这回|救命|快来|怎么救|怎么急救")
_SHIFTS = ((_STORY, 0.5), (_DREAM, 0.7), (_PAST, 0.5), (_AHEAD, 0.5), (_WELL, 0.3), (_JOKE, 0.25))
_SHIFTS_IN_FEW = ((_ASKED, 0.5), (_LOST, 0.5), (_SAYING, 0.3), (_HAZARD, 0.5), (_BRUISE, 0.5))
# What goes on is neither past nor ahead nor asked to learn, whatever else the sentence says.
_NOT_NOW = (_PAST, _AHEAD, _ASKED)
# Two kinds together say no more than one that is sure.
_MOST = 0.7


def speaks_against_now(squashed: str) -> float:
    """How much a text without spaces and punctuation says that nothing is happening: from 0 to 0.7, in the DangerModel's score."""
    shifts = (*_SHIFTS, *_SHIFTS_IN_FEW) if len(squashed) <= _FEW else _SHIFTS
    found = sum(shift for words, shift in shifts if words.search(squashed) and not (words in _NOT_NOW and _NOW.search(squashed)))
    return min(found, _MOST)
