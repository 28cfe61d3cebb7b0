"""For all tests: no TensorFlow, no telemetry, nothing of the developer's own settings, and real servers on request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.no_tensorflow import keep_out
from bot.settings import SETTINGS
from tests import services
from tests.requirements import need

ROOT = Path(__file__).parent.parent

# Before any test module imports Rasa, as `jiashu` does before any command.
keep_out()
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
for _setting in SETTINGS:
    os.environ.pop(_setting.name, None)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a PostgreSQL server that is ours; a test takes `postgres_url`, which is empty each time."""
    with services.postgres(need("postgres")) as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """SQLAlchemy URL of an empty PostgreSQL database."""
    with services.empty_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """URL of a Redis server that is ours; a test takes `redis_url`, which is empty each time."""
    with services.redis_server(need("redis")) as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """URL of an empty Redis database."""
    services.empty_redis(redis_server)
    return redis_server


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program, for Playwright's `executable_path`."""
    return need("chromium")
