"""Understand a parent's plain words about unasked messages: the shift, from when and until when, which kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.people.preferences import DAY, KINDS, NIGHT, ROTATING, Shift
from bot.people.shift_ends import last_day_said
from bot.text.dates import read_day
from bot.text.numerals import read_numeral
from bot.text.plain import squash

NOON = 12
_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_NIGHT_WORD = r"(?:夜班|晚班|大夜|小夜|通宵班|夜更|夜工)"
_DAY_WORD = r"(?:白班|早班|日班|长白|正常班|常白|日更|行政班|中班)"
_ROTATES = re.compile(r"大小班(?:轮|倒|换)|两班倒|二班倒|2班倒|三班倒|3班倒|四班三倒|倒班|轮班|转班|翻班|换着上|轮着上|轮流上|一周白(?:班)?一周夜|白夜班|白班夜班(?:换|轮|倒)")
_NO_MORE_NIGHTS = re.compile(rf"(?:不|没|唔|别)(?:用|再|使|要)?(?:上|做|返|倒){_NIGHT_WORD}|{_NIGHT_WORD}(?:上完了|结束了|不上了|没了)|不倒班了")
# Tonight's is the last one; the end is read from 今天.
_LAST_NIGHT = re.compile(rf"今(?:天|晚|儿|日)[^明]{{0,4}}{_NIGHT_WORD}.{{0,2}}(?:明天|明儿|明日|后天)[^夜晚]{{0,4}}{_DAY_WORD}")
_FIRST = r"(?:这|本|今)(?:个)?(?:周|星期|礼拜|月|两周|半个?月)?(?:是|上|我)*"
_NOW_NIGHT = re.compile(rf"(?:{_FIRST}|今天|现在|目前)[^下]{{0,4}}?{_NIGHT_WORD}")
_NOW_DAY = re.compile(rf"(?:{_FIRST}|今天|现在|目前)[^下]{{0,4}}?{_DAY_WORD}")
_NEXT_NIGHT = re.compile(rf"下(?:个)?(?:周|星期|礼拜|月)[^这今]{{0,4}}?{_NIGHT_WORD}")
# 下周转夜班: for good, as far as is known; 下周开始上夜班 is said of a week that turns.
_TURNS = re.compile(rf"(?:转|换成|换到|调到|调成|改上|改成|改做)(?:为|成|去|上|做)?{_NIGHT_WORD}|(?:\d|[一二三四五六日天])[号日]?(?:起|开始|以后)(?:就|要|都|又)?(?:是|上|做|返)?{_NIGHT_WORD}")
_TURNS_TO_DAY = re.compile(rf"(?:转|换成|换到|调到|调成|改上|改成|改做|回)(?:为|成|去|上|做)?{_DAY_WORD}")
_FROM = re.compile(rf"(?:那天)?(?:起|开始|以后|就|要|转|换|调|改|上|倒|做|是|进|{_NIGHT_WORD})")
# 晚八点到早八点的班, 夜里干活白天睡觉.
_WORKS = r"(?:班|上到|干到|做到|上班|干活|做工|做事|开机)"
_AT = rf"{_NUMBER}(?:[点點:：时]钟?(?:半|[0-5]\d)?)?"
_NIGHT_HOURS = re.compile(rf"(?=.*{_WORKS})(?:(?:晚上?|夜里|夜晚){_AT}|晚上?)(?:上|干|做|开始|上班)*到(?:第二天|次日|转天)?(?:明早|早上?|早晨|凌晨|天亮|清晨)|(?:夜里|晚上|半夜|通宵)(?:上班|干活|做工|做事|干).{{0,3}}(?:白天|早上|上午|白日)(?:才|在|要|就)?(?:睡|补觉|休息)|(?:白天|白日)(?:睡觉|补觉).{{0,2}}(?:晚上|夜里)(?:上班|干活|做工|做事)|^(?:我|上|是)*晚{_NUMBER}早{_NUMBER}(?:的班)?$")
_DAY_HOURS = re.compile(rf"(?=.*{_WORKS})(?:早上?|早晨|上午){_AT}(?:上|干|做|开始|上班)*到(?:当天)?(?:下午|傍晚|晚上?){_AT}|^(?:我|上|是)*[早朝]{_NUMBER}晚{_NUMBER}(?:的班)?$")
_WORKS_NIGHTS = re.compile(r"(?:我|就是|都是|是)*(?:白天|白日)(?:睡觉|补觉)(?:，)?(?:晚上|夜里)(?:上班|干活|做工|做事)(?:的|了)*")
_BY_TURNS = re.compile(rf"(?P<number>{_NUMBER}|半)个?(?P<unit>天|周|星期|礼拜|月)(?:是|上|的)?(?:白|夜|晚|早|日)班?(?:然后|再|换)?(?:{_NUMBER}|半)个?(?P=unit)(?:是|上|的)?(?:白|夜|晚|早|日)班?")
_COUNTS = set("一二两三四半每隔几个")
_EVERY = re.compile(rf"(?:每|隔|一)?(?P<number>{_NUMBER}|半)?个?(?P<unit>(?<!下)(?<!这)周|(?<!下)星期|礼拜|(?<![后明今])天|月)(?:一?(?:换|倒|轮|转)|换一次|倒一次|轮一次)")
_UNITS = {"周": 7, "星期": 7, "礼拜": 7, "天": 1, "月": 30}

_PART = r"(?P<part>早上|上午|中午|下午|傍晚|晚上|夜里|半夜|凌晨|早晨|夜晚|今晚|晚)?"
_CLOCK = rf"{_PART}(?P<hour>{_NUMBER})(?:[点點]钟?|[:：时])(?P<half>半|[0-5]\d)?"
_AFTER = re.compile(rf"{_CLOCK}(?:钟|分)?(?:下班|收工|放工|下工)?(?:以后|之后|过后|后|过了|往后|起|再)(?!.{{0,4}}(?:别|不|莫|唔|勿))")
_NOT_AFTER = re.compile(rf"{_CLOCK}(?:钟|分)?(?:以后|之后|过后|后|过了|往后)?(?:就|都|再)?(?:别|不要|不|莫|唔好|勿|甭)|{_CLOCK.replace('part', 'part2').replace('hour', 'hour2').replace('half', 'half2')}(?:钟|分)?(?:以前|之前|前)(?!.{{0,4}}(?:别|不|莫|唔|勿))")
_NOT_BEFORE = re.compile(rf"{_CLOCK}(?:钟|分)?(?:以前|之前|前)(?:就|都)?(?:别|不要|不|莫|唔好|勿|甭)")
_NO = r"(?:别|不要|不用|莫|唔好|勿|甭|少|不许|不想|停)"
_NOT_IN = re.compile(rf"(?P<when>晚上|夜里|半夜|夜晚|大晚上|晚黑|黑了|早上|上午|早晨|大清早|一大早|中午|白天|下午)[^，]{{0,6}}?{_NO}|{_NO}(?:在|再)?(?P<when2>晚上|夜里|半夜|大晚上|早上|上午|早晨|大清早|中午|白天|下午)")
_ONLY_IN = re.compile(r"(?P<when>中午|下午|晚上|早上|上午)(?:再|才|吃饭时?候?)?(?:给我)?(?:发|推|提醒|叫我|喊我)")
_CHILD = re.compile(r"孩子|小孩|娃|宝宝|儿子|女儿|闺女|他|她|玩|作业|哭|还不睡|不肯睡|上学|发烧")
_MESSAGES = re.compile(r"(?<!头)发(?!烧|脾气|呆|火|现|抖|育)|推送|推给|提醒|通知|消息|短信|打扰|吵我")
_ANY_TIME = re.compile(r"(?:随时|什么时候|几点|啥时候|哪个时候|时间)(?:都|发)?.{0,3}(?:行|可以|好|要得|没事|不限|没关系|中)|不限时间|时间随便|随便几点|几时都")
# From … until … of the parts of a day, as messages may come in them.
_PARTS = {
    "早上": (time(8, 30), time(11)), "上午": (time(8, 30), time(12)), "中午": (time(11, 30), time(14)),
    "下午": (time(13), time(18)), "晚上": (time(18), time(21, 30)),
}
_EVENING = re.compile(r"晚|夜|黑")
_MORNING = re.compile(r"早|上午")

_KIND_WORDS = {
    "holiday": r"节日|过节|节前|逢年过节|春节|过年|中秋|国庆|五一|端午|清明|节曰|假日|节气",
    "vacation": r"寒假|暑假|寒暑假|放假|假期|署假|开学",
    "reunion": r"回家[的那](?!时|路|票|车)|团聚|团圆|回家计划|提醒.{0,3}回家|回家.{0,3}提醒|见面计划|倒计时|倒数|买票|车票|计划",
    "weekly": r"每周|每星期|每个?星期|每礼拜|每个?礼拜|周报|一周一次|每(?:周|星期|个?礼拜)|(?:周|星期|礼拜)[一二三四五六日天末](?:晚上?|早上|中午|下午|固定|发|来|推)*(?:那|的|推送|消息|提醒|小课)|每周小事",
    "course": r"课程|上课|学课|催课|课的|那门课|爸妈课|爸妈这门课|下一课|(?<!每周一)(?<!每星期一)(?<!礼拜一)(?<!小)课",
    "birthday": r"生日|生曰",
    "call_coach": r"电话聊|聊得怎|聊得咋|问电话|电话怎么样|话头|打电话的?那",
}


_CLAUSES = re.compile(r"[，。,；;！!？?\s]+|(?=但是?|不过|可是|只要|只发|只留|只收|别的|其[他它余]|剩下)")
_THE_REST = re.compile(r"(?:别的|其[他它余]|剩下|另外)")
_ONLY_KIND = re.compile(r"[只就](?:要|发|留|收|想要|想收|看)|光(?:要|发|留)")
_ALL_BUT = re.compile(r"除(?:了|开)?(?P<kept>[^，,]{1,10}?)(?:以外|之外|外)?[，, ]*(?:别的|其[他它余]|剩下)")
_KIND_OFF = re.compile(r"别|不(?!过|错)|莫|甭|停|取消|关|退|少|免|烦|吵|够了|算了")
_KIND_ON = re.compile(r"可以|照(?:发|旧|常|样)|还是?[要发收]|继续|留着|[要想]发|[要想]收|恢复|打开|接着发|要的|发就行|保留|不错|喜欢|爱看|挺好")


@dataclass(frozen=True)
class HoursWished:
    """Between which hours of the day in China messages may come; None: as for everybody."""

    not_before: time | None = None
    not_after: time | None = None


def read_shift(text: str, today: date) -> Shift | None:
    """我上夜班 → night; 这周白班下周夜班 → rotating from this Monday on; 上夜班到月底 → night until then; None: nothing about a shift."""
    shift = _kind_of_shift(text, today)
    if shift is None or shift.kind == ROTATING or _NO_MORE_NIGHTS.search(squash(text)):
        return shift
    return shift if shift.until else replace(shift, until=last_day_said(text, shift.since or today))


def _kind_of_shift(text: str, today: date) -> Shift | None:
    said = squash(text)
    begins = _begins(text, today)
    if _NO_MORE_NIGHTS.search(said):
        return _by_day_from(begins or _next_block(said, today), today)
    night, day = re.search(_NIGHT_WORD, said), re.search(_DAY_WORD, said)
    if _LAST_NIGHT.search(said):
        return Shift(NIGHT)
    if night and not day and _TURNS.search(said) and not _ROTATES.search(said) and not _EVERY.search(said):
        return Shift(NIGHT, begins or _next_monday(said, today))
    if _ROTATES.search(said) or (night and day) or _NEXT_NIGHT.search(said) or (_EVERY.search(said) and (night or day)):
        rotation = _rotation(said, today)
        return replace(rotation, since=begins) if begins else rotation
    if night or _NIGHT_HOURS.search(said):
        return Shift(NIGHT, begins)
    if day and not night and (begins or _TURNS_TO_DAY.search(said)):
        return _by_day_from(begins or _next_block(said, today), today)
    return Shift(DAY) if day or _DAY_HOURS.search(said) else None


def _by_day_from(day: date | None, today: date) -> Shift:
    """下周一转白班: until then nights are worked."""
    if day is None or day <= today:
        return Shift(DAY)
    return Shift(NIGHT, until=day - timedelta(days=1), then=Shift(DAY))


def _next_block(said: str, today: date) -> date | None:
    """The beginning of next month or next week where these are said."""
    if re.search(r"下个?月", said):
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _next_monday(said, today)


def says_which_block(text: str) -> bool:
    """Whether the words about a rotation say if the present week is at night."""
    said = squash(text)
    return any(pattern.search(said) for pattern in (_NOW_NIGHT, _NOW_DAY, _NEXT_NIGHT))


def read_hours(text: str) -> HoursWished | None:
    """晚上别发, 八点以后再发, 中午发, 随时都行; None: nothing about hours."""
    said = squash(text.replace("：", ":").replace(":", "点"))
    if speaks_of_a_child(text):
        return None
    if _ANY_TIME.search(said):
        return HoursWished()
    for pattern, is_end in ((_NOT_BEFORE, False), (_NOT_AFTER, True), (_AFTER, False)):
        match = pattern.search(said)
        clock = _clock(match, is_end) if match else None
        if clock is not None:
            return HoursWished(not_after=clock) if is_end else HoursWished(not_before=clock)
    match = _NOT_IN.search(said)
    if match:
        return _without(str(match["when"] or match["when2"]))
    match = _ONLY_IN.search(said)
    return HoursWished(*_PARTS[match["when"]]) if match else None


def speaks_of_a_child(text: str) -> bool:
    """Whether the words are about what a child does at some hour, and not about messages: 孩子九点以后还玩手机."""
    said = squash(text)
    return bool(_CHILD.search(said)) and not _MESSAGES.search(said)


def read_kinds(text: str) -> tuple[str, ...]:
    """Which kinds of messages are meant, in the order of KINDS; empty when none is named."""
    said = squash(text)
    return tuple(kind for kind in KINDS if re.search(_KIND_WORDS[kind], said))


def read_split_kinds(text: str, stopping: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Kinds that are wanted and kinds that are not, read clause by clause: 每周那个别发了 过节的可以发, 只要过节的.

    `stopping`: what the whole message is taken for; it holds for clauses that say neither.
    """
    spared = _ALL_BUT.search(text)
    kept = read_kinds(spared["kept"]) if spared else ()
    if kept and stopping:
        # 除了回家的，别的都别发
        return kept, tuple(kind for kind in KINDS if kind not in kept)
    wanted: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    for clause in _CLAUSES.split(text):
        kinds = read_kinds(clause)
        if kinds and _ONLY_KIND.search(clause) and not _KIND_OFF.search(clause):
            unwanted |= dict.fromkeys(kind for kind in KINDS if kind not in kinds)
            wanted |= dict.fromkeys(kinds)
        elif _THE_REST.match(clause) and _KIND_OFF.search(clause) and wanted:
            # 每周那条留着，别的不要
            unwanted |= dict.fromkeys(kind for kind in KINDS if kind not in wanted)
        elif kinds:
            off = bool(_KIND_OFF.search(clause)) or (stopping and not _KIND_ON.search(clause))
            (unwanted if off else wanted).update(dict.fromkeys(kinds))
    return tuple(wanted), tuple(kind for kind in KINDS if kind in unwanted and kind not in wanted)


_FEWER = re.compile(r"(?:太多了?|有点多|发太多了?|消息太多了?|信息太多了?|吵|烦)*(?:你|您)?(?:能不能|可以)?(?:给我)?(?:少(?:发|推)(?:点|些|一点|一些|几条)?|别(?:发|推)(?:这么|那么)(?:多|勤)|(?:别|不要|莫)(?:天天|每天)都?(?:给我)?(?:发|推)|(?:每个?|一个?)(?:周|星期|礼拜)(?:发|来|有)?(?:我)?一?[条次](?:就|也就)(?:行|够|好|可以))(?:吧|了|啊|嘛)*")
_WHAT_COMES = re.compile(r"(?:你|您|以后|今后|还|都|平时|往后)*(?:会|要|都|能)*给我(?:发|推|提醒)(?:些|点)?(?:啥|什么|哪些|哪几)(?:提醒|消息|东西|内容)?(?:啊|呀|呢)*")
_COURSE_RESTS = re.compile(r"(?:学习的?|学的|爸妈|你们?的?|那个|这个|那门|这门|的)*(?:课|课程)(?:我|先|暂时|就|也|得|要)*(?:停(?:一?停|一下|一阵|几天)?|歇(?:一?歇|一下|一阵|几天)?|缓(?:一?缓|一下|一阵|几天)?|放(?:一?放|一下))(?:吧|了|再说)*")
_NO_MORE_OF_IT = re.compile(r".{2,6}(?:的|那个|那条|那种)(?:消息|提醒)?(?:就|都|也)?(?:不用|别|不要|不必|甭|莫)(?:再)?(?:跟我|给我|向我)(?:说|发|推|提醒|讲)(?:了|吧)*")
# 回家的留着，其他的不要; 生日的还是给我发.
_KEPT_ALONE = re.compile(r".{2,8}(?:留着|留下|照发|保留|可以发)(?:吧|就行)?(?:别的|其[他它余]的?|剩下的?|另外的?)(?:都|就|全)*(?:不要|别发|不用发?|停掉?|停了|取消|不收|免)(?:了|吧)*")
_WANTED_AGAIN = re.compile(r".{2,6}(?:的|那个|那条|那种)(?:消息|提醒)?(?:你|您)?(?:还是|继续|照样|接着|重新|再)(?:给我)?(?:要|发|推|收)(?:吧|给我|着|一下)*")
_SHIFT_HOURS = re.compile(rf"(?:我|上的?|是)*[白夜早晚中]班(?:早上?|上午|下午|晚上?|夜里)?{_NUMBER}点半?(?:上|干)?到")
_LET_SLEEP = re.compile(r"(?:别|不要|莫|勿|不用).{0,5}(?:吵|发|打扰|叫|推|提醒)")


def wants_fewer(text: str) -> bool:
    """太多了，少发点; 一周一次就够了: which kinds are to go is asked."""
    return bool(_FEWER.fullmatch(squash(text)))


def plain_wish(text: str) -> str | None:
    """The intent of a wish that is said so plainly that nothing has to be guessed; None: not said that plainly."""
    said = squash(text)
    for intent, pattern in (("stop_kind", _FEWER), ("show_notifications", _WHAT_COMES), ("pause_course", _COURSE_RESTS)):
        if pattern.fullmatch(said):
            return intent
    if (_KEPT_ALONE.fullmatch(said) or _NO_MORE_OF_IT.fullmatch(said)) and read_kinds(said):
        return "stop_kind"
    if _WANTED_AGAIN.fullmatch(said) and read_kinds(said):
        return "resume_kind"
    sleeps = _NIGHT_HOURS.search(said) and _LET_SLEEP.search(said) and not speaks_of_a_child(text)
    return "set_shift" if sleeps or _WORKS_NIGHTS.fullmatch(said) or _SHIFT_HOURS.match(said) else None


def _rotation(said: str, today: date) -> Shift:
    """Which block the present week is; without a word about it the present one counts as a night block: rather too quiet."""
    night_now = bool(_NOW_NIGHT.search(said)) or not (_NOW_DAY.search(said) or _NEXT_NIGHT.search(said))
    period = _period(said)
    return Shift(ROTATING, _began(period, today), period, night_now)


def _begins(text: str, today: date) -> date | None:
    """从12月1号起, 下周一开始: the day from which it holds; None for a day that is said of something else."""
    found = read_day(text, today)
    said = squash(text)
    if found is None or found.about or not found.words or found.words not in said:
        return None
    place = said.index(found.words)
    # 两周一换 holds 周一.
    counted = place > 0 and said[place - 1] in _COUNTS
    return found.start if not counted and _FROM.match(said[place + len(found.words) :]) else None


def _next_monday(said: str, today: date) -> date | None:
    """The beginning of next week where 下周 is said."""
    return today + timedelta(days=7 - today.weekday()) if re.search(r"下个?(?:周|星期|礼拜)", said) else None


def _began(period: int, today: date) -> date:
    """When the present block began: blocks begin on Mondays, on the 1st, and half months on the 16th too."""
    if period >= 28:
        return today.replace(day=1)
    if period in (15, 16):
        return today.replace(day=1 if today.day <= 15 else 16)
    return today - timedelta(days=today.weekday())


def _period(said: str) -> int:
    match = _EVERY.search(said) or _BY_TURNS.search(said)
    if match is None:
        return 30 if re.search(r"(?:这|本)个?月.*下个?月", said) else 7
    if match["number"] == "半":
        return 15 if match["unit"] == "月" else 7
    number = int(read_numeral(match["number"]) or 1) if match["number"] else 1
    return max(1, min(60, number * _UNITS[match["unit"]]))


def _clock(match: re.Match[str], is_end: bool) -> time | None:
    groups = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
    hour = int(read_numeral(groups.get("hour", "")) or 0) if groups.get("hour") else 99
    if hour > 24:
        return None
    part = groups.get("part", "")
    evening = re.search("下午|傍晚", part) or (_EVENING.search(part) and hour >= 5)
    # Nothing comes before 8:30 anyway: 八点以后再发 and 九点以后别发 without more are said of the evening.
    if hour < NOON and (evening or (not part and 5 <= hour <= (11 if is_end else 8))):
        hour += NOON
    minute = 30 if groups.get("half") == "半" else int(groups.get("half") or 0)
    return time(23, 59) if hour == 24 else time(hour, minute)


def _without(when: str) -> HoursWished:
    if re.search("夜", when):
        return HoursWished()
    if _EVENING.search(when):
        return HoursWished(not_after=time(18))
    if _MORNING.search(when):
        return HoursWished(not_before=time(11, 30))
    if when == "中午":
        return HoursWished(not_before=time(14))
    # By day never: who sleeps then may have the evening.
    return HoursWished(not_before=time(18))
