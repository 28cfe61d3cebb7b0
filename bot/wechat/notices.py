"""Notifications outside the chat: subscription notifications (订阅通知) with consent, template messages for service notices.

Both carry a few short fields, not a text: a title and a line that says what waits in the chat. Which field of the
account's template takes which is a setting, because every template names its fields otherwise.
"""

from __future__ import annotations

import re

from bot.settings import Settings
from bot.wechat.api import Api, Fields

# A field "thing" holds 20 characters and no control characters, and may not be empty (WeChat's 47003).
THING_LENGTH = 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


async def send_subscription(api: Api, settings: Settings, openid: str, title: str, line: str) -> str:
    """message/subscribe/bizsend; returns WeChat's message id, "" where it gives none.

    Raises:
        SendError: refused or not reached.
    """
    data: dict[str, object] = {
        "touser": openid,
        "template_id": settings.wechat_subscription_template,
        "data": _fields(settings.wechat_subscription_fields, title, line),
    }
    if settings.public_url:
        data["page"] = settings.public_url
    return _message_id(await api.call("message/subscribe/bizsend", data))


async def send_template(api: Api, settings: Settings, openid: str, title: str, line: str, client_id: str) -> str:
    """message/template/send; the same `client_id` is sent once within ten minutes. Returns WeChat's message id.

    Raises:
        SendError: refused or not reached.
    """
    data: dict[str, object] = {
        "touser": openid,
        "template_id": settings.wechat_notice_template,
        "data": _fields(settings.wechat_notice_fields, title, line),
        "client_msg_id": client_id,
    }
    if settings.public_url:
        data["url"] = settings.public_url
    return _message_id(await api.call("message/template/send", data))


def as_thing(words: str) -> str:
    """`words` as a field "thing" takes them."""
    clean = _CONTROL.sub(" ", words).strip() or "家书"
    return clean if len(clean) <= THING_LENGTH else clean[: THING_LENGTH - 1] + "…"


def _fields(names: str, title: str, line: str) -> Fields:
    values = (as_thing(title), as_thing(line))
    keys = [name.strip() for name in names.split(",") if name.strip()]
    return {key: {"value": value} for key, value in zip(keys, values, strict=False)}


def _message_id(answer: Fields) -> str:
    value = answer.get("msgid", "")
    return str(value) if value else ""
