"""The migrations make the tables that the code declares, on both databases; the tests' own servers are real and empty."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event
from sqlalchemy.engine import Engine

import bot
from bot.db import Database, metadata

WRITING = {"ALTER", "CREATE", "DELETE", "DROP", "INSERT", "UPDATE"}


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path}/ground.db"


def test_the_migrations_make_what_the_code_declares(database_url: str) -> None:
    for room in pkgutil.iter_modules(bot.__path__):
        if room.ispkg and importlib.util.find_spec(f"bot.{room.name}.tables"):
            importlib.import_module(f"bot.{room.name}.tables")
    database = Database(database_url)
    try:
        database.upgrade()
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            differences = compare_metadata(context, metadata)
    finally:
        database.close()

    assert differences == [], "write a migration"


@contextmanager
def _statements() -> Iterator[list[str]]:
    """What any engine is told meanwhile."""
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        told.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_a_second_upgrade_finds_nothing_to_do(database_url: str) -> None:
    database = Database(database_url)
    try:
        database.upgrade()
        with _statements() as second:
            database.upgrade()
    finally:
        database.close()

    assert second and not [each for each in second if each.split()[0].upper() in WRITING]


def test_redis_is_real_and_empty(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("alice", "1")
