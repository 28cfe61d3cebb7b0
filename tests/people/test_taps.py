"""Buttons for lessons, also where editors have taken a lesson away."""

from __future__ import annotations

import pytest

from actions.taps import lesson_taps
from bot import services
from bot.content.library import Library


def test_a_lesson_that_is_gone_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = services.library()
    there = whole.lessons["first-call-after"]
    monkeypatch.setattr(services, "library", lambda: Library({there.slug: there}, whole.safety))

    (button,) = lesson_taps("bad-news-from-home", there.slug)

    assert button["title"] == there.title and there.slug in button["payload"]
