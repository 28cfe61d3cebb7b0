"""Schools and kindergartens with their names, and classes: 红星小学, 县一中, 小太阳幼儿园大二班, 三年级(2)班.

Forms of names: 中小学校名称 under the rules of the education offices (place, number or name, kind of school).
A school without a name (村小, 镇上的小学, 幼儿园) stays, as does a grade without a class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.places import CITIES, COARSE, PROVINCES
from bot.privacy.names import is_given
from bot.privacy.reading.reader import reader
from bot.privacy.recognisers.named import is_proper, is_sure, is_told, name_start
from bot.privacy.spans import Found, Kind

KINDS = re.compile(
    "职教中心|职业教育中心|特教中心|进修学校|中心完小|卫校|护校|艺校|体校|实验小学|实验中学|实验学校|实验幼儿园|中心小学|中心校|中心学校|中心幼儿园|完全小学|希望小学|希望学校|职业技术学校|职业技术学院|职业中专|职业高中|职业学校|技工学校|外国语学校|外国语小学|双语学校|双语幼儿园|国际学校|特殊教育学校|培智学校|聋哑学校"
    "|九年一贯制学校|九年制学校|一贯制学校|民族学校|民族中学|民族小学|高级中学|初级中学|幼儿园|幼稚园|托儿所|小学(?!部)|中学|初中(?!部)|高中(?!部)|中专|职高|职中|技校|附小|附中|中英文学校|学校|学院|大学|教学点|托管班|托管(?=阿姨|老师|里|费)|托管中心|托育中心|托育园|早教中心|培训学校|(?<![说做吃写看喝读上洗听讲干])完小(?![的班])|书院"
)
# A number or purpose makes a school one of a kind in its place: 县一中, 实验小学, 第二幼儿园.
_DISTINCT = re.compile(
    "^(?:实验小学|实验中学|实验学校|实验幼儿园|中心小学|中心校|中心学校|中心幼儿园|希望小学|希望学校|民族学校|民族中学|民族小学|外国语学校|完小)$"
)
NUMBERED = re.compile(
    r"第?(?:[一二三四五六七八九]|十[一二三四五六七八九]?|[1-9]\d?)(?:中学|小学|幼儿园|幼(?!儿)|中(?![午间秋有的国学等途心专央年旬村])|初中|高中)"
)
SHORT_NUMBERED = re.compile(
    r"(?<=[县市区镇乡州旗城关])第?(?:[一二三四五六七八九]|十[一二三四五六]?|[1-9]\d?)(?:小(?![时孩朋学心组伙])|高(?![兴度中三二一])|幼(?!儿)|中|初(?![中一二三]))"
)
GENERAL = re.compile(
    "村口|路口|街口|公立|私立|民办|公办|公助|村[里上]?|乡[里下镇]?|镇[里上]?|县[里城上]?|市[里区]?|区|城[里市区]?|老家|家|当地|本地|外地|附近|隔壁|门口|对面|旁边|重点|普通|寄宿制?|贵族|打工|农民工|民工|子弟|全日制|全托|日托|国际|双语|中心|完全|九年|一贯制?|特殊|教育|体育|艺术"
    "|职业|技术|技工|驾驶|培训|农村|山区|乡村|新|旧|原来|以前|别的|其他|其它|别人|同一|同所|几|多少|每|全|整|本|大|小|中|高|初|好|差|那边|这边|这里|那里|哪里|什么|啥|便宜|贵|远|近|孩子们?|儿子|女儿|娃们?|小孩|老师|家长|我们|你们|他们|自己|人家|爸爸|妈妈|爷爷|奶奶|公婆"
    "|一|二|三|四|五|六|两|个|所|家|的|里|里面|上|下|边|在|读|念|所有|不同|正规|残疾人?|盲人|聋人|老年|社区|爱心|阳光|暑托|四点半|放学|网络|在线|网上|电视|函授|成人|夜|党|武术|文武|少林|美术|音乐|舞蹈|补习|晚|午|上午|下午|早上|晚上|今天|明天|昨天|假期|周末|放假|开学|暑假|寒假|暑期|寒期|署期|以后|后来|之后|之前|疫苗|照片|消防|演练|未成年人|中小|毕业|特训|闺女|表妹|表弟|孩儿|退休|公力|私力|佢|囝仔|细路仔?|佇|喺|左撇子|十[一二三四五六七八九]岁|[0-9]+岁|名|名牌|知名|优质|薄弱|留守|儿童|人|事|时候|时|岁|年|月|天"
)
CLASS = re.compile(
    # 22级汽修1班, 高三理科17班.
    r"(?:20)?[12]\d级[\u4e00-\u9fff]{0,6}?[(（]?\d{1,2}[)）]?班|[高初][一二三](?:理科?|文科?|重点|实验|平行|普通|火箭|尖子|清北|体育|美术|艺术)[(（]?\d{1,2}[)）]?班|"
    r"(?:[一二三四五六七八九1-9]年级|[初高小][一二三1-6]|[七八九])[ ]?(?:[(（]?(?:[1-9]\d?|[一二三四五六七八九]|十[一二三四五六七八九]?)[)）]?)[ ]?班"
    r"|(?<![0-9一二三四五六七八九])[一二三四五六七八九1-9][ ]?[(（](?:[1-9]\d?|[一二三四五六七八九]|十[一二三四五六]?)[)）][ ]?班"
)
# 三年二班, 初三火箭班, 五3班.
_WORDED_CLASS = re.compile(
    r"(?<![\d一二三四五六七八九十])[一二三四五六1-6]年(?:[一二三四五六七八九]|十[一二三四五六]?|\d{1,2})班|(?:[高初][一二三]|[一二三四五六七八九]年级)(?:火箭|重点|实验|尖子|平行|特长|宏志|奥数|快|慢)班|(?<![\d一二三四五六七八九十第早中晚夜白])(?:[一二三四五六七八九][1-9]\d?|[1-9][一二三四五六七八九])班(?![次车倒])"
)
# Whose town is not said, but who teaches there or learns: 实验二小, 镇中心校, 英才双语, 春晖托管.
_OF_ITS_KIND = re.compile(
    "(?:实验|城关|城北|城南|城东|城西|机关|附属|民族|中心|师范|铁路|矿区)第?[一二三四五六七八九][小中幼](?![时孩朋学心组伙午间])|(?:县|市|区|镇|乡)(?:中心校|直属小学|机关幼儿园|直机关幼儿园|幼儿园一部|附小)|(?:(?![上读能考念想去学个的了在里岁])[\u4e00-\u9fff]){2}(?:幼高专|幼专|职院|师专|医专|卫校|技校|职高|职中|师范)(?=[，,。 读学上念的]|$)"
)
_NAMED_SHORT = re.compile(
    "(?:(?<![\u4e00-\u9fff])|(?<=[在读上去送报到进]))(?P<name>(?:(?![的了着过们个一这那哪什在读上去送报到进你我他她])[\u4e00-\u9fff]){2,3}?)(?:双语|托管|晚托|午托|小饭桌|早教|培优|画室|琴行|跆拳道馆?|舞蹈学校|武校)(?=[上学读的，,。 ]|一[个年]|老师|阿姨|校区|$)"
)
# By themselves: 小一班, 803班, 1902班.
_BARE_CLASS = re.compile(
    r"(?<![\u4e00-\u9fff])[大中小][一二三四五六1-6]班(?!级|次|车|倒)|(?<=[在读上是到了子儿娃])(?<!从)[大中小][一二三四五六]班(?!级|次|车|倒)"
    r"|(?<![\d.第共])(?:[1-9]0[1-9]|[1-9]1\d|1[0-9]{3}|2[0-5][0-9]{2})班(?!车|次|倒|飞|公)"
)
# Without one of these no other pattern is tried: lists of towns take time.
_OF_A_SCHOOL = re.compile("[小中大]学|学[校院]|双语|托|画室|琴行|武校|职院|[师医幼]专|高专|师范|卫校|技校|职[高中]|中心校|附小|幼儿园|附[中小幼]|班|[托早]育|早教|[一二三四五六七八九十][小中幼高]|[在读上到进]第?[一二三四五六七八九]小")
# General words that schools are named by all the same.
_SUNNY = re.compile("(?:阳光|爱心|春蕾)(?:实验|双语|艺术|希望)?(?:小学|中学|幼儿园|学校)(?!阶段|时)")
# A town and a kind that it has one of: 衡水中学, 怀化学院.
_OF_CITY = re.compile(
    f"(?P<city>{'|'.join(sorted(CITIES, key=len, reverse=True))})市?(?:(?:师范|幼儿师范|职业|技术|理工|工程|医学|医|卫生|农业|财经|科技|民族|城市|外国语|高级|实验)*(?:大学|学院|中学(?![生时阶的])))"
)
_TO_STUDY = re.compile("(?:考[上进取]了?|在|就?读于?|念|上了?|录取|保送|毕业于?)$")
_OF_PROVINCE = re.compile(
    f"(?:{'|'.join(sorted(PROVINCES, key=len, reverse=True))})(?:师范|职业|技术|理工|工程|工业|医科|中医药|农业|财经|科技|民族|交通|林业|工商|铁道|第一|第二)*(?:大学|学院)"
)
_ATTACHED = re.compile("(?:北大|清华|人大|[华南西东湖川首浙]师大?|师大|师院|师范|大学|学院|一中|二中|县中)附[中小幼](?![近属])")
# 在二小读书: the number alone, where school is spoken of.
_NUMBER_ALONE = re.compile("(?<=[在读到上进])第?[一二三四五六七八九]小(?=读|上[学课]|的|门口|念|[，。, ]|$)")
# 兴隆镇小, 仙桃二中: a town and what it has one of, where the sentence ends or goes on about it.
_OF_TOWN = re.compile(
    f"(?:(?![转在到去从的我他她是这那个上下就读])[\u4e00-\u9fff]{{2,3}}?[镇乡])小(?=[，,。 读念上的放开要招收]|报名|$)|(?:{'|'.join(sorted(CITIES, key=len, reverse=True))})市?第?(?:[一二三四五六七八九]|十[一二三四五六七八九]?)[中小](?=[，,。 读念上的管放开收有高初在门是要]|$)"
)
_AFTER_NAME = re.compile(
    r"(?:[，, ]|的)?(?:[大中小][一二三四五六七八九1-9]班|[一二三四五六1-9][一二三四五六七八九1-9]班|\d{3,4}班)"
)
# 听说童心幼儿园, 考上了金色摇篮幼儿园: whatever LAC makes of it.
_LED = re.compile(
    f"(?:[在读去到从进转送念上报考]了?|们|听说|请问|换成?)(?P<name>(?:(?![的了着过们个一二两三几这那哪什么完没不有佢喺佇阮囝仔细热冷和跟到去来就也还都又很最太好坏差读念上下在从送转进换说问家村镇乡县里内外前后边人他她我你])[\u4e00-\u9fff]){{2,5}}?)(?:{KINDS.pattern})"
)
_NUMBER_BEHIND = re.compile("第?[一二三四五六七八九][高中小初幼](?=[，,。 读念上的门放差旁离分报录收要管]|$)")
# 瓯海区任岩松中学: a county and what is in it.
_OF_COUNTY = re.compile(
    f"(?:(?<![\u4e00-\u9fff])|(?<=[在读去到从进转念上考了于]))(?P<name>(?:(?![我你他她这那在读去到从进转念上考了于的娃])[\u4e00-\u9fff]){{1,3}}(?<![城郊社小校厂片园])[县区市](?:(?![的了着过们个这那哪里有没和跟上读念])[\u4e00-\u9fff]){{2,6}}?)(?:{KINDS.pattern})"
)
# LAC sees it whole: 花溪二小.
_WHOLE = re.compile("(?![^城]?[一二三四五六七八九十小中])[\u4e00-\u9fff]{2,4}第?[一二三四五六七八九十]{1,2}[小中幼]")
_TOWN = re.compile(f"(?:{COARSE.pattern})+$|(?<![城进下超])[县市区镇乡州]$")
# A town has one of it: 乐山市特殊教育学校.
_ONE_A_TOWN = re.compile("特殊教育学校|培智学校|聋哑学校|职业高中|职业中专|职业技术学校|职业技术学院|职业学校|技工学校")
_ROUND_TOWN = re.compile("(?:上|个|这|那|我们|全|本|外)[县区镇乡州]$")
_VERB_END = re.compile("[上读念去在进到考转送的了]$")
# What anyone's school is called: 闺女学校, 表妹初中.
_LOOSE = re.compile("学校$|初中$|高中$|中专|大学|学院|职高|职中|技校")
# Every town has one, and says so.
_OF_EVERY_TOWN = re.compile("[镇乡村]中心(?:小学|幼儿园|学校|校)")
_FAMOUS = re.compile("(?:清华|北京|复旦|浙江|中国|人民|老年|广播电视|开放)?大学$|^北大|^清华")


def find(heard: Heard) -> Iterator[Found]:
    """Schools with a name, together with the class that follows; classes by themselves."""
    for found in _every(heard):
        if not _OF_EVERY_TOWN.fullmatch(heard.text, found.start, found.end):
            yield found


def _every(heard: Heard) -> Iterator[Found]:
    for pattern in (NUMBERED, SHORT_NUMBERED, KINDS):
        for match in pattern.finditer(heard.text):
            start = name_start(heard, match.start(), GENERAL)
            if _names(heard, start, match, pattern):
                begin = min(start, match.start() - 1) if pattern is SHORT_NUMBERED else _with_town(heard, start)
                yield Found(begin, _with_class(heard, match.end()), Kind.SCHOOL)
    if _OF_A_SCHOOL.search(heard.text):
        yield from _by_other_names(heard)
    for match in _OF_TOWN.finditer(heard.text):
        yield Found(_with_town(heard, match.start()), _with_class(heard, match.end()), Kind.SCHOOL)
    for match in (*CLASS.finditer(heard.text), *_WORDED_CLASS.finditer(heard.text)):
        yield Found(match.start(), match.end(), Kind.SCHOOL)


def _by_other_names(heard: Heard) -> Iterator[Found]:
    """阳光小学, 衡水中学, 北大附中, 二小, 803班."""
    for pattern in (_SUNNY, _OF_CITY, _ATTACHED, _NUMBER_ALONE):
        for match in pattern.finditer(heard.text):
            yield Found(_with_town(heard, match.start()), _with_class(heard, match.end()), Kind.SCHOOL)
    for match in _OF_PROVINCE.finditer(heard.text):
        if _TO_STUDY.search(heard.before(match.start(), 4)):
            yield Found(match.start(), match.end(), Kind.SCHOOL)
    for match in _LED.finditer(heard.text):
        name = match["name"]
        if is_proper(name, GENERAL) and not _FAMOUS.search(match.group()) and (is_given(name) or not _is_word(heard, *match.span("name"))):
            yield Found(_with_town(heard, match.start("name")), _with_class(heard, match.end()), Kind.SCHOOL)
    for match in _OF_COUNTY.finditer(heard.text):
        if is_proper(match["name"], GENERAL):
            yield Found(_with_town(heard, match.start("name")), _with_class(heard, match.end()), Kind.SCHOOL)
    for word in heard.words:
        # 平舆|二高.
        number = _NUMBER_BEHIND.match(heard.text, word.end) if word.tag in ("nz", "LOC", "ORG") and len(word.text) > 1 else None
        if number and not COARSE.fullmatch(word.text):
            yield Found(_with_town(heard, word.start), _with_class(heard, number.end()), Kind.SCHOOL)
        if word.tag in ("ORG", "LOC") and _WHOLE.fullmatch(word.text):
            yield Found(_with_town(heard, word.start), _with_class(heard, word.end), Kind.SCHOOL)
    for match in _OF_ITS_KIND.finditer(heard.text):
        if is_proper(match.group()[:2], GENERAL) or match.group()[-1] in "小中幼校":
            yield Found(_with_town(heard, match.start()), _with_class(heard, match.end()), Kind.SCHOOL)
    for match in _NAMED_SHORT.finditer(heard.text):
        if is_proper(match["name"], GENERAL) and not reader().knows(match["name"]):
            yield Found(_with_town(heard, match.start()), _with_class(heard, match.end()), Kind.SCHOOL)
    for match in _BARE_CLASS.finditer(heard.text):
        yield Found(match.start(), match.end(), Kind.SCHOOL)


def _is_word(heard: Heard, start: int, end: int) -> bool:
    """Whether it is a word of the language, and LAC leaves it whole: 残疾人|学校, not 启|明星托管班."""
    number = heard.word_at.get(start)
    return number is not None and heard.words[number].end == end and reader().knows(heard.text[start:end])


def _with_town(heard: Heard, start: int) -> int:
    """市 in front of 实验中学 and 乐山市 in front of 特殊教育学校 say which."""
    # 在待|补镇糯租小学: what LAC left of the town.
    if start > 1 and heard.text[start - 2] in "在到" and re.match("[\u4e00-\u9fff]{1,3}[镇乡县]", heard.text[start:]) and heard.text[start - 1] not in "读上念了我他她这那":
        start -= 1
    place = _TOWN.search(heard.text[:start])
    return place.start() if place and not _ROUND_TOWN.search(heard.text[:start]) else start


def _names(heard: Heard, start: int, match: re.Match[str], pattern: re.Pattern[str]) -> bool:
    name = heard.text[start : match.start()]
    if _VERB_END.search(name) or name.endswith(("日", "节")) or " " in name or _FAMOUS.search(heard.text[start : match.end()]):
        return False
    if pattern is SHORT_NUMBERED:
        return True
    if pattern is NUMBERED:
        return (is_proper(name, GENERAL) and is_sure(heard, start, match.start())) or _whole_word(heard, match)
    if _DISTINCT.match(match.group()):
        return True
    if _ONE_A_TOWN.match(match.group()) and _TOWN.search(heard.text[: match.start()]):
        return True
    return is_proper(name, GENERAL) and (is_sure(heard, start, match.start()) or _told(heard, start, match))


def _told(heard: Heard, start: int, match: re.Match[str]) -> bool:
    """金色童年幼儿园 may begin a sentence, 读官寨中学 and 在向阳学校 follow a word that leads to a school."""
    loose = _LOOSE.match(match.group()) is not None
    begins = not heard.before(start, 1) or not heard.before(start, 1).isalnum()
    cued = is_told(heard, start, match.start(), "在读到去进转上送从考镇乡县区道市")
    return cued or (begins and not loose and is_told(heard, start, match.start(), heard.before(start, 1)))


def _whole_word(heard: Heard, match: re.Match[str]) -> bool:
    """二中 in 在二中读书, not in 这二中间."""
    number = heard.word_at.get(match.start())
    inside = number is not None and heard.words[number].end == match.end()
    return inside and heard.before(match.start(), 1) in set("在上读到进考去")


def _with_class(heard: Heard, end: int) -> int:
    follows = CLASS.match(heard.text, end) or _AFTER_NAME.match(heard.text, end)
    if not follows:
        return end
    return _with_class(heard, follows.end())
