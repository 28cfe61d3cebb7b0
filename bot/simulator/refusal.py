"""The room's one exception: WeChat says no, with its number."""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """A call that WeChat refuses.

    Attributes:
        errcode: WeChat's number for the reason (global return codes page).
        errmsg: WeChat's short English phrase for it.
        extra: further fields of the answer, such as the first msg_id beside 45065.
    """

    def __init__(self, errcode: int, errmsg: str, extra: Mapping[str, object] | None = None) -> None:
        super().__init__(f"{errcode} {errmsg}")
        self.errcode = errcode
        self.errmsg = errmsg
        self.extra: Mapping[str, object] = extra or {}

    def as_json(self) -> dict[str, object]:
        """The answer's body."""
        return {"errcode": self.errcode, "errmsg": self.errmsg, **self.extra}
