""""The other side is typing" is shown when an answer takes long, and never outlives it."""

from __future__ import annotations

import asyncio

import pytest

from bot.wechat.conversation import Typing

pytestmark = pytest.mark.asyncio


class Sign:
    """WeChat's sign; `arrived` lets the call that shows it come through."""

    def __init__(self) -> None:
        self.calls: list[bool] = []
        self.asked = asyncio.Event()
        self.arrived = asyncio.Event()

    async def show(self, on: bool) -> None:
        self.asked.set()
        if on:
            await self.arrived.wait()
        self.calls.append(on)


async def test_a_quick_answer_shows_none() -> None:
    sign, tasks = Sign(), set[asyncio.Future[None]]()
    with Typing(30, sign.show, tasks):
        await asyncio.sleep(0)
    assert not sign.asked.is_set() and not tasks


async def test_what_came_before_the_answer_is_left_to_wechat() -> None:
    sign, tasks = Sign(), set[asyncio.Future[None]]()
    sign.arrived.set()
    with Typing(0, sign.show, tasks):
        await sign.asked.wait()
        await asyncio.gather(*tasks)
    assert sign.calls == [True] and not tasks


async def test_what_the_answer_overtook_is_taken_back() -> None:
    sign, tasks = Sign(), set[asyncio.Future[None]]()
    with Typing(0, sign.show, tasks):
        await sign.asked.wait()
    sign.arrived.set()
    await asyncio.gather(*tasks)
    assert sign.calls == [True, False]
