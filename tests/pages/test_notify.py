"""The page on which a parent allows a notification: the button in WeChat's browser, a sentence everywhere else."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from playwright.async_api import Route

from tests.browsing import page_in, started

from .test_share import ADDRESS, shared

pytestmark = pytest.mark.asyncio

TEMPLATE = "TenvU22BA1jCp4YHfYEpRuESXYReQyDuhs4vbdWA99I"
PAGE = f"{ADDRESS}/notify"
WX = """window.wx = { config: (it) => { window.configured = it; }, ready: (run) => run() };"""
ACCEPTED = json.dumps({TEMPLATE: json.dumps({"status": "accept"})})


async def test_the_button_is_there_for_an_account_that_may_send(environment: pytest.MonkeyPatch) -> None:
    async with shared(environment, WECHAT_SUBSCRIPTION_TEMPLATE=TEMPLATE) as (_, client), client.get("/notify") as response:
        text = await response.text()
        assert f'<wx-open-subscribe template="{TEMPLATE}"' in text and "notify.js" in text
        assert "share.js" not in text, "it would configure the SDK again, without the tag"
        policy = response.headers["Content-Security-Policy"]
        assert "frame-src https://*.qq.com" in policy and "script-src 'self' https://res.wx.qq.com" in policy


@pytest.mark.parametrize(
    "settings",
    [{"WECHAT_ACCOUNT": "subscription"}, {"WECHAT_SUBSCRIPTION_TEMPLATE": ""}, {"WECHAT_SUBSCRIPTION_TEMPLATE": '"><script>'}, {"WECHAT_VERIFIED": "false"}],
)
async def test_elsewhere_it_says_how_reminders_come(environment: pytest.MonkeyPatch, settings: dict[str, str]) -> None:
    given = {"WECHAT_SUBSCRIPTION_TEMPLATE": TEMPLATE, **settings}
    async with shared(environment, **given) as (_, client), client.get("/notify") as response:
        text = await response.text()
        assert response.status == 200 and "wx-open-subscribe" not in text and "来聊天里说句话" in text


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (f"new CustomEvent('success', {{ detail: {{ subscribeDetails: {json.dumps(ACCEPTED)} }} }})", "好了，到日子叫您一声"),
        ("new CustomEvent('success', { detail: { subscribeDetails: '{}' } })", "没有允许，也没关系"),
        ("new CustomEvent('error')", "没按成"),
    ],
)
async def test_in_wechats_browser_a_tap_is_answered(environment: pytest.MonkeyPatch, chromium: object, happens: str, says: str) -> None:
    async with (
        shared(environment, WECHAT_SUBSCRIPTION_TEMPLATE=TEMPLATE) as (_, client),
        started() as browser,
        page_in(browser, (360, 640), user_agent="Mozilla/5.0 MicroMessenger/8.0.50") as page,
    ):

        async def script(route: Route) -> None:
            await route.fulfill(body=WX, content_type="text/javascript")

        async def ours(route: Route) -> None:
            local = str(client._base_url).rstrip("/") + route.request.url.removeprefix(ADDRESS)
            await route.fulfill(response=await route.fetch(url=local))

        await page.route("https://res.wx.qq.com/**", script)
        await page.route(f"{ADDRESS}/**", ours)
        await page.goto(PAGE)
        while await page.evaluate("document.querySelector('[data-notify]').hidden"):
            await asyncio.sleep(0.05)
        configured: dict[str, Any] = await page.evaluate("window.configured")
        assert configured["openTagList"] == ["wx-open-subscribe"] and configured["signature"]
        await page.evaluate(f"document.querySelector('wx-open-subscribe').dispatchEvent({happens})")
        assert says in await page.evaluate("document.querySelector('[data-told]').textContent")
