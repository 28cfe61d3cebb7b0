"""Plain words about when and what to send: (words, what they mean), with near-misses."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.people.preferences import DAY, NIGHT, ROTATING, Shift
from bot.people.shift_words import read_shift, says_which_block
from bot.people.wishes import HoursWished, plain_wish, read_hours, read_kinds, read_split_kinds, wants_a_rest

WEDNESDAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 23)

SHIFTS = [
    ("我上夜班", Shift(NIGHT)),
    ("上晚班的", Shift(NIGHT)),
    ("我系返夜更嘅", Shift(NIGHT)),
    ("长白班", Shift(DAY)),
    ("不上夜班了", Shift(DAY)),
    ("夜班上完了", Shift(DAY)),
    ("我是两班倒", Shift(ROTATING, MONDAY, 7, True)),
    ("这周白班下周夜班", Shift(ROTATING, MONDAY, 7, False)),
    ("这周夜班，下周白班", Shift(ROTATING, MONDAY, 7, True)),
    ("下周开始上夜班", Shift(NIGHT, date(2026, 11, 30))),
    ("下个月开始上夜班", Shift(NIGHT, date(2026, 12, 1))),
    ("从下周起上夜班", Shift(NIGHT, date(2026, 11, 30))),
    ("下周开始倒白班", Shift(NIGHT, until=date(2026, 11, 29), then=Shift(DAY))),
    ("下周开始上夜班 一周一换", Shift(ROTATING, MONDAY, 7, False)),
    ("半个月一倒 现在夜班", Shift(ROTATING, date(2026, 11, 16), 15, True)),
    ("三班倒 一个月一换 这个月白班", Shift(ROTATING, date(2026, 11, 1), 30, False)),
    ("两周一换 这周是夜班", Shift(ROTATING, MONDAY, 14, True)),
    ("从12月1号起两班倒", Shift(ROTATING, date(2026, 12, 1), 7, True)),
    ("15号开始倒班 半个月一倒", Shift(ROTATING, date(2026, 12, 15), 15, True)),
    ("从下周一开始上夜班", Shift(NIGHT, date(2026, 11, 30))),
    ("下周转夜班", Shift(NIGHT, date(2026, 11, 30))),
    ("下月1号转夜班", Shift(NIGHT, date(2026, 12, 1))),
    ("后天转夜班", Shift(NIGHT, date(2026, 11, 27))),
    ("从明天开始夜班", Shift(NIGHT, date(2026, 11, 26))),
    ("大小班轮，半个月一换", Shift(ROTATING, date(2026, 11, 16), 15, True)),
    ("今儿晚班，明天就白班了", Shift(NIGHT, until=WEDNESDAY)),
    ("晚八点到早八点的班", Shift(NIGHT)),
    ("晚上七点干到早上七点", Shift(NIGHT)),
    ("我夜里干活白天睡觉，别白天吵我", Shift(NIGHT)),
    ("早上八点上到晚上八点", Shift(DAY)),
    ("下周一转白班", Shift(NIGHT, until=date(2026, 11, 29), then=Shift(DAY))),
    ("下周转白班", Shift(NIGHT, until=date(2026, 11, 29), then=Shift(DAY))),
    ("12月1号起上白班", Shift(NIGHT, until=date(2026, 11, 30), then=Shift(DAY))),
    ("下个月不上夜班了", Shift(NIGHT, until=date(2026, 11, 30), then=Shift(DAY))),
    ("转白班了", Shift(DAY)),
    ("早七晚七", Shift(DAY)),
    ("晚八早八", Shift(NIGHT)),
    ("半个月夜班半个月白班", Shift(ROTATING, date(2026, 11, 16), 15, True)),
    ("15天一换，现在白班", Shift(ROTATING, date(2026, 11, 16), 15, False)),
    ("孩子今天不吃饭", None),
    ("晚上别发", None),
    ("晚上八点到九点打电话", None),
    ("早上六点到晚上六点喂几次奶", None),
]
# Seen from the Wednesday: the last day of it.
ENDS = [
    ("上夜班到月底", date(2026, 11, 30)),
    ("我上夜班，到12月5号", date(2026, 12, 5)),
    ("夜班上到下周日", date(2026, 12, 6)),
    ("夜班到腊月二十", date(2027, 1, 27)),
    ("这周夜班", date(2026, 11, 29)),
    ("我这周都是夜班", date(2026, 11, 29)),
    ("这两周夜班", date(2026, 12, 6)),
    ("这个月上夜班", date(2026, 11, 30)),
    ("这几天上夜班", date(2026, 11, 28)),
    ("今晚上夜班", date(2026, 11, 25)),
    ("今天夜班", date(2026, 11, 25)),
    ("再上三天夜班", date(2026, 11, 27)),
    ("夜班还有一个星期", date(2026, 12, 1)),
    ("还要上半个月夜班", date(2026, 12, 9)),
    ("这周白班", date(2026, 11, 29)),
    ("从下周一开始上夜班 到下个月底", date(2026, 12, 31)),
    ("下周三开始上两周夜班", date(2026, 12, 15)),
    ("连上十天大夜", date(2026, 12, 4)),
    ("我上夜班", None),
    ("调到夜班了", None),
    ("夜班晚上八点到早上八点", None),
    ("不上夜班了", None),
    ("上了三年夜班", None),
    ("夜班上到头晕", None),
    ("这周白班下周夜班", None),
]
HOURS = [
    ("晚上别发", HoursWished(not_after=time(18))),
    ("八点以后再发", HoursWished(not_before=time(20))),
    ("早上十点以后再发", HoursWished(not_before=time(10))),
    ("晚上八点以后别发", HoursWished(not_after=time(20))),
    ("九点以后莫发了", HoursWished(not_after=time(21))),
    ("早上10点以前不要发", HoursWished(not_before=time(10))),
    ("晚上9点半以后别发", HoursWished(not_after=time(21, 30))),
    ("12:30以后再发", HoursWished(not_before=time(12, 30))),
    ("早上别发", HoursWished(not_before=time(11, 30))),
    ("白天别发我睡觉", HoursWished(not_before=time(18))),
    ("中午发就行", HoursWished(time(11, 30), time(14))),
    ("随时都行", HoursWished()),
    ("几点发都可以", HoursWished()),
    ("别半夜发", HoursWished()),
    ("我上夜班", None),
    ("孩子晚上不睡觉", None),
    ("8岁以后", None),
    ("孩子晚上九点以后还玩手机", None),
    ("八点以后还不睡", None),
]
KINDS = [
    ("别发节日的", ("holiday",)),
    ("过年过节的不要了", ("holiday",)),
    ("每周那个不要了", ("weekly",)),
    ("生曰的别发", ("birthday",)),
    ("别催我上课", ("course",)),
    ("暑假的不要", ("vacation",)),
    ("节日和生日的都别发", ("holiday", "birthday")),
    ("周四那个停了", ("weekly",)),
    ("星期四晚上那条不想收了", ("weekly",)),
    ("每周一课不用发了", ("weekly",)),
    ("周四夜班", ()),
    ("都别发了", ()),
]


@pytest.mark.parametrize(("words", "last"), ENDS)
def test_it_reads_until_when_a_shift_is_worked(words: str, last: date | None) -> None:
    shift = read_shift(words, WEDNESDAY)

    assert shift is not None and shift.until == last


# Words, what they are taken for as a whole, wanted, unwanted.
SPLIT = [
    ("每周那个别发了 过节的可以发", True, ("holiday",), ("weekly",)),
    ("过节的照发，生日的不要", True, ("holiday",), ("birthday",)),
    ("过节的照发，生日的不要", False, ("holiday",), ("birthday",)),
    ("每周的留着，寒暑假的和课程的停掉", True, ("weekly",), ("vacation", "course")),
    ("恢复过节的，每周的还是别发", False, ("holiday",), ("weekly",)),
    ("节日和生日的都别发", True, (), ("holiday", "birthday")),
    ("不要节日的", True, (), ("holiday",)),
    ("恢复节日", False, ("holiday",), ()),
    ("只要过节的", True, ("holiday",), ("vacation", "reunion", "weekly", "course", "birthday", "call_coach")),
    ("别的不要只发过节的", True, ("holiday",), ("vacation", "reunion", "weekly", "course", "birthday", "call_coach")),
    ("只发过节的别的都不要", True, ("holiday",), ("vacation", "reunion", "weekly", "course", "birthday", "call_coach")),
    ("除了回家的，别的都别发", True, ("reunion",), ("holiday", "vacation", "weekly", "course", "birthday", "call_coach")),
    ("过节的不错 每周的算了", True, ("holiday",), ("weekly",)),
]  # fmt: skip


@pytest.mark.parametrize(("words", "stopping", "wanted", "unwanted"), SPLIT)
def test_it_reads_each_clause_of_a_wish_by_itself(
    words: str, stopping: bool, wanted: tuple[str, ...], unwanted: tuple[str, ...]
) -> None:
    assert read_split_kinds(words, stopping) == (wanted, unwanted)


@pytest.mark.parametrize(("words", "meant"), SHIFTS)
def test_it_understands_shifts(words: str, meant: Shift | None) -> None:
    assert read_shift(words, WEDNESDAY) == meant


@pytest.mark.parametrize(("words", "meant"), HOURS)
def test_it_understands_hours(words: str, meant: HoursWished | None) -> None:
    assert read_hours(words) == meant


@pytest.mark.parametrize(("words", "meant"), KINDS)
def test_it_understands_kinds(words: str, meant: tuple[str, ...]) -> None:
    assert read_kinds(words) == meant


def test_it_knows_when_the_present_block_was_not_said() -> None:
    assert not says_which_block("我是两班倒") and says_which_block("两班倒 这周夜班") and says_which_block("下周夜班")


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("太多了，少发点", "stop_kind"), ("一个星期一条就行了", "stop_kind"), ("信息太多了，别发这么勤", "stop_kind"),
        ("你还会给我发啥提醒", "show_notifications"), ("学习的那个课先停停", "pause_course"), ("课先歇一阵", "pause_course"),
        ("我夜里干活白天睡觉，别白天吵我", "set_shift"),
        ("别天天发", "stop_kind"), ("开学的不用跟我说了", "stop_kind"), ("白天睡觉晚上干活的", "set_shift"), ("孩子的事不用跟我说了", None), ("夜里上班白天睡不着", None),
        ("一周一次就够了", "stop_kind"), ("回家的留着，其他的不要", "stop_kind"), ("生日的还是给我发", "resume_kind"), ("早班，六点到下午两点", "set_shift"),
        ("孩子的生日还是要过", None), ("作业留着，别的不用管", None),
        ("给孩子少发点红包", None), ("孩子的课停了", None), ("每周一次电话就够了", None), ("上夜班白天孩子别吵我怎么办", None), ("给我发红包", None),
    ],
)  # fmt: skip
def test_a_wish_that_is_said_plainly(words: str, intent: str | None) -> None:
    assert plain_wish(words) == intent


def test_one_kind_is_kept_and_the_rest_not() -> None:
    wanted, unwanted = read_split_kinds("每周那条留着，别的不要", stopping=True)
    assert wanted == ("weekly",) and "holiday" in unwanted and "weekly" not in unwanted
    wanted, unwanted = read_split_kinds("就留过节的，别的全关", stopping=True)
    assert wanted == ("holiday",) and "weekly" in unwanted


@pytest.mark.parametrize(("words", "hour"), [("每天十点下班 下班后再发", 22), ("我八点下班，下班再发", 20), ("上夜班 早上八点下班，下班再发", 8)])
def test_who_stops_work_at_ten_stops_in_the_evening(words: str, hour: int) -> None:
    wished = read_hours(words)
    assert wished is not None and wished.not_before == time(hour)


@pytest.mark.parametrize(("words", "rests"), [("停一个月", True), ("先停两周", True), ("停产一个月", False)])
def test_a_rest_for_so_long_is_one(words: str, rests: bool) -> None:
    assert wants_a_rest(words) is rests
