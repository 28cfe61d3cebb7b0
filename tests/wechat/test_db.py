from __future__ import annotations

import asyncio
import socket
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from bot import db
from bot.db import Database, DatabaseError, UTCDateTime

MOMENTS = Table("moments", MetaData(), Column("id", Integer, primary_key=True), Column("at", UTCDateTime))


def put(session: Session, moment: datetime | None) -> None:
    session.execute(MOMENTS.insert().values(at=moment))


@pytest.fixture
def moments(database: Database) -> Database:
    MOMENTS.create(database.engine)
    return database


def test_it_prepares_sqlite(database: Database) -> None:
    with database.session() as session:
        values = [
            session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert values == ["wal", 1, 1]


def test_it_keeps_moments_in_utc(moments: Database) -> None:
    beijing = datetime(2026, 3, 2, 20, 0, tzinfo=timezone(timedelta(hours=8)))
    with moments.session() as session:
        put(session, beijing)
        put(session, None)
        found = list(session.execute(select(MOMENTS.c.at).order_by(MOMENTS.c.id)).scalars())
    assert found == [beijing, None] and found[0].tzinfo is timezone.utc


def test_it_refuses_a_naive_datetime(moments: Database) -> None:
    with pytest.raises(Exception, match="time zone"), moments.session() as session:
        put(session, datetime(2026, 3, 2))


def test_it_rolls_back_on_any_exception(moments: Database) -> None:
    with pytest.raises(KeyError), moments.session() as session:
        put(session, None)
        raise KeyError
    with moments.session() as session:
        assert session.execute(select(MOMENTS)).all() == []


def test_it_lets_broken_rules_through_as_they_are(moments: Database) -> None:
    with pytest.raises(IntegrityError), moments.session() as session:
        session.execute(MOMENTS.insert().values(id=1))
        session.execute(MOMENTS.insert().values(id=1))


def test_it_runs_work_in_a_thread(moments: Database) -> None:
    def where(session: Session, number: int, factor: int = 1) -> tuple[int, bool]:
        put(session, None)
        return number * factor, threading.current_thread() is threading.main_thread()

    async def story() -> int:
        assert await moments.run(where, 2, factor=3) == (6, False)
        return await moments.read(lambda session: len(session.execute(select(MOMENTS)).all()))

    assert asyncio.run(story()) == 1


def test_several_upgrades_at_once_do_no_harm(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/folder/x.db"
    failed: list[BaseException] = []

    def upgrade() -> None:
        try:
            Database(url).upgrade()
        except BaseException as error:  # noqa: BLE001  a thread would swallow it
            failed.append(error)

    threads = [threading.Thread(target=upgrade) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def reason(database: Database) -> tuple[str, str]:
    with pytest.raises(DatabaseError) as refused, database.session() as session:
        session.execute(text("CREATE TABLE more (id INTEGER)"))
    return refused.value.reason, str(refused.value)


def test_it_says_that_the_database_is_locked(database: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "jiashu.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with database.session(readonly=True) as session:  # readers are never locked out
        session.execute(text("PRAGMA busy_timeout=50"))
    assert reason(database)[0] == "locked"
    other.close()


def test_it_says_that_the_file_is_read_only(database: Database) -> None:
    with database.session(readonly=True) as session:
        session.execute(text("PRAGMA query_only=ON"))
    assert reason(database)[0] == "read-only"


def test_it_says_that_the_disk_is_full(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/small.db")
    with pytest.raises(DatabaseError) as refused, database.session() as session:
        session.execute(text("PRAGMA max_page_count=2"))
        session.execute(text("CREATE TABLE big (words TEXT)"))
        session.execute(text("INSERT INTO big VALUES (hex(zeroblob(100000)))"))
    assert refused.value.reason == "full"


def test_it_says_that_the_file_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert reason(Database(f"sqlite:///{tmp_path}/folder"))[0] == "read-only"
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseError, match="cannot be made"):
        Database(f"sqlite:///{tmp_path}/file/x.db")


def test_it_says_that_the_server_is_away_and_keeps_its_password() -> None:
    why, sentence = reason(Database("postgresql://alice:hunter2@127.0.0.1:9/jiashu"))
    assert why == "unreachable" and "hunter2" not in sentence


@pytest.mark.parametrize("url", ["not a url", "mysql://alice:hunter2@host/jiashu", "postgres://alice:hunter2@host/jiashu", "postgresql+asyncpg://host/jiashu"])
def test_it_says_what_a_url_must_be(url: str) -> None:
    with pytest.raises(DatabaseError, match="JIASHU_DATABASE_URL") as refused:
        Database(url)
    assert "hunter2" not in str(refused.value)


def test_it_says_that_the_file_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n" * 200)
    assert "of another kind" in reason(Database(f"sqlite:///{tmp_path}/notes.md"))[1]


@pytest.mark.postgres
def test_it_says_what_the_server_refuses(postgres_server: str) -> None:
    url = make_url(postgres_server)
    assert "createdb" in reason(Database(url.set(database="nowhere").render_as_string(hide_password=False)))[1]
    assert "createuser" in reason(Database(url.set(username="nobody").render_as_string(hide_password=False)))[1]


def test_it_does_not_wait_for_a_server_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "CONNECT_SECONDS", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        database = Database(f"postgresql://jiashu@127.0.0.1:{silent.getsockname()[1]}/jiashu")
        asked = ThreadPoolExecutor(1).submit(lambda: asyncio.run(database.run(lambda session: session.execute(text("SELECT 1")))))
        with pytest.raises(DatabaseError) as failed:
            asked.result(15)
    assert failed.value.reason == "unreachable"


def test_a_failure_without_a_word_is_a_failure_of_the_database(database: Database) -> None:
    with pytest.raises(DatabaseError) as failed, database.session():
        raise OperationalError("SELECT 1", {}, sqlite3.OperationalError())
    assert failed.value.reason == "other"


def test_a_glance_reads_without_a_thread(moments: Database) -> None:
    with moments.session() as session:
        put(session, datetime(2026, 3, 2, tzinfo=timezone.utc))

    def where(session: Session) -> tuple[int, int]:
        return threading.get_ident(), len(session.execute(select(MOMENTS.c.id)).all())

    assert asyncio.run(moments.glance(where)) == (threading.get_ident(), 1)


def test_a_glance_at_a_file_that_another_holds_waits_in_a_thread(tmp_path: Path) -> None:
    # Without WAL a writer shuts readers out while it commits; the same happens with WAL while a program holds the file for itself.
    database = Database(f"sqlite:///{tmp_path}/held.db")
    database.upgrade()
    holder = sqlite3.connect(tmp_path / "held.db", isolation_level=None, check_same_thread=False)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("DELETE FROM wechat_inbox")
    begun: list[str] = []

    async def glance() -> int:
        reading = database.read

        async def read(*args: object) -> object:
            begun.append("in a thread")
            holder.execute("COMMIT")
            holder.close()
            return await reading(*args)  # type: ignore[arg-type]

        database.read = read  # type: ignore[method-assign, assignment]
        return await database.glance(_count_inbox)

    assert asyncio.run(glance()) == 0
    assert begun == ["in a thread"]
    database.close()


def _count_inbox(session: Session) -> int:
    return int(session.execute(text("SELECT count(*) FROM wechat_inbox")).scalar_one())
