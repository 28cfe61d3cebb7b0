"""Workplaces by their place in the sentence: between 在 and the work, behind 进了 or 跳槽到, between 我 and 的.

No list of firms is whole and LAC takes 仟吉 or 迈锐 for anything. What stands where a workplace stands is one, unless it is made
of words that millions share (食堂, 手机店, 县城的超市) or is a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.privacy.heard import Heard
from bot.privacy.lexicon.brands import brands, is_brand
from bot.privacy.lexicon.lookalikes import WORDS
from bot.privacy.lexicon.places import COARSE, TOWNS
from bot.privacy.lexicon.trades import COMMON_WORDS, KINDS
from bot.privacy.names import is_full
from bot.privacy.reading.reader import reader
from bot.privacy.recognisers.employed import WORKS
from bot.privacy.tagger import Word

_SHORTEST, _LONGEST = 2, 10
_AT = "(?<![现正存实所放待住长好站躺坐排])在"
_LEADS = re.compile(f"{_AT}|(?<![伸溜放坐倒塞走跑闯掉装搬住带推冲挤爬滚躲钻])进(?![去来度行步口])了?|[给替]了?|(?<=[我他她爸妈公婆哥姐弟妹])[去到](?!年)了?|^[去到](?!年)|跟着|挂靠在?|入职了?|应聘|面试|跳槽[到去]了?|招进了?|考进了?|(?<=[我他她爸妈公婆哥姐弟妹夫])是")
# One goes there to work, whatever is done there.
_HIRED = re.compile("(?:(?<![买订寄投])进了?|入职了?|应聘|跳槽[到去]了?|招进了?|考进了?|挂靠在?)$")
_ENDS = re.compile("$|[，。,.！!；; ]|了(?:$|[，。！, ])|上班|打工|当|做|干")
# What is done at work and seldom by a guest.
_DOES = re.compile(
    "(?:里面?|那边|这边|后厨|楼面|门店)?(?:又|也|都|还|就|一直|专门|天天|每天|负责|主要|最近|已经)?"
    "(?:下[井料]|挖[煤沙矿]|灌[水装]|裱花|缝[扣纫边被]|拖[柜货]|看夜?[摊仓库门场机着]?[机摊仓库门场]|拿货|站柜|打灰|扎(?:钢|铁|花)|架[桥线]|硫化|熨|炒菜|烧饭|煮饭|做饭|端[盘菜茶]|开(?:机[器床]|吊|塔|叉|铲|挖|板车|货|大车|车(?!祸|门|回|去|来|窗))|捡(?:货|瓶|菜)|拣[货茶菜]|打[荷螺磨胶标]|打包(?!带|回)|封[箱口罐真]|贴[标膜片]|做(?:包装|保洁|楼|工|流水|普工|质检|品检|针车|学徒|服务员|收银|护工|司机|保安|饭给|小工|大工|[水木电泥瓦油]+工|厨|面点|点心|打磨|焊|注塑|冲压|模具)"
    "|给人(?:捏|按|搓|洗|剪)|(?:捏|修)脚|带班|上[白夜早晚中]班|[白夜]班|流水线|三班倒|两班倒|绑[钢螃]|出海|养[猪鸡鸭鱼牛]|喂[猪鸡鸭鱼牛]|杀[鱼鸡猪鸭]|卸|扛包|磨(?:玻|刀|镜)|车(?:衣|鞋|包|位|床)|缝制|剁|搓|熬|宰|巡|站岗|收银|理货|配送|分拣|分割|切(?:肉|菜|割)|摘(?:茶|果|菜)|裁剪|绣|纺|织|染|漆|焊|钉|拧|压机|调机|当(?:保安|学徒|厨|服务|收银|店[长员]|护工|技师|普工|组长|拉长|领班|主管|司机|会计|文员|迎宾|洗碗|小工|门卫|仓管|库管|经理)|干(?:了)?(?:[一二两三四五六七八九十几半\\d]+[年个天]|活|保|厨|收|搬|到|满|不下)|挣|加班|上班|打工)"
)
# 我蜂鸟的, 老公是一帆快递的分拣员.
_OF = re.compile(
    "(?:^|[，,。；; ])(?:[我俺娃他她]?(?:姐夫|妹夫|老公|老婆|男人|媳妇|公公|婆婆|舅舅|叔叔|表哥|表弟|爸|妈|爹|哥|姐|弟|妹|舅|叔)|我们|我|俺|他|她|孩子|娃)(?:们?家?的?)?(?:现在|以前|就|也|都)?(?P<is>是|做|搞|送|跑)?"
    "(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,10}?)的(?P<who>(?:老|小|夜班|白班|外包|临时|正式|合同|退休|专职)?(?:员工|职工|工人?|普工|分拣员|快递员?|骑手|司机|保安|保洁员?|服务员|技师|厨师|师傅|店长|组长|拉长|班长|会计|文员|质检员?|收银员?|销售|外卖员|阿姨|小工|大工|护工|退休工|学徒|配送员|理货员|导购员?|仓管员?))?(?=$|[，,。.！!； ])"
)
# 厂里是达功电脑, 工作单位顺德美的.
_STATED = re.compile(
    "(?:(?:(?:工作|在职|所在)?单位|厂名|公司名?)(?:名称?|名字|全称|就?是|叫做?|[:： ]){1,3}|(?:厂里?|厂子|公司)(?:名字|全称|就?是|叫做?|[:：]){1,2})(?P<name>[\u4e00-\u9fffA-Za-z]{2,12}?)(?=的?(?:$|[，,。；;（( ]))|(?:工作单位|在职单位|我们单位|我单位)(?P<bare>[\u4e00-\u9fffA-Za-z]{2,12})(?=$|[，,。；;（( ])"
)
# 在宏达，就是那个做插座的厂.
_WHICH = re.compile("(?:在|进了?|去了)(?P<name>[\u4e00-\u9fff]{2,4})[，, ](?:就是)?(?:那个|一家|一个)?(?:[做搞产生][^，,。]{1,8})?的?(?:大|小)?(?:工厂|厂|公司|酒店|饭店|超市)")
# 宁波港, 大庆油田: with the place one firm.
_OF_A_PLACE = re.compile(f"(?:在|进了?|是|去了?|到)(?P<name>(?:{COARSE.pattern})(?:港|油田|焦煤|石化|煤业|钢铁|卷烟厂|小商品城|地铁集团|公交集团|铁塔))")
_FORBIDDEN = re.compile("[的了着过这那哪几谁我你他她它咱俺们啥吗呢吧不没很把被让跟和与同就也都又才再]|什么|怎么|自己|别人|人家|现在|以前|今年|去年")
# Not where one works: wards, schools, classes, houses, offices, apps.
_ELSEWHERE = re.compile(
    "号楼|[一二三四五六七八九十底顶]楼|教学楼|宿舍楼|病房|监护|重症|ICU|急诊|学校|小学|中学|初中|高中|大学|学院|幼儿园|班$|年级|教室|群$|家里?$|屋|门$|路上|车上|床|微信|抖音|快手|淘宝|拼多多|视频|手机|电话|电脑$|派出所|公安|法院|政府|社区|车站|机场|公园|村$|镇$|乡$|县$|市$|省$|区$|街$|路$|巷$|楼[上下]|老家|山[上里]|田里|地里|河边|海边|[里上下边头外内旁]$|旁边|附近|门口|对面|附近|厕所|厨房|阳台|客厅|窗|梦|心里|传销|决赛|前[几三十]|[东南西北]方|国外|外国|非洲|日本|韩国|越南|部队|军|戒毒|看守|监狱|寺|庙|教堂|时$|候$|天$|月$|年$|岁$|点$|分$|次$|时间|期间|寒假|暑假|周末|节$"
)
# Signs in a name that a firm is a place as well: 盐田港, 大庆油田.
_SITE = re.compile("(?:港|油田|煤?矿|电厂|码头|农场|茶场|林场|渔场|服务区|大厦|广场|中心|城|场|园|院|馆|苑|阁|轩|坊|居|斋|府|楼|店|记|行|庄)$")
_KIND = re.compile(f"(?:{KINDS})+(?:公司|厂|店|城|部|仓)?$")
_KIND_STARTS = re.compile(f"(?:{KINDS})")
_SOLE = re.compile("[在到去进来上下给从往对于为比向会要想能可以该把打看听说叫问找帮等住吃喝玩买卖送接带领抱坐站走跑有是做干搞当赶踩搬回开喂用喝摸闻穿发抹刷]")
# Of good omen, though they begin so: 有家便利店, 来福.
_LUCKY = re.compile("有[家间缘道福余]|[来进][福财宝]|上[海品好]|对门|一")
_UNFINISHED = re.compile("[做当干打搞帮赶踩去来要能会是熨用喂摸喝发穿闻一太]$|^(?:厂|车间|后厨|食堂|店里|公司里|家)")
# 东方雨虹的厂里招杂工, 今年创维不要人了, 恒大的工地.
_ITS = re.compile("的?(?:厂里?|工地|车间|仓库|宿舍|食堂|流水线|产线|生产线|厂区|员工|普工|工资)")
_NEWS = re.compile("(?:今年|这个月|最近|现在|这边|那边|又|都|也|要|还|就|马上|快|只|一个月|一年|国庆|过年|五一){0,3}(?:不[让给招缺要发准批](?:人|请|工|放|假|我)|让我们|要我们|扣我们|放[一二两三四五六七八九十半\\d几]*[天假]|停[工产]|裁[人员]|招[人工]|搬厂|搬去|关门|倒闭|没订单|加班|上六休一|发[不工]|欠|拖|压工资|倒班|(?:灰|味道?|噪音|粉尘)(?:太)?[大重]|管得[严松]|太[累热吵严]|活[重累多])")
# 星巴克早班, 立讯的线, 海底捞今天爆单.
_SHIFTS = re.compile("(?:今天|昨天|今晚|这两天|最近|现在)?(?:[早中晚夜白]班|爆单|上[早中晚夜白]班|的(?:线|活|单|班|门店|岗|老板|领导|组长|拉长)|夜班岗|返费|厂区|产线)")
_LEFT = re.compile("(?:里)?(?:跳|出来|辞|离|走[了人]?|回来|裁|下岗)")
_MEMBER = re.compile("(?:我|公|婆|爸|妈|他|她|俺|哥|弟|姐|妹|夫|媳妇)(?:就|也|现在|原来|以前)?[是在]$")
_PART_OF_IT = re.compile("[\u4e00-\u9fff]{1,3}(?:[课组科部线]的|车间|产线|专柜|柜台)|[一二三四五六七八九十]楼")
_STARTS = re.compile("(?:^|[，,。！!； ]|我们|俺们|今年|最近|现在|听说)$")
# 美好家园物业让我们值班.
_NEWS_OF = re.compile(f"(?:(?<![\u4e00-\u9fff])|(?<=我们))(?P<name>[\u4e00-\u9fff]{{4,10}}?)(?={_NEWS.pattern})")


def slots(heard: Heard) -> Iterator[tuple[int, int]]:
    """Every workplace that the sentence has a place for."""
    for lead in _LEADS.finditer(heard.text):
        end = _filled(heard, lead)
        if end:
            yield lead.end(), end
    for match in _OF.finditer(heard.text):
        name = match["name"]
        sure = is_brand(COARSE.sub("", name)) or (_kinded(name) and _proper(heard, *match.span("name")))
        if sure and (match["is"] or match["who"] or match["name"][0] not in "是做"):
            yield match.span("name")
    for start, end in brands(heard.text):
        name = heard.text[start:end]
        of_it = _ITS.match(heard.text, end) and heard.text[end] == "的"
        before = heard.before(start, 2)
        told = _STARTS.search(before) and (of_it or _NEWS.match(heard.text, end) or _SHIFTS.match(heard.text, end))
        left = before.endswith("从") and _LEFT.match(heard.text, end)
        run = re.search("(?:[我他她爸公])[送跑]$|跳到$", before) and _ENDS.match(heard.text, end)
        inside = _MEMBER.search(heard.before(start, 6)) and _PART_OF_IT.match(heard.text, end)
        if is_brand(name) and (told or left or run or inside or (of_it and re.search("[在到去进是]$", before))):
            yield start, end
    for match in _WHICH.finditer(heard.text):
        if _proper(heard, *match.span("name")):
            yield match.span("name")
    for match in _OF_A_PLACE.finditer(heard.text):
        yield match.span("name")
    for match in _NEWS_OF.finditer(heard.text):
        if _kinded(match["name"]) and _proper(heard, *match.span("name")):
            yield match.span("name")
    for match in _STATED.finditer(heard.text):
        group = "name" if match["name"] else "bare"
        if _proper(heard, *match.span(group)):
            yield match.span(group)


def _filled(heard: Heard, lead: re.Match[str]) -> int:
    """Where the workplace behind `lead` ends; 0 when there is none."""
    start = lead.end()
    hired = _HIRED.search(lead.group()) is not None
    for end in range(start + _SHORTEST, min(start + _LONGEST, len(heard.text)) + 1):
        if not _is_letter(heard.text[end - 1]):
            break
        works = _DOES.match(heard.text, end) or WORKS.match(heard.text, end)
        if not works and not (hired and _ENDS.match(heard.text, end)):
            continue
        if is_brand(COARSE.sub("", heard.text[start:end])) and lead.group() not in ("是", "跟"):
            return end
        if _inside_a_kind(heard, start, end) or (_KIND_STARTS.match(heard.text, end) and not _DOES.match(heard.text, end)):
            continue
        return end if _leads(heard, lead.group(), start, end) and _proper(heard, start, end) else 0
    return 0


def _leads(heard: Heard, lead: str, start: int, end: int) -> bool:
    """给 has to be followed by a firm, behind 是 by the work itself, and 进了 by no box (零件盒)."""
    text = heard.text[start:end]
    if lead == "是":
        return _DOES.match(heard.text, end) is not None
    if lead[0] in "给替" or lead == "跟":
        return _kinded(text) or is_brand(text)
    knows = reader().knows
    return not (lead[0] == "进" and len(text) == 3 and (knows(text[:2]) or knows(text[1:])) and not _kinded(text) and not is_brand(text))


def _inside_a_kind(heard: Heard, start: int, end: int) -> bool:
    """途虎养|车: the work begins within the kind of shop."""
    return any(
        (kind := _KIND_STARTS.match(heard.text, place)) is not None and kind.end() > end and (_DOES.match(heard.text, kind.end()) or WORKS.match(heard.text, kind.end())) is not None
        for place in range(max(start + 2, end - 3), end)
    )


def _is_letter(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or (character.isascii() and character.isalnum())


def _kinded(name: str) -> bool:
    return _KIND.search(name) is not None


def _proper(heard: Heard, start: int, end: int) -> bool:
    """Whether [start, end) can only be called so: 仟吉, 林记粮油, but not 手机店, 食堂, 虎门."""
    text = heard.text[start:end]
    if is_brand(COARSE.sub("", text)):
        return True
    if not any("\u4e00" <= each <= "\u9fff" for each in text) or _FORBIDDEN.search(text) or _UNFINISHED.search(text):
        return False
    kinded = _kinded(text)
    bare = _KIND.sub("", COARSE.sub("", text))
    if _ELSEWHERE.search(bare if kinded else text):
        return False
    if len(bare) < 2 or text in WORDS or bare in TOWNS or _is_common(bare) or _is_common(COARSE.sub("", text)):
        return False
    if any(len(word.text) == 1 and _SOLE.match(word.text) and word.start < end - 1 and word.start >= start and not _LUCKY.match(heard.text, word.start) for word in heard.words):
        return False
    if kinded:
        return True
    return _unheard(heard, start, end, bare)


def _unheard(heard: Heard, start: int, end: int, bare: str) -> bool:
    """Without a kind of firm: neither words of the language nor a place nor a person."""
    if len(bare) > 6 or is_full(bare) and heard.belief(start, end) > 0.5:
        return False
    inside = [word for word in heard.words if word.start < end and word.end > start]
    if any(word.tag in ("TIME", "u", "r", "w", "m", "q") or _is_verb(word) for word in inside):
        return False
    site = _SITE.search(bare) is not None
    if all(word.tag in ("LOC", "s", "f") for word in inside):
        return site and len(bare) > 2
    named = any(word.tag in ("ORG", "nz", "nw") for word in inside)
    return named or not _made_of_words(inside, bare)


def _is_verb(word: Word) -> bool:
    return word.tag in ("v", "d", "p", "c", "f", "s", "vd") and (len(word.text) == 1 or reader().knows(word.text))


def _made_of_words(inside: list[Word], bare: str) -> bool:
    knows = reader().knows
    if knows(bare) or bare in WORDS:
        return True
    return any(knows(bare[:cut]) and knows(bare[cut:]) for cut in range(1, len(bare))) or all(
        len(word.text) > 1 and (knows(word.text) or word.text in WORDS) for word in inside
    )


@lru_cache(maxsize=4096)
def _is_common(text: str) -> bool:
    """Whether `text` is covered by words that millions share: 手机, 海鲜, 小."""
    covered = {0}
    for place in range(len(text)):
        if place in covered:
            covered |= {end for end in range(place + 1, len(text) + 1) if text[place:end] in COMMON_WORDS}
    return len(text) in covered
