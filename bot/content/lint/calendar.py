"""C040–C042: the school vacations of content/calendar/vacations.yml."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bot.calendar import FIRST_YEAR, LAST_YEAR, PROVINCES, Vacations, festival
from bot.content.documents import ContentError, Document, read_yaml
from bot.content.lint.corpus import Corpus
from bot.content.lint.findings import Finding, Level, Rule
from bot.content.vacations import complaints, vacations_from

# Summer vacations of all provinces lie within June to mid-September.
_SUMMER_MONTHS = range(6, 10)


def unreadable_vacations(corpus: Corpus) -> Iterator[Finding]:
    """Entries that the reader cannot use."""
    path = _path(corpus)
    if not path.exists():
        return
    try:
        found = list(complaints(read_yaml(path)))
    except ContentError as error:
        found = [error]
    yield from (Finding("C040", error.path, error.line, error.message) for error in found)


def provinces_by_rule(corpus: Corpus) -> Iterator[Finding]:
    """Every province is in one rule: in none, its children are forgotten; in two, the second is never used."""
    document, vacations = _read(corpus)
    if document is None:
        return
    taken: dict[str, str] = {}
    for index, rule in enumerate(vacations.rules):
        for number, province in enumerate(rule.provinces):
            first = taken.setdefault(province, rule.name)
            if first != rule.name or rule.provinces.index(province) != number:
                line = document.line(f"rules[{index}].provinces[{number}]")
                yield Finding("C041", document.path, line, f"{province} 已经在“{first}”里了，只留一处")
    missing = [province for province in PROVINCES if province not in taken]
    if missing:
        line = document.line("rules")
        yield Finding("C041", document.path, line, f"还没有推算办法的省：{'、'.join(missing)}，加到一条 rules 里")


def strange_years(corpus: Corpus) -> Iterator[Finding]:
    """Vacations of one year that stand there twice or lie where no vacation is."""
    document, vacations = _read(corpus)
    if document is None:
        return
    seen: set[tuple[str, str, int]] = set()
    for index, known in enumerate(vacations.known):
        line = document.line(f"years[{index}]")
        if (known.province, known.kind, known.year) in seen:
            yield Finding("C042", document.path, line, f"{known.province} {known.year} 年的这个假期写了两遍，只留一条")
        seen.add((known.province, known.kind, known.year))
        if not FIRST_YEAR <= known.year <= LAST_YEAR:
            yield Finding(
                "C042", document.path, line, f"日历只到 {FIRST_YEAR}–{LAST_YEAR} 年，看看 {known.year} 对不对"
            )
        elif known.kind == "winter" and not _around_new_year(known.year, known.start, known.end):
            yield Finding("C042", document.path, line, f"{known.year} 年的春节不在这个寒假里，看看日期")
        elif known.kind == "summer" and not {known.start.month, known.end.month} <= set(_SUMMER_MONTHS):
            yield Finding("C042", document.path, line, "暑假在 6 月到 9 月之间，看看月份")
        if not known.estimated and "待核对" in known.source:
            yield Finding("C042", document.path, line, "source 里写着待核对，estimated 就写 true")


RULES = (
    Rule("C040", "寒暑假表读得出来", Level.ERROR, unreadable_vacations),
    Rule("C041", "每个省都有推算办法，只有一个", Level.ERROR, provinces_by_rule),
    Rule("C042", "一年的假期像个假期", Level.ERROR, strange_years),
)


def _around_new_year(year: int, start: date, end: date) -> bool:
    return start <= festival("new_years_eve", year) and festival("spring_festival", year) + timedelta(days=3) <= end


def _path(corpus: Corpus) -> Path:
    return corpus.root / "calendar/vacations.yml"


def _read(corpus: Corpus) -> tuple[Document | None, Vacations]:
    """The table; nothing when C040 has complaints or there is no such file."""
    try:
        document = read_yaml(_path(corpus))
        return document, vacations_from(document)
    except ContentError:
        return None, Vacations()
