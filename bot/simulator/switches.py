"""/sim for changing the platform: its clock, its mode, its troubles, and forged or repeated deliveries."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from sanic import Blueprint, Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.simulator.calls.body import Body
from bot.simulator.config import Mode
from bot.simulator.courier import Line
from bot.simulator.faults import Fault
from bot.simulator.platform import Platform, set_mode
from bot.simulator.refusal import Refusal


@runtime_checkable
class Turnable(Protocol):
    """A clock that can be turned."""

    def turn(self, delta: timedelta) -> datetime:
        """Move by `delta`."""

    def set(self, moment: datetime) -> datetime:
        """Jump to `moment`."""


def switches(platform: Platform, line: Line) -> Blueprint:
    """The blueprint of what can be changed; each answers with the new state."""
    blueprint = Blueprint("sim_switches", url_prefix="/sim")

    @blueprint.post("/clock")
    async def clock(request: Request) -> HTTPResponse:
        await turn(platform, Body.parse(request.body))
        return json_response(platform.state())

    @blueprint.post("/mode")
    async def mode(request: Request) -> HTTPResponse:
        set_mode(platform, _mode(Body.parse(request.body).text("mode")))
        return json_response(platform.state())

    @blueprint.post("/faults")
    async def faults(request: Request) -> HTTPResponse:
        _set_faults(platform, Body.parse(request.body))
        return json_response(platform.state())

    @blueprint.delete("/faults")
    async def no_faults(_: Request) -> HTTPResponse:
        platform.faults.clear()
        platform.tell_state()
        return json_response(platform.state())

    @blueprint.post("/deliveries/<number:int>/<how>")
    async def again(_: Request, number: int, how: str) -> HTTPResponse:
        return json_response(await _again(platform, line, number, how))

    return blueprint


async def turn(platform: Platform, body: Body) -> datetime:
    """Turn the clock: {days, hours, minutes} add up, or {set} an ISO 8601 time with its zone, or {reset: true}.

    Raises:
        Refusal: 40035 when the clock cannot be turned or the time does not parse.
    """
    clock = platform.clock
    if not isinstance(clock, Turnable):
        raise Refusal(40035, "this clock cannot be turned")
    moment = datetime.now().astimezone() if body.flag("reset") else _moment(body.text("set"))
    delta = timedelta(days=body.whole("days"), hours=body.whole("hours"), minutes=body.whole("minutes"))
    # The offset is kept in a file: a thread writes it.
    if moment is not None:
        now = await asyncio.to_thread(clock.set, moment)
    else:
        now = await asyncio.to_thread(clock.turn, delta)
    platform.tell_state()
    for follower in platform.followers.all():
        platform.tell_parent(follower)
    return now


def _moment(raw: str) -> datetime | None:
    if not raw:
        return None
    try:
        moment = datetime.fromisoformat(raw.replace("Z", "+00:00"))
    except ValueError:
        raise Refusal(40035, "not a time") from None
    if moment.tzinfo is None:
        raise Refusal(40035, "a time needs its zone")
    return moment


def _set_faults(platform: Platform, body: Body) -> None:
    if body.has("errcode"):
        platform.faults.add(Fault(body.whole("errcode"), max(1, body.whole("times", 1)), body.text("path")))
    if body.has("latency"):
        platform.faults.latency = max(0, min(60_000, body.whole("latency"))) / 1000
    if body.has("down"):
        platform.faults.down = body.flag("down")
    platform.tell_state()


def _mode(name: str) -> Mode:
    if name not in {one.value for one in Mode}:
        raise Refusal(40035, "mode is plain, compatible or safe")
    return Mode(name)


async def _again(platform: Platform, line: Line, number: int, how: str) -> dict[str, object]:
    found = next((one for one in platform.journal.deliveries if one.number == number), None)
    if found is None or how not in {"repeat", "forge"}:
        raise Refusal(40035, "no such delivery")
    query = dict(found.sealed.query)
    if how == "forge":
        query |= {name: "0" * 40 for name in ("signature", "msg_signature") if name in query}
    answer = await line.post(platform.callback, query, found.sealed.body, platform.courier.gap)
    return {"status": answer.status, "outcome": answer.outcome, "bytes": len(answer.body.encode())}
