"""The story of docs/spring-festival.md: what one mother says from thirty days before Spring Festival to ten days after.

Told in the browser by tools/spring_festival.py and without one by tests/end_to_end/test_spring_festival.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.reminders.hours import at_hour

NEW_YEAR = date(2027, 2, 6)
FIRST, LAST = -30, 10


@dataclass(frozen=True)
class Said:
    """Words of the parent's, `day` days from New Year's Day, `at` Beijing time."""

    day: int
    at: time
    words: str

    @property
    def moment(self) -> datetime:
        """When it is said."""
        return at_hour(NEW_YEAR + timedelta(days=self.day), self.at)


def _talk(day: int, hour: int, minute: int, *words: str) -> Iterator[Said]:
    """Several things on one day, two minutes apart."""
    begin = datetime.combine(NEW_YEAR, time(hour, minute))
    for index, each in enumerate(words):
        yield Said(day, (begin + timedelta(minutes=2 * index)).time(), each)


# A weaver in Dongguan, whose daughter of eight lives with her grandparents in Hunan. She comes home on 腊月二十八 and leaves on
# the fifth day of the new year.
TALK = (
    *_talk(
        -30, 12, 30,
        "孩子发烧怎么办", "好，说说", "同意记下", "8岁", "女孩", "湖南", "爷爷奶奶", "没有了", "春节",
        "团聚计划", "腊月二十八", "我回去", "住到初五", "500", "带她去赶集",
    ),
    *_talk(-27, 20, 10, "在吗"),
    *_talk(-26, 20, 0, "说了"),
    *_talk(-20, 20, 0, "孩子一看书就喊眼睛累"),
    *_talk(-18, 12, 40, "好的"),
    *_talk(-16, 18, 30, "票抢到了"),
    *_talk(-14, 12, 40, "还没，不知道买什么"),
    *_talk(-12, 20, 10, "买了个毽子"),
    *_talk(-9, 20, 0, "在吗"),
    *_talk(-8, 20, 10, "跟奶奶说过了"),
    *_talk(-5, 12, 40, "好的"),
    *_talk(-3, 20, 0, "好的"),
    *_talk(-2, 20, 10, "她躲着我不肯叫妈妈"),
    *_talk(-1, 20, 0, "过年好"),
    *_talk(1, 13, 30, "玩了，她很高兴"),
    *_talk(3, 20, 0, "做了，赶集和放风筝都做了"),
    *_talk(4, 20, 0, "心里空落落的"),
    *_talk(5, 20, 0, "打了，她哭了"),
    *_talk(8, 20, 0, "在吗"),
)  # fmt: skip
