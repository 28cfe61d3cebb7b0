"""Databases with all their tables and content already read: migrating and reading take longer than most tests, so they run once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from bot import services
from bot.clock import Clock
from bot.db import Database

CONTENT = Path(__file__).parents[1] / "content"
_kept: dict[Callable[..., Any], Any] = {}


def make_tables(database: Database) -> None:
    """Give an SQLite database that nobody has opened yet every table, as a copy of a file."""
    Path(str(database.engine.url.database)).write_bytes(_empty_file())


@lru_cache(maxsize=1)
def _empty_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        database.upgrade()
        database.close()  # all of it is in the one file then, nothing in the journal beside it
        return Path(folder, "empty.db").read_bytes()


class Emptied:
    """A PostgreSQL database with all tables, emptied for whoever asks: a migration takes a second, what a test has written is gone in
    some hundredths of one.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._migrate()
        with self._connected() as cursor:
            self._tables = _tables(cursor)

    def url(self) -> str:
        """Of the database, which has every table and no row."""
        with self._connected() as cursor:
            as_made = _tables(cursor) == self._tables
            cursor.execute(_EMPTIED if as_made else "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        if not as_made:  # a test has taken a table away, or made one
            self._migrate()
        return self._url

    def _migrate(self) -> None:
        database = Database(self._url)
        database.upgrade()
        database.close()

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        connection = psycopg2.connect(self._url)
        try:
            # Whoever a test has left behind, with its locks.
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            with connection, connection.cursor() as cursor:
                cursor.execute(others)
                yield cursor
        finally:
            connection.close()


# Without looking at foreign keys, so that the order does not matter; numbers begin at 1 again, as in a new database.
_EMPTIED = """
SET LOCAL session_replication_role = replica;
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', one.tablename);
  END LOOP;
  FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER SEQUENCE %I RESTART', one.sequencename);
  END LOOP;
END $$;
"""


def _tables(cursor: Any) -> set[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {name for (name,) in cursor.fetchall()}


@contextmanager
def database_at(url: str) -> Iterator[Database]:
    """A database with all tables and no rows, which on PostgreSQL are there; closed at the end."""
    database = Database(url)
    if database.is_sqlite:
        make_tables(database)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def services_over(folder: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock | None = None, **settings: str) -> Iterator[None]:
    """What one process shares, made anew over an empty database in `folder`; forgotten at the end.

    `settings` are named without JIASHU_; `monkeypatch` is undone before what the test had put in its place is forgotten.
    """
    read_content_once(monkeypatch)
    for name, value in {"DATABASE_URL": f"sqlite:///{folder}/jiashu.db", **settings}.items():
        monkeypatch.setenv(f"JIASHU_{name}", value)
    services.forget()
    make_tables(services.database())
    if clock is not None:
        monkeypatch.setattr(services, "clock", lambda: clock)
    yield
    services.database().close()
    monkeypatch.undo()
    services.forget()


def read_content_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the services share what was read of the project's own content, also when they are forgotten."""
    for name in ("load_library", "load_quizzes", "load_comics", "load_shelf", "read_vacations"):
        monkeypatch.setattr(services, name, partial(_read, getattr(services, name)))


def _read(load: Callable[..., Any], path: Path, *more: object) -> Any:
    """What `load` makes of `path`. The project's own content is kept, which no test changes: a reading takes half a second."""
    if not path.resolve().is_relative_to(CONTENT):
        return load(path, *more)
    if load not in _kept:
        _kept[load] = load(path, *more)
    return _kept[load]


@contextmanager
def services_on(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within `services_over`: the same services over another database, which has its tables."""
    services.database().close()
    monkeypatch.setenv("JIASHU_DATABASE_URL", url)
    services.database.cache_clear()
    services.settings.cache_clear()
    yield
