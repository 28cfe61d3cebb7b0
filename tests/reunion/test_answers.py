"""Answers to the planner's questions: (words, what they mean); None is no answer."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reunion.answers import SKIPPED, read_budget, read_days, read_promise, read_when, read_who, without_placeholders
from bot.reunion.plans import CHILD_COMES, ELSEWHERE, GO_HOME
from bot.text.lunar_days import DaySaid

TODAY = date(2026, 11, 26)
START = date(2027, 2, 4)

DAYS = [
    ("五天", 5), ("一个星期", 7), ("半个月", 15), ("十天左右", 10), ("一个月", 30), ("几天", 4), ("5", 5), ("住到初六", 8), ("初六走", 8),
    ("到2月10号", 7), ("整个暑假", 50), ("没定", SKIPPED), ("看情况", SKIPPED), ("怎么坐车回去", None), ("两年", None), ("500天", None),
    ("七八天吧", 8), ("两三天", 3), ("一两个星期", 14), ("十七八天", 18), ("三五天", 5),
    ("三晚上", 4), ("住两晚", 3),
    ("白天谁看", None), ("一天到晚谁带他", None),
]
BUDGETS = [
    ("500", 500), ("两千", 2000), ("一千五", 1500), ("500块左右", 600), ("三百", 300), ("1万", 10000), ("不花钱", 0), ("没算过", SKIPPED),
    ("千把块", 1000), ("手头紧，千把块", 1000), ("百把块钱吧", 100), ("三千来块", 3000), ("没多少", SKIPPED), ("手头紧", SKIPPED),
    ("不说", SKIPPED), ("火车票怎么买", None), ("孩子五岁", None), ("一两千", 2000), ("三五百", 500),
    ("没多少钱", SKIPPED), ("不想花钱", 0), ("尽量不花钱吧", 0), ("买票要多少钱", None),
]
WHO = [
    ("我回去", GO_HOME), ("我回家", GO_HOME), ("回老家", GO_HOME), ("孩子来我这儿", CHILD_COMES), ("接他过来", CHILD_COMES),
    ("他奶奶带他来", CHILD_COMES), ("去旅游", ELSEWHERE), ("在别处见", ELSEWHERE), ("怎么接孩子来城里", None), ("你好", None),
]
PROMISES = [
    ("没有", ""), ("没答应啥", ""), ("好像没有", ""), ("带他去钓鱼", "带他去钓鱼"), ("买个自行车", "买个自行车"), ("孩子挑食怎么办", None),
]


@pytest.mark.parametrize(("words", "meant"), DAYS)
def test_how_many_days(words: str, meant: int | str | None) -> None:
    assert read_days(words, START) == meant


@pytest.mark.parametrize(("words", "meant"), BUDGETS)
def test_how_much_money(words: str, meant: int | str | None) -> None:
    assert read_budget(words) == meant


@pytest.mark.parametrize(("words", "meant"), WHO)
def test_who_travels(words: str, meant: str | None) -> None:
    assert read_who(words) == meant


@pytest.mark.parametrize(("words", "meant"), PROMISES)
def test_what_was_promised(words: str, meant: str | None) -> None:
    assert read_promise(words) == meant


def test_when() -> None:
    found = read_when("我腊月二十八到家", TODAY)
    assert isinstance(found, DaySaid) and found.start == START
    assert read_when("还没定呢", TODAY) == SKIPPED
    # Said of last month it is over, whatever day that is.
    for words, day in (("上个月25号", date(2026, 10, 25)), ("上月31号", date(2026, 10, 31))):
        past = read_when(words, TODAY)
        assert isinstance(past, DaySaid) and past.past and past.start == day
    # A question with a day in it is a question.
    assert read_when("明天孩子开家长会我去不了怎么跟老师说", TODAY) is None
    assert read_when("腊月二十八那天村里办酒席孩子要去帮忙端菜可是他不愿意", TODAY) is None


def test_a_promise_is_told_back_without_a_name() -> None:
    assert without_placeholders("答应了带〈孩子1〉去〈学校1〉看球") == "带他去看球"
