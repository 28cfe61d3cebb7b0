"""The web process reads new content when something goes live or back, once, and goes on when it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.documents import ContentError
from bot.model.current import Current, choose, take_back
from bot.publish.following import Follower


async def test_each_new_choice_is_followed_once(tmp_path: Path) -> None:
    read: list[int] = []
    choose(tmp_path, Current("a.tar.gz", 1))
    follower = Follower(tmp_path, lambda: read.append(1))

    await follower.look()
    assert read == []
    choose(tmp_path, Current("b.tar.gz", 2))
    await follower.look()
    await follower.look()
    assert len(read) == 1
    take_back(tmp_path)
    await follower.look()
    assert len(read) == 2


@pytest.mark.parametrize("error", [ContentError(Path("a.md"), 3, "少了标题"), OSError("gone")])
async def test_broken_content_does_not_end_the_following(tmp_path: Path, error: Exception) -> None:
    tried: list[int] = []

    def renew() -> None:
        tried.append(1)
        raise error

    follower = Follower(tmp_path, renew)
    for number in (1, 2):
        choose(tmp_path, Current("a.tar.gz", number))
        await follower.look()

    assert len(tried) == 2
