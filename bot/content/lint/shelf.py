"""C050–C055: the tables of conversation starters, gifts, activities, milestones and photo tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.lint.corpus import Corpus, Entry, TablePage
from bot.content.lint.findings import Finding, Level, Rule
from bot.content.lint.prose import of_table
from bot.content.tables.activities import Activity
from bot.content.tables.gifts import Gift
from bot.content.tables.milestones import Milestone
from bot.content.tables.photos import PhotoTask
from bot.content.tables.starters import Starter

# Three entries, a line before and a line after them go into one WeChat message of 2,048 bytes.
MOST_ENTRY_BYTES = 540
# One batch: fewer, and a parent of a child of that age gets a half-empty answer.
LEAST_FOR_AN_AGE = 3
# The smallest hole through which a child under three can choke or be hurt is what the law's marks on toys are about (GB 6675).
UNDER_THREE = 36
_RISKY = re.compile(r"刀|火|烧|炒|煮|煎|开水|热水|河|塘|溪|池|游泳|爬树|爬山|马路|过街|骑车|自行车|滑板|剪刀|针|钉|锤|电池|磁|气球|绳|高处|放风筝|烫|蜡烛")
# Words that only a doctor may say, and words that make a parent afraid.
_DIAGNOSES = re.compile(r"自闭|孤独症|脑瘫|智力低下|弱智|迟缓|多动症|不正常|落后|有病|残疾|障碍")


def unreadable(corpus: Corpus) -> Iterator[Finding]:
    """Tables or entries that the assistant cannot read."""
    for table in corpus.shelf:
        yield from (Finding("C050", error.path, error.line, error.message) for error in table.errors)


def said_twice(corpus: Corpus) -> Iterator[Finding]:
    """Two entries of one table with the same words; a month that has two rows."""
    for table in corpus.shelf:
        first: dict[str, int] = {}
        for entry in table.entries:
            line = table.page.line(entry.where)
            if first.setdefault(_name(entry), line) != line:
                message = f"和第 {first[_name(entry)]} 行的一样（标点、空格不算），换一句或删掉"
                yield Finding("C051", table.page.path, line, message)


def too_long(corpus: Corpus) -> Iterator[Finding]:
    """Entries of which three do not fit into one message."""
    for table, entry in _entries(corpus):
        told = getattr(entry.value, "told", "")
        size = len(told.encode())
        if size > MOST_ENTRY_BYTES:
            message = f"这一条有 {size} 字节，最多 {MOST_ENTRY_BYTES}（大约 {MOST_ENTRY_BYTES // 3} 个字），一次要发三条，请缩短"
            yield Finding("C052", table.page.path, table.page.line(entry.where), message)


def danger_unsaid(corpus: Corpus) -> Iterator[Finding]:
    """Gifts for the smallest without `avoid`; activities with water, fire, knives, roads … without `safety`."""
    for table, entry in _entries(corpus):
        value = entry.value
        if isinstance(value, Gift) and not value.avoid and (value.ages[0] < UNDER_THREE or _risk(value.name + value.why)):
            yield Finding("C053", table.page.path, table.page.line(entry.where), "加一行 avoid：要当心什么（小零件、绳子、电池……）")
        if isinstance(value, Activity) and not value.safety:
            risk = _risk("".join((value.name, value.need, *value.steps)))
            if risk:
                message = f"里面有“{risk}”，加一行 safety：怎么做才安全"
                yield Finding("C053", table.page.path, table.page.line(entry.where), message)


def frightening_months(corpus: Corpus) -> Iterator[Finding]:
    """Rows of milestones that diagnose, frighten or name no source."""
    for table, entry in _entries(corpus):
        if not isinstance(entry.value, Milestone):
            continue
        if not entry.value.sources:
            yield Finding("C054", table.page.path, table.page.line(f"{entry.where}.sources"), "写上来源：title 和 publisher")
        for passage in (each for each in of_table(table) if each.where.startswith(f"{entry.where}.")):
            found = _DIAGNOSES.search(passage.text)
            if found:
                message = f"“{found.group()}”只有医生能说，换成看得见的样子，例如“叫名字很少回头”"
                yield passage.finding("C054", message, passage.text)


def thin_ages(corpus: Corpus) -> Iterator[Finding]:
    """Ages in between for which a table has fewer than three entries."""
    for table in corpus.shelf:
        spans = [value.ages for value in (entry.value for entry in table.entries) if isinstance(value, (Starter, Gift, Activity))]
        if not spans:
            continue
        for month in range(min(least for least, _ in spans), max(most for _, most in spans)):
            if sum(least <= month < most for least, most in spans) < LEAST_FOR_AN_AGE:
                message = f"{month} 个月的孩子不到 {LEAST_FOR_AN_AGE} 条可挑，给这个年龄补几条"
                yield Finding("C055", table.page.path, 1, message)
                break


RULES = (
    Rule("C050", "几张表读得出来", Level.ERROR, unreadable),
    Rule("C051", "表里同一条不写两遍", Level.ERROR, said_twice),
    Rule("C052", "三条放得进一条消息", Level.ERROR, too_long),
    Rule("C053", "要当心的写出来", Level.ERROR, danger_unsaid),
    Rule("C054", "几个月会什么：不下诊断，有来源", Level.ERROR, frightening_months),
    Rule("C055", "每个年龄都有得挑", Level.ERROR, thin_ages),
)


def _entries(corpus: Corpus) -> Iterator[tuple[TablePage, Entry]]:
    yield from ((table, entry) for table in corpus.shelf for entry in table.entries)


def _name(entry: Entry) -> str:
    value = entry.value
    if isinstance(value, (Starter, Gift, Activity, PhotoTask)):
        return value.key
    return str(value.month) if isinstance(value, Milestone) else entry.where


def _risk(text: str) -> str:
    found = _RISKY.search(text)
    return found.group() if found else ""
