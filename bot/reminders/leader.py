"""One leader plans and sends; another takes over when it dies. PostgreSQL: an advisory lock. SQLite: a row with a lease."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import structlog
from sqlalchemy import delete, text, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.db import Database, DatabaseError
from bot.reminders.tables import lease

log = structlog.get_logger(__name__)

# Any fixed number that nothing else in this database locks.
LOCK = 774_100_044
# By the machine's time, never a turned clock: it is about processes. Renewed every few seconds.
LEASE = timedelta(seconds=30)
NAME = "dispatcher"


class Leader:
    """Leadership of one process, by the name `owner`. Its methods block: call them from a thread."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner
        self._connection: Connection | None = None
        self.leads = False

    def check(self) -> bool:
        """Whether this process leads now; takes the lead when it is free."""
        before = self.leads
        self.leads = self._by_lease() if self._database.is_sqlite else self._by_lock()
        if self.leads != before:
            log.info("reminders.leader", leads=self.leads)
        return self.leads

    def resign(self) -> None:
        """Let another lead at once."""
        if self._connection is not None:
            self._unlock(self._connection)
            # Whatever came of it: back in the pool the connection would keep the lock.
            self._drop_connection()
        elif self.leads and self._database.is_sqlite:
            with self._database.session() as session:
                session.execute(delete(lease).where(lease.c.owner == self._owner))
        self.leads = False

    def _unlock(self, connection: Connection) -> None:
        try:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK})
        except DBAPIError:
            log.info("reminders.leader", leads=False, reason="unreachable")

    def _by_lock(self) -> bool:
        """The lock belongs to a connection of our own: when we die or the network breaks, the server lets it go."""
        try:
            if self._connection is None:
                self._connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            if self.leads:
                self._connection.execute(text("SELECT 1"))
                return True
            got = self._connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK}).scalar()
            return bool(got)
        except DBAPIError as error:
            self._drop_connection()
            raise DatabaseError("unreachable", "The database does not answer: check that it runs.") from error

    def _drop_connection(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
        self._connection = None
        self.leads = False

    def _by_lease(self) -> bool:
        now = datetime.now(timezone.utc)
        free = (lease.c.name == NAME) & ((lease.c.owner == self._owner) | (lease.c.until < now))
        values = {"owner": self._owner, "until": now + LEASE}
        try:
            with self._database.session() as session:
                if session.execute(update(lease).where(free).values(**values)).rowcount:
                    return True
                session.execute(lease.insert().values(name=NAME, **values))
                return True
        except IntegrityError:  # another has it
            return False
