"""An action with a talk around it and a clock that the test turns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from rasa_sdk import Action

from bot import services
from bot.clock import ManualClock
from bot.people import parents
from bot.people.parents import Child
from bot.text.ages import find_ages
from tests.conftest import ROOT
from tests.course.conftest import Scene
from tests.databases import services_over

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=timezone.utc)


class TableScene(Scene):
    """A talk with the real tables: ages in the words are found as the pipeline does."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__()
        self.clock = clock

    async def say(self, action: Action, text: str, intent: str = "some_intent") -> str:
        ages = [{"entity": "child_age", "value": mention.months} for mention in find_ages(text)]
        return await self.run(action, text, intent, **{each["entity"]: each["value"] for each in ages})

    def turn(self, **by: float) -> None:
        """Let time pass: `hours=20`."""
        self.clock.turn(timedelta(**by))

    def has_child(self, born: datetime, sex: str | None = None) -> None:
        """Consent is given and a child told."""
        with services.database().session() as session:
            parents.record_consent(session, self.parent, True, NOW)
            parents.add_child(session, self.parent, Child(born.date(), False, sex), NOW)


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TableScene]:
    monkeypatch.chdir(ROOT)
    clock = ManualClock(NOW)
    with services_over(tmp_path, monkeypatch, clock):
        yield TableScene(clock)
