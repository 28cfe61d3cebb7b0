"""Budgets, minutes, places and moods in what parents write: the tables are the specification."""

from __future__ import annotations

import pytest

from bot.text.minutes import find_minutes
from bot.text.money import CHEAP, NO_LIMIT, Budget, find_budget
from bot.text.moods import read_mood
from bot.text.places import read_place, stays_indoors

BUDGETS = [
    ("50块以内 6岁女孩", (0, 50)),
    ("五十块钱以内", (0, 50)),
    ("100元左右", (0, 120)),
    ("一百来块", (0, 120)),
    ("100左右的", (0, 120)),
    ("百把块钱", (0, 120)),
    ("预算一百", (0, 100)),
    ("预算是200", (0, 200)),
    ("不超过80", (0, 80)),
    ("80以内的", (0, 80)),
    ("20到50块", (20, 50)),
    ("100-200元", (100, 200)),
    ("二三十块", (0, 30)),
    ("一两百块的", (0, 200)),
    ("五六十元", (0, 60)),
    ("几十块", (0, 90)),
    ("十几块钱", (0, 20)),
    ("几块钱的小东西", (0, 9)),
    ("300块以上", (300, NO_LIMIT)),
    ("三百块", (0, 300)),
    ("下雨天 4岁 不花钱", (0, 0)),
    ("免费的", (0, 0)),
    ("便宜点的", (0, CHEAP)),
    ("兜里就剩30块了", (0, 30)),
    # no money
    ("6岁女孩", None),
    ("五六岁", None),
    ("6岁以内", None),
    ("20分钟能玩什么", None),
    ("大块积木", None),
    ("孩子三年级", None),
    ("最多10分钟", None),
    ("就3个人", None),
    ("50个小朋友", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), BUDGETS)
def test_it_finds_the_budget(text: str, expected: tuple[int, int] | None) -> None:
    assert find_budget(text) == (Budget(*expected) if expected else None)


MINUTES = [
    ("只有十分钟", 10),
    ("15分钟", 15),
    ("半个小时", 30),
    ("半小时", 30),
    ("一个小时", 60),
    ("一个半小时", 90),
    ("两个钟头", 120),
    ("一刻钟", 15),
    ("就几分钟", 10),
    ("没多少时间", 10),
    ("一下午", 150),
    ("一整天", 300),
    ("六岁", None),
    ("今晚聊什么", None),
]


@pytest.mark.parametrize(("text", "expected"), MINUTES)
def test_it_finds_the_minutes(text: str, expected: int | None) -> None:
    assert find_minutes(text) == expected


PLACES = [
    ("在宿舍能玩什么", "dormitory"),
    ("厂里宿舍", "dormitory"),
    ("村里玩啥", "village"),
    ("老家院子里", "village"),
    ("去公园", "park"),
    ("城里周末去哪", "city"),
    ("在家玩", "home"),
    ("屋头耍啥子", "home"),
    ("视频里能玩什么", "phone"),
    ("在宿舍打电话玩点啥", "phone"),
    ("4岁玩什么", None),
    ("在外面玩", "village"),
    ("我在外面打工 孩子在家 玩点啥", "home"),
]


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_it_reads_the_place(text: str, expected: str | None) -> None:
    assert read_place(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("下雨天", True), ("外头太冷了", True), ("停电了", True), ("天晴", False)])
def test_it_knows_when_they_stay_indoors(text: str, expected: bool) -> None:
    assert stays_indoors(text) is expected


MOODS = [
    ("他今天不说话", "quiet"),
    ("问一句嗯一句，没话", "quiet"),
    ("孩子生气了", "angry"),
    ("在闹脾气", "angry"),
    ("他有点不高兴", "sad"),
    ("哭着呢", "sad"),
    ("孩子想我了", "sad"),
    ("她累了", "tired"),
    ("今天特别高兴", "happy"),
    ("不想说话，也不高兴", "quiet"),
    ("六岁女孩", None),
]


@pytest.mark.parametrize(("text", "expected"), MOODS)
def test_it_reads_the_mood(text: str, expected: str | None) -> None:
    assert read_mood(text) == expected
