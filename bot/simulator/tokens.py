"""Access tokens as WeChat gives them: two kinds, each with its own life.

/cgi-bin/token: every fetch makes a new one; the one before works for five more minutes.
/cgi-bin/stable_token: the same one while it is valid, renewed five minutes early; force_refresh at most 20 times a day and
30 s apart, and it ends the old one. Sources: W Get_access_token and api_getstableaccesstoken.
"""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulator.crypto import same
from bot.simulator.refusal import Refusal

LIFE = timedelta(seconds=7200)
OVERLAP = timedelta(minutes=5)
FORCED_A_DAY = 20
FORCED_APART = timedelta(seconds=30)


@dataclass
class Token:
    """A token and when it ends; what `/cgi-bin/token` replaced ends earlier."""

    value: str
    ends: datetime

    def as_json(self, now: datetime) -> dict[str, object]:
        """WeChat's answer; expires_in counts whole seconds."""
        return {"access_token": self.value, "expires_in": max(0, int((self.ends - now).total_seconds()))}


class Tokens:
    """All tokens of one account."""

    def __init__(self, appid: str, secret: str) -> None:
        self._appid = appid
        self._secret = secret
        self._known: dict[str, Token] = {}
        self._simple: Token | None = None
        self._stable: Token | None = None
        self._forced: deque[datetime] = deque(maxlen=FORCED_A_DAY)

    def fetch(self, grant_type: str, appid: str, secret: str, now: datetime) -> Token:
        """A new token of the simple kind.

        Raises:
            Refusal: 40002 grant type, 40013 appid, 40125 secret.
        """
        self._check(grant_type, appid, secret)
        if self._simple:
            self._simple.ends = min(self._simple.ends, now + OVERLAP)
        self._simple = self._issue(now)
        return self._simple

    def stable(self, grant_type: str, appid: str, secret: str, force: bool, now: datetime) -> Token:
        """The stable token; a new one when it is about to end, or when `force` asks for it.

        Raises:
            Refusal: 40002, 40013, 40125; 45011 when forced twice in 30 s, 45009 beyond 20 times a day.
        """
        self._check(grant_type, appid, secret)
        if force:
            self._count_force(now)
            if self._stable:
                self._stable.ends = now
            self._stable = self._issue(now)
        elif self._stable is None or self._stable.ends - now <= OVERLAP:
            self._stable = self._issue(now)
        return self._stable

    def check(self, value: str, now: datetime) -> None:
        """Let a call pass.

        Raises:
            Refusal: 41001 no token, 40001 not one of ours, 42001 ended.
        """
        if not value:
            raise Refusal(41001, "access_token missing")
        token = self._known.get(value)
        if token is None:
            raise Refusal(40001, "invalid credential, access_token is invalid or not latest")
        if now >= token.ends:
            raise Refusal(42001, "access_token expired")

    def _issue(self, now: datetime) -> Token:
        token = Token(secrets.token_urlsafe(102), now + LIFE)
        self._known[token.value] = token
        return token

    def _check(self, grant_type: str, appid: str, secret: str) -> None:
        if grant_type != "client_credential":
            raise Refusal(40002, "invalid grant_type")
        if appid != self._appid:
            raise Refusal(40013, "invalid appid")
        if not same(secret, self._secret):
            raise Refusal(40125, "invalid appsecret")

    def _count_force(self, now: datetime) -> None:
        if self._forced and now - self._forced[-1] < FORCED_APART:
            raise Refusal(45011, "api minute-quota reach limit, must slower, retry next minute")
        if len(self._forced) == FORCED_A_DAY and now - self._forced[0] < timedelta(days=1):
            raise Refusal(45009, "reach max api daily quota limit")
        self._forced.append(now)
