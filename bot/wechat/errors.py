"""What to do about each of WeChat's error codes. The HTTP status is 200 for all of them.

Codes and meanings: developers.weixin.qq.com, "global return codes", and wechatpy's constants.py, which copies them.
"""

from __future__ import annotations

from enum import Enum


class Action(Enum):
    """The decision about a message that WeChat refused."""

    RETRY = "retry"  # 1-2-4 s, then it waits
    REFRESH_TOKEN = "refresh_token"  # once, under a lock, then an alarm
    MARK_DEAD = "mark_dead"  # the openid is none of ours, or left
    DROP = "drop"  # this message can never be sent
    STOP_ALARM = "stop_alarm"  # credentials or address wrong: nothing can be sent at all
    SPLIT = "split"  # a bug of ours: too long
    UNTIL_MIDNIGHT = "until_midnight"  # daily quota, counted by Beijing's day
    BACK_OFF = "back_off"  # per-minute rate
    OUTSIDE_WINDOW = "outside_window"  # the parent has not written for too long
    KEEP_FOR_NEXT = "keep_for_next"  # the allowance is used up
    FALL_BACK_TEXT = "fall_back_text"  # this account or message kind: send it as text
    SWITCH_OFF = "switch_off"  # no right to this API
    DONE = "done"  # WeChat has it already
    LOG = "log"  # unknown: it waits, a human looks


ACTIONS: dict[int, Action] = {
    -1: Action.RETRY,
    40001: Action.REFRESH_TOKEN,
    40014: Action.REFRESH_TOKEN,
    42001: Action.REFRESH_TOKEN,
    40003: Action.MARK_DEAD,
    43004: Action.MARK_DEAD,
    50005: Action.MARK_DEAD,
    43019: Action.DROP,
    43101: Action.DROP,
    47003: Action.DROP,
    44004: Action.DROP,
    45002: Action.SPLIT,
    40033: Action.LOG,
    40013: Action.STOP_ALARM,
    40125: Action.STOP_ALARM,
    40164: Action.STOP_ALARM,
    40200: Action.FALL_BACK_TEXT,
    45008: Action.FALL_BACK_TEXT,
    45098: Action.FALL_BACK_TEXT,
    45009: Action.UNTIL_MIDNIGHT,
    45028: Action.UNTIL_MIDNIGHT,
    45011: Action.BACK_OFF,
    45015: Action.OUTSIDE_WINDOW,
    45047: Action.KEEP_FOR_NEXT,
    45065: Action.DONE,
    48001: Action.SWITCH_OFF,
    48004: Action.SWITCH_OFF,
    50002: Action.SWITCH_OFF,
}

# No later attempt at the same message can succeed.
_PERMANENT = {Action.MARK_DEAD, Action.DROP, Action.DONE}


class SendError(Exception):
    """WeChat refused, or was not reached (`code` None). `action` is the decision, `permanent`: never try again.

    `message_id`: of the mass task that WeChat has already (45065). `unclear`: the call may have been taken although no answer came; what is not idempotent must not be sent again.
    """

    def __init__(self, code: int | None, detail: str = "", unclear: bool = False, message_id: str = "") -> None:
        super().__init__(f"WeChat answered {code}" if code is not None else "WeChat was not reached")
        self.code = code
        self.action = Action.RETRY if code is None else ACTIONS.get(code, Action.LOG)
        self.permanent = self.action in _PERMANENT
        self.unclear = unclear
        self.message_id = message_id
        # WeChat's errmsg: holds our own address for 40164, which is what the alarm needs. No token, no openid.
        self.detail = detail[:200]
