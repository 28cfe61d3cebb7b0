"""What tables answer at their edges: the newborn, no upper end to the money, an age known from the lesson, a photo already sent."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from actions.activities import ActionFindActivities
from actions.browse import ActionTellTip
from actions.gifts import ActionFindGifts
from actions.lesson_more import ActionAnswerOtherAge
from actions.milestones import ActionTellMilestones
from actions.photovoice import ActionGivePhotoTask
from actions.pushed import ActionTakeReport
from actions.relay import ActionForwardLesson
from actions.table_more import ActionTellDetails, ActionTellNextBatch
from actions.table_talk import age_in_words
from tests.coach.conftest import TableScene


async def test_a_newborn_is_not_nought_months_old(scene: TableScene) -> None:
    assert "【刚出生，多数孩子会什么】" in await scene.say(ActionTellMilestones(), "新生儿会什么")
    assert "刚出生的女孩，" in await scene.say(ActionFindGifts(), "刚出生的女儿送什么")
    assert "0个月" not in await scene.say(ActionFindActivities(), "刚出生的怎么玩")


@pytest.mark.parametrize(
    ("months", "said"), [(0, "刚出生"), (1, "1个月"), (11, "11个月"), (12, "1岁"), (14, "14个月"), (18, "1岁半"), (24, "2岁"), (84, "7岁")]
)
def test_ages_are_said_as_parents_say_them(months: int, said: str) -> None:
    assert age_in_words(months) == said


async def test_too_dear_after_no_upper_end_is_half_of_what_was_said(scene: TableScene) -> None:
    await scene.say(ActionFindGifts(), "100元以上的礼物 14岁")
    said = await scene.say(ActionTakeReport(), "太贵了")

    assert "100元以内" in said and "①" in said
    assert "50元以内" in await scene.say(ActionTakeReport(), "还是太贵了")


async def test_the_age_of_the_lesson_on_gifts_is_not_asked_again(scene: TableScene) -> None:
    scene.slots.update(lesson_last="gifts-by-age", lesson_age=8)
    said = await scene.say(ActionTellDetails(), "便宜点的")

    assert said.startswith("8个月，30元以内") and "孩子多大" not in said


async def test_the_only_child_is_known_also_when_its_age_is_said(scene: TableScene) -> None:
    scene.has_child(datetime(2020, 3, 1), "女孩")

    assert "6岁女孩，" in await scene.say(ActionFindGifts(), "6岁的孩子送什么好 帮我挑几样")
    assert "9岁，" in await scene.say(ActionFindGifts(), "9岁的孩子送什么好 帮我挑几样")


async def test_a_baby_takes_no_photos_and_nobody_is_told_that_all_tasks_are_done(scene: TableScene) -> None:
    scene.has_child(datetime(2025, 12, 1))
    said = await scene.say(ActionGivePhotoTask(), "这周拍什么")

    assert "孩子还小" in said and "都做过了" not in said


@pytest.mark.parametrize("words", ["拍好了", "我拍好了", "已经发了"])
async def test_a_photo_that_is_taken_is_not_set_again(scene: TableScene, words: str) -> None:
    await scene.say(ActionGivePhotoTask(), "这周拍什么")

    said = await scene.say(ActionGivePhotoTask(), words)
    assert said.startswith("真好") and "您：" not in said


async def test_who_has_passed_it_on_is_not_asked_what(scene: TableScene) -> None:
    assert (await scene.say(ActionForwardLesson(), "已经发给他了")).startswith("发了就好")
    scene.slots["lesson_last"] = "fever-by-age"
    assert "点“转发”" in await scene.say(ActionForwardLesson(), "转给奶奶")


async def test_the_tip_is_for_the_child_and_not_for_the_age_of_an_earlier_question(scene: TableScene) -> None:
    scene.slots["lesson_age"] = 3
    await scene.say(ActionTellTip(), "每周一招")
    assert scene.slots["lesson_age"] is None

    scene.has_child(datetime(2020, 3, 1, tzinfo=timezone.utc))
    await scene.say(ActionTellTip(), "每周一招")
    assert scene.slots["lesson_age"] == 72


def has_two(scene: TableScene) -> None:
    scene.has_child(datetime(2023, 3, 1), "男孩")
    scene.has_child(datetime(2018, 3, 1), "女孩")


@pytest.mark.parametrize(("words", "who"), [("那大的呢", "8岁女孩，"), ("小的", "3岁男孩，"), ("老大", "8岁女孩，")])
async def test_the_elder_of_two_is_known(scene: TableScene, words: str, who: str) -> None:
    has_two(scene)
    await scene.say(ActionFindGifts(), "挑几样礼物")

    assert (await scene.say(ActionTellDetails(), words)).startswith(who)


async def test_the_lesson_is_told_for_the_elder_of_two(scene: TableScene) -> None:
    has_two(scene)
    scene.slots["lesson_last"] = "gifts-by-age"
    await scene.say(ActionAnswerOtherAge(), "那大的呢")
    assert scene.slots["lesson_age"] == 96

    # Of a stranger's children nothing is known.
    scene.parent = "pbob"
    assert "孩子几岁" in await scene.say(ActionAnswerOtherAge(), "那大的呢")


async def test_the_same_rows_are_not_told_twice(scene: TableScene) -> None:
    first = await scene.say(ActionTellMilestones(), "10个月会什么")

    assert "这个年纪，表里写的就这些" in await scene.say(ActionTellNextBatch(), "还有呢")
    assert "【1岁半" in await scene.say(ActionTellDetails(), "那一岁半的呢")
    assert await scene.say(ActionTellMilestones(), "10个月会什么") == first
