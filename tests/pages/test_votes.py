"""有用吗: counted once, by a form of ours, without a name; from a link of the chat it stands beside the question asked there."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
import pytest_asyncio

from bot import services
from bot.clock import ManualClock
from bot.logs import feedback
from bot.pages import links, pace, useful, visitors, votes

from .conftest import KEY, site

pytestmark = pytest.mark.asyncio

ALICE = "p" + "a" * 26
DAY = ManualClock().now().date()


@pytest_asyncio.fixture
async def client(environment: pytest.MonkeyPatch) -> AsyncIterator[aiohttp.ClientSession]:
    clock = ManualClock()
    environment.setattr(services, "clock", lambda: clock)
    environment.setenv("JIASHU_PUBLIC_URL", "http://127.0.0.1")
    services.settings.cache_clear()
    async with site(with_database=True) as made:
        yield made


async def stamp(client: aiohttp.ClientSession, slug: str) -> str:
    async with client.get(f"/lessons/{slug}") as response:
        found = re.search(r'name="stamp" value="([^"]+)"', await response.text())
        assert found
        return found[1]


async def vote(client: aiohttp.ClientSession, slug: str = "drowning", said: str = "very", **changed: str) -> int:
    form = {"lesson": slug, "vote": said, "stamp": await stamp(client, "drowning"), **changed}
    async with client.post("/votes", data=form, allow_redirects=False) as response:
        if response.status == 303:
            assert response.headers["Location"] == f"/lessons/{slug}?thanks={said}#useful"
        return response.status


async def counted() -> list[tuple[str, int, float]]:
    found = await services.database().read(useful.counted, DAY - timedelta(days=1), DAY + timedelta(days=7))
    return [(each.lesson, each.votes, each.score) for each in found]


async def test_a_vote_counts_once_a_browser(client: aiohttp.ClientSession) -> None:
    assert await vote(client) == 303 == await vote(client, said="not")
    assert await counted() == [("drowning", 1, 100.0)]


async def test_votes_of_several_browsers_make_a_score(client: aiohttp.ClientSession) -> None:
    for said in ("very", "partly", "partly", "not"):
        client.cookie_jar.clear()
        await vote(client, said=said)
    assert await counted() == [("drowning", 4, 50.0)]


@pytest.mark.parametrize(
    "changed", [{"stamp": ""}, {"stamp": "x" * 22}, {"stamp": "字"}, {"vote": "great"}, {"lesson": "none"}, {"lesson": "guilt"}]
)
async def test_a_form_that_is_not_ours_counts_nothing(client: aiohttp.ClientSession, changed: dict[str, str]) -> None:
    assert await vote(client, **changed) == 400
    assert await counted() == []


async def test_a_page_left_open_overnight_still_votes_but_not_for_ever(client: aiohttp.ClientSession) -> None:
    old = await stamp(client, "drowning")
    services.clock().turn(timedelta(days=1))  # type: ignore[attr-defined]
    assert await vote(client, stamp=old) == 303
    services.clock().turn(timedelta(days=1))  # type: ignore[attr-defined]
    assert await vote(client, stamp=old) == 400


async def test_a_script_that_votes_is_slowed_down(client: aiohttp.ClientSession, environment: pytest.MonkeyPatch) -> None:
    environment.setattr(pace, "MOST", 2)
    statuses = [await vote(client) for _ in range(3)]
    assert statuses == [303, 303, 429]
    services.clock().turn(pace.WITHIN)  # type: ignore[attr-defined]
    assert await vote(client) == 303


async def test_a_huge_form_is_refused(client: aiohttp.ClientSession) -> None:
    async with client.post("/votes", data={"lesson": "x" * votes.MAX_FORM}) as response:
        assert response.status == 413 and "写短一点" in await response.text()


async def test_who_was_asked_in_the_chat_has_answered_on_the_page(client: aiohttp.ClientSession) -> None:
    now = services.clock().now()
    await services.database().run(feedback.ask, ALICE, "drowning", now, KEY)
    path = links.lesson("drowning", ALICE).removeprefix("http://127.0.0.1")
    async with client.get(path) as response:
        assert response.status == 200 and "t=" not in str(response.url)

    assert await vote(client, said="partly") == 303
    # It stands in the record now: the same answer a second time finds nothing open.
    assert not await services.database().run(feedback.take, ALICE, "drowning", 0, now)
    assert await counted() == []


async def test_the_token_leaves_the_address_and_the_rest_stays(client: aiohttp.ClientSession) -> None:
    token = links.course(ALICE).split("?t=")[1]
    async with client.get(f"/search?q=发烧&t={token}", allow_redirects=False) as response:
        assert response.status == 303
        assert response.headers["Location"] == "/search?q=%E5%8F%91%E7%83%A7"
        assert response.headers["Cache-Control"] == "no-store"
        cookie = response.cookies["jiashu_course"]
        assert cookie["httponly"] and cookie["samesite"] == "Lax" and int(cookie["max-age"]) <= 24 * 3600
        assert "jiashu_reader" not in response.cookies


@pytest.mark.parametrize("token", ["x", "字", "a" * 79, "%00"])
async def test_a_forged_token_opens_the_page_and_nothing_else(client: aiohttp.ClientSession, token: str) -> None:
    async with client.get("/course", params={"t": token}, allow_redirects=False) as response:
        assert response.status == 303 and "Set-Cookie" not in response.headers


async def test_a_token_takes_nobody_to_another_site(client: aiohttp.ClientSession) -> None:
    async with client.get("/%2Fevil.example?t=x", allow_redirects=False) as response:
        assert not response.headers.get("Location", "/").startswith("//")


async def test_the_secure_flag_follows_the_address(environment: pytest.MonkeyPatch) -> None:
    from sanic.response import redirect

    for address, secure in (("https://e.org", True), ("http://e.org", False)):
        environment.setenv("JIASHU_PUBLIC_URL", address)
        services.settings.cache_clear()
        response = redirect("/")
        visitors.set_cookie(response, "x", "1", 60)
        assert ("Secure" in str(response.cookies["x"])) is secure
