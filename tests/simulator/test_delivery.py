"""Deliveries to a real callback over HTTP: retries, junk, modes, forged and repeated ones. Times are scaled down."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from bot.clock import ShiftedClock
from bot.simulator.chat import UNAVAILABLE, Side, Via
from bot.simulator.config import Mode, SimulatorConfig
from bot.simulator.driver import SimulatedWeChat

from .toy import Answer, Toy, echo, text_reply, toy_callback

pytestmark = pytest.mark.asyncio

# For tries that are let down on purpose: who is late here is late by half a minute.
QUICK = SimulatorConfig(gap=1.0, clock=ShiftedClock())
# For everything else: a busy machine never takes that long.
PATIENT = replace(QUICK, gap=60.0)


def slow(tries: int) -> Answer:
    """Answer too late, except from the last of `tries` on."""

    async def answer(toy: Toy, message: ElementTree.Element) -> str:
        if len(toy.requests) < tries:
            await asyncio.sleep(30)
        return await echo(toy, message)

    return answer


def always(body: str) -> Answer:
    async def answer(_: Toy, __: ElementTree.Element) -> str:
        return body

    return answer


@pytest.mark.parametrize("mode", list(Mode))
async def test_it_talks_in_every_mode(mode: Mode) -> None:
    async with toy_callback(PATIENT) as toy, SimulatedWeChat(toy.url, PATIENT, settle=0.05) as wechat:
        wechat.set_mode(mode)
        parent = await wechat.follow("school-12")
        assert parent.welcome is not None and parent.welcome.text == "收到：subscribe"
        assert toy.messages[0].findtext("EventKey") == "qrscene_school-12"
        assert (await parent.say("孩子 <不> 说话 ]]> 😀")).text == "收到：孩子 <不> 说话 ]]> 😀"
        assert (await parent.voice("听见了")).text == "收到：听见了"
        assert (await parent.voice()).text == "收到：voice"
        assert (await parent.image()).text == "收到：image"
        assert (await parent.video()).text == "收到：video"
        assert (await parent.location()).text == "收到：location"
        assert (await parent.link("标题", "https://example.com")).text == "收到：link"
        assert (await parent.scan("factory-1")).text == "收到：SCAN"
        left = await parent.unfollow()
        assert left.text == "" and left.delivery.outcome == "success"


async def test_a_try_repeats_the_same_bytes_and_the_last_answer_counts() -> None:
    config = replace(QUICK, gap=2.0)  # the last try has an answer to wait for
    async with toy_callback(config, slow(3)) as toy, SimulatedWeChat(toy.url, config, settle=0.05) as wechat:
        parent = await wechat.follow(silent=True)
        reply = await parent.say("在吗")
        assert reply.text == "收到：在吗"
        assert len(toy.requests) == 3 and len(set(toy.requests)) == 1
        assert [one.outcome for one in reply.delivery.tries] == ["timeout", "timeout", "answered"]


async def test_three_silent_tries_show_the_grey_line_once() -> None:
    async with toy_callback(QUICK, slow(9)) as toy, SimulatedWeChat(toy.url, QUICK, settle=0.05) as wechat:
        parent = await wechat.follow(silent=True)
        reply = await parent.say("在吗")
        assert reply.failed and len(toy.requests) == 3
        assert [bubble.content.text for bubble in reply.bubbles] == [UNAVAILABLE]


async def test_nobody_listening_is_tried_three_times() -> None:
    async with SimulatedWeChat("http://127.0.0.1:9/none", QUICK, settle=0.05) as wechat:
        parent = await wechat.follow(silent=True)
        reply = await parent.say("在吗")
        assert reply.failed and [one.outcome for one in reply.delivery.tries] == ["unreachable"] * 3


@pytest.mark.parametrize("body", ['{"a": 1}', "<xml>", "ok"])
async def test_junk_shows_the_grey_line_at_once(body: str) -> None:
    async with toy_callback(PATIENT, always(body)) as toy, SimulatedWeChat(toy.url, PATIENT, settle=0.05) as wechat:
        parent = await wechat.follow(silent=True)
        reply = await parent.say("在吗")
        assert reply.failed and reply.delivery.problem and len(toy.requests) == 1


async def test_a_reply_in_the_wrong_mode_is_reported() -> None:
    async def plain_always(_: Toy, message: ElementTree.Element) -> str:
        return "\n" + text_reply(message, "明文")

    async with toy_callback(PATIENT, plain_always) as toy, SimulatedWeChat(toy.url, PATIENT, settle=0.05) as wechat:
        parent = await wechat.follow(silent=True)
        reply = await parent.say("在吗")
        assert reply.failed and reply.delivery.problem == "安全模式下，回复没有加密"


async def test_success_waits_for_what_comes_through_the_api() -> None:
    async with toy_callback(PATIENT, always("success")) as toy, SimulatedWeChat(toy.url, PATIENT, settle=2.0) as wechat:
        parent = await wechat.follow(silent=True)

        async def answer_later() -> None:
            while not toy.requests:
                await asyncio.sleep(0.01)
            for text in ("先这样", "再那样"):
                wechat.platform.show(parent.follower, Side.ACCOUNT, replace(parent.chat[0].content, text=text), Via.CUSTOM)
                await asyncio.sleep(0.02)

        later = asyncio.create_task(answer_later(), name="later")
        reply = await parent.say("在吗")
        await later
        assert reply.text == "先这样\n\n再那样" and reply.passive is None


async def test_verification_forgery_and_repetition() -> None:
    async with toy_callback(PATIENT) as toy, SimulatedWeChat(toy.url, PATIENT, settle=0.05) as wechat:
        assert (await wechat.verify("4711")).body == "4711"
        parent = await wechat.follow(silent=True)
        reply = await parent.say("在吗")
        again = await wechat.repeat(reply.delivery)
        assert again.status == 200 and toy.requests[0] == toy.requests[1]
        forged = {**reply.delivery.sealed.query, "msg_signature": "0" * 40}
        assert (await wechat.deliver_raw(forged, reply.delivery.sealed.body)).status == 200
        assert len(parent.chat) == 2


async def test_many_new_parents_are_served_side_by_side() -> None:
    async with toy_callback(PATIENT) as toy, SimulatedWeChat(toy.url, PATIENT, settle=0.01) as wechat:

        async def ask(number: int) -> str:
            parent = await wechat.follow(silent=True)
            return (await parent.say(f"问题{number}")).text

        answers = await asyncio.gather(*(ask(number) for number in range(100)))
        assert answers == [f"收到：问题{number}" for number in range(100)]
        assert len({delivery.openid for delivery in wechat.deliveries}) == 100
