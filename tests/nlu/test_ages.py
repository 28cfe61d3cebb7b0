"""Ages in what parents write: the table is the specification."""

from __future__ import annotations

import pytest

from bot.text.ages import find_ages
from bot.text.numerals import read_numeral, read_range

AGES = [
    ("一两岁", [18]), ("七八岁了", [90]), ("十一二岁", [138]), ("十七八岁", [210]), ("九十岁", []),
    # years
    ("孩子5岁了", [60]),
    ("五岁", [60]),
    ("两岁半", [30]),
    ("俩岁的娃", [24]),
    ("三岁多", [36]),
    ("3周岁", [36]),
    ("虚岁七岁", [84]),
    ("一岁零三个月", [15]),
    ("1岁8个月", [20]),
    ("2.5岁", [30]),
    ("十二岁的女儿", [144]),
    ("五六岁", [66]),
    ("5、6岁", [66]),
    ("5-6岁", [66]),
    ("三到五岁", [48]),
    ("七岁和三岁两个", [84, 36]),
    ("半岁了", [6]),
    ("一岁半", [18]),
    # months and days
    ("八个月", [8]),
    ("8个月大", [8]),
    ("六个多月", [6]),
    ("两个半月", [2]),
    ("6到8个月", [7]),
    ("18个月还不会走", [18]),
    ("刚出生三天", [0]),
    ("生下来两周", [0]),
    ("刚满月", [1]),
    ("百天了", [3]),
    ("新生儿黄疸", [0]),
    ("还在月子里", [0]),
    # school
    ("上小班", [42]),
    ("幼儿园中班", [54]),
    ("大班", [66]),
    ("一年级", [78]),
    ("三年级的儿子", [102]),
    ("小学六年级", [138]),
    ("女儿小三了", [102]),
    ("初一", [150]),
    ("初三要中考", [174, 174]),
    ("高二", [198]),
    # traps: months that are no ages, people who are no children
    ("出来打工三个月了", []),
    ("每个月打一次电话", []),
    ("三个月没见了", []),
    ("三个月没打电话", []),
    ("离开两个月", []),
    ("上个月", []),
    ("这个月工资", []),
    ("两个月工资没发", []),
    ("再过三个月回家", []),
    ("三个月后回去", []),
    ("我35岁", []),
    ("爷爷六十岁", []),
    ("奶奶七十多岁了", []),
    ("在厂里干了八个月", []),
    ("满月酒怎么办", []),
    ("考了5分", []),
    ("3点打电话", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "months"), AGES, ids=[text or "nothing" for text, _ in AGES])
def test_it_finds_the_ages_of_children_and_nothing_else(text: str, months: list[int]) -> None:
    assert [mention.months for mention in find_ages(text)] == months


def test_it_says_where_an_age_stands() -> None:
    (mention,) = find_ages("我家三岁半的娃")

    assert "我家三岁半的娃"[mention.start : mention.end] == "三岁半"


@pytest.mark.parametrize(
    ("text", "number"),
    [("两", 2), ("俩", 2), ("十二", 12), ("廿", 20), ("二十一", 21), ("2.5", 2.5), ("零", 0), ("一百", 100), ("岁", None), ("", None)],
)
def test_it_reads_numerals(text: str, number: float | None) -> None:
    assert read_numeral(text) == number


@pytest.mark.parametrize(
    ("text", "low_high"),
    [
        ("七八", (7, 8)), ("一两", (1, 2)), ("三五", (3, 5)), ("十一二", (11, 12)), ("二十七八", (27, 28)), ("二三十", (20, 30)),
        ("二八", None), ("八七", None), ("十二", None), ("二十", None), ("七", None), ("十二三十", None), ("", None),
    ],
)  # fmt: skip
def test_it_reads_two_neighbours_as_a_range(text: str, low_high: tuple[float, float] | None) -> None:
    assert read_range(text) == low_high
