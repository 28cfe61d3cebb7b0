"""Comics in the talk."""

from __future__ import annotations

import pytest

from actions.browse import ActionBrowseComics
from actions.comics import ActionOpenComic, told
from bot import services
from tests.course.conftest import Scene


async def test_three_are_offered_and_then_others(scene: Scene) -> None:
    seen: list[str] = []
    for _ in range(len(services.comics()) // 3):
        text = await scene.run(ActionBrowseComics(), "看漫画", "browse_comics")
        seen += text.splitlines()[1:]
    assert len(seen) == len(set(seen)) >= 15
    rest = (await scene.run(ActionBrowseComics(), "看漫画", "browse_comics")).splitlines()[1:]
    assert not set(rest) & set(seen)
    # All were offered: it begins anew.
    assert (await scene.run(ActionBrowseComics(), "看漫画", "browse_comics")).splitlines()[1:] == seen[:3]


@pytest.mark.parametrize("slug", ["drowning", "parting"])
async def test_without_pages_it_is_told_in_words(scene: Scene, slug: str) -> None:
    comic = services.comics()[slug]
    text = await scene.run(ActionOpenComic(), intent="open_comic", comic_slug=slug)

    assert text == told(comic) and scene.slots["lesson_last"] == comic.lesson
    assert all(said in text for panel in comic.panels for said in (panel.alt, *panel.says))


async def test_the_age_of_an_earlier_question_is_not_the_comics(scene: Scene) -> None:
    scene.slots["lesson_age"] = 3
    await scene.run(ActionOpenComic(), intent="open_comic", comic_slug="drowning")

    assert scene.slots["lesson_age"] is None


async def test_with_pages_it_is_a_card(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIASHU_PUBLIC_URL", "https://example.org")
    services.settings.cache_clear()

    await scene.run(ActionOpenComic(), intent="open_comic", comic_slug="drowning")
    (card,) = [message["custom"]["news"] for message in scene.said if message.get("custom")]
    assert card["url"] == "https://example.org/comics/drowning" and card["title"] == "天热想玩水"


async def test_an_unknown_comic_is_no_dead_end(scene: Scene) -> None:
    assert "看漫画" in await scene.run(ActionOpenComic(), intent="open_comic", comic_slug="gone")


def test_every_comic_fits_one_message(scene: Scene) -> None:
    assert max(len(told(comic).encode()) for comic in services.comics().values()) <= 2048
