"""Try cases over the wire: each as a new follower's first message, many at a time, choices that are offered tried too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.evaluation.cases import Case
from bot.evaluation.judge import Judge, asks_back, choices_of
from bot.simulator.driver import SimulatedWeChat
from bot.simulator.parent import Reply


@dataclass(frozen=True)
class Result:
    """What became of a case.

    `tap`: the number of the choice that led to a good answer, 0 for none. `reply`: a short name of what came. `seconds`: until
    the first message stood in the chat.
    """

    case: Case
    passed: bool
    tap: int
    why: str
    reply: str
    seconds: float

    @property
    def within_tap(self) -> bool:
        """Good at once, or after one of the choices that were offered."""
        return self.passed or self.tap > 0


async def try_cases(
    cases: Sequence[Case],
    wechat: SimulatedWeChat,
    judge: Judge,
    at_once: int,
    done: Callable[[Result], None] = lambda result: None,
) -> list[Result]:
    """The results in the order of `cases`; `done` is called as each comes in."""
    gate = asyncio.Semaphore(at_once)

    async def one(case: Case) -> Result:
        async with gate:
            result = await try_case(case, wechat, judge)
        done(result)
        return result

    return list(await asyncio.gather(*(one(case) for case in cases)))


async def try_case(case: Case, wechat: SimulatedWeChat, judge: Judge) -> Result:
    """Say it, judge the reply, and where it fails but offers choices, type each number as somebody else."""
    reply = await _first(case, wechat)
    verdict = judge.judge(case, reply.text)
    tap = 0
    if asks_back(case, verdict):
        tap = await _leading(case, wechat, judge, choices_of(choice.text for choice in reply.taps))
    return Result(case, verdict.passed, tap, verdict.why, judge.about(case, reply.text), _waited(reply))


async def _first(case: Case, wechat: SimulatedWeChat) -> Reply:
    parent = await wechat.follow(silent=True)
    return await parent.say(case.text)


async def _leading(case: Case, wechat: SimulatedWeChat, judge: Judge, numbers: list[int]) -> int:
    for number in numbers:
        parent = await wechat.follow(silent=True)
        await parent.say(case.text)
        answer = await parent.say(str(number))
        if judge.judge(case, answer.text).passed:
            return number
    return 0


def _waited(reply: Reply) -> float:
    """Seconds from the delivery to the first message; what the driver waits afterwards to be sure does not count."""
    if not reply.bubbles:
        return reply.seconds
    return max(0.0, (reply.bubbles[0].at - reply.delivery.at).total_seconds())
