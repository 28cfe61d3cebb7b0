"""Addresses from a town or street down to the door: 大方县猫场镇新民村三组, 固戍社区二村12栋503, 3栋402.

Order of parts: GB/T 23705-2009 (数字城市地理信息公共平台 地名/地址编码规则): division, street or village, number, building, room.
Provinces, cities and counties by themselves stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.lookalikes import WORDS
from bot.privacy.lexicon.places import CITIES, COARSE, PROVINCES
from bot.privacy.recognisers.hamlet import small_places
from bot.privacy.spans import Found, Kind
from bot.privacy.tagger import Word

_HAN = "一二三四五六七八九十百零〇"
_N = rf"(?:[A-Za-z]?\d{{1,5}}(?:[-—]\d{{1,4}}){{0,3}}[A-Za-z]?|[{_HAN}]{{1,4}}|[A-Za-z甲乙丙丁东西南北])"
_ESTATE = "小区|花园|家园|公寓|新村|大厦|广场|宿舍楼|工业区|工业园|科技园|安置房|安置区|廉租房|公租房|商住楼|家属院|家属楼|大院|苑|新城|庄园|山庄|华庭|名苑|花苑|雅苑|港湾|豪庭|佳园|嘉园|名邸|公馆|雅居|名城|御景|华府|水岸|世家|丽都"
# Parts that may follow; the first group of letters in front of them belongs to them.
DOOR = re.compile(
    rf"(?:{_ESTATE}|(?:第?{_N} ?(?:组|队|社|村民小组|生产队|号院|号楼|号|栋|幢|棟|座|单元|楼|层|室|房|户|弄|巷|排|区|期|段|门))|村民?委员会|(?:村委会?|居委会)(?:旁边?|对面|隔壁|后面)?|附?\d{{1,4}}(?:-\d{{1,4}}){{1,3}}|(?<=[栋幢座元楼号])\s?(?:\d{{2,5}}|[{_HAN}]{{3,4}})|(?<=号)[附之][{_HAN}\d]{{1,2}}号?|(?<=[城园苑厦场邸]) ?[A-Za-z] ?[座栋区])(?:室|房|号)?"
)
_NEXT_GAP = re.compile(r"[ ，,、·]{0,2}")
FINE = re.compile(
    rf"镇|乡|街道|村|社区|屯|寨|庄|湾|坝|沟|堡|圩|营|[\d{_HAN}](?:组|社|队|号|栋|幢|座|室|房)|路|街|巷|弄|胡同|大道|坊|嘎查|苏木|林场|农场|团场|{_ESTATE}|单元"
)
# After a town or district no word is needed for a village to be one.
_VILLAGE = re.compile(r"(?![里上这那]|[^冲坳塘沟岭]{0,2}[的有])[\u4e00-\u9fff]{2,3}?[冲坳塘沟岭坎](?=[，,。 村组]|$)|[\u4e00-\u9fff]{1,6}?(?:[寨庄坪坝湾屯](?:[村乡镇]|社区)?|村|社区)(?![民里上口子长干委头])")
_VILLAGE_END = re.compile("[村庄屯寨湾坝沟堡圩营岭塘坪冲垸店集铺桥]$")
_PART = re.compile(r"[\u4e00-\u9fff]{1,6}(?:省|市|州|县|区|旗|镇|乡|街道|村委?|社区|路|街|巷|大道)$")
_LARGER = re.compile(f"(?:{COARSE.pattern})$|(?<=[省市州住在到是家])[^\\W\\d省市州住在到是家的]{{1,3}}[县区市]$")
# 自治州从|江县: LAC took the first of the county's name for a word.
_CUT_COUNTY = re.compile("(?:自治州|[省市])(?P<cut>[\u4e00-\u9fff]{1,2}[县区])")
_TAIL = re.compile("村委会|(?<=[湾坪坝岭坡沟冲垭塘])组(?![长织员里合])|(?<=村委)会|(?:[村乡镇屯]|社区)(?![民里上口子长干委头下亲音])")
_TOWN_END = re.compile("[镇乡区县市村]$|街道$|社区$")
_NEXT_ROAD = re.compile(
    "(?![里上城下外边口]|[^路街]{0,3}(?:马路|大街|公路|铁路|条|修|走|问|的|逛|有))"
    "[\u4e00-\u9fff]{2,4}?(?:路|大道|[北南东西中]街|老街|正街)(?![过程费线口])"
)
_PART_OF_TOWN = re.compile(f"[^\\W\\d的]{{2,4}}?(?:{_ESTATE})")
# 贵州省毕节市大方县: alone a county stays, with all that is above it it is an address.
_COUNTY = re.compile(
    "(?:[省市州]|^(?:"
    + "|".join(sorted(PROVINCES | CITIES, key=len, reverse=True))
    + "))[\u4e00-\u9fff]{1,6}[县旗](?![城里])"
)
_INNER = re.compile("[省市州县区镇乡]..|街道..|社区..")
PLAIN = re.compile(f"(?:镇|乡|街道|村|社区|{_ESTATE})$")
NO_NAME = re.compile(
    "^(?:城中村|老家|我|俺|你|他|她|咱|托|报|清(?![\u4e00-\u9fff]{1,2}[镇乡村县])|连|那|这|哪|城里|村里|镇里|[一二两三四五六七八九十几半]{1,2}[条里站个座])|路名|名和|正经|^.{0,2}家乡$"
)
GENERAL = re.compile(
    "(?:我们|你们|他们|咱们?|俺们?|我|你|他|她|本|全|同|邻|隔壁|外|这个?|那个?|哪个?|一个|几个|每个|整个|别的|新|老|农|乡|城中|旁边|附近|山|小|大|自然|行政|贫困|同一个|一|两|农民|新农|上|下|那|这)?(?:村|镇|乡|街道|社区|路|街|巷|小区|公寓|花园|大厦|广场|宿舍楼|工业区|工业园|科技园|家园|家属院|家属楼|安置房|公租房|廉租房|大院|新村)"
    "|(?:马|公|高速|铁|水泥|山|土|小|大|十字|过马|走|问|步行|逛|大|上|一|半|网|思|出|电|线|回家|回|来|去)+(?:路|街)|街道办|居委会|村委会?|村里|镇里|镇上|乡里|城中村|地球村|幼儿园|度假村|(?:江南)?水乡|老乡|故乡|家乡|他乡|异乡|奥运村"
)
_LEADING = re.compile(
    "^(?:(?:户籍|家庭|联系|通讯|现|居)住?(?:地址|址|地)[:：]?|家?门牌号?|公租房|廉租房|安置房|出租屋|(?:快递|包裹|东西)?(?:放|送|寄|存)(?:到|在|去)?|家住|我住|住在|住的?|现住|现在|租住?在?|租|在|到|搬到|去|从|是|寄到|送到|回到?|地址|老家|就在|家在|来自|位于|往|[:：，, ])+"
)
BARE_DOOR = re.compile(
    rf"(?:[A-Za-z]?\d{{1,3}}|[A-Za-z]|[{_HAN}]{{1,3}}) ?(?:栋|幢|棟|号楼) ?(?:{_N} ?单元)? ?(?:(?:\d{{1,2}}|[{_HAN}]{{1,2}}) ?[楼层])? ?(?:\d{{3,4}}|[{_HAN}]{{3,4}})? ?[室房号]?|{_N} ?单元 ?(?:\d{{3,4}}|[{_HAN}]{{3,4}}) ?[室房号]?"
)
# 门牌208号, 3楼302.
DOOR_ALONE = re.compile(
    r"(?:门牌(?:号码?)?(?:就?是|[:： ])?|(?<![\d.-])(?=\d{1,2}楼 ?\d{3,4}))(?P<door>\d{1,2}楼 ?\d{3,4}[室房号]?|\d{1,4}(?:-\d{1,3})?号?)(?!\d)"
)
# How sure the reader has to be of a place.
_READ = 0.6
_NOT_YET = re.compile("(?:籍?地?址[:：]?|[那这]?边|[住租在到往去号])*")
_ENDS_SMALL = re.compile(
    rf"(?:(?<![家老城水])乡|[村镇寨庄屯湾坝沟坳坪塘岭冲坡垭岗堡集营窝洼坎塬峪组社队巷弄苑]|街道|社区|院子|大队|[\d{_HAN}]+ ?[号栋幢室组队社楼]|-?\d{{3,4}})$"
)
_LEADS_TO = re.compile("^[\u4e00-\u9fff]{0,4}[住在租到](?=..)")
# 住和谐小区: the model may see no name in it.
ESTATE = re.compile(
    "(?<=[住租在])[^\\W\\d的住在一个这那哪同到]{2,4}?(?:小区|花园|公寓|家园|新村|雅苑|花苑|名苑|安置区)(?![里的外门])"
)
# 景和雅居6栋: a number of a house says it, whatever LAC sees.
HOUSED = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[住租在到寄去]))(?![\u4e00-\u9fff]?[住租在到寄去])[\u4e00-\u9fff]{{2,4}}?(?:{_ESTATE})(?:[一二三四五\d]期)?(?=[A-Za-z]?\d{{1,3}} ?[栋幢座号])"
)
STREET = re.compile(
    r"[\u4e00-\u9fff]{2,5}?(?:路|街|大道)(?:[东西南北中]?[一二三四五六七八九十]{0,2}(?:横路|巷|街|路|弄)) ?\d{1,5}(?:号|栋|之|-)?\d{0,3}|"
    r"[\u4e00-\u9fff]{2,6}?(?:路|街|大道|巷|弄|村|新村|小区|花园) ?\d{1,5} ?(?:号|栋|弄|巷|组)(?![线公车])"
)


def find(heard: Heard) -> Iterator[Found]:
    """Chains of places that go below the county; doors and houses by themselves."""
    words = heard.words
    number = 0
    while number < len(words):
        if not _begins(heard, words[number]):
            number += 1
            continue
        start, end, parts = _chain(heard, number)
        if end > start and _fine(heard.text[start:end], parts):
            yield Found(_leftwards(heard, start), end, Kind.ADDRESS)
        number += 1
        while number < len(words) and words[number].start < end:
            number += 1
    for match in BARE_DOOR.finditer(heard.text):
        if re.search(rf"(?:[栋幢棟]|号楼|单元) ?[\d{_HAN}]", match.group()):
            yield Found(match.start(), match.end(), Kind.ADDRESS)
    for match in ESTATE.finditer(heard.text):
        if not GENERAL.fullmatch(match.group()) and not NO_NAME.search(match.group()):
            yield Found(match.start(), match.end(), Kind.ADDRESS)
    for match in HOUSED.finditer(heard.text):
        if not NO_NAME.search(match.group()) and not GENERAL.fullmatch(match.group()):
            yield Found(match.start(), _onwards(heard, match.end()), Kind.ADDRESS)
    for match in STREET.finditer(heard.text):
        led = _LEADS_TO.match(match.group())
        start = match.start() + (led.end() if led else _lead(match.group()))
        # The pattern reaches back six characters, into the word in front.
        start += heard.text[max(0, start - 1) : start + 1] in ("老家", "住址", "我们", "你们", "他们", "咱们")
        if _fine(heard.text[start : match.end()], 2):
            yield Found(_leftwards(heard, start), _onwards(heard, match.end()), Kind.ADDRESS)
    for start, end in small_places(heard):
        yield Found(_leftwards(heard, start), end, Kind.ADDRESS)
    for match in DOOR_ALONE.finditer(heard.text):
        yield Found(*match.span("door"), Kind.ADDRESS)
    for read in heard.read:
        start = read.start + len(_NOT_YET.match(heard.text[read.start : read.end])[0])  # type: ignore[index]
        if read.sort == "PLACE" and read.belief > _READ and _is_read(heard.text[start : read.end]):
            yield Found(_leftwards(heard, start), _onwards(heard, read.end), Kind.ADDRESS)


def _onwards(heard: Heard, end: int) -> int:
    """With the house and door that follow."""
    while (door := DOOR.match(heard.text, end)) and not door.group().endswith("门"):
        end = door.end()
    return end


def _is_read(text: str) -> bool:
    """What the reader takes for a place ends like one below the county, or has a number."""
    plain = re.search("^[到离]|[，,。]|[到离][镇村乡]$", text) or GENERAL.fullmatch(text) or NO_NAME.search(text) or COARSE.fullmatch(text) or text in WORDS
    if re.search("[A-Za-z]\\W?[A-Za-z0-9]{3}", text):
        return False
    return len(text) > 2 and "\u4e00" <= text[0] <= "\u9fff" and not re.search(r"\d{6}", text) and not plain and _ENDS_SMALL.search(text) is not None


def _leftwards(heard: Heard, start: int) -> int:
    """With the provinces, cities and counties right in front, also where LAC cut one in two (住定|西市)."""
    start = next((each.start() for each in COARSE.finditer(heard.text) if each.start() < start < each.end()), start)
    if (cut := _CUT_COUNTY.search(heard.text[: start + 3])) and cut.start("cut") < start < cut.end():
        start = cut.start("cut")
    while place := _LARGER.search(heard.text[:start]):
        start = place.start()
    return start


def _begins(heard: Heard, word: Word) -> bool:
    if word.tag == "LOC":
        # 户籍地址, but 往|流镇.
        return len(word.text) < 3 or _lead(word.text + "村村") != len(word.text)
    named = _PART.search(word.text) and len(word.text) > 2
    return word.tag in ("n", "nz", "ORG", "nw", "PER", "s") and bool(named) and not GENERAL.fullmatch(word.text)


def _chain(heard: Heard, number: int) -> tuple[int, int, int]:
    word = heard.words[number]
    start = word.start + _lead(word.text)
    end = word.end
    parts = 1 + bool(_INNER.search(heard.text[start:end]))
    while True:
        gap = _NEXT_GAP.match(heard.text, end)
        place = gap.end() if gap else end
        door = DOOR.match(heard.text, place)
        following = heard.word_at.get(place)
        if door:
            end = door.end()
        elif following is not None and _continues(heard.words[following], heard.text[start:end]):
            end = heard.words[following].end
        elif part := _next_part(heard, place, start, end):
            end = part.end()
        else:
            return start, end, parts
        parts += 1


def _village(heard: Heard, place: int, start: int, end: int) -> re.Match[str] | None:
    """The village that follows a town or county at `place`; or its last character, where LAC left it out."""
    if place == end and (tail := _TAIL.match(heard.text, place)):
        return tail
    if not re.search("[省市州县区镇乡]$|街道$", heard.text[start:end]):
        return None
    return _VILLAGE.match(heard.text, place)


def _next_part(heard: Heard, place: int, start: int, end: int) -> re.Match[str] | None:
    """What follows the chain [start, end) at `place`, though LAC sees no place in it."""
    village = _village(heard, place, start, end) or _road(heard, place, start, end)
    return village or _PART_OF_TOWN.match(heard.text, place)


def _road(heard: Heard, place: int, start: int, end: int) -> re.Match[str] | None:
    """The road that follows a town, where LAC sees a common word: 樟木头镇|先威路."""
    return _NEXT_ROAD.match(heard.text, place) if place == end and _TOWN_END.search(heard.text[start:end]) else None


def _continues(word: Word, chain: str) -> bool:
    if word.tag == "LOC":
        # 往流镇 begins like a way to somewhere.
        return not _LEADING.match(word.text) or bool(re.search("[县区市]$", chain) and re.search("[镇乡]$", word.text))
    if (
        re.search("[省市州县区镇乡]$", chain)
        and word.tag in ("PER", "n", "nz", "ORG")
        and _VILLAGE_END.search(word.text)
    ):
        return not GENERAL.fullmatch(word.text)
    return False


def _lead(text: str) -> int:
    match = _LEADING.match(text)
    return match.end() if match and match.end() < len(text) - 1 else 0


def _fine(text: str, parts: int) -> bool:
    """Whether it goes below the county; a single part has to say so plainly, for 冤枉路 and 台湾 end like addresses too."""
    if GENERAL.fullmatch(text) or NO_NAME.search(text):
        return False
    if parts > 1 and _COUNTY.search(text):
        return True
    if parts > 1 or re.search(rf"[\d{_HAN}] ?(?:号|栋|幢|组|队|室|单元)", text):
        return bool(FINE.search(text))
    return len(text) > 2 and PLAIN.search(text) is not None
