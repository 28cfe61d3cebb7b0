"""Attacks as a browser carries them out: forged sessions, forms and frames of other sites, guessing at the door."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route
from sqlalchemy import text

from bot import services
from bot.desk import accounts, cookies, throttle
from tests.desk.support import CAST, PASSWORD, Desk, hire
from tests.desk.test_browser import Window, browser
from tests.loops import lasting_loop

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio]
event_loop = pytest.fixture(lasting_loop, scope="module")

# Another site, to which no cookie is sent along with a form; and another server on this machine, to which it is: cookies know no ports.
ELSEWHERE = ("http://evil.example", "http://127.0.0.1:18999")
FORMS = {"/desk/logout": {}, "/desk/users": {"name": "mallory", "role": "admin", "password": PASSWORD, "csrf": "0" * 64}}


async def _session(window: Window) -> dict[str, Any]:
    found = await window.page.context.cookies(f"{window.base}/desk/")
    return next(dict(each) for each in found if each["name"] == cookies.SESSION)


async def _with_session(window: Window, value: str) -> None:
    await window.page.context.clear_cookies()
    await window.page.context.add_cookies([{"name": cookies.SESSION, "value": value, "url": f"{window.base}/desk/"}])


@asynccontextmanager
async def _attacker(window: Window, origin: str, page: str) -> AsyncIterator[Page]:
    """A page of somebody else, in the browser in which a member of staff is signed in."""

    async def serve(route: Route) -> None:
        await route.fulfill(status=200, content_type="text/html; charset=utf-8", body=page)

    await window.page.context.route(f"{origin}/**", serve)
    opened = await window.page.context.new_page()
    await opened.goto(f"{origin}/")
    yield opened
    await opened.close()


def _names() -> set[str]:
    with services.database().session() as session:
        return {user.name for user in accounts.everyone(session)}


async def test_a_forged_session_leads_to_the_door(desk: Desk, web_browser: Browser) -> None:
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("reviewer")
        token = (await _session(window))["value"]
        assert cookies.SESSION not in await window.page.evaluate("document.cookie"), "no script reads it"
        await window.go("/desk/users")
        assert "不在您的角色（审阅员）里" in await window.page.inner_text("main")
        with services.database().session() as session:
            stolen = session.execute(text("SELECT token_hash FROM desk_sessions")).scalar_one()
        swapped = token[:-1] + ("A" if token[-1] != "A" else "B")
        for forged in (stolen, swapped, token.lower(), "A" * 43, "%27%20OR%201=1--"):
            await _with_session(window, forged)
            await window.go("/desk/talks")
            assert await window.page.locator("body.door input[name=password]").is_visible(), forged
        await _with_session(window, token)
        await window.go("/desk/talks")
        assert await window.page.locator("body.inside").count() == 1, "the right one still holds"


@pytest.mark.parametrize("origin", ELSEWHERE)
async def test_a_form_of_another_site_does_nothing(desk: Desk, web_browser: Browser, origin: str) -> None:
    hire("admin")
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("admin")
        inputs = {path: "".join(f'<input name="{name}" value="{value}">' for name, value in form.items()) for path, form in FORMS.items()}
        forms = "".join(f'<form id="f{number}" method="post" action="{desk.base}{path}">{fields}</form>' for number, (path, fields) in enumerate(inputs.items()))
        async with _attacker(window, origin, f"<!doctype html><title>x</title>{forms}") as opened:
            for number in range(len(FORMS)):
                await opened.goto(f"{origin}/")
                async with opened.expect_navigation():
                    await opened.evaluate(f"document.getElementById('f{number}').submit()")
                assert opened.url.startswith(desk.base) and await opened.locator("h1:has-text('这里进不去'), h1:has-text('请先登录')").count() == 1, opened.url
        await window.go("/desk/users")
        assert await window.page.locator("body.inside").count() == 1, "still signed in"
        assert _names() == {CAST["admin"]}


@pytest.mark.parametrize("origin", ELSEWHERE)
async def test_a_script_of_another_site_reads_and_changes_nothing(desk: Desk, web_browser: Browser, origin: str) -> None:
    async with browser(desk, web_browser, "wide") as window:
        await window.sign_in("admin")
        frame = f'<iframe src="{desk.base}/desk/users"></iframe>'
        async with _attacker(window, origin, f"<!doctype html><title>x</title>{frame}") as opened:
            read = """async ([base, mode]) => { try { const answer = await fetch(`${base}/desk/users`, { credentials: "include", mode });
                return mode === "cors" ? answer.text() : `${answer.type} ${(await answer.text()).length}`; } catch (error) { return "blocked"; } }"""
            assert await opened.evaluate(read, [desk.base, "cors"]) == "blocked"
            assert await opened.evaluate(read, [desk.base, "no-cors"]) in ("blocked", "opaque 0")
            change = """async ([base, body, type]) => { try { await fetch(`${base}/desk/users`, { method: "POST", credentials: "include", mode: "no-cors",
                headers: { "Content-Type": type }, body }); } catch (error) { return; } }"""
            for kind in ("application/x-www-form-urlencoded", "text/plain"):
                await opened.evaluate(change, [desk.base, f"name=mallory&role=admin&password={PASSWORD}&csrf=x", kind])
            framed = [each for each in opened.frames if each is not opened.main_frame]
            assert framed and not any([await each.locator("body.inside").count() for each in framed]), "nothing of ours inside another's frame"
        assert _names() == {CAST["admin"]}


async def test_200_wrong_passwords_are_slowed_down_and_the_right_person_is_told_what_to_do(desk: Desk, web_browser: Browser) -> None:
    hire("counsellor")
    hire("reviewer")
    async with browser(desk, web_browser, "narrow") as window:
        page = window.page
        await window.go("/desk/login")
        guess = """async () => { const found = {};
            for (let turn = 0; turn < 200; turn += 1) {
              const form = new FormData(document.querySelector("form")); form.set("name", "alice"); form.set("password", `wrong ${turn}`);
              const answer = await fetch("/desk/login", { method: "POST", body: new URLSearchParams(form) });
              found[answer.status] = (found[answer.status] || 0) + 1;
            } return found; }"""
        assert await page.evaluate(guess) == {"401": throttle.BOTH.free, "429": 200 - throttle.BOTH.free}

        await page.fill("input[name=name]", CAST["reviewer"])
        await page.fill("input[name=password]", PASSWORD)
        await page.keyboard.press("Enter")
        told = page.locator("[role=alert]")
        assert "试得太多了。请等" in await told.inner_text() and "忘了密码，请找管理员" in await told.inner_text()
        assert await page.input_value("input[name=name]") == CAST["reviewer"] and await page.input_value("input[name=password]") == ""
        await window.sign_in("counsellor")
        assert await page.locator("body.inside").count() == 1, "a colleague at the same machine is not kept out"
        await page.context.clear_cookies()

        desk.clock.turn(throttle.BOTH.longest + timedelta(seconds=1))
        await window.sign_in("reviewer")
        assert await page.locator("body.inside").count() == 1
