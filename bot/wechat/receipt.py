"""The two transactions of a message: one when it comes, one when it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from bot.reminders import contact
from bot.wechat import addresses, allowance, choices, inbox, sql, tables, waiting
from bot.wechat.incoming import Incoming, Unsubscribe
from bot.wechat.messages import Choice, Outgoing
from bot.wechat.rendering import as_text, choice_line

# Most parents have neither: one look instead of two.
_HAS = sql.Prepared(
    select(
        exists().where(tables.choice.c.parent_key == bindparam("key")),
        exists().where(tables.waiting.c.parent_key == bindparam("key")),
    )
)


@dataclass(frozen=True)
class Receipt:
    """`ours`: this process answers; False: it is answered already, or by another process.

    `fresh`: the choices were just given. `written`: the inbox has the message.
    """

    ours: bool
    choices: tuple[Choice, ...] = ()
    kept: tuple[waiting.Kept, ...] = ()
    fresh: bool = False
    written: bool = True


def take_in(
    session: Session, message: Incoming, parent_key: str, queued: bool, exclusive: bool, now: datetime
) -> Receipt:
    """Write the message down, once; note who follows; reset the allowance.

    `queued`: it must wait for an earlier message of the same parent, so what it will need is read by `begin` later.
    `exclusive`: no other process works on this inbox, so a row that nobody here knows is left from a crash.
    """
    state = inbox.RECEIVED if queued else inbox.RUNNING
    if not inbox.receive(session, message, parent_key, state, now):
        if not inbox.claim(session, message.dedup_key(parent_key), now, steal=exclusive):
            return Receipt(ours=False)
        return _needs(session, message, parent_key, now)

    _note(session, message, parent_key, now)
    return Receipt(ours=True) if queued else _needs(session, message, parent_key, now)


def begin(session: Session, message: Incoming, parent_key: str, exclusive: bool, left: bool, now: datetime) -> Receipt:
    """The turn of a message that had to queue, or was `left` by a crash; not ours if it is answered, or in work elsewhere.

    A message that queued while its parent was erased is a new contact; what a crash left of an erased parent is not.
    """
    if inbox.begin(session, message.dedup_key(parent_key), now, steal=exclusive):
        return _needs(session, message, parent_key, now)
    if left or inbox.knows(session, message.dedup_key(parent_key)):
        return Receipt(ours=False)
    return take_in(session, message, parent_key, False, exclusive, now)


def settle(
    session: Session,
    message: Incoming,
    parent_key: str,
    given: Sequence[waiting.Kept],
    buttons: Sequence[Choice],
    had_buttons: bool,
    left: Sequence[Outgoing],
    question: str,
    now: datetime,
    told: Sequence[contact.Waiting] = (),
    alone: bool = False,
) -> None:
    """The message is answered: `left` waits for the next contact. Nothing is kept of a parent who was erased.

    `told`: reminders that had waited and are in the answer. `alone`: what was held for this turn, `given`, is not in its answer
    and waits on.
    """
    (waiting.release if alone else waiting.given)(session, [item.id for item in given])
    if told:
        contact.told(session, parent_key, told, now)
    if not inbox.finish(session, message.dedup_key(parent_key), now):
        return
    if buttons or had_buttons:
        # A line that waits was not seen: to “reply anything” a 1 does not mean it.
        unseen = "\n".join(as_text(message).text for message in left)
        choices.replace(session, parent_key, [each for each in buttons if choice_line(each) not in unseen], now)
    if left:
        waiting.keep(session, parent_key, question, left, buttons, now)


def _needs(session: Session, message: Incoming, parent_key: str, now: datetime) -> Receipt:
    if isinstance(message, Unsubscribe):
        return Receipt(ours=True)
    has_choices, has_waiting = _HAS.run(session, key=parent_key).one()
    buttons, fresh = choices.current(session, parent_key, now) if has_choices else ((), False)
    return Receipt(True, buttons, waiting.hold(session, parent_key, now) if has_waiting else (), fresh)


def _note(session: Session, message: Incoming, parent_key: str, now: datetime) -> None:
    if isinstance(message, Unsubscribe):
        addresses.note_left(session, parent_key, now)
        waiting.erase(session, parent_key)
        choices.erase(session, parent_key)
        return
    granted, lifetime = allowance.granted_by(message)
    addresses.note_contact(session, parent_key, message, granted, now + lifetime, now)
