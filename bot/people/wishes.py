"""Understand a parent's plain words about unasked messages: at which hours, which kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from bot.everyday.words import MESSAGES, common, unknown_in
from bot.people.preferences import KINDS
from bot.people.shift_words import works_by_night
from bot.text.numerals import read_numeral
from bot.text.plain import squash

NOON = 12
_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_PART = r"(?P<part>早上|上午|中午|下午|傍晚|晚上|夜里|半夜|凌晨|早晨|夜晚|今晚|(?<![得太起])[晚早])?"
_CLOCK = rf"{_PART}(?P<hour>{_NUMBER})(?:[点點]钟?|[:：时])(?P<half>半|[0-5]\d)?"
_AFTER = re.compile(rf"{_CLOCK}(?:钟|分)?(?:下班|收工|放工|下工)?(?:以后|之后|过后|后|过了|往后|起|再|(?=(?:给我)?(?:发|推|提醒)))(?!.{{0,4}}(?:别|不|莫|唔|勿))")
_NOT_AFTER = re.compile(rf"{_CLOCK}(?:钟|分)?(?:以后|之后|过后|后|过了|往后)?(?:就|都|再)?(?:别|不要|不|莫|唔好|勿|甭)|{_CLOCK.replace('part', 'part2').replace('hour', 'hour2').replace('half', 'half2')}(?:钟|分)?(?:以前|之前|前)(?!.{{0,4}}(?:别|不|莫|唔|勿))")
_NOT_BEFORE = re.compile(rf"{_CLOCK}(?:钟|分)?(?:以前|之前|前)(?:就|都)?(?:别|不要|不|莫|唔好|勿|甭)")
_NO = r"(?:别|不要|不用|莫|唔好|勿|甭|少|不许|不想|停)"
_NOT_IN = re.compile(rf"(?P<when>晚上|夜里|半夜|凌晨|夜晚|大晚上|晚黑|黑了|早上|上午|早晨|大清早|一大早|中午|白天|下午)[^，]{{0,6}}?{_NO}|{_NO}(?:在|再)?(?P<when2>晚上|夜里|半夜|凌晨|大晚上|早上|上午|早晨|大清早|中午|白天|下午)")
_ONLY_IN = re.compile(r"(?P<when>中午|下午|晚上|早上|上午)(?:再|才|吃饭时?候?)?(?:给我)?(?:发|推|提醒|叫我|喊我)")
_NOT_BETWEEN = re.compile(rf"{_NUMBER}点?半?(?:到|至|-|~)(?:中午|下午|晚上)?{_NUMBER}点半?(?:钟)?(?:之间|这段|中间|都)*(?:别|不|莫|甭|勿)")
# 下班再发，我八点下班.
_OFF_WORK = re.compile(rf"{_CLOCK}(?:钟|分)?(?:才|就)?(?:能)?(?:下班|收工|放工|下工)")
_LATER_THAN_THAT = re.compile(r"(?:下班|下工|收工|晚点|晚些|迟点)(?:了|以后|后)?(?:再|才)?(?:给我)?(?:发|推|来)")
_BETWEEN = re.compile(rf"{_PART}(?P<hour>{_NUMBER})点?(?:到|至|-|~)(?:中午|下午|晚上)?(?P<until>{_NUMBER})点(?:钟)?(?:之间|的时候|这段|中间|左右)?(?:再|才|给我|可以|有空|方便)*(?:发|推|收|来)")
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
    "holiday": r"节日|祝福|拜年|过节|节前|逢年过节|春节|过年|中秋|国庆|五一|端午|清明|节曰|假日|节气",
    "vacation": r"寒假|暑假|寒暑假|放假|假期|署假|开学",
    "reunion": r"回家[的那](?!时|路|票|车)|团聚|团圆|回家计划|提醒.{0,3}回家|回家.{0,3}提醒|见面计划|倒计时|倒数|买票|车票|计划",
    "weekly": r"每周|每星期|每个?星期|每礼拜|每个?礼拜|周报|一周一次|每(?:周|星期|个?礼拜)|(?:周|星期|礼拜)[一二三四五六日天末](?:晚上?|早上|中午|下午|固定|发|来|推)*(?:那|的|推送|消息|提醒|小课)|每周小事",
    "course": r"课程|上课|学课|催课|课的|那门课|爸妈课|爸妈这门课|下一课|(?<!每周一)(?<!每星期一)(?<!礼拜一)(?<!小)课",
    "birthday": r"(?:孩子|娃|他|她)?的?生日|生曰",
    "call_coach": r"问电话(?:[打聊说]得?)?(?:咋样|怎么?样|如何)?|电话聊|聊得怎|聊得咋|电话怎么样|话头|打电话的?那",
}


_CLAUSES = re.compile(r"[，。,；;！!？?\s]+|(?=但是?|不过|可是|只要|只发|只留|只收|别的|其[他它余]|剩下)")
_THE_REST = re.compile(r"(?:别的|其[他它余]|剩下|另外)")
_ONLY_KIND = re.compile(r"[只就](?:要|发|留|收|想要|想收|看)|光(?:要|发|留)")
_ALL_BUT = re.compile(r"除(?:了|开)?(?P<kept>[^，,]{1,10}?)(?:以外|之外|外)?[，, ]*(?:别的|其[他它余]|剩下|都|全|一概)")
_KIND_OFF = re.compile(r"别|不(?!过|错)|莫|甭|停|取消|关|退|少|免|烦|吵|够了|算了")
_KIND_ON = re.compile(r"可以|照(?:发|旧|常|样)|还是?[要发收]|继续|留着|[要想]发|[要想]收|恢复|打开|接着发|要的|发就行|保留|不错|喜欢|爱看|挺好")


@dataclass(frozen=True)
class HoursWished:
    """Between which hours of the day in China messages may come; None: as for everybody."""

    not_before: time | None = None
    not_after: time | None = None


def read_hours(text: str) -> HoursWished | None:
    """晚上别发, 八点以后再发, 中午发, 随时都行; None: nothing about hours."""
    said = squash(text.replace("：", ":").replace(":", "点"))
    if speaks_of_a_child(text):
        return None
    if _ANY_TIME.search(said):
        return HoursWished()
    if _NOT_BETWEEN.search(said):
        # Nothing in the middle of the day can be left out; which hours are wanted is asked.
        return None
    match = _BETWEEN.search(said)
    between = _between(match) if match else None
    if between is not None:
        return between
    for pattern, is_end in ((_NOT_BEFORE, False), (_NOT_AFTER, True), (_AFTER, False)):
        match = pattern.search(said)
        clock = _clock(match, is_end) if match else None
        if clock is not None:
            return HoursWished(not_after=clock) if is_end else HoursWished(not_before=clock)
    off = _OFF_WORK.search(said) if _LATER_THAN_THAT.search(said) else None
    clock = _clock(off, False) if off else None
    if off and clock is not None:
        # Who works by day stops in the evening: 十点下班 is ten at night.
        late = not off["part"] and "夜班" not in said and 5 <= clock.hour < NOON
        return HoursWished(not_before=clock.replace(hour=clock.hour + NOON) if late else clock)
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


_WHAT_COMES = re.compile(r"(?:你|您|以后|今后|还|都|平时|往后)*(?:会|要|都|能)*给我(?:发|推|提醒)(?:些|点)?(?:啥|什么|哪些|哪几)(?:提醒|消息|东西|内容)?(?:啊|呀|呢)*")
_COURSE_RESTS = re.compile(r"(?:学习的?|学的|爸妈|你们?的?|那个|这个|那门|这门|的)*(?:课|课程)(?:我|先|暂时|就|也|得|要)*(?:停(?:一?停|一下|一阵|几天)?|歇(?:一?歇|一下|一阵|几天)?|缓(?:一?缓|一下|一阵|几天)?|放(?:一?放|一下))(?:吧|了|再说)*")
_WORKS_NIGHTS = re.compile(r"(?:我|就是|都是|是)*(?:白天|白日)(?:睡觉|补觉)(?:，)?(?:晚上|夜里)(?:上班|干活|做工|做事)(?:的|了)*")
_ASKS = re.compile(r"怎么|咋|如何|为什么|为啥|要不要|好不|能不能|吗|什么|啥|哪")
_A_MESSAGE = re.compile(r"发|收|提醒|推送|消息|祝福|那[个条种些类]|这[个条种些类]|问|不用你?说")
_ANY_KIND = re.compile("|".join(_KIND_WORDS.values()))
_NOT_RECEIVED = re.compile(r"^(?:我|怎么|咋|都|最近|又|一直|老是)*(?:收不到|没收到|看不到|没看到|接不到|不见)(?:你|您)?(?:们)?(?:的|发的)*(?:消息|提醒|推|通知)(?:了|啊|呢)*$")
_LEAVE_ME = re.compile(r"(?:别|不要|少)(?:你|您|们)*(?:老是|每天|给|跟我|来|在|再)*(?:我)?(?:发|推|说|讲|问|来)(?:给)?(?:我)?(?:(?<=推)(?:推|我))*")
_FEWER = re.compile(r"太多|有点多|少(?:发|推|来|收)|别发?(?:每天|这么|那么)|每周(?:发|来|有)?(?:我)?一?[条次个回]|(?:别|不要).{0,2}每天|[只光就](?:要|留|发|收|看).{0,2}(?:安全|要紧|重要)")
_OF_HOW_OFTEN = (
    "安全 要紧 重要 只 光 留 别发 别停 别 发 推 来 收 收到 看 每天 每周 一条 一次 两次 三次 两条 三条 一 两 三 几 条 次 个 回 天 就 也 都 够 够了 行 行不 行吗 好 好不 好不好 好吗 可以 可以不 可以吗 行不行 能 能不能 可不可以 你 您 们 给 我"
    " 消息 信息 太多 太多了 有点多 多 少 少发 点 些 一点 一些 几条 这么 那么 勤 了 吧 啊 嘛 呗 的 还是 还 要 想 爱 喜欢 老是 发那么 就行 就好 最好 有 我还 不要"
).split()
_OF_HOURS = (
    "别发 别 不要 发 推 来 收 看 再 才 给我 给 我 你 您 就 也 都 的 了 吧 啊 哦 睡 睡得早 睡得晚 早睡 睡觉 要 在 起得晚 起得早 上班 下班 收工 休息 不让 不能 不准 看手机 手机 上夜班 以后 之后 过后 以前 之前 之间 后 前 到 点 最好 有空"
    " 最 好 行 可以 消息 提醒 时候 的时候 这段 吃饭 白天 晚上 早上 中午 下午 夜里 半夜 凌晨 上午 早 晚 比较 不方便 方便 那阵 这阵"
).split()
_ANY_HOUR = re.compile(r"(?:(?<!得)早上?|中午|下午|晚上?|夜里|凌晨|上午)?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})[点:](?:钟|半|[0-5]\d)?")
_SEND = re.compile(r"别|莫|不|甭|唔|发|推|收|提醒")
_BESIDES = (
    "类 除 除了 除开 以外 之外 外 别的 老是 每天 别停 别发 不要 退订 恢复 的 那个 那条 那种 那些 那类 这个 这种 这些 这类 消息 提醒 推送 祝福 话 就 都 也 全 全部 还 还是 我 你 您 你们 给我 跟我 向我"
    " 发 收 看 推 说 讲 问 再 以后 往后 今后 别的 其他 其它 其余 剩下 剩下的 留着 留下 保留 照旧 照样 继续 只 要 吧 了 啊 嘛 呗 啦 咯 呢 哈 烦 烦死 烦死了 烦人 难受 心里 刺心 麻烦 吵 太多 太多了 老 总 老是 总是 先 那 和 跟 还有"
    " 看了 听了 自己 知道 晓得 记得 记得住 行 可以 就行 就好 一概 统统 们 一下 得 把 停 发来 谢谢 别 够了 还有"
).split()
_LONGEST_WISH, _A_KIND = 24, "类"
_DAYS_LATER = r"(?:(?:\d{1,2}|[一二两三四五六七八九十半几])个?(?:月|周|星期|礼拜|天)|过完年|过了年|年后|下个?月|下个?(?:周|星期|礼拜)|忙完(?:这阵|这段)?|过阵子|过段时间|过一阵)"
_NOT_TODAY = re.compile(r"^(?:我|好|太|累|忙|困|了|烦|吧|啊)*今(?:天|晚|日|儿)(?:我|先|就|都|太|累|忙|了)*别发(?:我|好|太|累|忙|困|了|烦|吧|啊|的)*$")
_LATER_AGAIN = re.compile(rf"^(?:先|就|给我|消息|提醒)*(?:停|歇|消停)(?:发|掉|个)?{_DAYS_LATER}(?:吧|再说|啊|嘛)?$|{_DAYS_LATER}(?:以后|之后|过后|后)?(?:你|您)?(?:再|才)(?:给我)?(?:发|推|提醒|来|恢复|打开|说)")
_SHIFT_HOURS = re.compile(rf"(?:我|上的?|是)*[白夜早晚中]班(?:早上?|上午|下午|晚上?|夜里)?{_NUMBER}点半?(?:上|干)?到")
_LET_SLEEP = re.compile(r"(?:别|不要|莫|勿|不用).{0,5}(?:吵|发|打扰|叫|推|提醒)")


def wants_fewer(text: str) -> bool:
    """太多了，少发点; 一周一次就够了: which kinds are to go is asked."""
    said = common(MESSAGES, text)
    sends = re.search("推|发|收|来|留|消息|信息|够|行|好", said)
    return bool(_FEWER.search(said) and sends) and not unknown_in(said, _OF_HOW_OFTEN)


def plain_wish(text: str) -> str | None:
    """The intent of a wish that is said so plainly that nothing has to be guessed; None: not said that plainly."""
    said = squash(text)
    for intent, pattern in (("show_notifications", _WHAT_COMES), ("pause_course", _COURSE_RESTS)):
        if pattern.fullmatch(said):
            return intent
    often = _how_often(text)
    if often:
        return often
    of_kinds = _of_kinds(text)
    if of_kinds or is_only_of_hours(text):
        return of_kinds or "set_hours"
    sleeps = works_by_night(text) and _LET_SLEEP.search(said) and not speaks_of_a_child(text)
    return "set_shift" if sleeps or _WORKS_NIGHTS.fullmatch(said) or _SHIFT_HOURS.match(said) else None


def is_only_of_hours(text: str) -> bool:
    """Whether a message says at which hours others may come, and hardly anything else: 我睡得早，八点半以后不要."""
    if not _SEND.search(text) or read_hours(text) is None or read_kinds(text):
        return False
    said = _commonly(text)
    return not _ASKS.search(said) and not unknown_in(said, _OF_HOURS, _ANY_HOUR)


def _how_often(text: str) -> str | None:
    """`stop_kind` for 少发点, `show_notifications` for 一星期发两次行不 and 别停: how it is now is told."""
    if wants_fewer(text):
        return "stop_kind"
    said = _commonly(text)
    if _NOT_RECEIVED.search(said) and not speaks_of_a_child(text):
        return "show_notifications"
    if "别停" in said and not unknown_in(said, _OF_HOW_OFTEN):
        return "resume_reminders"
    often = re.search("每天|每周", said) and re.search("发|推|来|条", said)
    return "show_notifications" if often and not unknown_in(said, _OF_HOW_OFTEN) else None


def _commonly(text: str) -> str:
    """In common words, 别老给我推 as 别发."""
    return _LEAVE_ME.sub("别发", common(MESSAGES, text))


def _of_kinds(text: str) -> str | None:
    """`stop_kind` or `resume_kind`, where some kinds are named and hardly anything else is said."""
    said = _commonly(_ANY_KIND.sub(_A_KIND, squash(text)))
    if len(said) > _LONGEST_WISH or not read_kinds(text) or _ASKS.search(said) or not re.search(f"{_A_MESSAGE.pattern}|的|每", text):
        return None
    unknown = unknown_in(said, _BESIDES)
    if unknown > (1 if _A_MESSAGE.search(text) else 0):
        return None
    if re.search("别(?!停)|不要|退订|推死|够了", said):
        return "stop_kind"
    return "resume_kind" if re.search("恢复|还是", said) else None


def wants_a_rest(text: str) -> bool:
    """一个月后再发, 过完年再发: for so long nothing, and then again."""
    said = squash(text)
    return bool(_LATER_AGAIN.search(said) or _NOT_TODAY.search(_commonly(text))) and not speaks_of_a_child(text)


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


def _between(match: re.Match[str]) -> HoursWished | None:
    """中午十二点到一点发: the part of the day of the first hour holds for the second, which comes after it."""
    part, hours = match["part"] or "", [int(read_numeral(match[name]) or 0) for name in ("hour", "until")]
    first = hours[0] + (NOON if hours[0] < NOON and re.search("下午|傍晚|晚|夜", part) else 0)
    last = hours[1] + (NOON if hours[1] < NOON and (hours[1] < first or first > NOON) else 0)
    return HoursWished(time(first), time(last)) if first < last <= 23 else None


def _without(when: str) -> HoursWished:
    if re.search("夜|凌晨", when):
        return HoursWished()
    if _EVENING.search(when):
        return HoursWished(not_after=time(18))
    if _MORNING.search(when):
        return HoursWished(not_before=time(11, 30))
    if when == "中午":
        return HoursWished(not_before=time(14))
    # By day never: who sleeps then may have the evening.
    return HoursWished(not_before=time(18))
