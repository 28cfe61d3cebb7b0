"""What every part of one process shares: settings, database, clock, library. Made at first use, once a process."""

from __future__ import annotations

from functools import lru_cache

from bot.clock import Clock, clock_for
from bot.content.library import Library, load_library
from bot.db import Database
from bot.settings import Settings


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The environment, parsed."""
    return Settings.from_environment()


@lru_cache(maxsize=1)
def database() -> Database:
    """The one database of this process; a second would mean a second SQLite writer that has to wait for the first."""
    return Database(settings().database_url)


@lru_cache(maxsize=1)
def clock() -> Clock:
    """The machine's time; beside the simulator the time that its clock shows."""
    return clock_for(settings())


@lru_cache(maxsize=1)
def library() -> Library:
    """The published lessons and safety scripts."""
    return load_library(settings().content_path)


def forget() -> None:
    """Drop everything that was made, for tests that change the environment."""
    for made in (settings, database, clock, library):
        made.cache_clear()
