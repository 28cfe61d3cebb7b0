"""Trouble for the year: calls that fail in every way there is, days without an API, and a process that dies anywhere."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from bot.db import Database
from bot.reminders.hours import beijing_day
from bot.simulator.calls.body import Body
from bot.simulator.calls.table import call
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal
from bot.wechat.api import Fields, read_answer
from bot.wechat.errors import SendError


class Death(BaseException):
    """The process was killed: nothing of it does anything any more."""


@dataclass
class Life:
    """One life of the process. `dies_in`: so many calls and transactions from now; None: it lives on."""

    dies_in: int | None = None
    dead: bool = False

    def step(self) -> None:
        """Something is about to have an effect, or has just had one."""
        if self.dies_in is not None:
            self.dies_in -= 1
            self.dead = self.dead or self.dies_in <= 0
        if self.dead:
            raise Death


class MortalDatabase(Database):
    """A database whose process may die before a transaction, before its commit, or after it."""

    life: Life = Life()

    async def run(self, work: Any, *args: Any, **kwargs: Any) -> Any:
        """At once, without a thread: a year has a hundred thousand of these."""
        with self.session() as session:
            return work(session, *args, **kwargs)

    read = run

    @contextmanager
    def session(self, readonly: bool = False) -> Iterator[Session]:
        self.life.step()
        with super().session(readonly) as session:
            yield session
            self.life.step()
        self.life.step()


# Each of these befalls one call in twenty.
OF_EACH = 0.05
ERRORS = (-1, 40001, 45011, 45015, 45047, 43101, 47003)
ACCOUNT_ERRORS = (45009, 48001, 40164, 45028)
ONLY = {45015: "custom", 45047: "custom", 43101: "bizsend", 47003: "bizsend", 45028: "mass"}


@dataclass
class Trouble:
    """What goes wrong. `down`: a day without an API; `bad_days`: each kind of account-wide error has its days."""

    random: Random
    down: date
    bad_days: dict[date, int] = field(default_factory=dict)
    injected: Counter[str] = field(default_factory=Counter)
    natural: Counter[str] = field(default_factory=Counter)

    def strike(self, path: str, day: date) -> None:
        """Before the call had an effect."""
        if day == self.down:
            raise SendError(None, "HTTP 503")
        code = self.bad_days.get(day)
        # The trouble of a bad day comes and goes.
        if code and ONLY.get(code, "") in path and self.random.random() < 0.3:
            self._note(str(code))
            raise SendError(code, "injected")
        if self.random.random() < OF_EACH:
            self._note("not reached")
            raise SendError(None, "ClientConnectorError")
        if self.random.random() < OF_EACH:
            self._note("lost")
            raise SendError(None, "ServerDisconnectedError", unclear=True)
        for code in ERRORS:
            if ONLY.get(code, "") in path and self.random.random() < (OF_EACH if code != 45011 else OF_EACH / 50):
                self._note(str(code))
                raise SendError(code, "injected")

    def lose_answer(self) -> None:
        """After the call had its effect."""
        if self.random.random() < OF_EACH:
            self._note("answer lost")
            raise SendError(None, "ServerTimeoutError", unclear=True)

    def _note(self, what: str) -> None:
        self.injected[what] += 1


class InProcess:
    """WeChat's API, called without HTTP; `life` ends with the process that calls."""

    def __init__(self, platform: Platform, trouble: Trouble, life: Life) -> None:
        self._platform = platform
        self._trouble = trouble
        self._life = life

    async def post(self, endpoint: str, token: str, data: Fields) -> dict[str, object]:
        self._life.step()
        self._trouble.strike(endpoint, beijing_day(self._platform.now()))
        body = json.dumps(data, ensure_ascii=False).encode()
        try:
            fields = call(self._platform, endpoint, token, Body({}), body)
        except Refusal as refusal:
            self._trouble.natural[f"{endpoint} {refusal.errcode}"] += 1
            return read_answer(200, json.dumps(refusal.as_json()).encode())
        self._life.step()
        self._trouble.lose_answer()
        return dict(fields)

    async def close(self) -> None:
        pass
