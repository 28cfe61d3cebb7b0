"""C014–C016, C019, C023 and C026: the other parts of a file: body, `try`, sources, who read it, ages, date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.content.lessons import AgedAnswer
from bot.content.lint.corpus import Corpus, Page
from bot.content.lint.findings import Finding, Level, Rule
from bot.content.lint.prose import han_count

# content/TEMPLATE.md: five minutes on a phone. The unit is the Han character, punctuation does not count.
BODY_CHARACTERS = (300, 900)
SECTIONS = (2, 4)
# What goes wrong here goes wrong with a child's health: every claim must be traceable.
SERIES_WITH_SOURCES = ("child_safety", "early_childhood")

_SECTION = re.compile(r"^## \S", re.MULTILINE)
_URL = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/\S*)?", re.ASCII)
_NOBODY = re.compile(r"专家|医生|大夫|老师|编辑|待定|未知|无|某.*|[xX?？.。—-]+|todo|tbd|none", re.IGNORECASE)


def body_size(corpus: Corpus) -> Iterator[Finding]:
    """A body of 300–900 Han characters in two to four sections."""
    for each in corpus.lessons:
        line = each.page.line("body", each.lesson.body.split("\n", 1)[0])
        count, sections = han_count(each.lesson.body), len(_SECTION.findall(each.lesson.body))
        if not BODY_CHARACTERS[0] <= count <= BODY_CHARACTERS[1]:
            message = f"正文有 {count} 个字，写到 {BODY_CHARACTERS[0]}–{BODY_CHARACTERS[1]} 个"
            yield Finding("C014", each.page.path, line, message)
        if not SECTIONS[0] <= sections <= SECTIONS[1]:
            message = f"正文有 {sections} 个小标题，写 {SECTIONS[0]}–{SECTIONS[1]} 个，每个用“## ”开头"
            yield Finding("C014", each.page.path, line, message)


def nothing_to_try(corpus: Corpus) -> Iterator[Finding]:
    """A lesson without `try`."""
    for each in corpus.lessons:
        if not each.lesson.try_this:
            yield Finding("C015", each.page.path, 1, "少了 try：写一件这周能做的小事")


def no_sources(corpus: Corpus) -> Iterator[Finding]:
    """A lesson on safety or small children, or a script, without sources; an address that is none."""
    for each in corpus.lessons:
        if each.lesson.series in SERIES_WITH_SOURCES and not each.lesson.sources:
            yield Finding("C016", each.page.path, 1, _NO_SOURCES)
    for script in corpus.scripts:
        if not script.script.sources:
            yield Finding("C016", script.page.path, 1, _NO_SOURCES)
    for page in corpus.files:
        yield from _bad_urls(page)


def review_state(corpus: Corpus) -> Iterator[Finding]:
    """`reviewed: true` needs a person's name and no draft; a name needs `reviewed: true`."""
    for page in [each.page for each in corpus.lessons] + [each.page for each in corpus.scripts]:
        data = page.document.data if page.document else {}
        reviewed, name = data.get("reviewed") is True, str(data.get("reviewed_by") or "").strip()
        if reviewed and (not name or _NOBODY.fullmatch(name)):
            message = "reviewed 写了 true，就要在 reviewed_by 写上看过的人的姓名和单位；还没人看过就写 false"
            yield Finding("C019", page.path, page.line("reviewed"), message)
        if name and not reviewed:
            yield Finding(
                "C019",
                page.path,
                page.line("reviewed_by"),
                "写了 reviewed_by，reviewed 就改成 true；没看完就把名字删掉",
            )
        if reviewed and page.draft:
            yield Finding("C019", page.path, page.line("status"), "看过的就不是草稿了：status 写 reviewed 或 published")


def ages(corpus: Corpus) -> Iterator[Finding]:
    """Answers by age stay inside the lesson's ages and leave no hole between them. (The reader refuses overlaps.)"""
    for each in corpus.lessons:
        first, last = each.lesson.ages
        for index, aged in enumerate(each.lesson.answers):
            if aged.from_months < first or aged.to_months > last:
                message = f"这段写给 {aged.from_months}–{aged.to_months} 个月，超出了这一课的 {first}–{last} 个月"
                yield Finding("C023", each.page.path, each.page.line(f"answers[{index}].ages"), message)
        yield from _holes(each.page, each.lesson.answers)
    for script in corpus.scripts:
        yield from _holes(script.page, script.script.answers)


def future_dates(corpus: Corpus) -> Iterator[Finding]:
    """`updated` lies after today (Asia/Shanghai)."""
    for each in corpus.lessons:
        if each.lesson.updated > corpus.today:
            yield Finding("C026", each.page.path, each.page.line("updated"), _FUTURE)
    for script in corpus.scripts:
        updated = script.page.document.data.get("updated") if script.page.document else None
        if type(updated) is not type(corpus.today):
            yield Finding("C026", script.page.path, script.page.line("updated"), "updated 要写成 2026-11-21 这样的日期")
        elif updated > corpus.today:
            yield Finding("C026", script.page.path, script.page.line("updated"), _FUTURE)


RULES = (
    Rule("C014", f"正文 {BODY_CHARACTERS[0]}–{BODY_CHARACTERS[1]} 字", Level.ERROR, body_size),
    Rule("C015", "有一件小事可做", Level.ERROR, nothing_to_try),
    Rule("C016", "健康和安全的话有来源", Level.ERROR, no_sources),
    Rule("C019", "谁看过写清楚", Level.ERROR, review_state),
    Rule("C023", "年龄段连得上", Level.ERROR, ages),
    Rule("C026", "日期不在将来", Level.ERROR, future_dates),
)

_NO_SOURCES = "少了 sources：写上依据的文件，至少要有名字、发布的单位和年份"
_FUTURE = "updated 是将来的日子，改成真正改动的那一天"


def _bad_urls(page: Page) -> Iterator[Finding]:
    sources = page.document.data.get("sources") if page.document else None
    for index, source in enumerate(sources if isinstance(sources, list) else []):
        if not isinstance(source, Mapping) or "url" not in source:
            continue
        url = source["url"]
        if not isinstance(url, str) or not _URL.fullmatch(url):
            message = "网址要以 https:// 或 http:// 开头、写全；没有把握就删掉这一行"
            yield Finding("C016", page.path, page.line(f"sources[{index}].url"), message)


def _holes(page: Page, answers: tuple[AgedAnswer, ...]) -> Iterator[Finding]:
    ordered = sorted(answers, key=lambda each: each.from_months)
    for younger, older in zip(ordered, ordered[1:], strict=False):
        if younger.to_months < older.from_months:
            message = f"{younger.to_months} 个月到 {older.from_months} 个月之间没有写，把两段连上"
            yield Finding("C023", page.path, page.line(f"answers[{answers.index(older)}].ages"), message)
