"""Read a parent's answers to the profile's questions. None means: this was not an answer to the question."""

from __future__ import annotations

import re
from datetime import date

from lunar_python import Lunar

from bot.people.parents import UNDECIDED, Child, Meeting
from bot.text.ages import find_ages
from bot.text.dates import read_day
from bot.text.numerals import read_numeral
from bot.text.plain import plain, squash

PROVINCES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 "
    "青海 宁夏 新疆 台湾 香港 澳门"
).split()
CARERS: tuple[tuple[str, str], ...] = (
    ("爷爷奶奶", r"爷|奶"),
    ("外公外婆", r"外公|外婆|姥|家公|家婆"),
    # 我妈 is one grandmother for a mother and the other for a father; we do not ask which.
    ("家里老人", r"我(?:爸|妈)|我父母|公婆|婆婆|老人"),
    ("住校", r"住校|寄宿|住读|宿舍"),
    ("跟我在一起", r"跟我|和我|在我身边|我自己带|带在身边"),
    ("爸爸或妈妈在家带", r"爸|妈|老公|老婆|爱人|媳妇"),
    ("亲戚", r"亲戚|姑|姨|叔|舅|伯|婶|哥|姐|邻居"),
)
SKIPPED = "skipped"

# What may stand around an age or a month when the message is an answer and not a question with an age in it.
_AROUND_AGE = re.compile(
    r"今年|现在|已经|孩子|小孩|宝宝|女儿|儿子|男孩|女孩|大的|小的|老大|老二|一个|是|的|了|快|刚|才|满|大概|差不多|左右|多|吧|嗯|啊|呢|他|她|我家|我|娃|上|读|在|生"
)
# A day may follow the month: 2024年2月29号. It is not kept.
_MONTH = re.compile(r"(?P<year>(?:19|20)?\d{2}|[零〇一二三四五六七八九]{2,4})\s*[年.\-/]\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})?(?:月份?(?:初?(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日]?)?|份|[.\-/]\d{1,2}|$)?")
_CHINESE_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_YES = re.compile(r"^(?:我)?(?:同意|可以|好|好的|好啊|行|行的|行吧|嗯|嗯嗯|是|是的|ok|记吧|记下|记下吧|可以的|没问题|愿意|要|同意记下|要得|中|得)$")
_NO = re.compile(r"^(?:我)?(?:不|不同意|不要|不行|不用|不用了|不愿意|拒绝|不记|别记|先不|先不用|算了)$")
_SKIP = re.compile(r"^(?:跳过|不说|不想说|不说也行|不方便说?|过|下一个|略|保密)$")
_NONE_LEFT = re.compile(r"^(?:没有?了?|没了|没有别的|就一个|就这一?个|一个|不了|不用|就这些|就这几个|没有了|冇|莫得了?|木有)$")
_ONE_MORE = re.compile(r"^(?:还?有|有的|还有一个|有两个|还有两个|(?:有|嗯|对|是)*还有个.{1,3}|两个|2个|有一个)$")
# A question is answered as a question, even when a word in it would do as an answer: 爸妈吵架怎么办.
_ASKS = re.compile(r"怎么|咋|如何|为什么|为啥|要不要|能不能|可以吗|吗$|啷个|点算|不肯|不听|不说")
_OPEN = re.compile(r"没定|还?不知道|不清楚|不确定|说不好|再说|没想好|不晓得")


def read_yes_no(text: str) -> bool | None:
    """同意/好 → True, 不同意 → False."""
    said = squash(text)
    if _NO.match(said):
        return False
    return True if _YES.match(said) else None


def read_birth(text: str, today: date) -> Child | None:
    """An age or a birth month, and nothing that looks like a question around it."""
    said = plain(text)
    month = _birth_month(said, today)
    if month is not None:
        return month
    ages = find_ages(said)
    if not ages and re.fullmatch(r"\d{1,2}|[一二两三四五六七八九十]{1,2}", said):
        years = read_numeral(said)
        return _born(today, int(years * 12)) if years is not None and 0 < years < 18 else None
    if len(ages) != 1 or not _is_answer(said[: ages[0].start] + said[ages[0].end :]):
        return None
    return _born(today, ages[0].months)


def read_sex(text: str) -> str | None:
    """男孩, 女孩 or `SKIPPED`."""
    said = squash(text)
    if _SKIP.match(said):
        return SKIPPED
    if len(said) > 8 or _ASKS.search(said):
        return None
    boy, girl = bool(re.search("男|儿子|仔|小子|带把", said)), bool(re.search("女|闺|丫|妹|姑娘|囡", said))
    return None if boy == girl else ("男孩" if boy else "女孩")


def read_province(text: str) -> str | None:
    """A province's short name, or `SKIPPED`."""
    said = squash(text)
    if _SKIP.match(said):
        return SKIPPED
    found = [province for province in PROVINCES if province in said]
    return found[0] if len(found) == 1 and len(said) <= 14 else None


def read_carer(text: str) -> str | None:
    """One of CARERS, or `SKIPPED`."""
    said = squash(text)
    if _SKIP.match(said):
        return SKIPPED
    if len(said) > 16 or _ASKS.search(said):
        return None
    exact = next((name for name, _ in CARERS if name in said), None)
    by_word = (name for name, words in CARERS if re.search(words, said))
    return exact or next(by_word, None)


def read_another(text: str) -> bool | None:
    """Whether there is one more child to tell about."""
    said = squash(text)
    if _NONE_LEFT.match(said):
        return False
    if _ONE_MORE.match(said):
        return True
    return read_yes_no(text)


def read_meeting(text: str, today: date) -> Meeting | None:
    """The next time together: a festival, a vacation, a month, or not yet known."""
    said = squash(text)
    if len(said) > 16 or _ASKS.search(said):
        return None
    if _OPEN.search(said) or _SKIP.match(said):
        return Meeting(UNDECIDED, None)
    named = read_day(text, today)
    if named and named.start >= today and (not named.about or re.search("清明|端午|元宵", said)):
        return Meeting(said, named.start)
    for words, month, day in (("国庆|十一(?!个?月)", 10, 1), ("五一|劳动节", 5, 1), ("暑假", 7, 5), ("元旦", 1, 1), ("寒假", 1, 20)):
        if re.search(words, said):
            return Meeting(said, _next(today, month, day))
    if re.search("春节|过年|年底|除夕|大年", said):
        return Meeting(said, _next_spring_festival(today))
    if re.search("中秋", said):
        return Meeting(said, _next_lunar(today, 8, 15))
    return _meeting_month(said, today)


def _birth_month(said: str, today: date) -> Child | None:
    match = _MONTH.search(said)
    if match is None or not _is_answer(said[: match.start()] + said[match.end() :]):
        return None
    year = int(match["year"].translate(_CHINESE_DIGITS))
    year += 2000 if year < 100 else 0
    month = int(read_numeral(match["month"]) or 0) if match["month"] else 0
    if not (today.year - 18 <= year <= today.year and 0 <= month <= 12):
        return None
    born = date(year, month or 7, 1)
    return None if born > today else Child(born, birth_estimated=month == 0)


def _is_answer(rest: str) -> bool:
    """Whether what is left besides the age are only small words."""
    return len(_AROUND_AGE.sub("", squash(rest))) <= 1


def _born(today: date, months: int) -> Child:
    number = today.year * 12 + today.month - 1 - months
    return Child(date(number // 12, number % 12 + 1, 1), birth_estimated=True)


def _next(today: date, month: int, day: int) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _next_spring_festival(today: date) -> date:
    return _next_lunar(today, 1, 1)


def _next_lunar(today: date, month: int, day: int) -> date:
    for year in (today.year - 1, today.year, today.year + 1):
        solar = Lunar.fromYmd(year, month, day).getSolar()
        found = date(solar.getYear(), solar.getMonth(), solar.getDay())
        if found >= today:
            return found
    raise ValueError("no such lunar day")


def _meeting_month(said: str, today: date) -> Meeting | None:
    match = re.search(r"(?P<year>明年|后年|今年|\d{4}年)?(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月", said)
    if match:
        month = int(read_numeral(match["month"]) or 0)
        if not 1 <= month <= 12:
            return None
        named = match["year"] or ""
        years = {"明年": today.year + 1, "后年": today.year + 2, "今年": today.year}
        year = years.get(named) or (int(named[:4]) if named else _next(today, month, 28).year)
        if (year, month) < (today.year, today.month):
            return None
        # Of the present month the first is over, and which day is meant was not said.
        return Meeting(said, date(year, month, 1) if (year, month) > (today.year, today.month) else None)
    if re.search(r"下个?月|下周|月底|周末|明天|后天|天天|每天|在一起|快了", said):
        return Meeting(said, None)
    return None
