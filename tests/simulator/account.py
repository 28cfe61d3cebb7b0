"""An account over HTTP: the simulated WeChat's API as a program meets it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bot.clock import ManualClock
from bot.simulator.config import Account, SimulatorConfig
from bot.simulator.driver import SimulatedWeChat
from bot.simulator.parent import Parent
from tests import applications as applications  # Sanic for many of them in one process
from tests.loops import single_use

from .toy import Toy, toy_callback


@dataclass
class Api:
    """The account's side: calls with a token."""

    wechat: SimulatedWeChat
    toy: Toy
    session: aiohttp.ClientSession
    token: str = ""

    async def get(self, path: str, **query: str) -> dict[str, object]:
        async with self.session.get(f"{self.wechat.url}/cgi-bin/{path}", params=query) as response:
            assert response.status == 200
            answer = await response.json()
            assert isinstance(answer, dict)
            return answer

    async def post(self, path: str, body: object, token: str | None = None) -> dict[str, object]:
        url = f"{self.wechat.url}/cgi-bin/{path}?access_token={self.token if token is None else token}"
        async with self.session.post(url, json=body) as response:
            assert response.status == 200
            answer = await response.json()
            assert isinstance(answer, dict)
            return answer

    async def login(self) -> dict[str, object]:
        config = self.wechat.config
        body = {"grant_type": "client_credential", "appid": config.appid, "secret": config.secret}
        answer = await self.post("stable_token", body)
        self.token = str(answer["access_token"])
        return answer

    async def send(self, parent: Parent, text: str = "好", **more: object) -> object:
        body = {"touser": parent.openid, "msgtype": "text", "text": {"content": text}, **more}
        return (await self.post("message/custom/send", body))["errcode"]

    async def reported(self, event: str, times: int = 1) -> None:
        """Wait until the callback has been told of `event` so often; a minute at most."""

        async def told() -> None:
            while sum(one.findtext("Event") == event for one in self.toy.messages) < times:
                await asyncio.sleep(0.01)

        await asyncio.wait_for(told(), 60)


@asynccontextmanager
async def account(
    kind: Account = Account.SERVICE, verified: bool = True, refuse_escapes: bool = False
) -> AsyncIterator[Api]:
    config = SimulatorConfig(account=kind, verified=verified, refuse_escapes=refuse_escapes, clock=ManualClock())
    async with (
        toy_callback(config) as toy,
        SimulatedWeChat(toy.url, config, settle=0.05) as wechat,
        aiohttp.ClientSession(connector=single_use()) as session,
    ):
        api = Api(wechat, toy, session)
        await api.login()
        yield api
