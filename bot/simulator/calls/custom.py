"""Customer-service messages and Typing. Source: W api_sendcustommessage, api_typing."""

from __future__ import annotations

from bot.simulator.calls.body import Body
from bot.simulator.calls.outgoing import parse_outgoing
from bot.simulator.chat import Side, Via
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal


def send(platform: Platform, body: Body) -> dict[str, object]:
    """message/custom/send: checks everything, then spends one of the allowance."""
    follower = platform.followers.reachable(body.text("touser"))
    content = parse_outgoing(platform, body)
    follower.allowance.spend(platform.now())
    platform.show(follower, Side.ACCOUNT, content, Via.CUSTOM)
    platform.tell_parent(follower)
    return {}


def typing(platform: Platform, body: Body) -> dict[str, object]:
    """message/custom/typing: 对方正在输入… for 15 seconds, or until CancelTyping or a message."""
    follower = platform.followers.reachable(body.text("touser"))
    command = body.text("command")
    if command not in {"Typing", "CancelTyping"}:
        raise Refusal(45072, "invalid command")
    if command == "Typing":
        follower.start_typing(platform.now())
    else:
        follower.stop_typing()
    platform.tell_parent(follower)
    return {}
