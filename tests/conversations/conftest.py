"""Talks with the trained model in this process, without a wire: each test is a parent of its own."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from bot import services
from bot.clock import ManualClock
from bot.people import parents
from bot.people.parents import Profile
from tests.loops import lasting_loop
from tests.trained import trained_model

if TYPE_CHECKING:
    from bot.assistant.oneself import Questioner

# Noon in China on a Sunday in November: festivals and holidays that are named lie ahead, whenever the tests run.
NOW = datetime(2026, 11, 22, 4, tzinfo=timezone.utc)
_names = (f"parent{number}" for number in itertools.count())


@dataclass
class Talk:
    """One parent's talk."""

    questioner: Questioner
    parent: str

    async def say(self, words: str) -> str:
        """The whole answer, buttons as numbered lines."""
        return await self.questioner.answer(words, self.parent)

    async def each(self, *said: str) -> list[str]:
        """The answers to several messages."""
        return [await self.say(words) for words in said]

    def known(self) -> Profile:
        """What is remembered of the parent."""
        with services.database().session(readonly=True) as session:
            return parents.profile(session, self.parent)


# One loop: the agent is loaded once for all modules that come one after another.
event_loop = pytest.fixture(lasting_loop, scope="package")


@pytest.fixture(scope="package")
async def questioner(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Questioner]:
    from bot.assistant.oneself import Questioner
    from bot.erasers import register_erasers

    register_erasers()
    with pytest.MonkeyPatch.context() as patch:
        # Cached as the real one is, since it is asked to forget.
        patch.setattr(services, "clock", lru_cache(lambda: ManualClock(NOW)))
        async with Questioner(trained_model(), str(tmp_path_factory.mktemp("talk"))) as made:
            yield made


@pytest.fixture
def talk(questioner: Questioner) -> Talk:
    return Talk(questioner, next(_names))
