"""What is seen, heard or read (睇套片, 追剧, 听书), what is long over and well, and food that is eaten “like rice”: no danger of any kind.

Beside `bot.text.told`, which knows the single words: here two words must stand together, so that a whole turn of speech is meant and more
may be believed of it. Who imitates what he saw, whom something has happened to since, and who drank bleach “like water” are in danger.
What each pattern is for stands case by case in tests/nlu/test_danger_tales.py.
"""

from __future__ import annotations

import re


def _any(*ways: str) -> re.Pattern[str]:
    return re.compile("|".join(ways))


# A tale: a work is taken in, and what it tells follows. 看戏摔了, 看书看着看着晕了 and a video call home (看视频) tell none.
_WORK = "(?:[网短韩连续古装电视]{0,3}剧|(?<!游)戏|片子?|电影|短视频|小说|网文|故事书?|书|新闻|直播|评书|广播剧|纪录片)"
_TAKES_IN = "(?:看|睇|追|听|煲|翻|读)(?:了|紧|着|完|过|咗|到)?(?:一?[个部本套条集场出段])?"
# 看剧看到老婆被打, and not 看剧看到一半 or 看到半夜.
_COMES_TO = ".?(?:[看睇追听读煲刷]|正听)?到(?!一半|半夜|晚上|现在|天亮|[一两三四五六七八九十0-9])"
_IN_IT = "里|入面|中|讲|演"
_TELLS = f"(?:{_COMES_TO}|{_IN_IT}|说(?!话)|有个|.{{0,6}}那[集段]|台上|女主|男主|主角|主播|[看睇]得)"
_SEEN = _any(
    f"{_TAKES_IN}{_WORK}{_TELLS}",
    f"{_WORK}(?:{_IN_IT}|里头)",
    "(?:课文|画本|绘本|动画片?|网课|综艺|短片)(?:里|中|讲|演|放)",
    "刷到(?!.{0,4}(?:监控|家里))",
    "(?:看|睇)(?:到|了)?(?:一?[个条]|好几个)(?:小|短)?视频",
    # Who only a work has.
    "女主|男主|主角|大结局|光头强|熊大",
    # Games, and not the chicken that is eaten; what the videos dare one to do.
    "吃鸡(?![爪腿蛋翅肉骨块]|.{0,2}[卡噎])|王者荣耀|挑战赛|挑战憋气",
)
_IMITATED = _any(
    "学着|跟着.{0,6}学|跟到学|照着|照到|照住|模仿|学人",
    "学(?:女主|男主|主角|电视|动画|里面|片|剧|视频)|学(?:他|她)?(?:们)?(?:那样|的样)",
    "也(?:要|去|想)试|非要试",
)
# It is about ours and not about theirs.
_KIN = "(?<!小)孩子|娃|儿子|女儿|闺女|崽|妹妹|弟弟|奶奶|爷爷|外婆|外公|老[二三]|小的|大的|孙[子女]|我妈|我爸"
_OURS = _any(
    "现在|刚才|刚刚|这会|今早|今晚|救命|打了?120|送医院|叫不|喊不|怎么救|怎么急救",
    "(?:我家|我屋|我们家|我)(?:的)?(?:那个)?(?:娃|孩子|儿子|女儿|闺女|崽|仔|老公)",
    f"(?:{_KIN}).{{0,10}}(?:掉|摔|栽|卡|噎|不见|没了|抽|晕|倒|烫|割|吞|咽|喝了|咬|电了|跑了|不动|血|吐|紫|喘)",
)

# Over and well: it was long ago, it ended well, and nothing has come of it since.
_LONG_AGO = _any(
    "年轻时|之前|那会|去年|大?前年|小时候|那年|当年|年前|早几年|前几年|初[一二三]那会|以前",
    "[一二两三四五六七八九十几]岁(?:那年|的?时候|那会|时)|岁半那年",
)
_TURNED_OUT = "(?:现在|如今|后来|今年|早就?|当天|当时|那时)[^不没疼痛]{0,6}"
_GROWN_UP = "长大|大学|上班|工作|上[一二三四五六小初高]|[0-9十一二三四五六七八九]+岁?了?$|十|是|冠军|清静|结婚|打篮球|讲起来|想起"
_TREATED = "打了?[^过]?针|打[一二三四五]针|打了?疫苗|好了|出院|送回|救"
_WELL_SINCE = _any(
    f"{_TURNED_OUT}(?:好好|没事|{_GROWN_UP}|{_TREATED})",
    "跑掉了|一回没犯|没再犯|再没|没(?:什么|啥)?后遗|年多?(?:了)?没事|打全了|打完了|都过去了|接回来了|救回来|捞上来",
    "(?:就|都|早)消了|疤(?:都|也)?淡|成了?(?:笑话|外号)|外号叫",
)
_SINCE = _any(
    "昨|今天|今早|今晚|今日|刚|又|还没|没打|一针|突然|忽然|这几天|这两天|最近|上个?月|上(?:个)?(?:礼拜|星期|周)",
    # What a bite that was not treated brings.
    "发烧|怕水|伤口|流脓|肿|不认",
)

# Food eaten “like rice”, drinks drunk “like water”: a way of speaking of too much. A man's liquor is one, a child's is not.
_DRINK = (
    "奶茶|可乐|雪碧|芬达|果汁|汽水|豆浆|牛奶|酸奶|奶粉|蜂蜜水?|椰子汁|椰汁|椰子水|凉茶|绿豆汤|咖啡|红牛|王老吉|加多宝|冬瓜茶|菊花茶|"
    "红茶|绿茶|茶水?|酸梅汤|米酒|啤酒|矿泉水|苏打水|钙奶|乳酸菌|养乐多|爽歪歪|甜水|糖水|米汤|面汤|火锅汤"
)
_SNACK = (
    "泡面|方便面|饼干|薯片|辣条|雪糕|冰棍|冰淇淋|糖果?|巧克力|面包|八宝粥|山楂片?|坚果|瓜子|零食|火腿肠|汉堡|炸鸡|月饼|蛋糕|"
    "益生菌|奶片|锅巴|虾条|海苔|话梅|葡萄干|红枣|桂圆"
)
_STAPLE = (
    "西瓜|水果|火龙果|板栗|红薯|玉米|苹果|香蕉|龙眼|荔枝|葡萄|橘子|番茄|黄瓜|萝卜|花生|豆腐|米饭|粥|肉|鸡蛋"
)
_MANS_LIQUOR = "(?:外公|爷爷|老公|公公|我爸|他爸|丈夫|男人)[^娃孩]{0,5}酒"
_LIKE = "当(?:成)?(?:水|饭|茶|饮料|糖|菜|零食|主食|正餐|早饭|晚饭)"
_LIKE_FOOD = re.compile(f"(?:{_DRINK}|{_SNACK}|{_STAPLE}|{_MANS_LIQUOR})[^农毒洗]{{0,4}}{_LIKE}")
_POISON = _any(
    "药|漂白|消毒|洁|洗|柴油|汽油|机油|酒精|樟脑|稀释|胶水|敌敌畏|百草枯|除草|香水|防冻|墨水|电池|烧碱|盐酸|水银|化肥",
    # How it goes on, and how much it was.
    "吐|晕|昏|抽|不醒|叫不|一瓶|半瓶",
)

TALE, OVER, FED = 0.9, 0.8, 1.2


def speaks_of_a_tale(squashed: str) -> float:
    """How much a text without spaces and punctuation says so: `FED`, `TALE`, `OVER` or 0, in the DangerModel's score."""
    if _LIKE_FOOD.search(squashed) and not _POISON.search(squashed):
        return FED
    if _SEEN.search(squashed) and not _IMITATED.search(squashed) and not _OURS.search(squashed):
        return TALE
    if _LONG_AGO.search(squashed) and _WELL_SINCE.search(squashed) and not _SINCE.search(squashed):
        return OVER
    return 0.0
