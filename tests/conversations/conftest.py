"""Talks with the trained model in this process, without a wire: each test is a parent of its own."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bot import services
from bot.people import parents
from bot.people.parents import Profile
from tests.trained import trained_model

if TYPE_CHECKING:
    from bot.assistant.oneself import Questioner

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


@pytest.fixture(scope="session")
def event_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One loop: the agent is loaded once."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="module")
async def questioner(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Questioner]:
    from bot.assistant import tracker_store
    from bot.assistant.oneself import Questioner
    from bot.logs import flags
    from bot.people.erasure import register_eraser

    register_eraser("assistant", tracker_store.erase)
    register_eraser("logs", flags.erase)
    async with Questioner(trained_model(), str(tmp_path_factory.mktemp("talk"))) as made:
        yield made


@pytest.fixture
def talk(questioner: Questioner) -> Talk:
    return Talk(questioner, next(_names))
