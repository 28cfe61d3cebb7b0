"""Asking the conversation for its answer: a time limit, a second attempt, "typing", and never silence after a failure."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.text.plain import squash
from bot.wechat.choices import chosen
from bot.wechat.delivery import Timing
from bot.wechat.mapping import Meaning
from bot.wechat.messages import Choice, Handler, RasaMessage, Turn
from bot.wechat.waiting import Kept

log = structlog.get_logger(__name__)

# It did not reach whoever might know whether this is urgent, so the numbers stand here.
SORRY = "我这边出了点小问题，这句没答上，麻烦您过几分钟再发一次。要是正有危险，别等我：急救打120，报警打110。"
ATTEMPTS = 2
# What is typed where any word will do.
_ANY_WORD = {*"123456789一好嗯恩哦噢啊哈在是行要有看来回", "好的", "继续", "ok", ""}


def sorry() -> list[RasaMessage]:
    return [{"text": SORRY}]


def is_sorry(messages: Sequence[RasaMessage]) -> bool:
    """Whether something failed: nothing is said beside it then."""
    return any(message.get("text") == SORRY for message in messages)


async def ask(handler: Handler, turn: Turn, timing: Timing) -> list[RasaMessage]:
    """The handler's messages; after two failures the one sentence that asks the parent to write again."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await asyncio.wait_for(handler(turn), timing.handler)
        except asyncio.TimeoutError:
            log.error("wechat.turn_too_slow", parent=turn.parent_key, attempt=attempt)
        except Exception as error:  # noqa: BLE001
            # It is Rasa with everybody's actions: whatever they raise, the parent gets a reply.
            # Only the kind is logged: the message could quote the parent's words.
            log.error("wechat.turn_failed", parent=turn.parent_key, attempt=attempt, error=type(error).__name__)
    return sorry()


def turn_of(key: str, parent_key: str, means: Meaning, choices: Sequence[Choice], fresh: bool) -> Turn:
    """What the conversation is asked: the words, or the button of the last answer that they mean."""
    said = means.metadata.get("kind") in ("text", "voice")
    choice = chosen(choices, means.question, fresh) if said and choices else None
    if choice:
        return Turn(key, parent_key, choice.payload, {**means.metadata, "kind": "choice"})
    return Turn(key, parent_key, means.text, dict(means.metadata))


def asks_for_the_rest(turn: Turn, kept: Sequence[Kept]) -> bool:
    """Whether the message is the “any word” for which an answer waits, and says nothing of its own."""
    return bool(kept) and turn.metadata.get("kind") in ("text", "voice") and squash(turn.text) in _ANY_WORD


class Typing:
    """While in the `with` block: `show(True)` is called once, when it takes longer than `after` seconds.

    Its task goes into `tasks` and is not waited for here: the answer must not wait for the sign that it is coming. Where the answer
    overtook the sign, `show(False)` takes it back: WeChat would show it for 15 seconds after the answer.
    """

    def __init__(
        self, after: float, show: Callable[[bool], Awaitable[None]] | None, tasks: set[asyncio.Future[None]]
    ) -> None:
        self._after = after
        self._show = show
        self._tasks = tasks
        self._timer: asyncio.TimerHandle | None = None
        self._over = False

    def __enter__(self) -> None:
        if self._show:  # a timer, not a task: nearly all turns end before it
            self._timer = asyncio.get_running_loop().call_later(self._after, self._begin, self._show)

    def __exit__(self, *_about: object) -> None:
        self._over = True
        if self._timer:
            self._timer.cancel()

    def _begin(self, show: Callable[[bool], Awaitable[None]]) -> None:
        task = asyncio.ensure_future(self._shown(show))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _shown(self, show: Callable[[bool], Awaitable[None]]) -> None:
        await show(True)
        if self._over:
            await show(False)
