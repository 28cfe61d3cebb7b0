"""When and what may be sent, in plain words: understood, confirmed, changed; stop all stays stop all."""

from __future__ import annotations

from datetime import time

import pytest

from bot.people.preferences import DAY, NIGHT, ROTATING
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio


async def test_a_night_shift_and_back(talk: Talk) -> None:
    assert "下午四点半以后才发" in await talk.say("我上夜班")
    shift = talk.known().preferences.shift
    assert shift is not None and shift.kind == NIGHT
    await talk.say("不上夜班了")
    shift = talk.known().preferences.shift
    assert shift is not None and shift.kind == DAY


async def test_a_rotation(talk: Talk) -> None:
    assert "白班还是夜班" in await talk.say("我们厂两班倒")
    assert "先是白班" in await talk.say("这周白班，下周夜班")
    shift = talk.known().preferences.shift
    assert shift is not None and (shift.kind, shift.starts_with_night) == (ROTATING, False)


async def test_hours(talk: Talk) -> None:
    assert "晚上6点以后不发" in await talk.say("晚上别发")
    assert "晚上8点以后才发" in await talk.say("八点以后再发")
    assert talk.known().preferences.not_before == time(20) and talk.known().preferences.not_after is None
    await talk.say("随时都行")
    assert talk.known().preferences.not_before is None


async def test_one_kind_is_stopped_and_comes_back(talk: Talk) -> None:
    assert "节日这类不发了" in await talk.say("别发节日的")
    assert "每周" in await talk.say("每周那个不要了")
    assert talk.known().preferences.stopped_kinds == {"holiday", "weekly"}
    assert talk.known().reminders_stopped_at is None
    assert "恢复了" in await talk.say("恢复节日的")
    assert talk.known().preferences.stopped_kinds == {"weekly"}


async def test_all_is_stopped_and_questions_are_answered_all_the_same(talk: Talk) -> None:
    assert "以后不主动" in await talk.say("都别发了")
    assert talk.known().reminders_stopped_at is not None
    assert "38" in await talk.say("孩子发烧怎么办")
    assert "恢复了" in await talk.say("恢复提醒")
    assert talk.known().reminders_stopped_at is None


async def test_settings_are_shown_with_the_rest(talk: Talk) -> None:
    await talk.each("我上夜班", "别发节日的")

    for words in ("提醒设置", "我的资料"):
        reply = await talk.say(words)
        assert "您上夜班" in reply and "不发：节日" in reply


@pytest.mark.parametrize("question", ["上夜班睡不着怎么办", "夜班没时间给孩子打电话怎么办", "孩子晚上不睡觉怎么办"])
async def test_questions_about_nights_stay_questions(talk: Talk, question: str) -> None:
    await talk.say(question)

    assert talk.known().preferences.shift is None and talk.known().preferences.not_after is None


async def test_may_be_sent_again_is_the_contrary_of_stop(talk: Talk) -> None:
    await talk.say("不要再给我发消息了")
    assert talk.known().reminders_stopped_at is not None

    await talk.say("又可以发了")
    assert talk.known().reminders_stopped_at is None


async def test_none_of_them_needs_no_question_which(talk: Talk) -> None:
    await talk.say("不要每周的")

    await talk.say("全部都不要了")
    assert talk.known().reminders_stopped_at is not None


async def test_one_kind_after_the_other(talk: Talk) -> None:
    await talk.each("停止节日提醒", "生日的也不要")

    assert talk.known().preferences.stopped_kinds == {"holiday", "birthday"}


async def test_days_of_the_week_are_answered_honestly(talk: Talk) -> None:
    assert "做不到只挑周末发" in await talk.say("周末才有空")


async def test_one_kind_stopped_and_another_kept_in_one_message(talk: Talk) -> None:
    await talk.say("别发节日的")
    answer = await talk.say("每周那个别发了 过节的可以发")
    assert "每周一次的这类不发了" in answer and "节日" not in answer
    assert talk.known().preferences.stopped_kinds == frozenset({"weekly"})


@pytest.mark.parametrize("words", ["不用提醒我回家了", "别再提醒我了", "不需要给我发了"])
async def test_what_asks_for_quiet_never_resumes(talk: Talk, words: str) -> None:
    await talk.say("停止提醒")
    assert "恢复了" not in await talk.say(words)
    assert talk.known().reminders_stopped_at is not None
