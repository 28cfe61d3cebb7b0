"""Find a day in what a parent writes: 明天, 下周五, 腊月廿八, 国庆, 3月8号, 25号, 1号到7号.

Days lie ahead: a 25th that is past is next month's. Where a year would have to be guessed far ahead, `past` says so and the
parent is asked. Pure: `today` is the day in China.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.text.lunar_days import DaySaid, by_festival, by_lunar_date, by_new_year, by_part_of_lunar_month, near_new_year
from bot.text.numerals import read_whole
from bot.text.plain import simplify

ONE_DAY = timedelta(days=1)
# "3月8号", said a month after it: rather a slip, or next year's? More than this ahead is asked about.
SURE_AHEAD = timedelta(days=240)
NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十廿]{1,3})"
_DAY = r"(?:号|日|號)"
_WEEK = r"(?:周|星期|礼拜)"
_SPACE = re.compile(r"[\s,，。;；!！、]+")
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5, **{str(n): n - 1 for n in range(1, 8)}}
_UNDECIDED = re.compile(r"没定|没有定|定不下|还?不知道|不清楚|不确定|说不好|说不准|再说|没想好|不晓得|未定|没准|看情况|还没|唔知|不好说|没说定|没批")


def is_undecided(text: str) -> bool:
    """没定, 看情况: the parent cannot say yet."""
    return bool(_UNDECIDED.search(flat(text))) and not _NUMBERED.search(flat(text))


def read_day(text: str, today: date) -> DaySaid | None:
    """The first day, or days from … to …, in a text; None when there is none.

    >>> read_day("腊月二十八", date(2026, 11, 22)).start
    datetime.date(2027, 2, 4)
    """
    said = flat(text)
    found = _first(said, today)
    if found is None:
        return None
    rest = said[said.index(found.words) + len(found.words) :]
    end = _end(rest, found, today)
    return replace(found, end=end) if end else found


UNITS = {"周": 7, "星期": 7, "礼拜": 7, "月": 30, "天": 1, "日": 1}
_NUMBERED = re.compile(rf"{NUMBER}(?:月|{_DAY})|腊月|正月|下{_WEEK}|明天|后天")


def flat(text: str) -> str:
    """Simplified, lower case, without spaces and the marks between words."""
    return _SPACE.sub("", simplify(text)).replace("〇", "零").lower()


def _first(said: str, today: date) -> DaySaid | None:
    """The reading that begins first; of two that begin there, the one that is tried first."""
    best: tuple[int, DaySaid] | None = None
    for pattern, reader in _READERS:
        for match in pattern.finditer(said):
            found = _careful(reader, match, today)
            if found and (best is None or match.start() < best[0]):
                best = (match.start(), replace(found, words=match.group()))
            if found:
                break
    return best[1] if best else None


def _careful(reader: Callable[[re.Match[str], date], DaySaid | None], match: re.Match[str], today: date) -> DaySaid | None:
    try:
        return reader(match, today)
    except (ValueError, OverflowError):  # 31 February, a lunar 30th in a month of 29, a year nobody has checked
        return None


def _end(rest: str, begun: DaySaid, today: date) -> date | None:
    """到10号, 至2月10日, -10号."""
    match = re.match(r"(?:到|至|~|～|—+|-|–)+", rest)
    if match is None or begun.about:
        return None
    after = rest[match.end() :]
    bare = re.match(rf"(?P<day>{NUMBER}){_DAY}?(?!月|个|天|年|\d|[./])", after)
    if bare:
        day = read_whole(bare["day"])
        last = _month_day(begun.start.year, begun.start.month, day)
        return last if last and last >= begun.start else _month_day(*_next_month(begun.start), day)
    found = _first(after, begun.start)
    return found.start if found and after.startswith(found.words) and found.start >= begun.start else None


def _relative(match: re.Match[str], today: date) -> DaySaid:
    return DaySaid(today + {"大后": 3, "后": 2, "明": 1, "听": 1, "今": 0}[match["which"]] * ONE_DAY)


def _in_days(match: re.Match[str], today: date) -> DaySaid | None:
    if match["n"] == "半":
        return DaySaid(today + 15 * ONE_DAY, about=True) if "月" in match["unit"] else None
    number = read_whole(match["n"])
    unit = next(days for name, days in UNITS.items() if name in match["unit"])
    return DaySaid(today + number * unit * ONE_DAY, about=unit > 1) if number else None


def _weekday(match: re.Match[str], today: date) -> DaySaid | None:
    wanted = _WEEKDAYS[match["day"]]
    monday = today - today.weekday() * ONE_DAY
    which = match["which"] or ""
    if "下" in which:
        return DaySaid(monday + (7 * which.count("下") + wanted) * ONE_DAY)
    day = monday + wanted * ONE_DAY
    return DaySaid(day if day >= today else day + 7 * ONE_DAY)


def _week(match: re.Match[str], today: date) -> DaySaid:
    return DaySaid(today + (7 * match["which"].count("下") - today.weekday()) * ONE_DAY, about=True)


def _dated(match: re.Match[str], today: date) -> DaySaid | None:
    """A month and a day, with or without a year."""
    month, day = read_whole(match["month"]), read_whole(match["day"])
    years = _years(match["year"], today)
    if years is not None:
        return DaySaid(date(years, month, day))
    this_year = _month_day(today.year, month, day)
    if this_year is not None and this_year >= today:
        return DaySaid(this_year)
    ahead = _month_day(today.year + 1, month, day)
    return DaySaid(ahead, past=ahead - today > SURE_AHEAD) if ahead else None


def _part_of_month(match: re.Match[str], today: date) -> DaySaid | None:
    """3月底, 下个月初, 月底."""
    day = {"初": 3, "上": 5, "中": 15, "下": 25, "底": 28, "末": 28}[match["part"][0]]
    if match["month"]:
        found = _month_day(today.year, read_whole(match["month"]), day)
        found = found if found and found >= today else _month_day(today.year + 1, read_whole(match["month"]), day)
        return DaySaid(found, about=True) if found else None
    year, month = _named_month(match["which"] or "", today)
    found = _month_day(year, month, day)
    if found and found < today and not match["which"]:
        found = _month_day(*_next_month(today), day)
    return DaySaid(found, about=True) if found and found >= today else None


def _day_of_month(match: re.Match[str], today: date) -> DaySaid | None:
    """25号: this month's or, when that is past, next month's. 这个月25号 that is past is nobody's plan."""
    day = read_whole(match["day"])
    which = match["which"] or ""
    year, month = _named_month(which, today)
    found = _month_day(year, month, day)
    if found and found >= today:
        return DaySaid(found)
    if re.search("这|本", which):
        return DaySaid(found, past=True) if found else None
    while not 1 <= day <= 31 or not found or found < today:
        year, month = _next_month(date(year, month, 1))
        found = _month_day(year, month, day)
        if not 1 <= day <= 31:
            return None
    return DaySaid(found)


def _vacation(month: int, day: int) -> Callable[[re.Match[str], date], DaySaid | None]:
    def reader(match: re.Match[str], today: date) -> DaySaid | None:
        this_year = date(today.year, month, day)
        return DaySaid(this_year if this_year >= today else date(today.year + 1, month, day), about=True)

    return reader


def _years(said: str | None, today: date) -> int | None:
    if not said:
        return None
    if said in ("今年", "明年", "后年"):
        return today.year + "今明后".index(said[0])
    year = int(said.rstrip("年-./"))
    return year + 2000 if year < 100 else year


def _named_month(which: str, today: date) -> tuple[int, int]:
    year, month = today.year, today.month
    for _ in range(which.count("下")):
        year, month = _next_month(date(year, month, 1))
    return year, month


def _next_month(day: date) -> tuple[int, int]:
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)


def _month_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _readers() -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str], date], DaySaid | None]]]:
    """In this order: 腊月二十八 before 二十八号, 十一月 before 十一."""
    year = r"(?P<year>20\d\d[年\-./]|\d\d年|今年|明年|后年)?"
    lunar_day = r"(?P<day>初[一二三四五六七八九十]|[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅|二十|三十|\d{1,2})"
    # 八月十五 in Chinese numerals without 号 is the lunar day; 8月15 and 八月十五号 are not.
    yield re.compile(rf"(?:农历|阴历|旧历|老历)(?P<leap>闰)?(?P<month>正|冬|腊|十一|十二|[一二三四五六七八九十]|\d{{1,2}})月{lunar_day}"), by_lunar_date
    yield re.compile(rf"(?P<leap>闰)?(?P<month>正|冬|腊)月{lunar_day}"), by_lunar_date
    yield re.compile(r"(?P<leap>闰)?(?P<month>十一|十二|[一二三四五六七八九十])月(?P<day>初[一二三四五六七八九十])"), by_lunar_date
    yield re.compile(rf"(?P<leap>闰)?(?P<month>八)月(?P<day>十五)(?!{_DAY})"), by_lunar_date
    yield re.compile(r"(?P<month>正|冬|腊)月(?P<part>初(?![一二三四五六七八九十\d])|上旬|中旬|下旬|底|末)?"), by_part_of_lunar_month
    yield re.compile(r"过完年|过了年|年后(?![一二两三四五六七八九十\d])|开春"), near_new_year(18)
    yield re.compile(r"(?<!\d)(?<![一二两三四五六七八九十半几去前今明后])年前"), near_new_year(-7)
    yield re.compile(r"大年三十|年三十|大年夜|除夕|三十晚上|年三十晚"), by_festival("new_years_eve", first_day_off=False)
    yield re.compile(r"(?P<named>大年|年|新年|正月)?初(?P<day>[一二三四五六七八九十]|\d)"), by_new_year
    yield re.compile(rf"{year}(?P<month>{NUMBER})月份?(?P<day>{NUMBER})(?:{_DAY})?(?![\d月个天])"), _dated
    yield re.compile(r"(?P<year>20\d\d[\-./])(?P<month>\d{1,2})[\-./](?P<day>\d{1,2})(?!\d)"), _dated
    yield re.compile(r"(?P<year>)(?<![\d.])(?P<month>\d{1,2})[./](?P<day>\d{1,2})(?![\d岁块元])"), _dated
    yield re.compile(rf"(?P<which>下+个?|这个?|本|当)?(?:(?P<month>{NUMBER})月份?|月)(?P<part>初|上旬|中旬|下旬|底|末|中)"), _part_of_month
    yield re.compile(rf"(?P<which>下+个?月|这个?月|本月)?(?<!\d月)(?<![一二三四五六七八九十腊正]月)(?<![\d一二三四五六七八九十廿])(?P<day>{NUMBER}){_DAY}(?!线|楼|门|厂|机)"), _day_of_month
    yield re.compile(r"(?P<which>大后|后|明|听|今)(?:天|日|晚|早)"), _relative
    yield re.compile(rf"(?:再过|还有|过)(?P<n>{NUMBER}|半)个?(?P<unit>天|周|星期|礼拜|月)(?!前)"), _in_days
    yield re.compile(rf"(?P<n>{NUMBER}|半)个?(?P<unit>天|周|星期|礼拜|月)(?:以后|之后|后)"), _in_days
    yield re.compile(rf"(?P<which>下+个?|这个?|本)?{_WEEK}(?P<day>[一二三四五六日天末1-7])"), _weekday
    yield re.compile(rf"(?P<which>下+)个?{_WEEK}(?![一二三四五六日天末])"), _week
    for words, anchor in (
        ("元旦|阳历年", "new_year"), ("清明", "qingming"), ("五一|劳动节|5一|51(?=回|放|节)", "labour_day"),
        ("端午", "dragon_boat"), ("中秋|八月半", "mid_autumn"), (r"国庆|十一(?!月|号|日|点|岁|个|天|块)|10一", "national_day"),
        ("春节|过年|大年|过大年|回家年|年假", "spring_festival"),
    ):
        yield re.compile(rf"(?:明年)?(?:{words})"), by_festival(anchor)
    for words, anchor in (("元宵", "lantern"), ("小年", "little_new_year"), ("六一|儿童节", "childrens_day")):
        yield re.compile(words), by_festival(anchor, first_day_off=False)
    yield re.compile("暑假|署假|放暑|热天放假"), _vacation(7, 10)
    yield re.compile("寒假"), _vacation(1, 25)
    yield re.compile("年底|年尾|年末"), by_festival("spring_festival")


_READERS = tuple(_readers())
