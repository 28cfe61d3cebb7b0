"""The trail of a row reads back what was written into it."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.reminders import trail
from bot.reminders.trail import Mark
from tests.reminders.support import beijing


@pytest.mark.parametrize("at", [beijing(2027, 1, 1, 7, 59), beijing(2028, 2, 29, 12, 15), beijing(2050, 12, 31, 23, 59)])
def test_a_decision_is_read_as_it_was_written(at: datetime) -> None:
    written = trail.add(trail.add("", "planned", at), "gives_way", at, "spring_festival/gifts_12")

    assert trail.read(written) == (Mark("planned", "", at), Mark("gives_way", "spring_festival/gifts_12", at))
    assert all(mark.at.tzinfo is timezone.utc for mark in trail.read(written))


def test_the_same_decision_again_is_not_written_twice() -> None:
    once = trail.add("", "busy", beijing(2027, 1, 6, 12))

    assert trail.add(once, "busy", beijing(2027, 1, 6, 13)) == once
    assert trail.last(once) == "busy" and trail.last("") == ""
