"""What the library must hold at least: one declared list, counted by `jiashu library`.

A parent who asks should find: the numbers are what was promised for each series, form and table, and what editors may not fall below.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.content.comics import Comic
from bot.content.lessons import Lesson
from bot.content.library import Library
from bot.content.quizzes import Quiz
from bot.content.tables.shelf import Shelf

# The ten lessons of the course each end with a quiz.
COURSE = "course"
# The holidays and vacations for which messages must be ready, by the names of their campaigns.
SEASONS = (
    "spring_festival",
    "winter_vacation",
    "summer",
    "national_day",
    "mid_autumn",
    "childrens_day",
    "school_start_spring",
    "school_start_autumn",
)


@dataclass(frozen=True)
class Stock:
    """All that is published. `provinces` are those with a rule or a date for their vacations, `campaigns` those that can be read."""

    library: Library
    quizzes: Mapping[str, Quiz]
    comics: Mapping[str, Comic]
    shelf: Shelf
    provinces: Collection[str]
    campaigns: Collection[str]

    def lessons(self, series: str, form: str = "") -> list[Lesson]:
        """The lessons of a series; stories count by themselves."""
        forms = (form,) if form else ("lesson", "tip", "comic")
        return [each for each in self.library.lessons.values() if each.series == series and each.form in forms]


@dataclass(frozen=True)
class Minimum:
    """One promise: what is counted, how many there must be, and how to count them."""

    title: str
    least: int
    count: Callable[[Stock], int]


@dataclass(frozen=True)
class Counted:
    """A promise, and how many there are."""

    title: str
    least: int
    have: int

    @property
    def kept(self) -> bool:
        return self.have >= self.least


def _series(name: str) -> Callable[[Stock], int]:
    return lambda stock: len(stock.lessons(name))


def _items(stock: Stock) -> int:
    return len(stock.library.lessons) + len(stock.quizzes) + len(stock.comics)


MINIMUMS: tuple[Minimum, ...] = (
    Minimum("课文、漫画、测验一共", 190, _items),
    Minimum("爸妈这门课：课文", 10, _series(COURSE)),
    Minimum("爸妈这门课：测验", 10, lambda stock: sum(each.slug in stock.quizzes for each in stock.lessons(COURSE))),
    Minimum("隔着电话说说话", 24, _series("remote_communication")),
    Minimum("孩子平安", 24, _series("child_safety")),
    Minimum("带小小孩", 48, _series("early_childhood")),
    Minimum("盼团聚", 16, _series("reunion")),
    Minimum("照顾自己", 10, _series("wellbeing")),
    Minimum("大孩子", 10, _series("older_children")),
    Minimum("年轻工友：课文", 6, _series("young_workers")),
    Minimum("年轻工友：“我做到了”的故事", 4, lambda stock: len(stock.lessons("young_workers", "story"))),
    Minimum("班组长", 8, _series("line_managers")),
    Minimum("测验", 60, lambda stock: len(stock.quizzes)),
    Minimum("漫画", 12, lambda stock: len(stock.comics)),
    Minimum("聊天话头", 200, lambda stock: len(stock.shelf.starters)),
    Minimum("礼物", 60, lambda stock: len(stock.shelf.gifts)),
    Minimum("活动", 80, lambda stock: len(stock.shelf.activities)),
    Minimum("几个月会什么（月龄）", 14, lambda stock: len(stock.shelf.milestones)),
    Minimum("照片任务", 20, lambda stock: len(stock.shelf.photos)),
    Minimum("知道寒暑假的省", 31, lambda stock: len(set(stock.provinces))),
    Minimum("节日和假期的提醒", len(SEASONS), lambda stock: sum(name in stock.campaigns for name in SEASONS)),
    Minimum("急救文案", 18, lambda stock: len(stock.library.safety)),
)


def counted(stock: Stock) -> Iterator[Counted]:
    """Every promise with its count; the two that are shares of all lessons come last."""
    for each in MINIMUMS:
        yield Counted(each.title, each.least, each.count(stock))
    lessons = [each for each in stock.library.lessons.values() if each.form != "story"]
    yield Counted("能转给老人的课文（至少三分之一）", -(-len(lessons) // 3), sum(bool(each.relay) for each in lessons))
    yield Counted("有一件小事可做的课文（每一课）", len(lessons), sum(bool(each.try_this) for each in lessons))
