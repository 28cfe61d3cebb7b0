"""Every call by its path, with the rights it needs, and the one door through which all of them go.

Rights: W Explanation_of_interface_privileges. An unverified account keeps its token and, as a 服务号, its menu.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bot.simulator.calls import account, custom, mass, notices, tags
from bot.simulator.calls.body import Body
from bot.simulator.config import Account, SimulatorConfig
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal

Function = Callable[[Platform, Body], dict[str, object]]


class Right(Enum):
    """Who may make a call."""

    TOKENLESS = "anyone, without a token"
    ANY = "any account"
    MENU = "verified accounts and every 服务号"
    VERIFIED = "verified accounts"
    VERIFIED_SERVICE = "verified 服务号"


@dataclass(frozen=True)
class Call:
    """One call: its function, the right it needs, and whether its input is the query of a GET."""

    run: Function
    right: Right = Right.VERIFIED
    get: bool = False


CALLS: dict[str, Call] = {
    "token": Call(account.token, Right.TOKENLESS, get=True),
    "stable_token": Call(account.stable_token, Right.TOKENLESS),
    "clear_quota": Call(account.clear_quota, Right.ANY),
    "menu/create": Call(account.menu_create, Right.MENU),
    "menu/get": Call(account.menu_get, Right.MENU, get=True),
    "menu/delete": Call(account.menu_delete, Right.MENU, get=True),
    "message/custom/send": Call(custom.send),
    "message/custom/typing": Call(custom.typing),
    "message/mass/sendall": Call(mass.send_all),
    "message/mass/send": Call(mass.send, Right.VERIFIED_SERVICE),
    "message/template/send": Call(notices.template_send, Right.VERIFIED_SERVICE),
    "message/subscribe/bizsend": Call(notices.subscription_send),
    "tags/create": Call(tags.create),
    "tags/get": Call(tags.get, get=True),
    "tags/update": Call(tags.update),
    "tags/delete": Call(tags.delete),
    "tags/members/batchtagging": Call(tags.batch_tag),
    "tags/members/batchuntagging": Call(tags.batch_untag),
    "tags/getidlist": Call(tags.of_user),
    "ticket/getticket": Call(account.jsapi_ticket, get=True),
    "qrcode/create": Call(account.qrcode_create, Right.VERIFIED_SERVICE),
    "user/info": Call(account.user_info, get=True),
    "user/get": Call(account.user_get, get=True),
}


def call(platform: Platform, path: str, token: str, query: Body, data: bytes) -> dict[str, object]:
    """Run the call at `path` (without /cgi-bin/) and return its answer's fields.

    Raises:
        Refusal: whatever WeChat would refuse; -1 for a path that is not simulated.
    """
    platform.faults.strike(path)
    found = CALLS.get(path)
    if found is None:
        raise Refusal(-1, "not simulated: this call is unknown to the simulator")
    body = query if found.get else Body.parse(data, platform.config.refuse_escapes)
    admit(platform, path, found.right, token)
    return found.run(platform, body)


def admit(platform: Platform, path: str, right: Right, token: str) -> None:
    """Check token, rights and quota.

    Raises:
        Refusal: 41001, 40001, 42001, 48001, 45009.
    """
    if right is not Right.TOKENLESS:
        platform.tokens.check(token, platform.now())
    if not allowed(platform.config, right):
        raise Refusal(48001, "api unauthorized")
    platform.quotas.spend(path, platform.now())


def allowed(config: SimulatorConfig, right: Right) -> bool:
    """Whether this kind of account has the right."""
    service = config.account is Account.SERVICE
    return {
        Right.TOKENLESS: True,
        Right.ANY: True,
        Right.MENU: config.verified or service,
        Right.VERIFIED: config.verified,
        Right.VERIFIED_SERVICE: config.verified and service,
    }[right]
