"""Servers for the tests, each started by us in a folder of its own and stopped at the end: nothing of the machine's is touched."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import redis

from bot.ports import free_port

# A machine that does much else needs its time; a test must not fail for that.
START_WITHIN = 60.0


@contextmanager
def postgres(program: Path) -> Iterator[str]:
    """A PostgreSQL server on loopback; gives its SQLAlchemy URL."""
    with _folder() as folder:
        user = _not_root(folder)
        data, port = folder / "data", free_port()
        tools = program.parent
        _run([tools / "initdb", "-D", data, "-U", "jiashu", "-A", "trust", "-E", "UTF8", "--no-sync"], user, folder)
        command = [program, "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1", "-k", folder, "-F"]
        url = f"postgresql://jiashu@127.0.0.1:{port}/postgres"
        with _running(command, user, folder, lambda: psycopg2.connect(url).close(), psycopg2.OperationalError):
            yield url


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The URL of a new database on `server`, dropped at the end whoever still holds it."""
    name = f"test_{secrets.token_hex(6)}"
    _execute(server, f"CREATE DATABASE {name}")
    try:
        yield f"{server.rsplit('/', 1)[0]}/{name}"
    finally:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(server: str, statement: str) -> None:
    connection = psycopg2.connect(server)
    try:
        connection.autocommit = True  # databases are not made inside a transaction
        connection.cursor().execute(statement)
    finally:
        connection.close()


@contextmanager
def redis_server(program: Path) -> Iterator[str]:
    """A Redis server on loopback that writes nothing; gives its URL."""
    with _folder() as folder:
        port = free_port()
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        url = f"redis://127.0.0.1:{port}/0"
        with _running(command, None, folder, lambda: redis.Redis.from_url(url).ping(), redis.ConnectionError):
            yield url


def empty_redis(server: str) -> None:
    """Forget everything in `server`."""
    with redis.Redis.from_url(server) as client:
        client.flushall()


@contextmanager
def _running(
    command: list[str | Path], user: str | None, folder: Path, ready: Callable[[], object], not_yet: type[Exception]
) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, user=user, cwd=folder)
        try:
            give_up = time.monotonic() + START_WITHIN
            while not _is(ready, not_yet):
                if process.poll() is not None or time.monotonic() > give_up:
                    raise RuntimeError(f"{command[0]} did not start: {(folder / 'log').read_text()[-2000:]}")
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(START_WITHIN)


def _is(ready: Callable[[], object], not_yet: type[Exception]) -> bool:
    try:
        ready()
    except not_yet:
        return False
    return True


def _run(command: list[str | Path], user: str | None, folder: Path) -> None:
    subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)


@contextmanager
def _folder() -> Iterator[Path]:
    # Not pytest's tmp_path: only its owner may enter that, and PostgreSQL runs as somebody else. Short, for the socket.
    folder = Path(tempfile.mkdtemp(prefix="jiashu-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _not_root(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then as Debian's user for it."""
    if os.geteuid() != 0:
        return None
    shutil.chown(folder, "postgres")
    return "postgres"
