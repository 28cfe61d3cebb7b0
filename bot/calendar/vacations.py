"""Winter and summer vacations of schools by province: as published for a year where somebody wrote it down, else by a rule.

The values come from content/calendar/vacations.yml (read by `bot.content.vacations`); nothing here opens a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.calendar.festivals import festival
from bot.calendar.occurrence import CalendarError, check_year

KINDS = ("winter", "summer")
# The 31 whose schools follow the Ministry of Education; Hong Kong, Macao and Taiwan have school years of their own.
PROVINCES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 "
    "青海 宁夏 新疆"
).split()
ELSEWHERE = ("香港", "澳门", "台湾")
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class Fixed:
    """A vacation from one day of the year to another; (month, day), both included."""

    start: tuple[int, int]
    end: tuple[int, int]

    def days(self, year: int) -> tuple[date, date]:
        return date(year, *self.start), date(year, *self.end)


@dataclass(frozen=True)
class AroundSpringFestival:
    """A winter vacation that moves with the Spring Festival.

    It starts on the Saturday nearest to `before` days before the festival and ends on the Sunday nearest to `after` days
    after it, but not before `earliest` and not after `latest` (month, day).
    """

    before: int
    after: int
    earliest: tuple[int, int]
    latest: tuple[int, int]

    def days(self, year: int) -> tuple[date, date]:
        new_year = festival("spring_festival", year)
        start = _nearest(new_year - timedelta(days=self.before), SATURDAY)
        end = _nearest(new_year + timedelta(days=self.after), SUNDAY)
        return max(start, date(year, *self.earliest)), min(end, date(year, *self.latest))


@dataclass(frozen=True)
class Rule:
    """What holds in some provinces in a year for which nothing is written down; always an estimate."""

    name: str
    provinces: tuple[str, ...]
    winter: Fixed | AroundSpringFestival
    summer: Fixed


@dataclass(frozen=True)
class Known:
    """One vacation as written down for one year; `estimated` when nobody has compared it with the school calendar yet."""

    province: str
    kind: str
    year: int
    start: date
    end: date
    estimated: bool
    source: str


@dataclass(frozen=True)
class Vacations:
    """All of content/calendar/vacations.yml; `unknown` is the name of the rule for a child whose province is not known."""

    rules: tuple[Rule, ...] = ()
    known: tuple[Known, ...] = ()
    unknown: str = ""

    def vacation(self, province: str | None, kind: str, year: int) -> Known | None:
        """The `winter` or `summer` vacation; None where no rule is written down (Hong Kong, Macao, Taiwan).

        Raises:
            CalendarError: an unknown kind or province, or a year outside 2020–2050.
        """
        _check(province, kind, year)
        for each in self.known:
            if (each.province, each.kind, each.year) == (province, kind, year):
                return each
        rule = self._rule(province)
        return _estimate(rule, province or "", kind, year) if rule else None

    def _rule(self, province: str | None) -> Rule | None:
        fitting = (
            rule for rule in self.rules if (province in rule.provinces if province else rule.name == self.unknown)
        )
        return next(fitting, None)


def _estimate(rule: Rule, province: str, kind: str, year: int) -> Known:
    start, end = (rule.winter if kind == "winter" else rule.summer).days(year)
    return Known(province, kind, year, start, end, True, f"按往年推算（{rule.name}）")


def _check(province: str | None, kind: str, year: int) -> None:
    check_year(year)
    if kind not in KINDS:
        raise CalendarError(f"{kind} is no vacation; use winter or summer")
    if province is not None and province not in PROVINCES and province not in ELSEWHERE:
        raise CalendarError(f"{province} is not the short name of a province")


def _nearest(day: date, weekday: int) -> date:
    ahead = (weekday - day.weekday()) % 7
    return day + timedelta(days=ahead if ahead <= 3 else ahead - 7)
