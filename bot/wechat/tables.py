"""The tables of the wire. `wechat_address` is the only one, here or anywhere, that holds an openid."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from bot.db import UTCDateTime, metadata

KEY = String(32)
# SQLite counts only an INTEGER primary key up by itself.
ROW_ID = BigInteger().with_variant(Integer, "sqlite")

address = Table(
    "wechat_address",
    metadata,
    Column("parent_key", KEY, primary_key=True),
    Column("openid", String(64), nullable=False),
    Column("state", String(12), nullable=False),  # following, left, dead (WeChat refuses the openid)
    Column("first_seen_at", UTCDateTime, nullable=False),
    Column("followed_at", UTCDateTime),
    Column("left_at", UTCDateTime),
    Column("scene", String(64)),
    # What may still be sent (allowance.py). In this row because both are written at every message.
    Column("granted", Integer, nullable=False),
    Column("used", Integer, nullable=False),
    Column("granted_until", UTCDateTime, nullable=False),
)

inbox = Table(
    "wechat_inbox",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("dedup_key", String(120), nullable=False, unique=True),
    Column("parent_key", KEY, nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(10), nullable=False),  # received, running, answered
    Column("attempts", Integer, nullable=False),
    Column("received_at", UTCDateTime, nullable=False, index=True),
    Column("leased_until", UTCDateTime, nullable=False),
    Column("finished_at", UTCDateTime),
)
# Only the few rows in work are in this index: finding them at start does not read the history.
Index(
    "ix_wechat_inbox_unanswered",
    inbox.c.received_at,
    sqlite_where=inbox.c.state != "answered",
    postgresql_where=inbox.c.state != "answered",
)

choice = Table(
    "wechat_choice",
    metadata,
    Column("parent_key", KEY, primary_key=True),
    Column("buttons", Text, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
)

waiting = Table(
    "wechat_waiting",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("parent_key", KEY, nullable=False, index=True),
    Column("question", String(48), nullable=False),
    Column("messages", Text, nullable=False),
    Column("choices", Text, nullable=False),
    Column("created_at", UTCDateTime, nullable=False, index=True),
    Column("held_until", UTCDateTime),
)

token = Table(
    "wechat_token",
    metadata,
    Column("app_id", String(64), primary_key=True),
    Column("value", String(600), nullable=False),
    Column("expires_at", UTCDateTime),
    Column("lease_owner", String(40)),
    Column("leased_until", UTCDateTime),
)

pause = Table(
    "wechat_pause",
    metadata,
    Column("reason", String(32), primary_key=True),
    Column("until", UTCDateTime, nullable=False),
)

# How many notifications (订阅通知) a parent still allows; WeChat reports each consent, each send uses one up.
consent = Table(
    "wechat_consent",
    metadata,
    Column("parent_key", KEY, primary_key=True),
    Column("template_id", String(64), primary_key=True),
    Column("remaining", Integer, nullable=False),
    Column("changed_at", UTCDateTime, nullable=False),
)

# Who carries the tag by which an account without lists of receivers is pushed. A row is there before the tag is set
# and goes after it was taken off, so nobody is tagged of whom we do not know.
tagged = Table(
    "wechat_tagged",
    metadata,
    Column("parent_key", KEY, primary_key=True),
    Column("sure", Boolean, nullable=False),
)
