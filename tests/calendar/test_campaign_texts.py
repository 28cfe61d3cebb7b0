"""The texts of content/campaigns: short, warm, one thing to do, words to say, and never more than the account may send."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.calendar import Calendar
from bot.content.library import load_library
from bot.content.lint.prose import sentences
from bot.content.lint.reference import read_hotlines, read_words
from bot.content.lint.wording import LONGEST_SENTENCE
from bot.content.tables.shelf import load_shelf
from bot.content.vacations import read_vacations
from bot.reminders.campaigns import WAYS, Campaign, Step, load_campaigns
from bot.reminders.compose import Composer
from bot.reminders.facts import ChildFacts, Facts
from bot.reminders.occasions import fits_age
from bot.reminders.sendings import sendings
from bot.text.plain import simplify

CONTENT = Path(__file__).parents[2] / "content"
CAMPAIGNS = load_campaigns(CONTENT / "campaigns").all
STEPS = [(campaign, step) for campaign in CAMPAIGNS for step in campaign.steps]
TEXTS = [(campaign, step, text) for campaign, step in STEPS for text in step.texts]
# What must be there, by anchor: the festivals, the vacations and the parent's own days.
ANCHORS = {
    *("spring_festival", "qingming", "labour_day", "mothers_day", "childrens_day", "dragon_boat", "fathers_day"),
    *("mid_autumn", "national_day", "winter_vacation", "summer_vacation", "school_start_spring", "school_start_autumn"),
    *("child_birthday", "reunion", "departure", "weekly", "course_pace", "call"),
}
# A campaign that comes again and again must not repeat itself within two months.
OFTEN = {"weekly": 8, "course": 3}
LONGEST = 200
MOST_MASS_A_MONTH = 3  # of WeChat's four: one is left for the editors
FRAMES = ("weekly", "course_pace", "call_coach")  # a few words before what is drawn: nothing to say aloud in them

_SPOKEN = re.compile(r"“([^”]*)”")
_FESTIVE = re.compile(r"快乐|过年好|祝您|节好")
_NOT_TO_A_PARENT = re.compile(r"(?<![“])你(?:应该|必须|怎么|要是)")
# Counted from the day it was due; a rough number with 来, 把 or 大概 is true a little longer.
_ONLY_THAT_DAY = re.compile(r"明天|后天|昨天(?!他笑)|今天除夕|今天分开|大年三十|还有[一二三四五六七八九十两]+[天周]|[一二三四五六七八九十]天(?:了|过去)|再过[一二三四五六七八九十两]+天")
_GUILT = re.compile(r"孤零零|可怜|亏欠|对不起孩子|缺爱|留守|后悔|不配|失去了|耽误")


def named(value: object) -> str:
    if isinstance(value, Campaign):
        return value.slug
    return value.name if isinstance(value, Step) else str(value)[:10]


def prose(text: str) -> str:
    """A text without what is said aloud in it, where one says 你."""
    return _SPOKEN.sub("", text)


def test_every_occasion_has_its_campaign() -> None:
    assert {campaign.anchor for campaign in CAMPAIGNS} == ANCHORS


def test_the_spring_festival_series_comes_when_it_is_promised() -> None:
    series = next(campaign for campaign in CAMPAIGNS if campaign.anchor == "spring_festival")
    before = {step.offset for step in series.steps if not step.from_end and not step.each_day}
    after = {step.offset for step in series.steps if step.from_end}
    assert {-30, -15, -7, -3, -1} <= before
    assert {0, 3, 10} <= after
    assert [step.name for step in series.steps if step.each_day] == ["together"]


@pytest.mark.parametrize(("campaign", "step"), STEPS, ids=named)
def test_next_year_is_not_a_copy(campaign: Campaign, step: Step) -> None:
    assert len(set(step.texts)) == len(step.texts) >= OFTEN.get(campaign.kind, 2)
    if step.each_day:
        assert len(step.texts) >= 3


def test_no_text_stands_twice() -> None:
    assert [text for text, times in Counter(text for _, _, text in TEXTS).items() if times > 1] == []


@pytest.mark.parametrize(("campaign", "step", "text"), TEXTS, ids=named)
def test_a_text_is_short_and_can_be_said(campaign: Campaign, step: Step, text: str) -> None:
    assert len(text) <= LONGEST
    assert text.count("\n") <= 3
    assert text.count("“") == text.count("”")
    for sentence in sentences(text):
        assert len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z0-9.]+", sentence)) <= LONGEST_SENTENCE, sentence
    if campaign.slug not in FRAMES:
        assert any(len(said) >= 7 for said in _SPOKEN.findall(text)), "words to say aloud are missing"


@pytest.mark.parametrize(("campaign", "step", "text"), TEXTS, ids=named)
def test_a_text_blames_nobody(campaign: Campaign, step: Step, text: str) -> None:
    words = read_words(CONTENT / "words.yml")
    assert [each.word for each in (*words.blame, *words.jargon) if each.pattern.search(text)] == []
    assert not _GUILT.search(text)
    assert not _NOT_TO_A_PARENT.search(prose(text))
    # Only what is said aloud to somebody says 你: the parent is 您.
    assert "你" not in prose(text)


@pytest.mark.parametrize(("campaign", "step", "text"), TEXTS, ids=named)
def test_a_text_is_plain_simplified_chinese(campaign: Campaign, step: Step, text: str) -> None:
    assert simplify(text) == text
    assert not re.search(r"[*#`_\[\]<>{}]|[\U0001f000-\U0001faff]", text)
    assert not re.search(r"(?<=[\u4e00-\u9fff])[,;:?!()](?=[\u4e00-\u9fff])", text)


@pytest.mark.parametrize(("campaign", "step", "text"), TEXTS, ids=named)
def test_only_known_numbers_are_named(campaign: Campaign, step: Step, text: str) -> None:
    hotlines = read_hotlines(CONTENT / "hotlines.yml")
    assert [number for number in re.findall(r"\d{3,}", text) if not hotlines.knows(number)] == []


@pytest.mark.parametrize(("campaign", "step", "text"), TEXTS, ids=named)
def test_a_text_is_true_as_long_as_it_may_be_told(campaign: Campaign, step: Step, text: str) -> None:
    """What waits for the next contact is told later: 明天 is another day by then."""
    due = datetime.combine(date(2027, 1, 1), step.at)
    if _ONLY_THAT_DAY.search(prose(text)):
        assert (due + step.stale_after).date() == due.date(), _ONLY_THAT_DAY.findall(prose(text))


def test_what_the_railway_decides_points_to_the_railway() -> None:
    presale = [text for _, _, text in TEXTS if re.search(r"提前15天|往前数14天", text)]
    assert presale and all("12306" in text for text in presale)


@pytest.mark.parametrize(("campaign", "step"), STEPS, ids=named)
def test_festive_words_do_not_go_to_someone_in_grief(campaign: Campaign, step: Step) -> None:
    if any(_FESTIVE.search(text) for text in step.texts):
        assert step.cheerful


@pytest.mark.parametrize(("campaign", "step"), STEPS, ids=named)
def test_what_is_drawn_is_announced(campaign: Campaign, step: Step) -> None:
    if campaign.kind == "weekly":
        return
    for text in step.texts:
        assert text.endswith("：") == bool(step.table), text


@pytest.mark.parametrize(("campaign", "step"), STEPS, ids=named)
def test_a_notice_says_what_it_is_about(campaign: Campaign, step: Step) -> None:
    assert 5 <= len(step.notice) <= 20


@pytest.mark.parametrize(("campaign", "step"), STEPS, ids=named)
@pytest.mark.parametrize("months", [None, 2, 9, 20, 40, 70, 110, 150, 190])
def test_the_whole_message_is_whole_for_every_age(
    composer: Composer, campaign: Campaign, step: Step, months: int | None
) -> None:
    day = date(2027, 6, 1)
    number = day.year * 12 + day.month - 1 - (months or 0)
    child = ChildFacts(date(number // 12, number % 12 + 1, 1))
    facts = Facts(children=() if months is None else (child,))
    for year in ("2026", "2027", "2028"):
        text = composer.message(campaign, step, facts, "parent", year, day).text
        assert len(text.encode()) <= 2048
        pieces = text.split("\n\n")
        # What is announced comes next, and nothing comes between.
        assert (len(pieces) > 1) == bool(step.table or step.lesson or campaign.kind == "weekly")
        assert not (step.table and step.lesson)
        assert all(piece.strip() for piece in pieces)


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer(load_library(CONTENT), load_shelf(CONTENT))


def test_every_lesson_that_is_named_is_there() -> None:
    lessons = load_library(CONTENT).lessons
    assert {step.lesson for _, step in STEPS if step.lesson} <= set(lessons)


@pytest.mark.parametrize(("campaign", "step"), STEPS, ids=named)
def test_a_question_afterwards_has_its_answer(campaign: Campaign, step: Step) -> None:
    assert bool(step.ask) == bool(step.ask_after)
    if step.ask:
        assert step.expect
        assert "回“" in step.ask and "都行" in step.ask


@pytest.mark.parametrize(("campaign", "step"), STEPS, ids=named)
def test_a_mass_message_is_the_same_for_all(campaign: Campaign, step: Step) -> None:
    if "mass" in step.ways:
        assert not step.table and not step.audience.child_age and not step.audience.carer and not step.audience.province


@pytest.mark.parametrize(("campaign", "step"), STEPS, ids=named)
def test_ways_are_tried_from_the_nearest_to_the_last(campaign: Campaign, step: Step) -> None:
    """The conversation first, then what the parent allowed, then what goes to all, at last the next contact."""
    assert list(step.ways) == sorted(step.ways, key=WAYS.index)


@pytest.mark.parametrize("year", range(2026, 2041))
def test_mass_messages_keep_within_the_month(year: int) -> None:
    calendar = Calendar(read_vacations(CONTENT / "calendar/vacations.yml"))
    sent = sendings(calendar, CAMPAIGNS, year)
    months = Counter(each.day.month for each in sent if "mass" in each.step.ways)
    assert max(months.values()) <= MOST_MASS_A_MONTH, months


@pytest.mark.parametrize("campaign", CAMPAIGNS, ids=named)
def test_nobody_gets_two_texts_on_one_day_from_one_campaign(campaign: Campaign) -> None:
    """Steps on one day are for different people; a daily step gives way to the others, because it comes later in the day."""
    for step, other in _pairs(campaign):
        if step.from_end == other.from_end and step.offset == other.offset and not step.each_day | other.each_day:
            assert _apart(step, other), f"{step.name} and {other.name}"
    daily = [step for step in campaign.steps if step.each_day]
    others = [step for step in campaign.steps if not step.each_day and (step.from_end or step.offset >= 0)]
    inside = [step for step in others if not (step.from_end and step.offset > 0)]
    assert all(step.at < each.at for each in daily for step in inside)


def _pairs(campaign: Campaign) -> Iterator[tuple[Step, Step]]:
    steps = campaign.steps
    yield from ((step, other) for number, step in enumerate(steps) for other in steps[number + 1 :])


def _apart(step: Step, other: Step) -> bool:
    """Whether no parent of one child is meant by both."""
    one, two = step.audience, other.audience
    if one.apart is not None and two.apart is not None and one.apart is not two.apart:
        return True
    ages, others = one.child_age, two.child_age
    return ages is not None and others is not None and (ages[1] <= others[0] or others[1] <= ages[0])


def test_the_days_before_a_vacation_are_said_to_be_about() -> None:
    """Vacations are mostly estimated: a text that counts the days to one says so."""
    for campaign, step, text in TEXTS:
        if (
            campaign.kind == "vacation"
            and not step.from_end
            and step.offset < 0
            and re.search(r"[天周月](?:放|开)", text)
        ):
            assert re.search(r"大概|快", text), f"{campaign.slug} {step.name}"


def test_the_year_is_spread_out() -> None:
    """Between Spring Festival and autumn no month is silent for those who live apart."""
    calendar = Calendar(read_vacations(CONTENT / "calendar/vacations.yml"))
    days = [each.day for each in sendings(calendar, CAMPAIGNS, 2027) if each.step.audience.apart is not False]
    silent = set(range(1, 12)) - {day.month for day in days}
    assert silent <= {3, 11}
    assert date(2027, 2, 6) in days


@pytest.mark.parametrize("name", ["kindergarten_3", "first_grade_3", "junior_3"])
def test_a_child_starts_each_school_once(name: str) -> None:
    """Who is six (three, twelve) on 31 August starts in that year: a wider age would tell some of them twice."""
    found = next(step for campaign, step in STEPS if step.name == name)
    years = range(2020, 2040)
    for month in range(1, 13):
        child = ChildFacts(date(2018, month, 1))
        told = [year for year in years if fits_age(child, found.audience, date(year, 8, 29))]
        assert len(told) == 1, month


@pytest.mark.parametrize(("campaign", "step", "text"), [each for each in TEXTS if each[0].slug == "spring_festival" and each[1].lesson == "saying-goodbye"], ids=named)
def test_who_planned_nothing_is_not_told_that_they_part(campaign: Campaign, step: Step, text: str) -> None:
    assert re.search(r"(?:要走|要分开|见着面|回家过年)的，", text)


@pytest.mark.parametrize(
    ("campaign", "step", "text"),
    [each for each in TEXTS if each[0].kind in ("holiday", "vacation") and each[1].audience.apart is None and not each[1].audience.carer],
    ids=named,
)
def test_who_lives_with_the_child_is_not_told_to_call_it(campaign: Campaign, step: Step, text: str) -> None:
    calls = re.search(r"打(?:个|一个)?电话|视频", prose(text))
    assert not calls or re.search(r"不在(?:一起|家)的|没见着的|没见着面的|打电话念也行|视频里也行|带(?:大)?(?:他|孩子)的人|是爸爸的", text)
