"""What every part of one process shares: settings, database, clock, library. Made at first use, once a process."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from bot.calendar import Calendar
from bot.clock import Clock, clock_for
from bot.content.comics import Comic, load_comics
from bot.content.library import Library, load_library
from bot.content.quizzes import Quiz, load_quizzes
from bot.content.tables.shelf import Shelf, load_shelf
from bot.content.vacations import read_vacations
from bot.db import Database
from bot.settings import Settings

T = TypeVar("T")


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


def made_of_library(make: Callable[[Library], T]) -> Callable[[], T]:
    """A function that gives what `make` makes of the library: made at first use, and again when there is another library."""
    kept: list[tuple[Library, T]] = []

    @wraps(make)
    def made() -> T:
        present = library()
        if not kept or kept[0][0] is not present:
            kept[:] = [(present, make(present))]
        return kept[0][1]

    return made


@lru_cache(maxsize=1)
def quizzes() -> dict[str, Quiz]:
    """The published quizzes; a quiz has the slug of its lesson."""
    return load_quizzes(settings().content_path, library().lessons)


@lru_cache(maxsize=1)
def comics() -> dict[str, Comic]:
    """The published comics."""
    return load_comics(settings().content_path, library().lessons)


@lru_cache(maxsize=1)
def shelf() -> Shelf:
    """The tables: starters, gifts, activities, milestones, photo tasks."""
    return load_shelf(settings().content_path)


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """Festivals, days off and the school vacations of content/calendar/vacations.yml."""
    return Calendar(read_vacations(settings().content_path / "calendar/vacations.yml"))


def read_content_anew() -> None:
    """After something was published: the files as they are now. Slow; what was read stays when they are broken.

    Raises:
        ContentError: a content file is broken (file:line).
    """
    folder = settings().content_path
    lessons = load_library(folder).lessons
    load_quizzes(folder, lessons)
    load_comics(folder, lessons)
    load_shelf(folder)
    read_vacations(folder / "calendar/vacations.yml")
    # All of it can be read: only now is the old forgotten.
    for kept in (library, quizzes, comics, shelf, calendar):
        kept.cache_clear()
    for read in (library, quizzes, comics, shelf, calendar):
        read()


def forget() -> None:
    """Drop everything that was made, for tests that change the environment."""
    for made in (settings, database, clock, library, quizzes, comics, shelf, calendar):
        made.cache_clear()
