"""Daily quotas of a new account, by call: beyond them 45009 until midnight in Beijing.

Numbers: WeChat's API call limits page (copied at blog.csdn.net/amwhbngv30764/article/details/102243528). clear_quota works
ten times a month, then 48006.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from bot.clock import BEIJING
from bot.simulator.refusal import Refusal

CLEARS_A_MONTH = 10

LIMITS = {
    "token": 2_000,
    "menu/create": 1_000,
    "menu/get": 10_000,
    "menu/delete": 1_000,
    "media/upload": 5_000,
    "media/get": 10_000,
    "message/custom/send": 500_000,
    "message/mass/sendall": 100,
    "message/mass/send": 100,
    "message/template/send": 100_000,
    "qrcode/create": 100_000,
    "user/info": 5_000_000,
}


class Quotas:
    """Calls counted by day."""

    def __init__(self) -> None:
        self._day = ""
        self._used: Counter[str] = Counter()
        self._clears: Counter[str] = Counter()

    def spend(self, call: str, now: datetime) -> None:
        """Count one call.

        Raises:
            Refusal: 45009 beyond the day's quota.
        """
        day = now.astimezone(BEIJING).date().isoformat()
        if day != self._day:
            self._day = day
            self._used.clear()
        if self._used[call] >= LIMITS.get(call, 10_000_000):
            raise Refusal(45009, "reach max api daily quota limit")
        self._used[call] += 1

    def clear(self, now: datetime) -> None:
        """Set all counts to zero.

        Raises:
            Refusal: 48006 the eleventh time in a month.
        """
        month = now.astimezone(BEIJING).strftime("%Y-%m")
        if self._clears[month] >= CLEARS_A_MONTH:
            raise Refusal(48006, "forbid to clear quota because of reaching the limit")
        self._clears[month] += 1
        self._used.clear()
