"""Mass messages. Success means only that the task was accepted: the outcome comes as MASSSENDJOBFINISH.

服务号: a user gets at most four a calendar month. 订阅号: one a day. clientmsgid: at most 64 bytes, remembered for 24 h.
Source: W Batch_Sends, api_masssend; lib wechatpy constants.
"""

from __future__ import annotations

from datetime import timedelta

from bot.clock import BEIJING
from bot.simulator.calls.body import Body
from bot.simulator.calls.outgoing import parse_outgoing
from bot.simulator.chat import Content, Side, Via
from bot.simulator.config import Account
from bot.simulator.followers import Follower
from bot.simulator.incoming import event
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal

A_MONTH = 4
# The event comes from WeChat's mass helper, not from a user.
HELPER = "oMASSHELPER00000000000000000"


def send_all(platform: Platform, body: Body) -> dict[str, object]:
    """message/mass/sendall: to everybody, or to a tag."""
    chosen = body.part("filter")
    everyone = [one for one in platform.followers.all() if one.following]
    if chosen.flag("is_to_all"):
        return _start(platform, body, everyone)
    tag_id = chosen.whole("tag_id", -1)
    if tag_id not in platform.tags:
        raise Refusal(40050, "invalid group id")
    return _start(platform, body, [one for one in everyone if tag_id in one.tags])


def send(platform: Platform, body: Body) -> dict[str, object]:
    """message/mass/send: to 2 to 10,000 openids."""
    openids = body.texts("touser")
    if not 2 <= len(openids) <= 10_000:
        raise Refusal(40130, "invalid openid list size, at least two openid")
    return _start(platform, body, [platform.followers.get(openid) for openid in openids])


def _start(platform: Platform, body: Body, receivers: list[Follower]) -> dict[str, object]:
    key = body.text("clientmsgid")
    _check_key(platform, key)
    content = parse_outgoing(platform, body)
    _check_day(platform)

    msg_id = platform.broadcasts.new_id()
    if key:
        platform.broadcasts.clientmsgids[key] = (platform.now(), msg_id)
    platform.keep(_finish(platform, content, receivers, msg_id), f"mass-{msg_id}")
    return {"errmsg": "send job submission success", "msg_id": msg_id, "msg_data_id": msg_id + 1_000_000}


def _check_key(platform: Platform, key: str) -> None:
    if len(key.encode()) > 64:
        raise Refusal(45067, "clientmsgid size out of limit")
    known = platform.broadcasts.clientmsgids.get(key)
    if known and platform.now() - known[0] < timedelta(hours=24):
        raise Refusal(45065, "clientmsgid exist", {"msg_id": known[1]})


def _check_day(platform: Platform) -> None:
    if platform.config.account is Account.SERVICE:
        return
    day = platform.now().astimezone(BEIJING).date().isoformat()
    sent = platform.broadcasts.sent_on
    if sent.get(day, 0) >= 1:
        raise Refusal(45028, "has no masssend quota")
    sent[day] = sent.get(day, 0) + 1


async def _finish(platform: Platform, content: Content, receivers: list[Follower], msg_id: int) -> None:
    month = platform.now().astimezone(BEIJING).strftime("%Y-%m")
    limited = platform.config.account is Account.SERVICE
    reached = [one for one in receivers if one.following and not (limited and one.mass_received[month] >= A_MONTH)]
    for follower in reached:
        follower.mass_received[month] += 1
        platform.show(follower, Side.ACCOUNT, content, Via.MASS)

    counts = (
        ("MsgID", msg_id),
        ("Status", "send success"),
        ("TotalCount", len(receivers)),
        ("FilterCount", len(reached)),
        ("SentCount", len(reached)),
        ("ErrorCount", 0),
    )
    await platform.deliver(event(HELPER, "MASSSENDJOBFINISH", *counts, answerable=False))
