"""The share sheet of WeChat: signed for our own pages only, with one ticket, and nothing where the account may not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha1

import aiohttp
import pytest
from playwright.async_api import Route

from bot import services
from bot.pages.share import signature
from bot.simulator.config import SIMULATED_APP_ID, SIMULATED_SECRET, SimulatorConfig
from bot.simulator.driver import SimulatedWeChat
from tests.browsing import page_in, started

from .conftest import site

pytestmark = pytest.mark.asyncio

ADDRESS = "https://jiashu.example.org"
PAGE = f"{ADDRESS}/lessons/drowning"


@asynccontextmanager
async def shared(environment: pytest.MonkeyPatch, **settings: str) -> AsyncIterator[tuple[SimulatedWeChat, aiohttp.ClientSession]]:
    async with SimulatedWeChat(config=SimulatorConfig()) as wechat:
        account = {"WECHAT_APP_ID": SIMULATED_APP_ID, "WECHAT_APP_SECRET": SIMULATED_SECRET, "WECHAT_API_BASE": wechat.url}
        for name, value in {**account, "JIASHU_PUBLIC_URL": ADDRESS, **settings}.items():
            environment.setenv(name, value)
        services.settings.cache_clear()
        async with site(with_database=True) as client:
            yield wechat, client


async def config(client: aiohttp.ClientSession, url: str) -> dict[str, object]:
    async with client.get("/share/config", params={"url": url}) as response:
        assert response.status == 200 and "no-store" in response.headers["Cache-Control"]
        found: dict[str, object] = await response.json()
        return found


async def test_it_signs_as_the_documentation_has_it() -> None:
    # The example of WeChat's own page on the JS-SDK.
    ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
    signed = signature(ticket, "Wm3WZYTPz0wzccnW", 1414587457, "http://mp.weixin.qq.com?params=value")

    assert signed == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


async def test_a_page_of_ours_is_signed_with_one_ticket(environment: pytest.MonkeyPatch) -> None:
    async with shared(environment) as (wechat, client):
        answers = await asyncio.gather(*(config(client, f"{PAGE}#useful") for _ in range(5)))
        for found in answers:
            words = f"jsapi_ticket=ticket-of-{SIMULATED_APP_ID}&noncestr={found['nonceStr']}&timestamp={found['timestamp']}&url={PAGE}"
            assert found["signature"] == sha1(words.encode()).hexdigest() and found["appId"] == SIMULATED_APP_ID
        asked = [call.path for call in wechat.api_calls if "ticket" in call.path]
        assert len(asked) == 1


@pytest.mark.parametrize("url", ["", "https://evil.example/lessons/drowning", f"{ADDRESS}.evil.example/", "javascript:alert(1)"])
async def test_a_page_of_others_is_not_signed(environment: pytest.MonkeyPatch, url: str) -> None:
    async with shared(environment) as (_, client):
        assert await config(client, url) == {}


@pytest.mark.parametrize(
    "settings", [{"WECHAT_VERIFIED": "false"}, {"JIASHU_PUBLIC_URL": "http://127.0.0.1:5007"}, {"WECHAT_APP_ID": ""}]
)
async def test_where_wechat_gives_no_right_there_is_nothing(environment: pytest.MonkeyPatch, settings: dict[str, str]) -> None:
    async with shared(environment, **settings) as (_, client):
        assert await config(client, PAGE) == {}
        async with client.get("/lessons/drowning") as response:
            assert "share.js" not in await response.text()
            assert "res.wx.qq.com" not in response.headers["Content-Security-Policy"]


async def test_a_refusal_is_not_asked_about_again_at_every_page(environment: pytest.MonkeyPatch) -> None:
    async with shared(environment, WECHAT_APP_SECRET="another-secret-of-somebody-else") as (wechat, client):
        assert await config(client, PAGE) == {} == await config(client, PAGE)
        assert len([call for call in wechat.api_calls if "token" in call.path]) == 1


async def test_in_wechats_browser_the_sheet_gets_title_and_picture(environment: pytest.MonkeyPatch, chromium: object) -> None:
    async with (
        shared(environment) as (_, client),
        started() as browser,
        page_in(browser, (360, 640), user_agent="Mozilla/5.0 MicroMessenger/8.0.50") as page,
    ):

        async def script(route: Route) -> None:
            body = """window.shared = []; window.wx = { config: (it) => { window.configured = it; }, ready: (run) => run(),
              updateAppMessageShareData: (it) => window.shared.push(it), updateTimelineShareData: (it) => window.shared.push(it) };"""
            await route.fulfill(body=body, content_type="text/javascript")

        async def ours(route: Route) -> None:
            local = str(client._base_url).rstrip("/") + route.request.url.removeprefix(ADDRESS)
            await route.fulfill(response=await route.fetch(url=local))

        await page.route("https://res.wx.qq.com/**", script)
        await page.route(f"{ADDRESS}/**", ours)
        await page.goto(PAGE)
        # Our own policy forbids the eval with which Playwright would wait.
        while await page.evaluate("(window.shared || []).length") < 2:
            await asyncio.sleep(0.05)
        shown = await page.evaluate("window.shared[0]")
        assert shown["title"] == "防溺水：隔着电话也能管住水边" and shown["link"] == PAGE
        assert shown["imgUrl"].startswith(f"{ADDRESS}/static/") and shown["desc"]
        assert (await page.evaluate("window.configured"))["appId"] == SIMULATED_APP_ID
