"""Erasing a parent reaches every table that has a parent's key, whatever room it belongs to."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

from sqlalchemy import Boolean, Date, Float, Integer, LargeBinary, Table, func, insert, select
from sqlalchemy.orm import Session

from bot.db import Database, UTCDateTime, metadata
from bot.erasers import register_erasers
from bot.people.erasure import erase_everywhere

ALICE, BOB = "a" * 32, "b" * 32


def test_it_reaches_every_table_with_a_parents_key(database: Database) -> None:
    register_erasers()
    tables = [table for table in metadata.sorted_tables if "parent_key" in table.c]
    with database.session() as session:
        for number, table in enumerate(tables):
            for parent in (ALICE, BOB):
                session.execute(insert(table).values(_row(table, parent, number)))

    with database.session() as session:
        erase_everywhere(session, ALICE)

    with database.session(readonly=True) as session:
        assert {table.name: _count(session, table, ALICE) for table in tables if _count(session, table, ALICE)} == {}
        assert all(_count(session, table, BOB) for table in tables)


def test_a_room_can_be_left_out(database: Database) -> None:
    register_erasers()
    tables = [table for table in metadata.sorted_tables if "parent_key" in table.c]
    with database.session() as session:
        for number, table in enumerate(tables):
            session.execute(insert(table).values(_row(table, ALICE, number)))
        erase_everywhere(session, ALICE, but={"logs"})
        kept = {table.name for table in tables if _count(session, table, ALICE)}

    assert kept and all(name.startswith("logs_") for name in kept), kept


def _count(session: Session, table: Table, parent: str) -> int:
    return int(session.scalar(select(func.count()).select_from(table).where(table.c.parent_key == parent)))


def _row(table: Table, parent: str, number: int) -> dict[str, Any]:
    """Something for every column that asks for something; `parent` in each key makes rows differ."""
    return {
        column.name: _value(column.type, parent, number)
        for column in table.columns
        if column.name != "parent_key" and not column.nullable and column.autoincrement is not True
        and not (column.primary_key and isinstance(column.type, Integer))
    } | {"parent_key": parent}


def _value(kind: Any, parent: str, number: int) -> Any:
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, UTCDateTime):
        return datetime(2026, 2, 1, number, tzinfo=timezone.utc) if number < 24 else datetime(2026, 2, 2, tzinfo=timezone.utc)
    if isinstance(kind, Date):
        return date(2026, 2, 1)
    if isinstance(kind, (Integer, Float)) or kind.python_type in (int, float):
        return number
    if isinstance(kind, LargeBinary):
        return parent.encode()
    return parent[: min(kind.length or 10, 10)]
