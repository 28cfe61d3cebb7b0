"""An action server of our own: it answers when it is told to. With it a turn takes as long as a test needs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

ANSWER = "慢慢想好的回答"


@dataclass
class SlowActions:
    """`seconds` until an action answers; `asked`: the words of the turns that asked. `gate` closed: nobody is answered."""

    seconds: float = 0.0
    asked: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def act(self, request: web.Request) -> web.Response:
        """What Rasa posts to an action server."""
        call = await request.json()
        self.asked.append(call["tracker"]["latest_message"]["text"])
        await self.gate.wait()
        await asyncio.sleep(self.seconds)
        return web.json_response({"events": [], "responses": [{"text": f"{ANSWER}：{self.asked[-1]}"}]})


@asynccontextmanager
async def slow_actions() -> AsyncIterator[SlowActions]:
    """A server on a free loopback port."""
    actions = SlowActions()
    actions.gate.set()
    app = web.Application()
    app.router.add_post("/webhook", actions.act)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    actions.url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhook"
    try:
        yield actions
    finally:
        actions.gate.set()
        await runner.cleanup()
