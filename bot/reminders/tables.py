"""Tables of this room: the outbox, mass jobs, what a reply will be about, and how far was planned."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint, text

from bot.db import UTCDateTime, metadata

KEY = String(40)
# SQLite counts only an INTEGER primary key up by itself.
ROW_ID = BigInteger().with_variant(Integer, "sqlite")

outbox = Table(
    "reminders_outbox",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("parent_key", KEY, nullable=False),
    Column("campaign", String(40), nullable=False),
    Column("occurrence", String(40), nullable=False),
    Column("step", String(41), nullable=False),
    Column("state", String(10), nullable=False),
    Column("due_at", UTCDateTime, nullable=False),  # as planned
    Column("not_before", UTCDateTime, nullable=False),  # moved by quiet hours, budgets and pauses
    Column("stale_at", UTCDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),  # how often WeChat was asked to take it
    Column("owner", String(40)),  # the dispatcher that has it in hand
    Column("way", String(20)),
    Column("message_id", String(32)),  # WeChat's, by which its result event names the send
    Column("words", Text),  # what is told at the next contact; gone once it was
    Column("trail", Text, nullable=False, server_default=""),  # every decision, see bot/reminders/trail.py
    Column("sent_at", UTCDateTime),
    UniqueConstraint("parent_key", "campaign", "occurrence", "step", name="uq_reminders_outbox_step"),
)
# Only what is still to be done is in these indexes; the history is not read by a tick.
# Queries say the same in the same words: SQLite takes such an index for nothing else, and never for a state that is bound.
IS_PLANNED, _WORDS = text("reminders_outbox.state = 'planned'"), text("words IS NOT NULL")
IS_IN_HAND = text("reminders_outbox.state IN ('claimed', 'sending', 'gathered')")
_PLANNED, _IN_HAND = text("state = 'planned'"), text("state IN ('claimed', 'sending', 'gathered')")
Index("ix_reminders_outbox_due", outbox.c.not_before, outbox.c.id, sqlite_where=_PLANNED, postgresql_where=_PLANNED)
Index("ix_reminders_outbox_in_hand", outbox.c.id, sqlite_where=_IN_HAND, postgresql_where=_IN_HAND)
Index("ix_reminders_outbox_words", outbox.c.parent_key, sqlite_where=_WORDS, postgresql_where=_WORDS)
Index(
    "ix_reminders_outbox_message",
    outbox.c.message_id,
    sqlite_where=text("message_id IS NOT NULL"),
    postgresql_where=text("message_id IS NOT NULL"),
)

mass_jobs = Table(
    "reminders_mass_jobs",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("campaign", String(40), nullable=False),
    Column("occurrence", String(40), nullable=False),
    Column("step", String(41), nullable=False),
    Column("part", Integer, nullable=False),
    Column("client_id", String(64), nullable=False, unique=True),
    Column("state", String(10), nullable=False),  # made, sent, confirmed, failed, unsure
    Column("words", Text, nullable=False),
    Column("receivers", Integer, nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("until", UTCDateTime, nullable=False),  # when the first of the receivers goes to sleep
    Column("message_id", String(32)),
    Column("sent_at", UTCDateTime),
    UniqueConstraint("campaign", "occurrence", "step", "part", name="uq_reminders_mass_jobs_part"),
)

contexts = Table(
    "reminders_contexts",
    metadata,
    Column("parent_key", KEY, primary_key=True),
    Column("campaign", String(40), nullable=False),
    Column("occurrence", String(40), nullable=False),
    Column("step", String(41), nullable=False),
    Column("expect", String(40), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("until", UTCDateTime, nullable=False),
)

state = Table(
    "reminders_state",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(80), nullable=False),
)

lease = Table(
    "reminders_lease",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("owner", String(40), nullable=False),
    Column("until", UTCDateTime, nullable=False),
)

# A report of WeChat's that came before we had written down what it is about.
early = Table(
    "reminders_early",
    metadata,
    Column("message_id", String(32), primary_key=True),
    Column("status", String(64), nullable=False),
    Column("at", UTCDateTime, nullable=False),
)

# Parents in the middle of a form: they are asked one thing at a time.
busy = Table(
    "reminders_busy",
    metadata,
    Column("parent_key", KEY, primary_key=True),
    Column("until", UTCDateTime, nullable=False),
)
