"""Turns that take longer than WeChat waits, and what happens meanwhile: retries, a crash, no API. WeChat's 5 s are 1 s here."""

from __future__ import annotations

import asyncio
import resource
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.evaluation.wire import SETTLE
from bot.simulator.parent import Parent
from tests.end_to_end.slow_actions import ANSWER, SlowActions, slow_actions
from tests.end_to_end.stack import Stack, counted, running, said, until

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.asyncio]

SCALE = 0.2
QUESTION = "孩子发烧怎么办"


@pytest.fixture(scope="module")
async def actions() -> AsyncIterator[SlowActions]:
    async with slow_actions() as made:
        yield made


@pytest.fixture(scope="module")
async def stack(
    model: Path, actions: SlowActions, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stack]:
    environment = {"JIASHU_ACTIONS_URL": actions.url, "WECHAT_REPLY_BUDGET": str(4.5 * SCALE)}
    async with running(tmp_path_factory.mktemp("slow"), **environment) as made:
        yield made


@pytest.fixture(autouse=True)
def quick(actions: SlowActions) -> None:
    actions.seconds = 0.0
    actions.asked.clear()
    actions.gate.set()


async def _told(parent: Parent, words: str, times: int = 1) -> None:
    await until(lambda: counted(f"{ANSWER}：{words}", parent) == times, words)


async def test_three_deliveries_of_one_message_are_one_turn_with_one_answer(stack: Stack, actions: SlowActions) -> None:
    parent = await stack.wechat.follow(silent=True)
    actions.seconds = 7 * SCALE
    first = asyncio.create_task(parent.say(QUESTION))
    again: list[asyncio.Task[object]] = []
    for _ in range(2):
        await asyncio.sleep(5 * SCALE)
        delivery = stack.wechat.deliveries[-1]
        again.append(asyncio.create_task(stack.wechat.repeat(delivery)))
    answers = [str(getattr(each, "body", "")) for each in await asyncio.gather(*again)]
    passively = sum("Encrypt" in answer for answer in answers)
    # By a retry, or by the API; WeChat shows what a retry took, our raw repetition does not: `first` might wait for it a minute and a half.
    await until(lambda: counted(ANSWER, parent) + passively, "the answer")
    await asyncio.wait([first], timeout=3 * SETTLE)  # a second one would come now
    first.cancel()
    assert counted(ANSWER, parent) + passively == 1
    assert actions.asked == [QUESTION]


async def test_two_messages_at_once_are_answered_in_order(stack: Stack, actions: SlowActions) -> None:
    parent = await stack.wechat.follow(silent=True)
    actions.seconds = 0.5
    first = asyncio.create_task(parent.say("孩子挑食怎么办"))
    await until(lambda: actions.asked, "the first turn")
    await asyncio.gather(first, parent.say("怎么防溺水"))

    await _told(parent, "怎么防溺水")
    assert actions.asked == ["孩子挑食怎么办", "怎么防溺水"]
    together = "\n".join(said(parent))
    assert together.index("孩子挑食怎么办") < together.index("怎么防溺水")


async def test_what_was_received_before_a_crash_is_answered_after_it(stack: Stack, actions: SlowActions) -> None:
    parent = await stack.wechat.follow(silent=True)
    actions.gate.clear()
    asked = asyncio.create_task(parent.say(QUESTION))
    await until(lambda: actions.asked, "the turn")
    await stack.assistant.stop(signal.SIGKILL)
    assert said(parent) == []

    actions.gate.set()
    await stack.assistant.start()

    await _told(parent, QUESTION)
    await asked
    await parent.say("怎么防溺水")
    assert counted(f"{ANSWER}：{QUESTION}", parent) == 1


async def test_a_late_answer_waits_while_the_api_is_down_and_comes_with_the_next(stack: Stack, actions: SlowActions) -> None:
    parent = await stack.wechat.follow(silent=True)
    actions.seconds = 7 * SCALE
    stack.wechat.platform.faults.down = True
    try:
        asked = asyncio.create_task(parent.say(QUESTION))
        await until(lambda: "wechat_waiting" in stack.rows(parent), "the answer to be kept")
    finally:
        stack.wechat.platform.faults.clear()
    asked.cancel()
    actions.seconds = 0.0

    reply = await parent.say("怎么防溺水")

    assert reply.text.startswith(f"您上次问的「{QUESTION}」") and f"{ANSWER}：怎么防溺水" in reply.text
    assert counted(f"{ANSWER}：{QUESTION}", parent) == 1


async def test_a_stopped_process_takes_the_answer_to_the_retry(stack: Stack, actions: SlowActions) -> None:
    parent = await stack.wechat.follow(silent=True)
    courier = stack.wechat.platform.courier
    usual, courier.gap = courier.gap, 1.0
    process = stack.assistant
    try:
        process.tell(signal.SIGSTOP)
        asked = asyncio.create_task(parent.say(QUESTION))
        await asyncio.sleep(1.5)
    finally:
        process.tell(signal.SIGCONT)
    await asked
    courier.gap = usual

    await _told(parent, QUESTION)
    assert actions.asked == [QUESTION]


async def test_a_locked_database_delays_and_loses_nothing(stack: Stack, actions: SlowActions) -> None:
    parent = await stack.wechat.follow(silent=True)
    await parent.say("怎么防溺水")
    with stack.opened() as database:
        database.execute("BEGIN IMMEDIATE")
        asked = asyncio.create_task(parent.say(QUESTION))
        await until(lambda: QUESTION in actions.asked, "the turn")
        database.execute("ROLLBACK")
    await asyncio.wait([asked], timeout=30)

    # At once by the API, or with the next contact.
    await parent.say("怎么防溺水")
    assert counted(f"{ANSWER}：{QUESTION}", parent) == 1
    asked.cancel()


async def test_a_database_that_cannot_grow_costs_the_memory_but_not_the_answer(stack: Stack) -> None:
    parent = await stack.wechat.follow(silent=True)
    # As near to a full disk as one gets on any machine: no file of the process may grow past what the journal has already.
    resource.prlimit(stack.assistant.pid, resource.RLIMIT_FSIZE, (32 * 1024, resource.RLIM_INFINITY))
    try:
        assert f"{ANSWER}：{QUESTION}" in (await parent.say(QUESTION)).text
    finally:
        resource.prlimit(stack.assistant.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert "wechat.inbox_unwritable" in stack.assistant.words()
    assert ANSWER in (await parent.say("怎么防溺水")).text
