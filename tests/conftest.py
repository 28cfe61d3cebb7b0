"""For all tests: no TensorFlow, no telemetry, nothing of the developer's own settings, and real servers on request."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session

from bot.db import Database
from bot.kept_out import keep_out
from bot.settings import SETTINGS
from tests import services
from tests.databases import Emptied, database_at
from tests.requirements import need

if TYPE_CHECKING:
    from playwright.async_api import Browser

ROOT = Path(__file__).parent.parent

# What Hypothesis makes up is the same each time, and a slow machine is no failure.
settings.register_profile("fixed", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fixed")

# Before any test module imports Rasa, as `jiashu` does before any command.
keep_out()
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
for _setting in SETTINGS:
    os.environ.pop(_setting.name, None)


# The file that comes first needs the trained model: on a new checkout one worker trains it (two minutes) while the others have enough
# to do without it. What takes long per test comes before what does not, so that no worker is left with a long file at the end.
FIRST = "end_to_end/test_a_parents_day.py"
LONG = ("desk", "desk_editing", "simulator", "pages", "reminders", "assistant", "wechat", "tryout", "ground", "logs", "publish")
WITH_MODEL = ("end_to_end", "conversations")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order in which files are handed to the workers; within a file nothing changes."""
    items.sort(key=_turn)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Who hands the files out."""
    if config.getoption("dist") != "loadfile":
        return None
    from tests.workers import Together

    return Together(config, log)


def pytest_collection_finish() -> None:
    """What was imported stays: looking through all of it for garbage, again and again, stops a test for half a second."""
    gc.collect()
    gc.freeze()


def _turn(item: pytest.Item) -> int:
    file = item.path.relative_to(ROOT / "tests")
    if file == Path(FIRST):
        return 0
    for turn, rooms in enumerate((LONG, WITH_MODEL), 1):
        if file.parts[0] in rooms:
            return turn
    return 3


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
def migrated_postgres(postgres_server: str) -> Iterator[Emptied]:
    """A PostgreSQL database with all tables; a test takes `postgres_tables`."""
    with services.empty_database(postgres_server) as url:
        yield Emptied(url)


@pytest.fixture
def postgres_tables(migrated_postgres: Emptied) -> str:
    """SQLAlchemy URL of a PostgreSQL database with all tables and no rows."""
    return migrated_postgres.url()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A SQLite database with all tables and no rows."""
    with database_at(f"sqlite:///{tmp_path}/jiashu.db") as made:
        yield made


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """The same; the test runs on SQLite and on PostgreSQL."""
    on_postgres = request.param == "postgres"
    url = str(request.getfixturevalue("postgres_tables")) if on_postgres else f"sqlite:///{tmp_path}/jiashu.db"
    with database_at(url) as made:
        yield made


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A transaction on `database`."""
    with database.session() as opened:
        yield opened


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


@pytest.fixture(scope="module")
async def web_browser(chromium: Path) -> AsyncIterator[Browser]:
    """The browser, running. Its module needs an `event_loop` of the same scope (tests/loops.py)."""
    from tests.browsing import started

    async with started() as browser:
        yield browser


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program, for Playwright's `executable_path`."""
    return need("chromium")
