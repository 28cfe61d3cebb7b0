"""Databases with all their tables and content already read: migrating and reading take longer than most tests, so they run once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pytest

from bot import services
from bot.clock import Clock
from bot.db import Database

CONTENT = Path(__file__).parents[1] / "content"
_kept: dict[Callable[..., Any], Any] = {}


def make_tables(database: Database) -> None:
    """Give a database that nobody has opened yet every table: SQLite as a copy of a file, PostgreSQL by its migrations."""
    if not database.is_sqlite:
        database.upgrade()
        return
    Path(str(database.engine.url.database)).write_bytes(_empty_file())


@lru_cache(maxsize=1)
def _empty_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        database.upgrade()
        database.close()  # all of it is in the one file then, nothing in the journal beside it
        return Path(folder, "empty.db").read_bytes()


@contextmanager
def database_at(url: str) -> Iterator[Database]:
    """A database with all tables and no rows; closed at the end."""
    database = Database(url)
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
    _read_content_once(monkeypatch)
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


def _read_content_once(monkeypatch: pytest.MonkeyPatch) -> None:
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
    """Within `services_over`: the same services over another database."""
    services.database().close()
    monkeypatch.setenv("JIASHU_DATABASE_URL", url)
    services.database.cache_clear()
    services.settings.cache_clear()
    make_tables(services.database())
    yield
