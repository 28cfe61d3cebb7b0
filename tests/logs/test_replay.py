"""What was asked lately, for asking it again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.logs import replay
from bot.logs.replay import Asked, in_words
from tests.logs.conftest import Record
from tests.logs.support import ALICE, BOB, LESSON, answered, endangered, missed, scored, user


def test_each_wording_comes_once_with_its_last_answer(record: Record) -> None:
    record.add(ALICE, answered("发烧怎么办", slug="old-lesson"), missed("那个"), scored(100))
    record.add(BOB, answered("发烧怎么办"), endangered("孩子卡住了"), [user("/choose_lesson x", kind="choice")])

    assert record.do(replay.asked_since, record.clock.now() - timedelta(days=30)) == (
        Asked("发烧怎么办", "answered", LESSON, 2),
        Asked("孩子卡住了", "danger", "choking", 1),
        Asked("那个", "fallback", "action_offer_lessons", 1),
    )


def test_what_is_older_is_left_out(record: Record) -> None:
    record.add(ALICE, answered("发烧怎么办"))
    record.clock.turn(timedelta(days=31))

    assert record.do(replay.asked_since, record.clock.now() - timedelta(days=30)) == ()


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("〈孩子1〉发烧", "孩子发烧"),
        ("孩子〈孩子1〉发烧", "孩子发烧"),
        ("〈老师2〉说〈孩子1〉打人", "老师说孩子打人"),
        ("在〈单位1〉上班，电话〈电话1〉", "在厂里上班，电话"),
        ("〈填写：profile_birth〉", ""),
        ("发烧怎么办", "发烧怎么办"),
    ],
)
def test_placeholders_are_said_as_words(kept: str, said: str) -> None:
    assert in_words(kept) == said
