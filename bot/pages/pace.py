"""How often one address may send a form: enough for a dormitory behind one router, too little for a script."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from sanic.request import Request

MOST = 120
WITHIN = timedelta(minutes=10)
# Addresses are kept in memory only, and never more than these.
_REMEMBERED = 10_000


class Pace:
    """Counts sent forms by address."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def allows(self, address: str, now: datetime) -> bool:
        """Count one more form of `address`; False when it has sent too many."""
        since, count = self._counts.pop(address, (now, 0))
        if not now - WITHIN < since <= now:
            since, count = now, 0
        self._counts[address] = (since, count + 1)
        while len(self._counts) > _REMEMBERED:
            self._counts.popitem(last=False)
        return count < MOST


def address_of(request: Request) -> str:
    """Who sends: nginx on this machine says for whom it passes on; everybody else speaks for themselves."""
    forwarded = request.headers.get("x-forwarded-for", "")
    if forwarded and request.ip in ("127.0.0.1", "::1"):
        return str(forwarded.rsplit(",", 1)[-1]).strip()
    return str(request.ip)
