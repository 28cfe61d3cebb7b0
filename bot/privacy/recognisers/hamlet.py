"""Small places and streets without a town in front: 在弄拉屯, 从瓦窑坡走到学校, 我住五和大道.

LAC has to see a place that ends here, and the words around have to say that somebody is there: 坡 and 路 end a thousand other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.lookalikes import WORDS
from bot.privacy.lexicon.places import COARSE, TOWNS
from bot.privacy.reading.reader import reader

# What villages of the south and west are called by, besides 村: land forms, posts, settlements.
_SMALL = re.compile("[屯寨坪坳垭凼塆垸湾坝塘坡沟冲岭庄圩营堡洼坎塬峪窝垌岗沱洞坞墩埠](?:组|村)?$")
# Districts and counties that end so; as those of all the others they stay alone.
_COUNTIES = frozenset(
    "沙坪坝 九龙坡 平坝 石家庄 马鞍山 龙泉驿 湾沚 谢家集 八公山 天台山 枣庄 台湾 石景山 八里庄 亚龙湾 大通湖".split()
)
# LAC leaves it out: 黄泥塘|组.
_TAIL = re.compile("[屯寨]|组(?![织长员里合])")
# Where somebody lives, goes or comes from; 家 is whose home it is.
_THERE = re.compile("(?:[在从到住回去租]|家在|家是|[爷奶公婆爸妈姨姑舅他她]家|老家)$")
_AND_DOES = re.compile(
    "(?:那[边里]|这[边里]|的?(?:读|上|念)(?:书|学|小学|初中|幼儿园|[一二三四五六])|跟|"
    "和[他她我爷奶外]|带|没|有[没人信]|走|来|过来|的人|要|得|转|坐|过年|一趟|看|的$|不通|不远|下[来面]|上[来面]|附近|离|放|养|种|租|打工|开|摆|做|干|住|玩|长大|是|去年|今年|就|只|才|都|到|离|很|太|，|。|,|\\.|！|？| |$)"
)
_ROAD = re.compile("(?:路|街|大道|巷)$")
# Kinds of roads, and what else ends like one.
_ANY_ROAD = re.compile(
    "(?:高速|公|铁|马|水泥|泥|土|(?<![中东西南北泰华庐衡嵩黄])山|[小大老新弯岔][公马]?|[国省县乡]道|退|后|活|出|生|绝|末|死|网|套|思|门|盘山|"
    "回家|上学|放学|下班|上班|的|柏油|石子|林荫|机耕|乡村|十字|丁字|丝绸之|一带一|冤枉|回头|步行|美食|小吃|商业|夜市|唐人|风情|华尔)[路街]$|[小大老陋]巷$|(?:林荫|康庄)大道$"
)
_LIVES = re.compile("(?:[住租]在?|家在|[在去到回从]|地址是?[:：]?)$")
_GENERAL = re.compile(
    "[这那哪一两几个条的了着]|[里外][路街]$|家[乡里]|我们|村口|门口|山[沟坡坳洞]|水[沟塘坝]|鱼塘|[池荷]塘|土坡|斜坡|陡坡|"
    "爬坡|下坡|上坡|防空洞|树洞|狗窝|鸡窝|被窝|心窝|酒窝|食堂|学堂|屋里|老屋|新屋|外屋|里屋|堂屋|小屋|黑屋"
)


# Where LAC sees no place: 从李子坳走下来, 那里叫核桃坪.
_LED_TO = re.compile(
    "(?:(?<=[在从住回])|(?<=[村里方边组儿]叫)|(?<=[我咱俺]们))(?P<name>[\u4e00-\u9fff]{2,3}?[屯寨坪坳垭凼塆垸湾坝坡冲岭圩堡坎塬峪垌岗沱坞墩埠岩崖潭滩垱畈桠](?:组|村)?)(?![上下里边顶脚])"
)
# 从白沙铺到县医院四十里: what one walks from.
_FROM = re.compile("从(?P<name>[\u4e00-\u9fff]{3,4}?)(?=到(?:学校|县|镇|乡|村|市|医院|车站|城|家|集上|街上|我们))")
# 住在大王山: where one lives is a place.
_LIVED_IN = re.compile("(?:住在|租在|搬到|搬去)(?P<name>[\u4e00-\u9fff]{2,3}?[山围洲涌埔岭头桥墟厦坑洋浦埭])(?=[，,。 ]|$|那边|这边)")
_NO_NAME = re.compile("[的了着过个这那哪几一两我你他她家什学上下走去来]")
# 我家在小河边组.
_TEAM = re.compile("(?<=[在住])(?P<name>[\u4e00-\u9fff]{2,4}组)(?=[，,。 ]|$)")
_NO_TEAM = re.compile("[小班一二三四五六七八九十]组|[项剧机工课专年品][目组程题家级管]|[的个这那哪同]|产品|学习|调查|工作|技术|质检|装配|包装")
_COARSE_END = re.compile(f"(?:{COARSE.pattern})$")
_GOES_ON = re.compile("那边|这边|镇|打工|上班|租|住|开|做|干|摆|厂|工业|这里|过年|读|[，,。 ]|$")


# 石门坎大雪封山: what is said of a place.
_BEFALLS = re.compile("(?:大雪|下雪|下雨|停电|停水|没信号|涨水|塌方|修路|断路|封路|不通|通[车电网]|赶[集场]|[那这](?:边|里|口|个|条|一)|的(?:水|路|人|娃|小学|学校|老人|桥|山)|到(?:学校|镇|县|街)|离|今年|去年|就|只有)")
# 芭蕉冲的水井, 掉牛角塘里了.
_BY_ITSELF = re.compile(f"(?:(?<![\u4e00-\u9fff])|(?<=掉))(?P<name>(?:(?![一二两三几那这我你他她的了着过个在去到从上下大小水])[\u4e00-\u9fff]){{2}}[屯寨坪坳垭凼塆垸坝冲岭坎垌岩塘](?:组)?)(?=里了|{_BEFALLS.pattern})")
# 塘角村委旁边.
_COMMITTEE = re.compile("(?:(?<![\u4e00-\u9fff])|(?<=[在去到从]))(?P<name>(?:(?![我你他她咱的在去到从问找那这本各全新农邻一个])[\u4e00-\u9fff]){2,3}村委)(?!会[^，。旁办说])")


def small_places(heard: Heard) -> Iterator[tuple[int, int]]:
    """Every hamlet and street."""
    for place in range(1, len(heard.text) - 1):
        name = next((heard.text[place:end] for end in (place + 3, place + 2) if heard.text[place:end] in TOWNS), "")
        if name and (heard.text[place - 1] in "在到去来从回住租" or _COARSE_END.search(heard.text[:place]) is not None) and _GOES_ON.match(heard.text, place + len(name)):
            yield place, place + len(name)
    for match in _TEAM.finditer(heard.text):
        if not _NO_TEAM.search(match["name"]):
            yield match.span("name")
    for match in _FROM.finditer(heard.text):
        name = match["name"]
        if not (_GENERAL.search(name) or _NO_NAME.search(name) or COARSE.match(name) or re.search("[转搬调订寄回带接拉]|[里外上下口边头面校园厂站院]$", name) or reader().knows(name)):
            yield match.span("name")
    for match in (*_LED_TO.finditer(heard.text), *_LIVED_IN.finditer(heard.text)):
        name = match["name"]
        known = name in WORDS or name in _COUNTIES or reader().knows(name) or _GENERAL.search(name) or _NO_NAME.search(name)
        if not known and not COARSE.match(name) and _AND_DOES.match(heard.text, match.end("name")):
            yield match.span("name")
    for match in _BY_ITSELF.finditer(heard.text):
        name = match["name"]
        if not (name in WORDS or name in _COUNTIES or reader().knows(name) or _GENERAL.search(name) or COARSE.match(name)):
            yield match.span("name")
    for match in _COMMITTEE.finditer(heard.text):
        yield match.span("name")
    for word in heard.words:
        if word.tag != "LOC" or len(word.text) < 2 or COARSE.fullmatch(word.text):
            continue
        end = word.end + (_TAIL.match(heard.text, word.end) is not None)
        if end > word.end or _SMALL.search(word.text):
            yield from _hamlet(heard, word.start, end)
        elif _ROAD.search(word.text):
            yield from _street(heard, word.start, end)
        elif heard.after(end, 2) in ("路上", "街上", "路边", "路口"):
            yield from _street(heard, word.start, end + 1)


def _hamlet(heard: Heard, start: int, end: int) -> Iterator[tuple[int, int]]:
    """LAC may have taken the first character for a verb: 在|弄|拉屯."""
    if not _THERE.search(heard.before(start, 3)) and heard.before(start, 2)[:1] in ("在", "从", "到", "住"):
        start -= 1
    name = heard.text[start:end]
    known = name in WORDS or name in _COUNTIES or reader().knows(name) or _GENERAL.search(name)
    begins = not heard.before(start, 1).isalnum() and len(name) == 3
    there = (_THERE.search(heard.before(start, 3)) and _AND_DOES.match(heard.text, end)) or (begins and _BEFALLS.match(heard.text, end))
    if 3 <= len(name) <= 5 and name.isalpha() and not known and there:
        yield start, end


def _street(heard: Heard, start: int, end: int) -> Iterator[tuple[int, int]]:
    name = heard.text[start:end]
    begins = not heard.before(start, 1).isalnum() and not COARSE.match(name)
    known = _ANY_ROAD.search(name) or _GENERAL.search(name)
    if 3 <= len(name) <= 6 and not known and (begins or _LIVES.search(heard.before(start, 3))):
        yield start, end
