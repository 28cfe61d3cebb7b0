"""The database: one engine, short transactions, UTC times, migrations. SQLite or PostgreSQL, chosen by URL.

Every room declares its tables on `metadata` in its own `tables.py`; no room reads another's.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import DateTime, MetaData, create_engine, event, text
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, declarative_base, sessionmaker
from sqlalchemy.pool import NullPool, QueuePool, StaticPool
from sqlalchemy.types import TypeDecorator

P = ParamSpec("P")
T = TypeVar("T")

MIGRATIONS = Path(__file__).parent / "migrations"

# Named constraints, so that migrations can drop them on both databases.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Base = declarative_base(metadata=metadata)

# Any fixed number: it keeps two processes from migrating one PostgreSQL database at the same time.
_MIGRATION_LOCK = 774_100_021

# As long as SQLite waits for a lock; JIASHU_DATABASE_URL may say otherwise (?connect_timeout=…).
CONNECT_SECONDS = 5

_DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg2")

# Bytes: SQLite's journal and its index grow by less at a time.
_ROOM = 64 * 1024

_REASONS = (
    ("readonly", "read-only", "is read-only: give this user the right to write to it and to its folder"),
    ("read-only", "read-only", "is read-only: connect to the primary server, or give this user the right to write"),
    ("permission denied", "read-only", "may not be written by this user: grant the missing rights"),
    (
        "unable to open",
        "read-only",
        "cannot be opened: check that its folder exists and that this user may write there",
    ),
    ("locked", "locked", "is locked by another program: stop that program or try again in a moment"),
    ("disk is full", "full", "cannot grow because the disk is full: free some space"),
    ("no space left", "full", "cannot grow because the disk is full: free some space"),
    ("not a database", "other", "is a file of another kind: check JIASHU_DATABASE_URL, or put a backup in its place"),
    ("malformed", "other", "is damaged: stop all that uses it and put a backup in its place"),
    # What PostgreSQL's server says, and psycopg2 of a name; all of it begins with “connection to server”.
    ('fatal:  database "', "unreachable", "is not on its server: make it (createdb), or check JIASHU_DATABASE_URL"),
    ("authentication failed", "unreachable", "does not let this user in: check user and password in JIASHU_DATABASE_URL"),
    ("no password supplied", "unreachable", "asks for a password: write one into JIASHU_DATABASE_URL"),
    ('fatal:  role "', "unreachable", "does not know this user: make it (createuser), or check JIASHU_DATABASE_URL"),
    ("could not translate host name", "unreachable", "is on a host that nobody knows: check JIASHU_DATABASE_URL"),
)


class DatabaseError(Exception):
    """The database cannot do its work now. `reason`: read-only, locked, full, unreachable or other."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class UTCDateTime(TypeDecorator):  # type: ignore[misc]  # SQLAlchemy 1.4 has no types
    """An aware datetime in, the same moment in aware UTC out. A naive one is a bug and raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone does not go into the database")
        return value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: object) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:  # SQLite keeps no zone; what we wrote was UTC.
            return value.replace(tzinfo=timezone.utc)
        return value.astimezone(timezone.utc)


class Database:
    """One database. Sync code uses `session()`, coroutines use `run()` (writes), `read()` and `glance()`.

    Nothing is connected before first use, so an instance may be made before a fork.
    """

    def __init__(self, url: str) -> None:
        self._url = _parsed(url)
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            _make_folder(self._url)
        self.engine = _engine(self._url)
        self._sessions = _sessions(self.engine)
        in_file = self.is_sqlite and bool(_file_of(self._url))
        self._glances = _sessions(_engine(self._url, patience=0)) if in_file else None
        # SQLite has one writer: queueing in front of it beats several threads polling for its lock.
        self._writers = ThreadPoolExecutor(1 if self.is_sqlite else 8, thread_name_prefix="db-write")
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="db-read") if self.is_sqlite else self._writers

    @contextmanager
    def session(self, readonly: bool = False, at_once: bool = False) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on any exception. `at_once`: does not wait for a lock.

        Raises:
            DatabaseError: not writable, locked, full or unreachable. IntegrityError passes as it is.
        """
        try:
            with (self._glances or self._sessions if at_once else self._sessions)() as session, session.begin():
                if readonly:
                    session.connection(execution_options={"jiashu_readonly": True})
                yield session
        except IntegrityError:
            raise
        except (DBAPIError, sqlite3.Error, PoolTimeout) as error:
            raise self._explained(error) from error

    async def run(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work(session, *args)` in a thread, inside one transaction, and return what it returns."""
        call = partial(self._call, False, work, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._writers, call)

    async def read(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `run` for work that only reads: it never waits for a writer."""
        call = partial(self._call, True, work, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._readers, call)

    async def glance(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `read`, for a few rows found by their key: on SQLite it is done here and now, without a thread.

        The way to a thread and back costs several times what such a read does, and a reader of SQLite waits for nobody; where it
        would have to (another program holds the file for itself), a thread waits.
        """
        if self._glances is not None:
            try:
                with self.session(readonly=True, at_once=True) as session:
                    return work(session, *args, **kwargs)
            except DatabaseError as error:
                if error.reason != "locked":
                    raise
        return await self.read(work, *args, **kwargs)

    def _call(self, readonly: bool, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self.session(readonly) as session:
            return work(session, *args, **kwargs)

    def upgrade(self) -> None:
        """Bring the schema to the newest revision of every room (Alembic, packaged in bot/migrations).

        Several processes may call it at once: the second waits and finds nothing to do.
        """
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        # Without foreign keys: Alembic's batch mode drops and renames tables, which would cascade on SQLite.
        in_memory = self.is_sqlite and not _file_of(self._url)
        engine = self.engine if in_memory else _engine(self._url, foreign_keys=False, pooled=False)
        try:
            with engine.begin() as connection:
                if not self.is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
                config.attributes["connection"] = connection
                command.upgrade(config, "heads")
        except (DBAPIError, sqlite3.Error) as error:
            raise self._explained(error) from error

    def close(self) -> None:
        """Finish running work and close every connection."""
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self.engine.dispose()
        if self._glances is not None:
            self._glances.kw["bind"].dispose()

    def _disk_is_full(self) -> bool:
        file = _file_of(self._url) if self.is_sqlite else ""
        with suppress(OSError):
            return bool(file) and shutil.disk_usage(Path(file).parent).free < _ROOM
        return False

    def _explained(self, error: Exception) -> DatabaseError:
        words = str(getattr(error, "orig", None) or error).lower()
        place = self._url.database or "in memory" if self.is_sqlite else self._url.render_as_string(hide_password=True)
        # What SQLite says of a full disk when it is its journal's index that cannot grow.
        if "disk i/o error" in words and self._disk_is_full():
            words = "disk is full"
        for needle, reason, advice in _REASONS:
            if needle in words:
                return DatabaseError(reason, f"The database {place} {advice}.")
        if isinstance(error, PoolTimeout) or "connect" in words or "closed" in words:
            return DatabaseError("unreachable", f"The database {place} does not answer: check that it runs.")
        # The driver's words only: SQLAlchemy's own message quotes the row, and rows hold people's words.
        return DatabaseError("other", f"The database {place} refused: {type(error).__name__}: {(words.splitlines() or ['no reason'])[0]}.")


def _parsed(url: str) -> URL:
    with suppress(ArgumentError):
        parsed = make_url(url)
        if parsed.drivername in _DRIVERS:
            return parsed
    sentence = "JIASHU_DATABASE_URL is not a URL of SQLite or PostgreSQL: write sqlite:///path or postgresql://user:word@host/name."
    raise DatabaseError("unreachable", sentence)


def _file_of(url: URL) -> str:
    name = url.database or ""
    return "" if name == ":memory:" else name


def _make_folder(url: URL) -> None:
    if not _file_of(url):
        return
    folder = Path(_file_of(url)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError("read-only", f"The folder {folder} cannot be made: {error.strerror}.") from error


def _sessions(engine: Engine) -> sessionmaker:
    return sessionmaker(engine, future=True, expire_on_commit=False, autoflush=False)


def _engine(url: URL, foreign_keys: bool = True, pooled: bool = True, patience: int = 5000) -> Engine:
    """`patience`: milliseconds to wait for a lock of SQLite."""
    if url.get_backend_name() != "sqlite":
        pool = {"poolclass": NullPool} if not pooled else {"pool_size": 8, "max_overflow": 8, "pool_pre_ping": True}
        # A server that is there and says nothing would be waited for without end, and every message with it.
        patient = {"connect_timeout": CONNECT_SECONDS} if "connect_timeout" not in url.query and url.get_driver_name() == "psycopg2" else {}
        return create_engine(url, future=True, hide_parameters=True, connect_args=patient, **pool)

    poolclass = StaticPool if not _file_of(url) else QueuePool if pooled else NullPool
    # Last in, first out: the connection used last has the warmest cache.
    more = {"pool_use_lifo": True} if poolclass is QueuePool else {}
    engine = create_engine(
        url, future=True, hide_parameters=True, poolclass=poolclass, connect_args={"check_same_thread": False}, **more
    )
    event.listen(engine, "connect", partial(_prepare_sqlite, foreign_keys, patience))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(foreign_keys: bool, patience: int, connection: sqlite3.Connection, _record: object) -> None:
    # We send BEGIN ourselves: the driver's own begins late, and a late write of a reader fails without waiting.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={patience}")
    _keep_a_journal(connection, patience)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")


def _keep_a_journal(connection: sqlite3.Connection, patience: int) -> None:
    # When two programs open a new file at once, the second is told "locked" without the wait of busy_timeout.
    give_up = time.monotonic() + patience / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= give_up:
                raise
        time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    readonly = connection.get_execution_options().get("jiashu_readonly", False)
    # Past SQLAlchemy, which would spend more on this one statement than on the message it is for.
    connection.connection.dbapi_connection.execute("BEGIN" if readonly else "BEGIN IMMEDIATE")
