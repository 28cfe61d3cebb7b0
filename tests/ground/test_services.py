"""What is kept of the content for a whole process."""

from __future__ import annotations

import pytest

from bot import services
from bot.content.library import Library


def test_what_is_made_of_the_library_is_made_anew_when_there_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a publishing: else new lessons would be taken for words of somebody's own."""
    made: list[Library] = []

    @services.made_of_library
    def count(library: Library) -> int:
        made.append(library)
        return len(library.lessons)

    first = services.library()
    assert count() == count() == len(first.lessons) and made == [first]

    second = Library({}, {})
    monkeypatch.setattr(services, "library", lambda: second)
    assert count() == 0 and count() == 0 and made[1:] == [second]
