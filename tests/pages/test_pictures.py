"""Pictures in a lesson: ours, with words and size; nothing else of the machine can be read by their address."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from yarl import URL

from bot import services
from bot.pages import prose
from bot.pages.pictures import picture

from .conftest import site


@pytest.fixture
def content(environment: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    (tmp_path / "content/pictures").mkdir(parents=True)
    environment.setenv("JIASHU_CONTENT", str(tmp_path / "content"))
    services.settings.cache_clear()
    Image.new("RGB", (320, 200), "green").save(tmp_path / "content/pictures/a-pond.jpg")
    (tmp_path / "content/pictures/script.png").write_text("<script>alert(1)</script>")
    (tmp_path / "content/pictures/drawing.svg").write_text("<svg/>")
    (tmp_path / "content/secret.png").write_bytes((tmp_path / "content/pictures/a-pond.jpg").read_bytes())
    return tmp_path / "content"


@pytest.mark.usefixtures("content")
def test_a_picture_of_ours_has_words_and_a_size() -> None:
    found = picture("a-pond.jpg")
    assert found is not None and (found.width, found.height, found.kind) == (320, 200, "image/jpeg")

    made = str(prose.markdown("![塘边的\"栏杆\"](pictures/a-pond.jpg)"))
    assert f'src="{found.address}"' in made and "塘边的" in made and 'width="320"' in made
    assert "onerror" not in made


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("name", ["../secret.png", "none.png", "script.png", "drawing.svg", ".hidden.png", "a-pond.JPG", "a-pond.jpg/"])
def test_nothing_else_is_a_picture(name: str) -> None:
    assert picture(name) is None
    assert "<img" not in str(prose.markdown(f"![图](pictures/{name})"))


@pytest.mark.asyncio
async def test_it_is_served_and_its_neighbours_are_not(content: Path) -> None:
    found = picture("a-pond.jpg")
    assert found is not None
    async with site() as client:
        async with client.get(found.address) as response:
            assert response.status == 200 and await response.read() == (content / "pictures/a-pond.jpg").read_bytes()
            assert "immutable" in response.headers["Cache-Control"]
        for path in ("..%2fsecret.png", "script.png", "drawing.svg", "%2e%2e/secret.png"):
            async with client.get(URL(f"/pictures/000000000000/{path}", encoded=True)) as response:
                assert response.status == 404
