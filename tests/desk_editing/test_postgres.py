"""Drafts on PostgreSQL, where two people really write at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import services
from bot.clock import ManualClock
from bot.desk.editing import drafts
from bot.desk.editing.drafts import Clash
from tests.databases import services_on

pytestmark = pytest.mark.postgres


@pytest.fixture
def clock(postgres_tables: str, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[ManualClock]:
    with services_on(postgres_tables, monkeypatch):
        yield clock


def test_of_many_at_once_one_is_kept_and_the_others_hear_of_it(clock: ManualClock) -> None:
    def write(name: str, version: int) -> str:
        try:
            with services.database().session() as session:
                return drafts.save(session, "words.yml", name, "", version, name, clock.now()).text
        except Clash as clash:
            assert clash.now is not None
            return ""

    names = [f"w{number}" for number in range(6)]
    for version in (0, 1, 2):
        with ThreadPoolExecutor(6) as pool:
            said = list(pool.map(write, names, [version] * 6))
        (kept,) = [each for each in said if each]
        with services.database().session() as session:
            standing = drafts.open_for(session, "words.yml")
        assert standing and (standing.text, standing.version) == (kept, version + 1)
