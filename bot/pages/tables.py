"""Tables of this room: how often a lesson was called useful, by day. No persons."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table

from bot.db import metadata

votes = Table(
    "pages_votes",
    metadata,
    Column("lesson", String(80), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("vote", String(10), primary_key=True),
    Column("count", Integer, nullable=False),
)
