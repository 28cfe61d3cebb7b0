"""Let few turns compute at a time; the others wait in the order in which they came.

A turn is some tens of milliseconds of computing between short waits for the database. Hundreds of them side by side make every
round of the event loop last for seconds: timers fire late, `success` misses WeChat's five seconds, and parents see "该公众号暂时
无法提供服务". Seen with 200 messages at once on two busy cores; tests/end_to_end/test_many_parents.py sends as many.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from rasa.core.channels.channel import UserMessage

# More do not answer faster: one core does the computing.
AT_ONCE = 8


class Answering(Protocol):
    """What Rasa's channels need of an agent."""

    async def handle_message(self, message: UserMessage) -> object:
        """Answer one message through its output channel."""


class FewAtOnce:
    """An agent behind a queue."""

    def __init__(self, agent: Answering, at_once: int = AT_ONCE) -> None:
        self._agent = agent
        self._gate = asyncio.Semaphore(at_once)

    async def handle_message(self, message: UserMessage) -> object:
        async with self._gate:
            return await self._agent.handle_message(message)
