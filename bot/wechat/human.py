"""What a human writes: sent as it stands while WeChat's window is open, else given with its question at the next contact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.db import Database
from bot.wechat import addresses, waiting
from bot.wechat.messages import Outgoing, TextOut
from bot.wechat.rendering import opening, plain
from bot.wechat.sender import Outcome, Sender
from bot.wechat.splitting import split

# A parent must be able to tell a person from the assistant, which says of itself that it is a machine.
SIGN = "【真人老师】"


async def give(
    database: Database, clock: Clock, sender: Sender | None, parent_key: str, text: str, question: str, late: bool = False
) -> Outcome:
    """Send `text`; `sender` None: the account may only answer passively, so it waits.

    `late`: the window was closed when it was written. If the parent came back meanwhile it goes at once, with its question all the same.

    Raises:
        DatabaseError: the database does not work; nothing was sent, or it may be sent twice.
    """
    words = f"{SIGN}\n{plain(text)}"
    messages = _pieces(words)
    if sender is None:
        return await database.run(_keep, parent_key, question, messages, clock.now())
    if not late:
        return await sender.send(parent_key, messages, question=question)
    led = _pieces(f"{opening(question)}\n{words}")
    outcome, rest = await sender.try_send(parent_key, led)
    if not rest:
        return outcome
    # What waits is led by its question when it is given: not twice.
    return await database.run(_keep, parent_key, question, messages if len(rest) == len(led) else rest, clock.now())


def _pieces(text: str) -> list[TextOut]:
    return [TextOut(piece) for piece in split(text)]


def _keep(session: Session, parent_key: str, question: str, messages: Sequence[Outgoing], now: datetime) -> Outcome:
    if not addresses.is_following(session, parent_key):
        return Outcome.DROPPED
    waiting.keep(session, parent_key, question, messages, (), now)
    return Outcome.KEPT
