"""What a parent says of the shift: 我上夜班, 这周白班下周夜班, 夜班上到月底, 俩星期倒一回. Read in common words (content/everyday.yml)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.everyday.words import SHIFT, common, unknown_in
from bot.people.preferences import DAY, NIGHT, ROTATING, Shift
from bot.people.shift_ends import last_day_said
from bot.text.dates import NUMBER, read_day
from bot.text.numerals import read_numeral
from bot.text.plain import squash

_NIGHT_WORD, _DAY_WORD = "夜班", "(?:白班|中班)"
_ROTATES = re.compile(r"倒班|换班|白班夜班换|一周白班一周夜班")
_NO_MORE_NIGHTS = re.compile(r"(?:不上|别上|不换|不是|没有)夜班|夜班(?:就)?(?:上完|不上|没了)|下夜班了|不倒班")
# Tonight's is the last one; the end is read from 今天.
_LAST_NIGHT = re.compile(r"今(?:天|晚|儿|日)[^明]{0,4}夜班.{0,2}(?:明天|后天)[^夜晚]{0,4}白班")
_NOW = r"(?:(?:这周|这个?月|本月|这两周|今天|今晚|今儿|现在)(?:是|上|我|都)*)"
_NOW_NIGHT = re.compile(rf"{_NOW}[^下]{{0,4}}?夜班|{_NOW}(?:在|是)?(?:夜里|晚上)")
_NOW_DAY = re.compile(rf"{_NOW}[^下]{{0,4}}?{_DAY_WORD}|现在(?:是|在)?白天")
_BEGINS_WITH = re.compile(rf"下(?:周|个月)(?:开始|起)[^这今]{{0,3}}?(?:夜班|{_DAY_WORD})")
_NEXT_NIGHT = re.compile(r"下(?:周|个月)[^这今]{0,4}?夜班")
# 下个月开始上夜班 上一个月: that long, and no more.
_NIGHTS_FOR = re.compile(rf"下(?:周|个月)开始(?:上)?夜班(?:要|得)?(?:上|连)+(?:{NUMBER}|半)个?(?:周|星期|礼拜|月|天)$")
# 下周换夜班: for good, as far as is known; 下周开始上夜班 is said of a week that turns.
_TURNS = re.compile(r"换(?:去|上|做)?夜班|(?:\d|[一二三四五六日天])[号日]?(?:开始|以后)(?:就|要|都|又)?(?:是|上)?夜班")
_TURNS_TO_DAY = re.compile(rf"(?:[换回]|开始)(?:去|上|做)?{_DAY_WORD}")
_FROM = re.compile(r"(?:那天)?(?:开始|以后|就|要|换|上|做|是|进|接|夜班)")
# 晚八点到早八点的班, 晚八到早八, 夜里干活白天睡觉.
_WORKS = r"(?:班|上到|干到|做到|上班|干活|做工|做事|开机)"
_AT = rf"{NUMBER}(?:[点點:：时]钟?(?:半|[0-5]\d)?)?"
_NIGHT_HOURS = re.compile(
    rf"(?=.*{_WORKS})(?:(?:晚上?|夜里|夜晚){_AT}|晚上?)(?:上|干|做|开始|上班)*到(?:第二天|次日|转天)?(?:明早|早上?|早晨|凌晨|天亮|清晨)"
    r"|(?:夜里|晚上|半夜)(?:上班|干活|做工|做事|干).{0,3}(?:白天|早上|上午|白日)(?:才|在|要|就)?(?:睡|补觉|休息)"
    r"|(?:白天|白日)(?:睡觉|补觉).{0,2}(?:晚上|夜里|夜班)(?:上班|干活|做工|做事)?"
    rf"|^(?:我|上|是|现在)*晚上?{NUMBER}点?(?:上)?到?早上?{NUMBER}点?(?:的班)?$"
)
_DAY_HOURS = re.compile(
    rf"(?=.*{_WORKS})(?:早上?|早晨|上午){_AT}(?:上|干|做|开始|上班)*到(?:当天)?(?:下午|傍晚|晚上?){_AT}"
    rf"|^(?:从|明天|下周|开始|我|上|是|现在)*[早朝]上?{NUMBER}点?到?晚上?{NUMBER}点?(?:的班)?$"
)
_BY_TURNS = re.compile(rf"(?P<number>{NUMBER}|半)个?(?P<unit>天|周|星期|礼拜|月)(?:是|上|的)?(?:白|夜|晚|早|日)班?(?:然后|再|换)?(?:{NUMBER}|半)个?(?P=unit)(?:是|上|的)?(?:白|夜|晚|早|日)班?")
_ODD_HOURS = re.compile(rf"(?:我|我们|现在)*(?:[上做干]?(?:\d{{1,2}}|{NUMBER})(?:个?小时|天)?[休歇](?:息)?(?:\d{{1,2}}|{NUMBER})(?:个?小时|天)?|{NUMBER}点半?(?:上|干|做)(?:班)?到{NUMBER}点半?)(?:的|了|班)*")
_LONE = re.compile(r"(?<=[周月天礼拜期在])(?:是|上|都|就)?([黑夜白早晚])(?![班天里晚色上])")
# 晚上七点半到早上七点半, and nothing besides that is no shift's.
_HOURS_ALONE = re.compile(rf"晚上?{_AT}(?:上|干|做)*到(?:第二天|明)?早上?{_AT}")
_COUNTS = set("一二两三四半每隔几个")
_EVERY = re.compile(rf"(?:每|隔|一)?(?P<number>{NUMBER}|半)?个?(?P<unit>(?<!下)(?<!这)周|(?<!下)星期|礼拜|(?<![后明今])天|月)(?:一换|换)")
_UNITS = {"周": 7, "星期": 7, "礼拜": 7, "天": 1, "月": 30}
_OTHER_WORK = re.compile(
    r"(?:我|俺|我们|咱|现在|已经|刚|又|昨天|今天|上个?月|这个?月|前几天|要|唉)*"
    r"(?:(?:换|跳|调)(?:了)?(?:个|一个|一家|家|条)?(?:新)?(?:厂子?|工厂|工作|地方|单位|工地|公司|活|岗位?|车间|部门|班组|组|线|拉)(?:上班|干|做)?|跳槽|进(?:了)?(?:个|家)?新厂"
    r"|(?:我们)?(?:厂子?|工厂|公司|店)(?:里)?(?:也|都)?(?:倒闭|关门|关停|破产|倒|垮|黄|停产|停工))(?:了|啦|咯|喽|啊|唉)*"
)
# All that is said of a shift besides: who says more speaks of something else.
_BESIDES = (
    "让 夜班 白班 中班 倒班 换班 换 一换 现在 开始 明天 后天 今天 今晚 下周 这周 这两周 下个月 这个月 这月 本月 月底 月初 上 上完 不上 不倒班 不 我 我们 俺 厂里 车间 组里 线上 都 是 的 了 要 得 又 就 还 还要 再 也 去 到 至 从 为止"
    " 那 那边 给我 把我 被 说 老板 主管 领导 啦 咯 喽 吧 呢 嘞 哦 啊 嘛 呗 哈 嗯 已经 刚 连 连着 连续 一直 这 本 天 周 月 半个 先 然后 一 一周 两 三 淡季 旺季 夜里 晚上 白天 天天 每天 一天 小时 钟头 个 终于 总算 又 休息 接 长 地 倒 单休 双休 值班 值 记一下 跟你说 告诉你 熬不住 可以 班"
).split()
_TIMES = re.compile(rf"(?:从)?[早晚]上?{NUMBER}点?半?|(?:早上?|晚上?|下午|中午|凌晨|半夜|夜里)?{NUMBER}点半?(?:钟)?|[早晚]上?{NUMBER}|{NUMBER}个?(?:小时|钟头)|大?后天|(?:{NUMBER}|半|几)个?(?:天|周|星期|礼拜|月|号|日|晚|个月)|{NUMBER}月{NUMBER}[号日]?|(?:下+|这)?[周](?:[一二三四五六日天末])|到(?:半夜|天亮|凌晨)")


def read_shift(text: str, today: date) -> Shift | None:
    """我上夜班 → night; 这周白班下周夜班 → rotating from this Monday on; 上夜班到月底 → night until then; None: nothing about a shift."""
    said = _commonly(text)
    shift = _kind_of_shift(said, today)
    if shift is None and _HOURS_ALONE.search(said) and is_only_of_a_shift(text):
        shift = Shift(NIGHT)
    if shift is None or shift.kind == ROTATING or _NO_MORE_NIGHTS.search(said):
        return shift
    return shift if shift.until else replace(shift, until=last_day_said(said, shift.since or today))


def is_only_of_a_shift(text: str) -> bool:
    """Whether a message says something of a shift and hardly anything else: 业班换白班了. A child in it makes it another matter."""
    said = _commonly(text)
    return bool(re.search(rf"夜班|{_DAY_WORD}|{_ROTATES.pattern}|[早晚]{NUMBER}到?[早晚]{NUMBER}|{_HOURS_ALONE.pattern}", said)) and not unknown_in(said, _BESIDES, _TIMES)


def changed_work(text: str) -> bool:
    """我换厂了, 厂子倒闭了: what was told of the shift may hold no longer, and is to be asked for."""
    return bool(_OTHER_WORK.fullmatch(squash(text)))


def names_odd_hours(text: str) -> bool:
    """上24休24, 七点上到十九点: a shift, and which one is to be asked."""
    return bool(_ODD_HOURS.fullmatch(squash(text)))


def says_which_block(text: str) -> bool:
    """Whether the words about a rotation say if the present week is at night."""
    said = _commonly(text)
    return any(pattern.search(said) for pattern in (_NOW_NIGHT, _NOW_DAY, _NEXT_NIGHT))


def works_by_night(text: str) -> bool:
    """晚八点到早八点, 白天睡觉晚上干活: nights are worked, though no shift is named."""
    return bool(_NIGHT_HOURS.search(_commonly(text)))


def _commonly(text: str) -> str:
    """In common words; 这周黑下周白 in whole ones."""
    said = common(SHIFT, text)
    if not re.search(r"白(?!天|班)|日(?=夜)", said) or not re.search("黑|夜|晚", said):
        return said
    return _LONE.sub(lambda match: "白班" if match[1] in "白早" else "夜班", said)


def _kind_of_shift(said: str, today: date) -> Shift | None:
    begins = _begins(said, today)
    if _NO_MORE_NIGHTS.search(said):
        return _by_day_from(begins or _next_block(said, today), today)
    night, day = re.search(_NIGHT_WORD, said), re.search(_DAY_WORD, said)
    if _LAST_NIGHT.search(said):
        return Shift(NIGHT)
    if night and not day and _TURNS.search(said) and not _ROTATES.search(said) and not _EVERY.search(said):
        return Shift(NIGHT, begins or _next_monday(said, today))
    if night and day and re.search(rf"夜班换(?:去|上)?{_DAY_WORD}", said):
        # 夜班换白班了 is over with the nights, 白班夜班换 is not.
        return _by_day_from(begins or _next_block(said, today), today)
    if _BEGINS_WITH.search(said) and not (night and day) and not _ROTATES.search(said) and not _EVERY.search(said):
        # 下个月开始上夜班 is said of what begins then, not of weeks that turn from now on.
        first = begins or _next_block(said, today)
        return Shift(NIGHT, first) if night else _by_day_from(first, today)
    if _NIGHTS_FOR.search(said):
        return Shift(NIGHT, begins or _next_block(said, today))
    if _ROTATES.search(said) or (night and day) or _NEXT_NIGHT.search(said) or (_EVERY.search(said) and (night or day or says_which_block(said))):
        rotation = _rotation(said, today)
        return replace(rotation, since=begins) if begins else rotation
    if night or _NIGHT_HOURS.search(said):
        return Shift(NIGHT, begins)
    if day and (begins or _TURNS_TO_DAY.search(said)):
        return _by_day_from(begins or _next_block(said, today), today)
    return Shift(DAY) if day or _DAY_HOURS.search(said) else None


def _by_day_from(day: date | None, today: date) -> Shift:
    """下周一转白班: until then nights are worked."""
    if day is None or day <= today:
        return Shift(DAY)
    return Shift(NIGHT, until=day - timedelta(days=1), then=Shift(DAY))


def _next_block(said: str, today: date) -> date | None:
    """The beginning of next month or next week where these are said."""
    if re.search(r"(?<!下)(?<!下个)月底(?:夜班)?(?:就|要)?(?:换|没了|不上|上完)", said):
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    if "下个月" in said:
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _next_monday(said, today)


def _next_monday(said: str, today: date) -> date | None:
    """The beginning of next week where 下周 is said."""
    return today + timedelta(days=7 - today.weekday()) if "下周" in said else None


def _rotation(said: str, today: date) -> Shift:
    """Which block the present week is; without a word about it the present one counts as a night block: rather too quiet."""
    night_now = bool(_NOW_NIGHT.search(said)) or not (_NOW_DAY.search(said) or _NEXT_NIGHT.search(said))
    period = _period(said)
    return Shift(ROTATING, _began(period, today), period, night_now)


def _begins(said: str, today: date) -> date | None:
    """从12月1号起, 下周一开始: the day from which it holds; None for a day that is said of something else."""
    found = read_day(said, today)
    if found is None or found.about or not found.words or found.words not in said:
        return None
    place = said.index(found.words)
    # 两周一换 holds 周一.
    counted = place > 0 and said[place - 1] in _COUNTS
    return found.start if not counted and _FROM.match(said[place + len(found.words) :]) else None


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
        return 30 if re.search(r"(?:这|本)个?月.*下个月", said) else 7
    if match["number"] == "半":
        return 15 if match["unit"] == "月" else 7
    number = int(read_numeral(match["number"]) or 1) if match["number"] else 1
    return max(1, min(60, number * _UNITS[match["unit"]]))
