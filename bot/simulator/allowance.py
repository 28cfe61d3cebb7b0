"""How many messages an account may still send to one user: five in 48 hours, or three in a minute.

Source: developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage. A new action sets the allowance
anew and adds nothing to what was left (Tencent's answer in its community); it also replaces a better one, because
the page gives a tap "no 5-per-48-h allowance".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.simulator.refusal import Refusal


class Action(Enum):
    """What a user did, with the messages it allows and for how long."""

    MESSAGE = ("message", 5, timedelta(hours=48))
    TAP = ("tap", 3, timedelta(minutes=1))
    FOLLOW = ("follow", 3, timedelta(minutes=1))
    SCAN = ("scan", 3, timedelta(minutes=1))


@dataclass
class Allowance:
    """One user's allowance; empty until the user does something."""

    total: int = 0
    used: int = 0
    ends: datetime | None = None

    def grant(self, action: Action, now: datetime) -> None:
        """Start anew after `action`."""
        _, self.total, window = action.value
        self.used = 0
        self.ends = now + window

    def left(self, now: datetime) -> int:
        """Messages that would still go out at `now`."""
        if self.ends is None or now >= self.ends:
            return 0
        return self.total - self.used

    def spend(self, now: datetime) -> None:
        """Use one message.

        Raises:
            Refusal: 45015 outside the window, 45047 when all are used.
        """
        if self.ends is None or now >= self.ends:
            raise Refusal(45015, "response out of time limit or subscription is canceled")
        if self.used >= self.total:
            raise Refusal(45047, "out of response count limit")
        self.used += 1

    def as_json(self, now: datetime) -> dict[str, object]:
        """For the inspector: {left, total, ends} with `ends` in ISO 8601 or null."""
        return {"left": self.left(now), "total": self.total, "ends": self.ends.isoformat() if self.ends else None}
