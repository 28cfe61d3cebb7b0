"""The pages in a real browser: a small phone and a wide screen, light and dark, with and without JavaScript."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import services
from bot.course import certificate, progress
from bot.course.certificate import Certificate
from bot.course.syllabus import syllabus
from bot.pages import links
from bot.pages.tables import votes
from bot.web import create_app
from tests.browsing import page_in
from tests.loops import lasting_loop

from .conftest import KEY, make_database, serving

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("chromium")]
event_loop = pytest.fixture(lasting_loop, scope="module")

LOOKS = (Path(__file__).parent / "looks.js").read_text(encoding="utf-8")
VIEWS = {"phone": (360, 640, "light"), "phone at night": (360, 640, "dark"), "desk": (1280, 800, "light")}
ALICE = "p" + "a" * 26
# What Lighthouse would count on a lesson: requests of the first visit, and nodes of the page.
MOST_REQUESTS, MOST_NODES = 6, 700


@dataclass
class Reader:
    """A browser on the pages, and what went wrong in it."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    async def open(self, path: str, status: int = 200) -> None:
        response = await self.page.goto(self.address + path)
        assert response is not None and response.status == status, path

    async def follow(self, what: str) -> None:
        """Click on what leads to another page, and wait until all of that is there."""
        async with self.page.expect_navigation():
            await self.page.click(what)


@asynccontextmanager
async def reader(browser: Browser, view: str = "phone", script: bool = True) -> AsyncIterator[Reader]:
    make_database()
    width, height, scheme = VIEWS[view]
    looks = {"color_scheme": scheme, "java_script_enabled": script, "reduced_motion": "reduce"}
    async with serving(create_app(with_desk=False)) as address, page_in(browser, (width, height), **looks) as page:
        here = Reader(page, address)
        here.page.on("pageerror", lambda error: here.errors.append(str(error)))
        here.page.on("console", lambda message: here.errors.append(message.text) if message.type == "error" else None)
        here.page.on("request", lambda request: _note(here, request))
        yield here
        outside = [url for url in here.requests if not url.startswith((address, "data:"))]
        assert outside == []
        assert [error for error in here.errors if "404" not in error] == []


def _note(here: Reader, request: Request) -> None:
    here.requests.append(request.url)


@pytest.fixture(autouse=True)
def settings(environment: pytest.MonkeyPatch) -> Iterator[None]:
    environment.setenv("JIASHU_PUBLIC_URL", "https://jiashu.example.org")
    services.settings.cache_clear()
    yield


def all_kinds() -> list[str]:
    """One page of each kind, the longest titles and most parts where there is a choice."""
    sealed = certificate.sealed(Certificate("王秀英", date(2026, 11, 21)), KEY)
    paths = ["/", "/all", "/about", "/search?q=孩子不说话", "/search?q=股票", "/series/child_safety", "/for/line_managers"]
    paths += ["/lessons/drowning", "/lessons/first-day-shyness", "/lessons/communicating-from-a-distance", "/relay/drowning"]
    paths += ["/relay/guilt", "/quiz", "/comics", "/course", f"/certificate/{sealed}", "/tools", "/starters", "/gifts"]
    paths += ["/pushes", "/activities", "/milestones", "/photos", "/lessons/drowning?thanks=1"]
    paths += [f"/quiz/{slug}" for slug in list(services.quizzes())[:1]] + [f"/comics/{slug}" for slug in list(services.comics())[:1]]
    return paths


@pytest.mark.parametrize("view", VIEWS)
async def test_nobody_stumbles(view: str, web_browser: Browser) -> None:
    async with reader(web_browser, view) as here:
        wrong = {}
        for path in all_kinds():
            await here.open(path)
            wrong[path] = await here.page.evaluate(LOOKS)
        assert {path: found for path, found in wrong.items() if found} == {}
        await here.open("/lessons/none", status=404)
        assert await here.page.evaluate(LOOKS) == []


async def test_a_lesson_keeps_its_budget(web_browser: Browser) -> None:
    async with reader(web_browser) as here:
        await here.open("/lessons/first-day-shyness")
        assert len(here.requests) <= MOST_REQUESTS
        assert await here.page.evaluate("document.querySelectorAll('*').length") <= MOST_NODES
        blocking = "document.querySelectorAll('script:not([defer]), link[rel=stylesheet] ~ link[rel=stylesheet]').length"
        assert await here.page.evaluate(blocking) == 0
        shift = "new Promise(done => new PerformanceObserver(seen => done(seen.getEntries().reduce((sum, one) => sum + one.value, 0))).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"
        assert await here.page.evaluate(shift) < 0.1


async def test_a_second_lesson_loads_nothing_but_itself(web_browser: Browser) -> None:
    async with reader(web_browser) as here:
        await here.open("/lessons/drowning")
        await here.page.wait_for_load_state("networkidle")
        here.requests.clear()
        await here.follow("nav[aria-label=同一组的课] a >> nth=0")
        fetched = await here.page.evaluate(
            "performance.getEntriesByType('resource').filter((one) => one.transferSize > 0).map((one) => one.name)"
        )
        assert fetched == []


async def test_reading_aloud_begins_and_stops(web_browser: Browser) -> None:
    async with reader(web_browser) as here:
        await here.page.add_init_script(
            "window.spoken = []; speechSynthesis.speak = (said) => { window.spoken.push([said.text, said.lang]); };"
        )
        await here.open("/lessons/drowning")
        button = here.page.locator("[data-read-aloud]")
        await button.click()
        assert await here.page.evaluate("window.spoken[0]") == ["防溺水：隔着电话也能管住水边", "zh-CN"]
        assert await button.inner_text() == "■ 停下"
        await button.click()
        assert await button.inner_text() == "▶ 读给我听"


async def test_without_speech_there_is_no_button(web_browser: Browser) -> None:
    async with reader(web_browser) as here:
        await here.page.add_init_script("delete window.SpeechSynthesisUtterance")
        await here.open("/lessons/drowning")
        assert not await here.page.is_visible("[data-read-aloud]")


async def test_the_letter_home_is_copied(web_browser: Browser) -> None:
    async with reader(web_browser) as here:
        await here.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await here.open("/relay/drowning")
        await here.page.click("[data-copy]")
        await here.page.locator("text=复制好了").wait_for()
        copied = await here.page.evaluate("navigator.clipboard.readText()")
        assert copied == services.library().lessons["drowning"].relay


async def test_without_javascript_everything_works(web_browser: Browser) -> None:
    async with reader(web_browser, script=False) as here:
        page = here.page
        await here.open("/lessons/drowning")
        assert not await page.is_visible("[data-read-aloud]") and not await page.is_visible("[data-copy]")
        await page.click("summary")
        assert await page.is_visible("details .answer li")
        await here.follow("text=很有用")
        assert "收到了，谢谢您" in await page.inner_text("#useful")
        assert await services.database().read(_votes) == [("drowning", "very", 1)]

        await here.open("/search")
        await page.fill("[type=search]", "防逆水")
        await here.follow("button:has-text('找')")
        assert "防溺水" in await page.locator(".list a").first.inner_text()


async def test_a_quiz_without_javascript_says_what_is_right_and_why(web_browser: Browser) -> None:
    slug, quiz = next(iter(services.quizzes().items()))
    async with reader(web_browser, script=False) as here:
        await here.open(f"/quiz/{slug}")
        for index, question in enumerate(quiz.questions):
            wrong = question.right % len(question.options) + 1
            await here.page.click(f"label:has(input[name=q{index}][value='{wrong if index == 0 else question.right}'])")
        await here.follow("text=选好了，看看")
        shown = await here.page.inner_text("main")
        assert f"{len(quiz.questions)} 道题，您选对了 {len(quiz.questions) - 1} 道" in shown
        assert quiz.questions[0].when_wrong in shown and all(each.when_right in shown for each in quiz.questions[1:])


async def test_the_course_shows_progress_to_its_parent_and_to_nobody_else(web_browser: Browser) -> None:
    async with reader(web_browser) as here:
        course = [lesson.slug for lesson in syllabus(services.library().lessons)]
        await services.database().run(_three_done, course)
        path = links.course(ALICE).removeprefix("https://jiashu.example.org")
        await here.open(path)
        # The token is out of the address before anything can be forwarded.
        assert here.page.url == f"{here.address}/course"
        assert "您学完了 3 课" in await here.page.inner_text("main")
        assert await here.page.evaluate(LOOKS) == []

        await here.page.context.clear_cookies()
        await here.open("/course")
        assert "您学完了" not in await here.page.inner_text("main")


async def test_a_quiz_on_the_page_counts_for_the_course_of_whose_link_it_was(web_browser: Browser) -> None:
    async with reader(web_browser) as here:
        course = [lesson.slug for lesson in syllabus(services.library().lessons)]
        await services.database().run(progress.open_lesson, ALICE, course[0], services.clock().now())
        await here.open(links.course(ALICE).removeprefix("https://jiashu.example.org"))
        slug, quiz = next((slug, quiz) for slug, quiz in services.quizzes().items() if quiz.lesson == course[0])
        await here.open(f"/quiz/{slug}")
        for index in range(len(quiz.questions)):
            await here.page.click(f"label:has(input[name=q{index}])")
        await here.follow("text=选好了，看看")
        await here.follow("text=回到我的课程")
        assert "您学完了 1 课" in await here.page.inner_text("main")


async def test_who_finished_makes_a_certificate_and_the_name_is_not_kept(web_browser: Browser) -> None:
    async with reader(web_browser) as here:
        course = [lesson.slug for lesson in syllabus(services.library().lessons)]
        await services.database().run(_all_done, course)
        await here.open(links.course(ALICE).removeprefix("https://jiashu.example.org"))
        await here.page.fill("[name=name]", "李春梅")
        await here.follow("text=做证书")
        assert "/certificate/" in here.page.url
        assert "李春梅" in (await here.page.get_attribute("main img", "alt") or "")
        assert await here.page.evaluate("document.querySelector('main img').naturalWidth") > 0
        with services.database().session(readonly=True) as session:
            raw = session.connection().connection.dbapi_connection.iterdump()
            assert not any("李春梅" in line for line in raw)


def _votes(session: Session) -> list[tuple[str, str, int]]:
    return [tuple(row) for row in session.execute(select(votes.c.lesson, votes.c.vote, votes.c.count))]


def _three_done(session: Session, course: list[str]) -> None:
    _done(session, course, 3)


def _all_done(session: Session, course: list[str]) -> None:
    _done(session, course, len(course))


def _done(session: Session, course: list[str], count: int) -> None:
    now = services.clock().now() - timedelta(days=30)
    for day, slug in enumerate(course[:count]):
        progress.open_lesson(session, ALICE, slug, now + timedelta(days=day))
        progress.finish_lesson(session, ALICE, slug, course, now + timedelta(days=day))




async def test_the_measure_sees_what_is_wrong(web_browser: Browser) -> None:
    async with reader(web_browser) as here:
        await here.open("/about")
        # Styles through the DOM: as attributes the page's own policy refuses them.
        await here.page.evaluate(
            """() => { document.querySelector("main").innerHTML = `<h1>一</h1><h3>三</h3><p data-x="font-size:12px">小</p>
              <p data-x="color:#ccc">淡</p><button data-x="min-height:10px;min-width:10px;padding:0;line-height:1">点</button>
              <input name="x"><img src="/nothing.png"><pre data-x="font-size:20px;width:900px">长</pre>`;
              for (const one of document.querySelectorAll("[data-x]")) one.style.cssText = one.dataset.x; }"""
        )
        await here.page.wait_for_load_state("networkidle")
        found = " ".join(await here.page.evaluate(LOOKS))
        for what in ("out of order", "small type", "contrast", "small to tap", "no label", "no alt", "sticks out", "sideways"):
            assert what in found, what
