"""Template messages and subscription notifications. Source: W Template_Message_Interface; bizsend in the community pages."""

from __future__ import annotations

import re

from bot.simulator.calls.body import Body
from bot.simulator.chat import Content, Side, Via
from bot.simulator.incoming import event
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal

THING_LENGTH = 20
_CONTROL = re.compile("[\x00-\x1f\x7f]")


def template_send(platform: Platform, body: Body) -> dict[str, object]:
    """message/template/send: {touser, template_id, url, data}; TEMPLATESENDJOBFINISH comes back."""
    follower = platform.followers.reachable(body.text("touser"))
    if not body.text("template_id"):
        raise Refusal(40037, "invalid template_id")
    content = Content("notice", title="服务通知", url=body.text("url"), lines=_lines(body.part("data")))
    platform.show(follower, Side.ACCOUNT, content, Via.TEMPLATE)

    msg_id = platform.broadcasts.new_id()
    fields = (("MsgID", msg_id), ("Status", "success"))
    platform.deliver(event(follower.openid, "TEMPLATESENDJOBFINISH", *fields, answerable=False))
    return {"msgid": msg_id}


def subscription_send(platform: Platform, body: Body) -> dict[str, object]:
    """message/subscribe/bizsend: one message per consent; following is not needed; fields keep their rules.

    subscribe_msg_sent_event comes back, as for mini programs; the answer itself names no message (WeChat's page on bizsend).
    """
    follower = platform.followers.get(body.text("touser"))
    template_id = body.text("template_id")
    if not template_id:
        raise Refusal(40037, "invalid template_id")
    data = body.part("data")
    _check_fields(data)
    if not follower.consents[template_id]:
        raise Refusal(43101, "user refuse to accept the msg")
    follower.consents[template_id] -= 1
    platform.show(
        follower, Side.ACCOUNT, Content("notice", title="订阅通知", url=body.text("page"), lines=_lines(data)), Via.SUBSCRIPTION
    )
    msg_id = platform.broadcasts.new_id()
    entry = (("TemplateId", template_id), ("MsgID", str(msg_id)), ("ErrorCode", "0"), ("ErrorStatus", "success"))
    sent = ("SubscribeMsgSentEvent", (("List", entry),))
    platform.deliver(event(follower.openid, "subscribe_msg_sent_event", sent, answerable=False))
    return {}


def _lines(data: Body) -> tuple[str, ...]:
    return tuple(data.part(name).text("value") for name in data.names())


def _check_fields(data: Body) -> None:
    for name in data.names():
        value = data.part(name).text("value")
        too_long = name.startswith("thing") and len(value) > THING_LENGTH
        if not value or too_long or _CONTROL.search(value):
            raise Refusal(47003, f"argument invalid! data.{name}.value invalid")
