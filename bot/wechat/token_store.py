"""The access token, shared by all processes and fetched by one of them at a time: in the database or in Redis."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Protocol

import redis
from sqlalchemy import or_, select, update

from bot.clock import Clock
from bot.db import Database
from bot.wechat import sql
from bot.wechat.errors import SendError
from bot.wechat.tables import token

# WeChat renews 5 minutes early and both tokens work meanwhile; asking a minute before the end is safe.
EARLY = timedelta(seconds=60)
# Longer than a fetch can take (3 s to connect, 5 s to read).
LEASE_SECONDS = 15
WAIT_SECONDS = 12.0
_POLL_SECONDS = 0.05

_ROW = sql.insert_new(token, ["app_id", "value"])


@dataclass(frozen=True)
class Fetched:
    """A token as WeChat gave it; `lifetime` in seconds."""

    value: str
    lifetime: int


# Called with force_refresh: False is the normal mode, which gives the same token while it is valid.
Fetch = Callable[[bool], Fetched]


class TokenStore(Protocol):
    """Where the token is. All methods block: call them from a thread."""

    def current(self) -> str | None:
        """The token, if there is one that is good for another minute."""

    def lease(self, owner: str) -> bool:
        """Become the one who fetches."""

    def store(self, owner: str, fetched: Fetched) -> None:
        """Keep what was fetched, and end the lease."""

    def release(self, owner: str) -> None:
        """End the lease without a token."""

    def discard(self, value: str) -> None:
        """WeChat refuses this token; nothing happens if another one is there already."""


def get_token(store: TokenStore, fetch: Fetch, refused: str = "") -> str:
    """The token; fetched here, or awaited while another thread or process fetches it.

    `refused`: the token WeChat has just refused. If a normal fetch brings that one again, a new one is forced
    (WeChat allows 20 a day, 30 s apart).

    Raises:
        SendError: WeChat gave none; code None when it took too long.
    """
    if refused:
        store.discard(refused)
    owner = secrets.token_hex(16)
    give_up = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < give_up:
        value = store.current()
        if value:
            return value
        if store.lease(owner):
            return _fetch(store, fetch, owner, refused)
        time.sleep(_POLL_SECONDS)
    raise SendError(None, "the access token was not to be had in time")


def _fetch(store: TokenStore, fetch: Fetch, owner: str, refused: str) -> str:
    # Another process may have stored one between our look and our lease.
    value = store.current()
    if value:
        store.release(owner)
        return value
    try:
        fetched = fetch(False)
        if fetched.value == refused:
            fetched = fetch(True)
    except BaseException:  # whatever it was, the others must not wait for the lease to run out
        store.release(owner)
        raise
    store.store(owner, fetched)
    return fetched.value


class DatabaseTokens:
    """One row an account; the lease is a conditional UPDATE. Leases run by the machine's time, never a turned clock."""

    def __init__(self, database: Database, clock: Clock, app_id: str) -> None:
        self._database = database
        self._clock = clock
        self._app_id = app_id
        self._mine = token.c.app_id == app_id

    def current(self) -> str | None:
        fresh = select(token.c.value).where(self._mine, token.c.expires_at > self._clock.now() + EARLY)
        with self._database.session(readonly=True) as session:
            value: str | None = session.execute(fresh).scalar_one_or_none()
            return value

    def lease(self, owner: str) -> bool:
        now = datetime.now(timezone.utc)
        free = or_(token.c.leased_until.is_(None), token.c.leased_until < now)
        values = {"lease_owner": owner, "leased_until": now + timedelta(seconds=LEASE_SECONDS)}
        with self._database.session() as session:
            _ROW.run(session, app_id=self._app_id, value="")
            return bool(session.execute(update(token).where(self._mine, free).values(**values)).rowcount)

    def store(self, owner: str, fetched: Fetched) -> None:
        expires_at = self._clock.now() + timedelta(seconds=fetched.lifetime)
        values = {"value": fetched.value, "expires_at": expires_at, "lease_owner": None, "leased_until": None}
        with self._database.session() as session:
            session.execute(update(token).where(self._mine).values(**values))

    def release(self, owner: str) -> None:
        held = (self._mine, token.c.lease_owner == owner)
        with self._database.session() as session:
            session.execute(update(token).where(*held).values(lease_owner=None, leased_until=None))

    def discard(self, value: str) -> None:
        bad = (self._mine, token.c.value == value)
        with self._database.session() as session:
            session.execute(update(token).where(*bad).values(value="", expires_at=None))


class RedisTokens:
    """The same in Redis: a key with a lifetime, and a lock key that only its owner removes."""

    # Compare and delete in one step, else one could remove what another has set in between.
    _DELETE_IF = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"

    def __init__(self, url: str, app_id: str, prefix: str = "jiashu") -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=3, decode_responses=True)
        self._key = f"{prefix}:wechat_token:{app_id}"
        self._lock = f"{self._key}:lease"
        self._delete_if = self._redis.register_script(self._DELETE_IF)

    def current(self) -> str | None:
        value = self._redis.get(self._key)
        return str(value) if value else None

    def lease(self, owner: str) -> bool:
        return bool(self._redis.set(self._lock, owner, nx=True, ex=LEASE_SECONDS))

    def store(self, owner: str, fetched: Fetched) -> None:
        self._redis.set(self._key, fetched.value, ex=max(1, fetched.lifetime - int(EARLY.total_seconds())))
        self.release(owner)

    def release(self, owner: str) -> None:
        self._delete_if(keys=[self._lock], args=[owner])

    def discard(self, value: str) -> None:
        self._delete_if(keys=[self._key], args=[value])
