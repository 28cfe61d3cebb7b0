"""C030–C035: campaigns: they can be read, differ from year to year, are short, use the right ways, and keep the push budget."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.calendar import Calendar
from bot.content.documents import ContentError, Document, read_yaml
from bot.content.lint.corpus import Corpus
from bot.content.lint.findings import Finding, Level, Rule
from bot.content.vacations import read_vacations
from bot.reminders.budget import Budget
from bot.reminders.campaigns import PERSONAL, Campaign, Campaigns, Step, campaign_from
from bot.reminders.hours import EVENING, MORNING
from bot.reminders.plan import Plan

# A message for five minutes' rest, not a lesson.
MOST_CHARACTERS = 200
LEAST_VARIANTS = 2
# WeChat allows template messages for service notices only: what the parent has set up.
SERVICE_KINDS = ("reunion", "course")


def unreadable(corpus: Corpus) -> Iterator[Finding]:
    """C030: files that the engine cannot read."""
    for path in _paths(corpus):
        try:
            _read(path)
        except ContentError as error:
            yield Finding("C030", error.path, error.line, error.message)


def too_few_variants(corpus: Corpus) -> Iterator[Finding]:
    """C031: a step whose words would be the same every time."""
    for document, _, step, where in _steps(corpus):
        if len(set(step.texts)) < max(LEAST_VARIANTS, len(step.texts)):
            line = document.line(f"{where}.texts")
            yield Finding("C031", document.path, line, f"{step.name} 至少写 {LEAST_VARIANTS} 条不一样的话，下次就不重样")


def too_long(corpus: Corpus) -> Iterator[Finding]:
    """C032: a wall of words."""
    for document, _, step, where in _steps(corpus):
        for index, text in enumerate(step.texts):
            if len(text) > MOST_CHARACTERS:
                line = document.line(f"{where}.texts[{index}]")
                yield Finding("C032", document.path, line, f"这条 {len(text)} 字，最多 {MOST_CHARACTERS} 字：只说一件事")


def wrong_ways(corpus: Corpus) -> Iterator[Finding]:
    """C033: ways that WeChat, or the message itself, does not allow."""
    for document, campaign, step, where in _steps(corpus):
        line = document.line(f"{where}.ways")
        if "template" in step.ways and campaign.kind not in SERVICE_KINDS:
            yield Finding("C033", document.path, line, "template 只给家长自己约好的事（kind 是 reunion 或 course），别的不许用")
        if "mass" in step.ways and (campaign.anchor in PERSONAL or step.table):
            yield Finding("C033", document.path, line, "mass 是给大家的同一句话：跟着各家日子走的、按孩子挑的，不能用")


def wrong_times(corpus: Corpus) -> Iterator[Finding]:
    """C034: hours at which nobody is written to."""
    for document, _, step, where in _steps(corpus):
        if not MORNING <= step.at < EVENING:
            line = document.line(f"{where}.at")
            yield Finding("C034", document.path, line, f'{step.at:%H:%M} 不发消息，写在 "08:30" 和 "21:30" 之间')


def unknown_lessons(corpus: Corpus) -> Iterator[Finding]:
    """C035: a lesson that is not there."""
    slugs = {each.lesson.slug for each in corpus.lessons}
    for document, _, step, where in _steps(corpus):
        if step.lesson and step.lesson not in slugs:
            yield Finding("C035", document.path, document.line(f"{where}.lesson"), f"没有叫 {step.lesson} 的课")


def over_budget(corpus: Corpus) -> Iterator[Finding]:
    """C036: more mass messages in a month than WeChat delivers, this year or the next."""
    found = {campaign.slug: (document, campaign) for document, campaign in _campaigns(corpus)}
    campaigns = Campaigns(tuple(campaign for _, campaign in found.values()), "")
    budget = Budget(Plan(campaigns, _calendar(corpus.root)))
    seen: set[tuple[str, str, str]] = set()
    for month in (date(year, number, 1) for year in (corpus.today.year, corpus.today.year + 1) for number in range(1, 13)):
        for overrun in budget.overruns(month):
            first, second = overrun.merge
            for step in overrun.refused:
                if step.key in seen:
                    continue
                seen.add(step.key)
                document, campaign = found[step.campaign]
                index = [each.name for each in campaign.steps].index(step.step)
                message = (
                    f"{month:%Y年%m月}同一位家长会收到 {len(overrun.steps)} 条群发，微信只送 4 条；"
                    f"可以合并 {first.name} 和 {second.name}，或者去掉 mass"
                )
                yield Finding("C036", document.path, document.line(f"steps[{index}].ways"), message)


RULES = (
    Rule("C030", "活动读得出来", Level.ERROR, unreadable),
    Rule("C031", "每一步至少两种说法", Level.ERROR, too_few_variants),
    Rule("C032", "一条只说一件事", Level.ERROR, too_long),
    Rule("C033", "走的路用得对", Level.ERROR, wrong_ways),
    Rule("C034", "不在夜里发", Level.ERROR, wrong_times),
    Rule("C035", "提到的课都有", Level.ERROR, unknown_lessons),
    Rule("C036", "群发不超预算", Level.ERROR, over_budget),
)


def _paths(corpus: Corpus) -> list[Path]:
    return sorted((corpus.root / "campaigns").glob("*.yml"))


def _read(path: Path) -> tuple[Document, Campaign]:
    document = read_yaml(path)
    return document, campaign_from(document)


def _campaigns(corpus: Corpus) -> Iterator[tuple[Document, Campaign]]:
    for path in _paths(corpus):
        try:
            yield _read(path)
        except ContentError:
            continue  # C030 says it


def _steps(corpus: Corpus) -> Iterator[tuple[Document, Campaign, Step, str]]:
    for document, campaign in _campaigns(corpus):
        for index, step in enumerate(campaign.steps):
            yield document, campaign, step, f"steps[{index}]"


def _calendar(root: Path) -> Calendar:
    try:
        return Calendar(read_vacations(root / "calendar" / "vacations.yml"))
    except ContentError:
        return Calendar()  # C040 says it
