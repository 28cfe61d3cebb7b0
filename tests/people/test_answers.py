"""What counts as an answer to a question of the profile, and what is a question of the parent's own."""

from __future__ import annotations

from datetime import date

import pytest

from bot.people.answers import (
    SKIPPED,
    read_another,
    read_birth,
    read_carer,
    read_meeting,
    read_province,
    read_sex,
    read_yes_no,
)

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("同意", True), ("同意记下", True), ("好的", True), ("行吧", True), ("嗯嗯", True), ("OK", True), ("可以。", True), ("要得", True),
        ("不同意", False), ("不用了", False), ("算了", False), ("先不用", False), ("不行！", False), ("别记", False),
        ("孩子发烧怎么办", None), ("同意书怎么写", None), ("不知道", None), ("", None), ("5岁", None),
    ],
)
def test_yes_or_no(text: str, means: bool | None) -> None:
    assert read_yes_no(text) is means


@pytest.mark.parametrize(
    ("text", "birth", "estimated"),
    [
        ("5岁", date(2021, 3, 1), True),
        ("五岁了", date(2021, 3, 1), True),
        ("今年刚满五岁", date(2021, 3, 1), True),
        ("八个月", date(2025, 7, 1), True),
        ("我家娃两岁半", date(2023, 9, 1), True),
        ("7", date(2019, 3, 1), True),
        ("七", date(2019, 3, 1), True),
        ("上三年级", date(2017, 9, 1), True),
        ("2019年5月", date(2019, 5, 1), False),
        ("2024年2月29号", date(2024, 2, 1), False),
        ("2024-02-29", date(2024, 2, 1), False),
        ("2019.5", date(2019, 5, 1), False),
        ("2019-05", date(2019, 5, 1), False),
        ("19年5月", date(2019, 5, 1), False),
        ("二零一九年五月生的", date(2019, 5, 1), False),
        ("2019年", date(2019, 7, 1), True),
    ],
)
def test_an_age_or_a_birth_month(text: str, birth: date, estimated: bool) -> None:
    child = read_birth(text, TODAY)

    assert child is not None and (child.birth_month, child.birth_estimated) == (birth, estimated)


@pytest.mark.parametrize(
    "text",
    ["五岁孩子发烧怎么办", "35岁", "2030年5月", "1990年5月", "大的五岁小的三岁", "99", "不告诉你", "三年级数学不会做", "", "2019年13月"],
)
def test_no_age(text: str) -> None:
    assert read_birth(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("男孩", "男孩"), ("男", "男孩"), ("儿子", "男孩"), ("小子", "男孩"), ("女儿", "女孩"), ("闺女", "女孩"), ("是个妹妹", "女孩"),
        ("不说", SKIPPED), ("跳过", SKIPPED), ("一男一女", None), ("女儿发烧了怎么办", None), ("随便", None),
    ],
)
def test_boy_or_girl(text: str, sex: str | None) -> None:
    assert read_sex(text) == sex


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("四川", "四川"), ("在四川省", "四川"), ("湖南老家", "湖南"), ("内蒙古", "内蒙古"), ("重庆的", "重庆"), ("跳过", SKIPPED),
        ("不想说", SKIPPED), ("四川或者重庆", None), ("老家", None), ("四川那边的孩子暑假去河里游泳怎么办", None),
    ],
)
def test_a_province(text: str, province: str | None) -> None:
    assert read_province(text) == province


@pytest.mark.parametrize(
    ("text", "carer"),
    [
        ("爷爷奶奶", "爷爷奶奶"), ("他奶奶", "爷爷奶奶"), ("外婆带", "外公外婆"), ("姥姥", "外公外婆"), ("我妈在带", "家里老人"), ("公婆", "家里老人"),
        ("住校", "住校"), ("跟我一起", "跟我在一起"), ("我自己带", "跟我在一起"), ("我老公", "爸爸或妈妈在家带"), ("大姑", "亲戚"), ("跳过", SKIPPED),
        ("奶奶老打孩子怎么办", None), ("奶奶不听我的", None), ("没有", None),
    ],
)
def test_who_looks_after_the_child(text: str, carer: str | None) -> None:
    assert read_carer(text) == carer


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("没有了", False), ("没了", False), ("就一个", False), ("莫得", False), ("还有一个", True), ("有", True), ("还有个女儿", True), ("有 还有个小的", True), ("好", True),
        ("不用", False), ("有没有发烧的药", None), ("孩子咳嗽", None),
    ],
)
def test_whether_there_is_another(text: str, more: bool | None) -> None:
    assert read_another(text) is more


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("国庆", date(2026, 10, 1)), ("十一回去", date(2026, 10, 1)), ("五一", date(2026, 5, 1)), ("暑假", date(2026, 7, 5)),
        ("元旦", date(2027, 1, 1)), ("春节", date(2027, 2, 6)), ("过年", date(2027, 2, 6)), ("中秋", date(2026, 9, 25)), ("八月", date(2026, 8, 1)),
        ("明年2月", date(2027, 2, 1)), ("1月", date(2027, 1, 1)), ("2027年5月", date(2027, 5, 1)), ("2月5号", date(2027, 2, 5)), ("腊月二十八", date(2027, 2, 4)), ("下个月", None), ("没定", None), ("不知道", None),
        ("跳过", None),
    ],
)
def test_the_next_meeting(text: str, on: date | None) -> None:
    meeting = read_meeting(text, TODAY)

    assert meeting is not None and meeting.on == on


@pytest.mark.parametrize(
    ("text", "on"),
    [
        # 十一 is the National Day, 十一月 is not.
        ("十一月", None), ("明年十一月回", date(2027, 11, 1)), ("十二月", date(2026, 12, 1)), ("十一", date(2027, 10, 1)),
        # Of this month only the rest is left: which day of it is not known.
        ("11月", None), ("这个月11月", None), ("清明", date(2027, 4, 3)), ("端午节", date(2027, 6, 9)),
    ],
)
def test_the_next_meeting_told_late_in_november(text: str, on: date | None) -> None:
    meeting = read_meeting(text, date(2026, 11, 22))

    assert meeting is not None and meeting.on == on


@pytest.mark.parametrize("text", ["0000年1月", "今年3月"])
def test_no_meeting_in_the_past(text: str) -> None:
    assert read_meeting(text, date(2026, 11, 22)) is None


@pytest.mark.parametrize("text", ["暑假怎么防溺水", "13月", "孩子咳嗽三天了", "过年回家孩子不认我怎么办呀"])
def test_no_meeting(text: str) -> None:
    assert read_meeting(text, TODAY) is None
