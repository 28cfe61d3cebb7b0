"""INSERT … ON CONFLICT, the same for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_new(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows that are not there yet."""
    if rows:
        session.execute(_insert_new(_dialect(session), table), list(rows))


def add_up(session: Session, table: Table, rows: Sequence[Mapping[str, Any]], column: str) -> None:
    """Insert the rows, or add their `column` to that of the row with the same primary key."""
    if not rows:
        return
    session.execute(_add_up(_dialect(session), table, column), list(rows))


# Kept: SQLAlchemy compiles ON CONFLICT anew for each statement that it is given, and every batch of turns needs the same few.
@lru_cache(maxsize=32)
def _insert_new(dialect: str, table: Table) -> Any:
    return _INSERT[dialect](table).on_conflict_do_nothing()


@lru_cache(maxsize=32)
def _add_up(dialect: str, table: Table, column: str) -> Any:
    statement = _INSERT[dialect](table)
    summed = {column: table.c[column] + statement.excluded[column]}
    return statement.on_conflict_do_update(index_elements=[each.name for each in table.primary_key], set_=summed)


def _dialect(session: Session) -> str:
    return str(session.get_bind().dialect.name)
