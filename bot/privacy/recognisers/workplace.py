"""Workplaces with their names: 鸿运电子厂, 富士康龙华厂区, 东莞市华盛鞋业有限公司.

Forms of names: 企业名称登记管理规定 (State Council decree 734): place, name, trade, kind of company. https://www.gov.cn/zhengce/content/2021-01/14/content_5579750.htm
A trade alone (电子厂, 工地, 服装厂) is shared by millions and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.privacy.heard import Heard
from bot.privacy.lexicon.brands import brands, is_word
from bot.privacy.lexicon.places import COARSE, TOWNS
from bot.privacy.recognisers.employed import FIRMS, SHOPS, buys, employed, shops, told, works_there
from bot.privacy.recognisers.named import is_proper, is_sure, is_told, name_start
from bot.privacy.recognisers.slots import slots
from bot.privacy.spans import Found, Kind

TRADES = (
    "木器|皮鞋|童鞋|皮衣|竹木|化纤|棉纺|毛纺|丝绸|线缆|光学|胶合板|铝合金|铸件|锻造|标准件|紧固件|水晶|编织|文具|乐器|渔具|锁具|奶粉|豆腐|米粉|面条|粉丝|调味品|卤味|冻品|烘焙|茶叶|印花|洗水|水洗|染整|橡塑|泡沫|海绵|硅胶|胶带|标签|彩印|彩盒|纸袋|锂电|蓄电池|太阳能|风电|变压器|开关|插座|线束|传感器|厨具|炊具|刀具|磨具|砂轮|农机|叉车|电梯|船舶|集装箱|毛衫|皮件|绣花|刺绣|成衣|热处理|船|不锈钢|电镀|燃气|煤气|自来水|供电|炮竹|鞭炮|烟花|海鲜加工|海鲜|喷漆|喷涂|打磨|抛光|压铸|冲压|注射|吸塑|丝印|烫金|贴片|插件|充电器|耳机|电线|电缆|灯泡|LED|风扇|空调|冰箱|洗衣机|马达|轴承|螺丝|弹簧|齿轮|阀门|水管|卫浴|洁具|门窗|地板|沙发|床垫|窗帘|毛巾|袜子?|手套|帽子?|围巾|拉链|纽扣|羽绒服?|牛仔|童装|西服|校服|蛋糕|面包|糖果?|月饼|罐头|肉联|冷库|豆制品|调料|酱油|烟|卷烟|肥皂|洗涤|香料|电子|电器|电池|电机|电脑|电路板|线路板|半导体|服装|制衣|衣服|内衣|毛织|针织|纺织|印染|布|鞋|鞋业|皮革|皮具|箱包|手袋|玩具|五金|塑胶|塑料|注塑|模具|家具|家私|木材|板材|印刷|包装|纸箱|纸品|造纸|食品|饼干|饮料|酒|屠宰|水产|冷冻|陶瓷|瓷砖|玻璃|灯饰|灯具|照明|光电|化工|油漆"
    "|橡胶|轮胎|水泥|砖|钢铁|钢|铝材|铝业|铸造|机械|机床|汽车|汽配|配件|零件|摩托车|电动车|自行车|造船|眼镜|钟表|首饰|珠宝|雨伞|化妆品|日化|药|制药|医疗器械|口罩|手机|数码|精密|科技|实业|工业|制品|加工|制造|代工|组装|外贸|物流|快递|运输|贸易|建筑|建设|工程|装修|装饰|劳务|家政|保洁|保安|物业|餐饮|投资|发展|服饰|纸|花|茶|米|面粉|饲料|养殖|养猪|养鸡|砂石|石材|矿|煤"
)
STRONG = re.compile(
    f"(?:{TRADES})*(?:有限责任公司|股份有限公司|有限公司|分公司|总公司|公司|集团|工业园区?|科技园区?|产业园区?|物流园区?|厂区|工厂|分厂|总厂|项目部|厂(?![里长子房家商妹服牌门车哥弟矿区工规休]))"
)
GENERAL = re.compile(
    f"{TRADES}|朋友|亲戚|老乡|熟人|同学|邻居|大厂|小厂|工业区|开发区|沿海|正规|流水线|南方|北方|郊区|沿路|大|小|黑|老|新|旧|好|差|私人|私营|国营|国有|民营|外资|台资|港资|台湾|日资|韩资|合资|外国|本地|当地|外地|附近|隔壁|对面|旁边|门口|楼下|村[里口]?|镇[里上]?|县[里城]?|市[里]?|城[里]?|乡下|老家|家|我们|你们|他们|自己|别人|人家|孩子|老公|老婆|爸爸|妈妈|老板|工人|工友|打工|上班|农民工"
    "|一|二|三|两|几|个|家|间|的|里|里面|上|下|边|这|那|哪|什么|啥|多|每|全|整|本|同|同个|同一|某|各|其他|其它|别的|原来|以前|现在|今天|明天|昨天|晚上|白天|半夜|夜班|白班|人民|中心|中|第|卫生|妇幼|保健|儿童|中医|专科|综合|公立|私立|精神|口腔|农贸|菜|批发|人才|劳动力|建材|二手|夜|海鲜|水果|生鲜|跳蚤|连锁|五星级?|星级|高档|上市|保险|物业|房地产|地产|电信|通信|搬家|出租车|网约车|外省|外市|前|满|喺|嚟|中国|国家|铁路|燃气|高速|外卖|游戏|旅游|培训|中介|劳务派遣|派遣|局|官网|小额|贷款|平台"
)
WORK = re.compile(
    "贴瓷|贴砖|糊|刷墙|砌|炸|烤|洗|铺|绑|修|焊|缝|装货|装卸|卸货|切|端|拧|看门|值班|站岗|分拣|配送|打包|招人|上班|打工|干活|工作|做|当|洗碗|搬|招|保安|服务员|收银|打螺丝|流水线|[白夜]班|倒班|两班|车间|宿舍|送|跑|扫地|端盘|切菜|站柜|理货|开车|进厂|[^怎多]干|工资|加班|厂"
)
# By their numbers: 中铁十二局.
BUILDERS = re.compile("中建[一二三四五六七八]局|中铁(?:[一二三四五六七八九十]+局|隧道局?|大桥局?|电气化局?|建工|建设|城建)|中交(?:[一二三四]航局|[一二三四]公局|路桥|隧道局)|水电[一二三四五六七八九十]+局|中?(?:国)?(?:一|二|三|五|十|十[三四五七九]|二十|二十[二三])冶(?=的|集团|在|上|做|，)")
# Nobody speaks of these but who works there.
MAKERS = re.compile(
    f"{BUILDERS.pattern}|工业富联|鸿富锦|世硕|信泰光学|三一重工|中联重科|江铃|徐工|柳工|玉柴|福耀|宁德时代|富士康|比亚迪(?=.{{0,4}}厂)|立讯精密|仁宝|广达|和硕|伟创力|捷普|歌尔|蓝思科技|欣旺达|华星光电|舜宇|瑞声|伯恩光学|裕元|申洲|达丰|纬创|昌硕|英业达|可成|铠胜|葛洲坝"
)
_AT = re.compile("(?:在|进了?|去了?|到|是|给|替|帮|入职|来了?)$")
_SITE = re.compile(
    "[^\\W\\d的在了]{0,4}?(?:厂区|工厂|园区|科技园|工业园|基地|分公司|公司|集团|工地|厂(?![里长子房家商妹服牌门车哥工])|店)"
)
# 吉利汽车, 申通快递: part of the name where someone works there.
_TRADE = re.compile(
    f"(?!屠宰|插件|贴片|打磨|抛光|喷漆|喷涂|冲压|组装|运输|保洁|保安)(?:{TRADES}|{SHOPS}|{FIRMS}|股份|集团|技术(?!员)|材料|鞋业|绿点)+(?=[^\\w]|$|上|做|打|当|的|厂|不|招|返|加|宿|这|那|焊|流|门|车间|干|收|铺|洗|开|送|搬)"
)
# 顺丰速运|分拣: LAC takes the work for a part of the name.
_DOING = re.compile("(?:分拣|打包|[装卸理送拉搬]货|打磨|缝纫|质检|收银|传菜|上班|打工|扎|(?<!汽)修|(?<!茶)炒茶|(?<=家具)喷漆|(?<=养车)洗车)$")
# 我是宁德时代的.
_MEMBER = re.compile("(?:我|公|婆|爸|妈|他|她|俺)(?:就|也)?是$")
_OF_IT = re.compile("的(?:$|[，。,. ]|员工|工人|职工|普工|师傅|司机|骑手)")
_SHIFT = re.compile(
    "上?[白夜]班|上班|打工|宿舍|[^，。]{0,2}车间|流水线|倒班|两班|打螺丝|招(?:工|人)|当(?:服务员|收银|保安|店员|厨师|学徒|护工)|做(?:保洁|护工|服务员|收银)|的?(?:工资|待遇|加班)|不[给让]?(?:请假|调班|放假|批假|休息)|拖欠|拖了|发不出|欠薪"
)
_PLACE = re.compile(f"(?:中国|{COARSE.pattern}|{'|'.join(sorted(TOWNS))})+$")
_REACH = 12
# How sure the reader has to be of a workplace.
_READ = 0.6
# From here on also of an office or a hospital.
_READ_SURELY = 0.85
_OF_ALL = re.compile("医院|[政府局所]$|官网|新加坡|学校|银行|^[住在去到从]")
_RUNS_ON = re.compile("(?:客房部|(?<=店)[铺熨]|(?<=西)装|招)$")
_KIND = re.compile(f"(?:{STRONG.pattern}|{SHOPS}|{FIRMS}|(?:{TRADES})+)$")


def find(heard: Heard) -> Iterator[Found]:
    """Companies and factories; hotels, shops and the like where someone works there; brands where someone works for them."""
    for found in _every(heard):
        doing = _DOING.search(heard.text, found.start + 2, found.end)
        yield replace(found, end=doing.start()) if doing else found


def _every(heard: Heard) -> Iterator[Found]:
    for match in STRONG.finditer(heard.text):
        start = name_start(heard, match.start(), GENERAL)
        if _sure(heard, start, match):
            yield Found(start, match.end(), Kind.WORKPLACE)
    for start, known in {match.span() for match in BUILDERS.finditer(heard.text)} | set(brands(heard.text)):
        site = _SITE.match(heard.text, known)
        trade = _TRADE.match(heard.text, known)
        end = (site or trade).end() if site or trade else known  # type: ignore[union-attr]
        place = _with_place(heard, start)
        # 如家 is a word, 如家酒店 none.
        if is_word(heard.text[start:known]) and end == known and not works_there(heard, place, end):
            continue
        # 罗秀云，佛山志高空调，…: one of the things that people tell of themselves.
        listed = place < start and not heard.before(place, 1).isalnum() and not heard.after(end, 1).isalnum()
        if site or listed or MAKERS.match(heard.text, start) or _at_work(heard, start, end) or employed(heard, place, end):
            yield Found(place, end, Kind.WORKPLACE)
    for start, end in (*shops(heard), *told(heard), *slots(heard)):
        yield Found(_with_place(heard, start), end, Kind.WORKPLACE)
    yield from _as_read(heard)


def _as_read(heard: Heard) -> Iterator[Found]:
    """What the reader takes for a workplace, if it is named like one."""
    for read in heard.read:
        if read.sort != "WORK" or read.belief <= _READ or buys(heard, read.end):
            continue
        text = heard.text[read.start : read.end]
        start = read.start + text.startswith(("于", "在"))
        end = read.start + (text.index("的") if "的" in text[2:] else len(text))
        end -= len(found.group()) if (found := _RUNS_ON.search(heard.text[start:end])) else 0
        text = heard.text[start:end]
        named = any(brands(text)) or BUILDERS.search(text) or is_proper(_KIND.sub("", text), GENERAL)
        doubted = read.belief <= _READ_SURELY and _OF_ALL.search(text)
        if named and len(text) > 1 and not doubted and "单号" not in text and not COARSE.fullmatch(text):
            yield Found(start, end, Kind.WORKPLACE)


def _with_place(heard: Heard, start: int) -> int:
    """昆山 in front of 仁宝 says which."""
    place = _PLACE.search(heard.text[:start])
    return place.start() if place else start


def _sure(heard: Heard, start: int, match: re.Match[str]) -> bool:
    """Common words in front of 厂 are a trade that the list forgot; what LAC takes for a name is one."""
    if not is_proper(heard.text[start : match.start()], GENERAL):
        return False
    return is_sure(heard, start, match.start()) or is_told(heard, start, match.start(), "在进到从去们了")


def _at_work(heard: Heard, start: int, end: int) -> bool:
    if not heard.before(start, 1).isalnum() and _SHIFT.match(heard.after(end, 4)):
        return True
    if _MEMBER.search(heard.before(start, 3)) and _OF_IT.match(heard.after(end, 3)):
        return True
    return bool(_AT.search(heard.before(start, 3)) and WORK.search(heard.after(end, _REACH)))
