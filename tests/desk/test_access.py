"""Every page and every role: who may open what, and what each answer carries."""

from __future__ import annotations

import re

import pytest

from bot.desk import accounts, menu
from bot.desk.access import ANONYMOUS, PREFIX, Page
from bot.desk.app import pages
from bot.desk.sessions import csrf_of
from tests.desk.support import Browser, Desk

ROLES = (ANONYMOUS, *accounts.ROLES)
# What nobody has: a page that lets one in answers "not found" or "not understood", not "no".
UNKNOWN = {"str": "nothing", "int": "999999", "path": "nothing"}
OPENS = {200, 303, 400, 401, 404, 409}


def _address(page: Page) -> str:
    return re.sub(r"<\w+:(\w+)>", lambda match: UNKNOWN[match[1]], page.url)


async def _visitor(desk: Desk, role: str) -> Browser:
    return desk.stranger() if role == ANONYMOUS else await desk.staff(role)


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_opens_its_pages_and_no_other(desk: Desk, role: str) -> None:
    browser = await _visitor(desk, role)
    for page in pages():
        if page.path in ("/logout", "/me/elsewhere"):  # would end the session of this walk
            continue
        answer = await (browser.get(_address(page)) if page.method == "GET" else browser.post(_address(page)))
        there = OPENS | {404} if "<" in page.path else OPENS
        if page.json:  # asked by a script, which is told that nobody is signed in
            there = there - {401}
        opened = (
            answer.status in there and not answer.location.startswith("/desk/login") and "请先登录" not in answer.text
        )
        assert opened == (role in page.roles), f"{role} {page.method} {page.path}: {answer.status}"
        assert answer.status < 500, f"{role} {page.method} {page.path}"


def test_every_page_is_named_once_and_says_for_whom() -> None:
    declared = [(page.method, page.path) for page in pages()]

    assert len(set(declared)) == len(declared)
    assert len({page.name for page in pages()}) == len(declared)
    for page in pages():
        assert page.method in ("GET", "POST"), page
        assert page.title and page.roles, page
        assert page.roles <= set(ROLES), page
        assert page.path.startswith("/"), page
        assert not page.group or (page.method == "GET" and page.group in menu.GROUPS and "<" not in page.path), page


def test_strangers_only_reach_the_door() -> None:
    assert {page.path for page in pages() if ANONYMOUS in page.roles} == {"/login"}


def test_what_changes_something_is_a_post() -> None:
    assert not [
        page for page in pages() if page.method == "GET" and re.search(r"delete|erase|close|add|save|take", page.path)
    ]


async def test_a_form_without_its_word_changes_nothing(desk: Desk) -> None:
    browser, other = await desk.staff("admin"), await desk.staff("reviewer")
    forms = [page for page in pages() if page.method == "POST" and page.path != "/login"]
    assert forms
    for page in forms:
        for word in ("", "0" * 64, other.csrf, csrf_of("guess"), "家书"):
            answer = await browser.post(_address(page), csrf=word)
            assert answer.status == 403, f"{page.path} with {word[:8]!r}"
            assert "放得太久了" in answer.text


async def test_a_form_of_another_site_changes_nothing(desk: Desk) -> None:
    browser = await desk.staff("reviewer")
    for origin in ("https://example.com", "null", "http://127.0.0.1:1"):
        browser.headers["Origin"] = origin
        assert (await browser.post("/desk/logout")).status == 403
    browser.headers["Origin"] = desk.base
    assert (await browser.post("/desk/logout")).status == 303


async def test_the_door_has_a_word_of_its_own(desk: Desk) -> None:
    browser = desk.stranger()
    assert (await browser.post("/desk/login", csrf="", name="alice", password="x")).status == 403
    await browser.get("/desk/login")
    mine = browser.csrf
    other = desk.stranger()
    await other.get("/desk/login")
    assert (await other.post("/desk/login", csrf=mine, name="alice", password="x")).status == 403


@pytest.mark.parametrize("path", ["/login", "/me", "/nothing", "/static/x/desk.css"])
async def test_every_answer_is_protected(desk: Desk, path: str) -> None:
    browser = await desk.staff("admin")
    headers = (await browser.get(PREFIX + path)).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"] or "/static/" in path
    assert "Strict-Transport-Security" not in headers


async def test_behind_https_the_browser_is_told_to_stay_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.desk.security.by_https", lambda _request: True)

    assert (await desk.stranger().get("/desk/login")).headers["Strict-Transport-Security"] == "max-age=31536000"


async def test_files_are_asked_for_by_name_only(desk: Desk) -> None:
    browser = desk.stranger()
    for name in ("..%2Fapp.py", "%2e%2e%2f%2e%2e%2fsettings.py", "app.py", "desk.css.map", "..", "x%00desk.css"):
        assert (await browser.get(f"/desk/static/abc/{name}")).status in (302, 303, 400, 404), name
    assert (await browser.get("/desk/static/abc/desk.css")).status == 200


async def test_no_page_asks_another_site_or_runs_a_script_of_its_own(desk: Desk) -> None:
    browser = await desk.staff("admin")
    for page in pages():
        if page.method == "GET" and "<" not in page.path:
            text = (await browser.get(page.url)).text
            assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text), page.path
            assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|javascript:", text), page.path


async def test_an_unknown_address_says_so(desk: Desk) -> None:
    answer = await (await desk.staff("editor")).get("/desk/nothing/here")

    assert answer.status == 404
    assert "没有这一页" in answer.text
    assert (await desk.stranger().get("/desk/nothing/here")).status == 303
