"""Find a child's age in what a parent writes: 两岁半, 八个月, 三年级, 刚满月, 5、6岁.

Ages are whole months since birth. School grades follow the Compulsory Education Law (Art. 11: school begins at six), so a
child in grade n is taken for 6 + n - 0.5 years; kindergarten classes 小/中/大班 for 3.5, 4.5 and 5.5 years.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.text.numerals import NUMERAL, read_numeral, read_range

_YEARS_MONTHS = re.compile(
    rf"(?P<years>{NUMERAL})(?P<to>[、~到至-]{NUMERAL})?\s*(?:周?岁|虚岁)(?P<half>半)?(?:零|又|多)?(?:(?P<months>{NUMERAL})个?月)?"
)
_MONTHS = re.compile(rf"(?P<months>{NUMERAL})(?P<to>[、~到至-]{NUMERAL})?\s*个(?P<half>半)?多?月")
_NOT_AGE_AFTER = re.compile(r"^(?:没|不|前|后|以前|以后|就|才|回|发|见|工资|的?时间|的?工资|打|寄)")
_DAYS = re.compile(rf"(?:出生|生下来?|刚生)(?:才|了|刚)?\s*(?P<days>{NUMERAL})\s*(?P<unit>天|周|个?星期)")
_BEFORE_MONTHS = re.compile(r"(?:每|上|下|这|隔|离开|出来|出去|出门|打工|上班|分开|分居|走了?|来了?|干了?|做了?|过了?|再|还有|有)$")
_WORDS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"新生儿|刚出生|刚生下?来?的|月子里|没满月|未满月"), 0),
    (re.compile(r"满月(?!酒)"), 1),
    (re.compile(r"百天|一百天"), 3),
    (re.compile(r"(?<![一二两俩三四五六七八九十\d])半岁"), 6),
    (re.compile(r"小班"), 42),
    (re.compile(r"中班"), 54),
    (re.compile(r"大班|学前班|幼升小"), 66),
    (re.compile(r"初一|七年级"), 150),
    (re.compile(r"初二|八年级"), 162),
    (re.compile(r"初三|九年级|中考"), 174),
    (re.compile(r"高一"), 186),
    (re.compile(r"高二"), 198),
    (re.compile(r"高三|高考"), 210),
)
_GRADE = re.compile(r"(?:小学)?(?P<grade>[一二三四五六1-6])年级|小(?P<short>[一二三四五六])(?=[了的，,。 ]|$)")
_OLDEST = 18 * 12


@dataclass(frozen=True)
class AgeMention:
    """An age in a text: `months` since birth, and where it stands (`start`, `end`, in characters)."""

    months: int
    start: int
    end: int


def find_ages(text: str) -> list[AgeMention]:
    """All ages of children in `text`, in order of appearance; ages of 18 years and more are left out."""
    found = [*_in_years(text), *_in_months(text), *_in_days(text), *_in_grades(text), *_in_words(text)]
    kept: list[AgeMention] = []
    for mention in sorted(found, key=lambda each: (each.start, each.start - each.end)):
        if mention.months < _OLDEST and (not kept or mention.start >= kept[-1].end):
            kept.append(mention)
    return kept


def _in_years(text: str) -> list[AgeMention]:
    return [
        AgeMention(_months(match, 12) + _whole(match["months"]), match.start(), match.end())
        for match in _YEARS_MONTHS.finditer(text)
    ]


def _in_months(text: str) -> list[AgeMention]:
    return [
        AgeMention(_months(match, 1), match.start(), match.end())
        for match in _MONTHS.finditer(text)
        if _whole(match["months"]) <= 36
        and not _BEFORE_MONTHS.search(text[: match.start()])
        and not _NOT_AGE_AFTER.match(text[match.end() :])
    ]


def _in_days(text: str) -> list[AgeMention]:
    return [
        AgeMention(int((read_numeral(m["days"]) or 0) * (1 if m["unit"] == "天" else 7) / 30.4), m.start(), m.end())
        for m in _DAYS.finditer(text)
    ]


def _in_grades(text: str) -> list[AgeMention]:
    return [
        AgeMention(round((6 + _whole(m["grade"] or m["short"]) - 0.5) * 12), m.start(), m.end())
        for m in _GRADE.finditer(text)
    ]


def _in_words(text: str) -> list[AgeMention]:
    return [AgeMention(months, m.start(), m.end()) for pattern, months in _WORDS for m in pattern.finditer(text)]


def _months(match: re.Match[str], unit: int) -> int:
    first = match["years"] if unit == 12 else match["months"]
    low = _spoken_range(first)
    high = read_numeral(match["to"][1:]) if match["to"] else None
    value = low if high is None else (low + high) / 2
    half = 0.5 if match["half"] else 0.0
    return int((value + half) * unit)


def _spoken_range(numeral: str) -> float:
    """A numeral, or two neighbouring digits as people say a range: 五六岁 is 5.5, 十一二岁 is 11.5."""
    spoken = read_range(numeral)
    return sum(spoken) / 2 if spoken else read_numeral(numeral) or 0


def _whole(numeral: str | None) -> int:
    return int(read_numeral(numeral) or 0) if numeral else 0
