"""Talks about the week's photo."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio


async def test_a_task_a_photo_and_another_task(talk: Talk) -> None:
    first = await talk.say("这周拍什么")
    assert "您：" in first and "孩子：" in first

    assert "发给孩子" in await talk.say("/EXTERNAL_image")
    second = await talk.say("换一个题目")
    assert "您：" in second and second != first
    assert await talk.say("照片任务") == second


async def test_a_photo_without_a_task_is_not_kept(talk: Talk) -> None:
    assert "不会保存" in await talk.say("/EXTERNAL_image")


async def test_another_one_after_a_task_is_another_task(talk: Talk) -> None:
    first = await talk.say("照片任务")

    second = await talk.say("换一个")
    assert "您：" in second and second != first


async def test_sent_to_the_child_is_no_wish_to_be_left_alone(talk: Talk) -> None:
    await talk.say("照片任务")

    assert "停了" not in await talk.say("我发了")
    assert talk.known().reminders_stopped_at is None
