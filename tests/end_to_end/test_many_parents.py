"""Fifty parents with ten messages each: every one answered, none twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.simulator.parent import Parent
from tests.end_to_end.stack import Stack, counted, running, said, until

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.asyncio]

PARENTS = 50
# What is said, and words that stand in the answer to it and in no other.
TALK = (
    ("你是不是机器人", "我是机器人，不是真人"),
    ("隐私说明", "不给工厂看"),
    # Messages sent at once come over several connections, in any order.
    ("我的资料", "没有记您和孩子的资料|您说过不要提醒"),
    ("停止提醒", "不主动给您发消息"),
    ("恢复提醒", "好，恢复了"),
    ("找真人", "12338（妇联"),
    ("导出", "全部资料，长按可以复制"),
    ("怎么用", "很简单：把想问的"),
    ("你是谁", "专门帮在外打工的爸爸妈妈"),
    ("删除我的数据", "全部删掉吗"),
)
# So many at once that the allowance of five messages, of which one is kept for emergencies, holds all late answers.
BURSTS = (TALK[:4], TALK[4:7], TALK[7:])


@pytest.fixture(scope="module")
async def stack(model: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """With the budget of every day: who is late is answered by the API."""
    async with running(tmp_path_factory.mktemp("many"), WECHAT_REPLY_BUDGET="4.5") as made:
        yield made


async def test_five_hundred_messages_of_fifty_parents_are_answered_once(stack: Stack) -> None:
    parents = [await stack.wechat.follow(silent=True) for _ in range(PARENTS)]
    # This WeChat shares the machine's cores with the assistant, the real one does not: it may take longer to notice an answer.
    courier = stack.wechat.platform.courier
    usual, courier.gap = courier.gap, 30.0
    try:
        await asyncio.gather(*(_talk(parent) for parent in parents))
    finally:
        courier.gap = usual

    for parent in parents:
        assert [counted(mark, parent) for _, mark in TALK] == [1] * len(TALK), said(parent)


async def _talk(parent: Parent) -> None:
    for burst in BURSTS:
        await asyncio.gather(*(parent.say(words) for words, _ in burst))
        marks = [mark for _, mark in burst]
        await until(lambda marks=marks: all(counted(mark, parent) for mark in marks), f"{marks}")
