"""Prepared statements for what every message needs, and INSERT … ON CONFLICT the same for SQLite and PostgreSQL.

SQLAlchemy 1.4 spends 50 to 500 µs on each statement it is given, and compiles ON CONFLICT anew every time. A message
has five of them, so they are compiled once a dialect and then handed to the driver, which takes 20 µs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Table, bindparam, text
from sqlalchemy.engine import CursorResult
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.elements import TextClause

_Convert = Callable[[object], object]


@dataclass(frozen=True)
class _Compiled:
    sql: str
    order: tuple[str, ...] | None  # of the values, where the driver counts them instead of naming them
    converters: tuple[tuple[str, _Convert], ...]
    fixed: Mapping[str, object]  # values that stand in the statement itself

    def values(self, given: Mapping[str, object]) -> Mapping[str, object] | tuple[object, ...]:
        values = {**self.fixed, **given}
        for name, convert in self.converters:
            values[name] = convert(values[name])
        return values if self.order is None else tuple(values[name] for name in self.order)


class Prepared:
    """A statement whose changing values are `bindparam`s. Result columns come as the driver gives them: no datetimes there."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def run(self, session: Session, **values: object) -> CursorResult:
        """Execute it in the session's transaction."""
        connection = session.connection()
        compiled = self._compiled.get(connection.dialect.name)
        if compiled is None:
            compiled = self._compiled[connection.dialect.name] = _compile(self._statement, connection.dialect)
        return connection.exec_driver_sql(compiled.sql, compiled.values(values))


def _compile(statement: ClauseElement, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    converters = [
        (name, bind.type.dialect_impl(dialect).bind_processor(dialect)) for name, bind in compiled.binds.items()
    ]
    order = tuple(compiled.positiontup) if compiled.positional else None
    fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    return _Compiled(str(compiled), order, tuple((name, convert) for name, convert in converters if convert), fixed)


def upsert(table: Table, columns: Sequence[str], changed: Sequence[str]) -> Prepared:
    """Insert `columns`, or set `changed` in the row with the same primary key."""
    key = ", ".join(column.name for column in table.primary_key)
    updates = ", ".join(f"{name} = excluded.{name}" for name in changed)
    return Prepared(_insert(table, columns, f"ON CONFLICT ({key}) DO UPDATE SET {updates}"))


def insert_new(table: Table, columns: Sequence[str]) -> Prepared:
    """Insert `columns` unless a unique column says that the row is there already (rowcount 0 then)."""
    return Prepared(_insert(table, columns, "ON CONFLICT DO NOTHING"))


def _insert(table: Table, columns: Sequence[str], conflict: str) -> TextClause:
    names, marks = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    types = [bindparam(name, type_=table.c[name].type) for name in columns]
    # Names of our own tables and columns only; every value is bound.
    return text(f"INSERT INTO {table.name} ({names}) VALUES ({marks}) {conflict}").bindparams(*types)  # noqa: S608
