"""From the chat to the pages: a line beside an answer, a card for who asks for more, the menu's forms and readers."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.browse import (
    ActionBrowseLessons,
    ActionBrowseLineManagers,
    ActionBrowseYoungWorkers,
    ActionTellTip,
)
from actions.course import ActionOpenCourse
from actions.lesson_more import ActionShowMore
from actions.lessons import ActionChooseLesson
from actions.pages import further_parts, marked
from bot import services
from bot.content.weekly import tip_of_the_week
from bot.course import progress
from bot.pages.assets import assets
from bot.wechat.messages import NewsOut, TextOut
from bot.wechat.rendering import compose
from bot.wechat.splitting import LIMIT, size

from .conftest import make_database

pytestmark = pytest.mark.asyncio

ALICE = "p" + "a" * 26
ADDRESS = "https://jiashu.example.org"


@pytest.fixture
def linked(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("JIASHU_PUBLIC_URL", ADDRESS)
    services.settings.cache_clear()
    make_database()


@pytest.fixture
def unlinked(environment: pytest.MonkeyPatch) -> None:
    make_database()


async def said(action: Action, slug: str = "", form: str = "", **slots: Any) -> list[dict[str, Any]]:
    entities = [{"entity": "lesson_slug", "value": slug}] if slug else []
    latest = {"text": "好", "intent": {"name": "choose_lesson"}, "entities": entities}
    loop = {"name": form} if form else {}
    tracker = Tracker(ALICE, {"lesson_shown": [], **slots}, latest, [], False, None, loop, "action_listen")
    dispatcher = CollectingDispatcher()
    await action.run(dispatcher, tracker, {})
    return dispatcher.messages


def links(messages: list[dict[str, Any]]) -> list[str]:
    return [message["custom"]["link"]["url"] for message in messages if "link" in (message.get("custom") or {})]


def cards(messages: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [message["custom"]["news"] for message in messages if "news" in (message.get("custom") or {})]


@pytest.mark.usefixtures("linked")
async def test_an_answer_leads_to_its_page_and_names_nobody() -> None:
    messages = await said(ActionChooseLesson(), "drowning")

    (url,) = links(messages)
    assert url.startswith(f"{ADDRESS}/lessons/drowning?t=") and ALICE not in url
    # The answer is whole, and comes before the link.
    assert messages[0]["text"] == services.library().lessons["drowning"].reply(None)


@pytest.mark.usefixtures("unlinked")
async def test_without_an_address_an_answer_has_no_link() -> None:
    assert links(await said(ActionChooseLesson(), "drowning")) == []
    assert cards(await said(ActionShowMore(), lesson_last="drowning")) == []


@pytest.mark.usefixtures("linked")
async def test_inside_a_form_an_answer_has_no_link() -> None:
    assert links(await said(ActionChooseLesson(), "drowning", form="profile_form")) == []


@pytest.mark.usefixtures("linked")
async def test_no_link_makes_an_answer_longer_than_one_message() -> None:
    for slug in services.library().lessons:
        messages = await said(ActionChooseLesson(), slug, form="")
        rendered = compose([message for message in messages if message.get("text") or message.get("custom")])
        assert len(rendered.messages) == 1, slug
        assert isinstance(rendered.messages[0], TextOut) and size(rendered.messages[0].text) <= LIMIT


@pytest.mark.usefixtures("linked")
async def test_who_asks_for_more_gets_a_card() -> None:
    messages = await said(ActionShowMore(), lesson_last="drowning")

    (card,) = cards(messages)
    assert card["title"] == "防溺水：隔着电话也能管住水边" and card["picurl"].startswith(f"{ADDRESS}/static/")
    text, news = compose(messages).messages
    assert isinstance(text, TextOut) and isinstance(news, NewsOut)


@pytest.mark.usefixtures("linked")
async def test_the_picture_of_a_card_is_as_wide_as_wechat_shows_it() -> None:
    # A card alone is shown at 2.35 : 1 and cut to that; of a square one half of each character was gone.
    (card,) = cards(await said(ActionShowMore(), lesson_last="drowning"))
    width, height = Image.open(BytesIO(assets()[card["picurl"].rsplit("/", 1)[-1]].body)).size

    assert width / height == pytest.approx(2.35, abs=0.02)


@pytest.mark.usefixtures("linked")
async def test_more_is_one_text_and_a_card_for_every_lesson() -> None:
    for slug in services.library().lessons:
        kinds = [type(message) for message in compose(await said(ActionShowMore(), lesson_last=slug)).messages]
        assert kinds == [TextOut, NewsOut], slug


async def test_the_further_parts_are_all_of_a_lesson_in_whole_sections_of_one_message() -> None:
    for slug, lesson in services.library().lessons.items():
        parts = further_parts(lesson)
        assert "\n".join(parts).replace("\n", "").startswith(marked(lesson.body).replace("\n", "")), slug
        assert all(size(part) <= LIMIT for part in parts), slug
        assert bool(lesson.try_this) == (f"：{lesson.try_this}\n" in parts[-1])


@pytest.mark.usefixtures("unlinked")
async def test_the_readers_of_the_menu_get_their_lessons_to_tap() -> None:
    for action, audience in ((ActionBrowseYoungWorkers(), "young_workers"), (ActionBrowseLineManagers(), "line_managers")):
        (message,) = await said(action)
        expected = {each.title for each in services.library().lessons.values() if audience in each.audience}
        assert {button["title"] for button in message["buttons"]} == expected and len(expected) >= 6
        assert len(compose([message]).messages) == 1


@pytest.mark.usefixtures("linked")
async def test_who_is_in_the_course_sees_it_on_a_page_of_their_own() -> None:
    assert links(await said(ActionOpenCourse())) == []
    await services.database().run(progress.choose_pace, ALICE, "weekly", services.clock().now())

    (url,) = links(await said(ActionOpenCourse()))
    assert url.startswith(f"{ADDRESS}/course?t=") and ALICE not in url


@pytest.mark.usefixtures("linked")
async def test_lessons_are_listed_by_subject_with_a_card() -> None:
    messages = await said(ActionBrowseLessons())
    assert "孩子平安" in messages[0]["text"] and cards(messages)[0]["url"] == f"{ADDRESS}/all"


@pytest.mark.usefixtures("unlinked")
async def test_the_tip_is_a_small_thing_to_do_and_can_be_asked_on() -> None:
    (message,) = await said(ActionTellTip())
    assert message["text"].startswith("这周试一招")


async def test_the_tip_changes_on_monday_in_china_and_comes_round(environment: pytest.MonkeyPatch) -> None:
    lessons = services.library().lessons
    sunday = datetime(2026, 3, 1, 15, 59, tzinfo=timezone.utc)

    def tip(moment: datetime) -> str:
        found = tip_of_the_week(lessons, None, moment)
        assert found is not None
        return found.slug

    assert tip(sunday) != tip(sunday + timedelta(minutes=1)) == tip(sunday + timedelta(days=7))
    year = [tip(sunday + timedelta(weeks=week)) for week in range(52)]
    assert len(set(year)) == 52


async def test_a_tip_fits_the_age(environment: pytest.MonkeyPatch) -> None:
    for week in range(60):
        found = tip_of_the_week(services.library().lessons, 8, datetime(2026, 1, 5, tzinfo=timezone.utc) + timedelta(weeks=week))
        assert found is not None and found.ages[0] <= 8 < found.ages[1]
    assert tip_of_the_week({}, 8, datetime(2026, 1, 5, tzinfo=timezone.utc)) is None
