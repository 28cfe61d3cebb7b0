"""Every page of the real library: it opens, is light, speaks plainly when something is wrong, and lets nothing in."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import aiohttp
import pytest
import pytest_asyncio
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.content.lessons import AUDIENCES, SERIES
from bot.content.library import load_library
from bot.pages.lessons import preview
from bot.pages.shelves import MOST
from bot.web import create_app
from tests.conftest import ROOT

from .conftest import serving, settled, site

pytestmark = pytest.mark.asyncio

SLUGS = sorted(load_library(ROOT / "content").lessons)
PLAIN = ["/", "/all", "/about", "/search", "/tools", "/starters", "/gifts", "/activities", "/milestones", "/photos"]
PLAIN += ["/pushes", "/quiz", "/comics", "/course", "/search?q=防溺水", "/gifts?age=6&budget=50", "/starters?mood=sad&age=12"]
PLAIN += [f"/series/{name}" for name in SERIES] + [f"/for/{name}" for name in AUDIENCES]
# What a page may weigh without its pictures, style and script included, as it lies on the disk: not even compressed.
BUDGET = 60_000


@pytest.fixture(scope="module")
def event_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One loop: the site is started once for all of these tests."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest_asyncio.fixture(scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[aiohttp.ClientSession]:
    with pytest.MonkeyPatch.context() as patch, settled(patch, tmp_path_factory.mktemp("pages")):
        async with site() as made:
            yield made


async def opened(client: aiohttp.ClientSession, path: str) -> str:
    async with client.get(path) as response:
        assert response.status == 200, path
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        return await response.text()


async def test_every_lesson_and_its_card_opens_and_is_light(client: aiohttp.ClientSession) -> None:
    for slug in SLUGS:
        lesson = services.library().lessons[slug]
        html = await opened(client, f"/lessons/{slug}")
        assert f"<h1>{lesson.title}</h1>" in html
        assert html.count("<h1") == 1
        await weighs(client, html, slug)
        card = await opened(client, f"/relay/{slug}")
        assert "大字版" in card


@pytest.mark.parametrize("path", PLAIN)
async def test_every_other_page_opens_and_is_light(client: aiohttp.ClientSession, path: str) -> None:
    html = await opened(client, path)

    assert html.count("<h1") == 1
    await weighs(client, html, path)


async def weighs(client: aiohttp.ClientSession, html: str, what: str) -> None:
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html))
    assert len(files) >= 2
    size = len(html.encode())
    for file in files:
        async with client.get(file) as response:
            assert response.status == 200 and "immutable" in response.headers["Cache-Control"]
            size += len(await response.read())
    assert size <= BUDGET, f"{what} weighs {size}"


async def test_every_quiz_and_comic_opens(client: aiohttp.ClientSession) -> None:
    for slug in services.quizzes():
        assert "<fieldset>" in await opened(client, f"/quiz/{slug}")
    for slug, comic in services.comics().items():
        html = await opened(client, f"/comics/{slug}")
        drawings = re.findall(r'<img src="(/comics/[^"]+)" alt="([^"]+)"', html)
        assert len(drawings) == len(comic.panels)
        for address, _ in drawings:
            async with client.get(address) as response:
                assert response.status == 200 and response.headers["Content-Type"] == "image/svg+xml"


async def test_every_link_of_the_house_leads_somewhere(client: aiohttp.ClientSession) -> None:
    waiting, seen = ["/"], {"/"}
    while waiting:
        html = await opened(client, waiting.pop())
        for path in re.findall(r'href="(/[^"#?]*)', html):
            if path not in seen and not path.startswith(("/static", "/lessons", "/relay", "/quiz/", "/comics/")):
                seen.add(path)
                waiting.append(path)
            elif path.startswith(("/lessons/", "/relay/")):
                assert path.rsplit("/", 1)[-1] in SLUGS
    assert {f"/series/{name}" for name in SERIES} <= seen


async def test_a_push_that_ends_with_a_colon_leads_to_what_was_sent_below_it(client: aiohttp.ClientSession) -> None:
    html = await opened(client, "/pushes")

    # 这几样可以挑： and then nothing was what readers saw.
    assert re.search("：</p>\\s*<p><a", html)
    assert not re.search("：</p>\\s*</section>", html)


async def test_long_lists_are_folded_or_shown_in_parts(client: aiohttp.ClientSession) -> None:
    # 86 quizzes one below the other were twelve screens of a phone.
    folded = re.split("<details>", await opened(client, "/quiz"))
    assert len(folded) > 5 and "/quiz/" not in folded[0]

    titles = [re.findall("<h2>(.+)</h2>", await opened(client, path)) for path in ("/photos", f"/photos?from={MOST}")]
    assert len(titles[0]) == MOST
    assert titles[0] + titles[1] == [each.title for each in services.shelf().photos]


async def test_no_choice_of_an_age_shows_every_starter(client: aiohttp.ClientSession) -> None:
    html = await opened(client, "/starters")

    assert f"一共 {len(services.shelf().starters)} 条" in html
    # What is said to a child that can talk comes first: most who look have one.
    first = html.partition('<blockquote class="say"><p>“')[2].partition("”</p>")[0]
    assert next(each for each in services.shelf().starters if each.say == first).fits(84)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/lessons/none",
        "/lessons/..%2f..%2fetc%2fpasswd",
        "/lessons/../../etc/passwd",
        "/lessons/%00",
        "/lessons/drowning.md",
        "/relay/%3Cscript%3Ealert(1)%3C/script%3E",
        "/series/secret",
        "/for/everybody",
        "/quiz/none",
        "/comics/none",
        "/static/000000000000/page.css",
        "/static/000000000000/../templates.py",
        "/static/../app.py",
        "/certificate/" + "a" * 40,
    ],
)
async def test_what_is_not_there_is_said_in_plain_words(client: aiohttp.ClientSession, path: str) -> None:
    from yarl import URL

    async with client.get(URL(path, encoded=True)) as response:
        html = await response.text()
        assert response.status == 404
        assert "没有这一页" in html and "<script>alert" not in html
        assert "no-store" in response.headers["Cache-Control"]


async def test_an_error_of_ours_shows_nothing_of_it(
    client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("bot.pages.tonight.starters", broken)
    async with client.get("/?q=13800138000") as response:
        html = await response.text()
        assert response.status == 500
        assert "过一会儿再试试" in html and "secret words" not in html and "138" not in html


async def test_even_the_frame_of_a_page_may_break(client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(services, "comics", broken)
    async with client.get("/about") as response:
        html = await response.text()
        assert response.status == 500 and "过一会儿再试试" in html and "secret words" not in html


async def test_headers_let_a_page_load_nothing_but_ours(client: aiohttp.ClientSession) -> None:
    async with client.get("/lessons/drowning") as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in response.headers
        html = await response.text()
    assert not re.search(r"<script(?![^>]*src=)|\son[a-z]+=|\sstyle=|<style", html)
    assert not re.search(r'(?:src|srcset|data)="(?:https?:)?//|<link[^>]+href="https?:', html)


async def test_a_page_that_did_not_change_is_not_sent_again(client: aiohttp.ClientSession) -> None:
    async with client.get("/lessons/drowning") as first:
        tag = first.headers["ETag"]
    async with client.get("/lessons/drowning", headers={"If-None-Match": tag}) as second:
        assert second.status == 304 and await second.read() == b""


async def test_pages_are_packed_for_who_takes_it(client: aiohttp.ClientSession) -> None:
    raw = {"Accept-Encoding": "gzip"}
    async with client.get("/lessons/drowning", headers=raw) as packed:
        assert packed.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed.headers["Vary"]
        # Of what WeChat loads for a first lesson, over a dormitory's Wi-Fi: all of it in well under 20 KB.
        assert len(gzip.compress((await packed.text()).encode())) < 8_000
    async with client.get("/lessons/drowning", headers={"Accept-Encoding": "identity"}) as plain:
        assert "Content-Encoding" not in plain.headers


async def test_what_somebody_types_is_shown_as_text(client: aiohttp.ClientSession) -> None:
    html = await opened(client, "/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%3E")

    assert "&lt;script&gt;" in html and "<script>alert" not in html


async def test_every_page_says_whom_to_call(client: aiohttp.ClientSession) -> None:
    html = await opened(client, "/lessons/when-it-is-too-much")

    for number in ("110", "120", "119", "12356"):
        assert f'href="tel:{number}"' in html


async def test_a_lesson_says_honestly_who_has_read_it(client: aiohttp.ClientSession) -> None:
    html = await opened(client, "/lessons/drowning")
    assert "还没有专家署名看过" in html and "世界卫生组织" in html


async def test_a_draft_can_be_looked_at_as_a_page(client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = replace(services.library().lessons["drowning"], slug="a-draft", title="还没发布的一课", status="draft")
    app = create_app(with_desk=False)

    @app.get("/draft")
    async def shown(request: Request) -> HTTPResponse:
        return preview(request, draft)

    async with serving(app) as address, aiohttp.ClientSession(address) as desk, desk.get("/draft") as response:
        assert "<h1>还没发布的一课</h1>" in await response.text()
        assert "no-store" in response.headers["Cache-Control"]
        assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
