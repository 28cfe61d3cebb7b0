"""Calls about the account itself: tokens, tickets, menu, quota, QR codes, users."""

from __future__ import annotations

import secrets

from bot.simulator.calls.body import Body
from bot.simulator.followers import Follower
from bot.simulator.menu import parse_menu, shown
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal

LONGEST_QR = 2_592_000
SCENE_STRINGS = {"QR_STR_SCENE", "QR_LIMIT_STR_SCENE"}
SCENE_NUMBERS = {"QR_SCENE": 2**32 - 1, "QR_LIMIT_SCENE": 100_000}


def token(platform: Platform, query: Body) -> dict[str, object]:
    """token: GET with grant_type, appid, secret."""
    now = platform.now()
    fetched = platform.tokens.fetch(query.text("grant_type"), query.text("appid"), query.text("secret"), now)
    return fetched.as_json(now)


def stable_token(platform: Platform, body: Body) -> dict[str, object]:
    """stable_token: POST with grant_type, appid, secret, force_refresh."""
    now = platform.now()
    force = body.flag("force_refresh")
    kept = platform.tokens.stable(body.text("grant_type"), body.text("appid"), body.text("secret"), force, now)
    return kept.as_json(now)


def menu_create(platform: Platform, body: Body) -> dict[str, object]:
    """menu/create: replaces the menu, when every limit is kept."""
    platform.menu = parse_menu(body.value("button"))
    platform.menu_pushed = True
    platform.tell_state()
    return {}


def menu_get(platform: Platform, _: Body) -> dict[str, object]:
    """menu/get: what was pushed, or 46003."""
    if not platform.menu_pushed:
        raise Refusal(46003, "menu no exist")
    return {"menu": {"button": shown(platform.menu)}}


def menu_delete(platform: Platform, _: Body) -> dict[str, object]:
    """menu/delete: no menu any more."""
    platform.menu, platform.menu_pushed = (), True
    platform.tell_state()
    return {}


def clear_quota(platform: Platform, body: Body) -> dict[str, object]:
    """clear_quota: ten times a month."""
    if body.text("appid") != platform.config.appid:
        raise Refusal(40013, "invalid appid")
    platform.quotas.clear(platform.now())
    return {}


def qrcode_create(platform: Platform, body: Body) -> dict[str, object]:
    """qrcode/create: a ticket for a scene; temporary ones last 60 s to 30 days."""
    action = body.text("action_name")
    scene = _scene(action, body.part("action_info").part("scene"))
    ticket = "gQ" + secrets.token_urlsafe(60)
    platform.qr_scenes[ticket] = scene
    answer: dict[str, object] = {"ticket": ticket, "url": f"http://weixin.qq.com/q/{ticket[:24]}"}
    if "LIMIT" not in action:
        answer["expire_seconds"] = min(max(body.whole("expire_seconds", 60), 60), LONGEST_QR)
    return answer


def jsapi_ticket(platform: Platform, query: Body) -> dict[str, object]:
    """ticket/getticket: GET with type=jsapi; the same ticket for as long as the simulator runs."""
    if query.text("type") != "jsapi":
        raise Refusal(40097, "invalid args")
    return {"ticket": f"ticket-of-{platform.config.appid}", "expires_in": 7200}


def user_info(platform: Platform, query: Body) -> dict[str, object]:
    """user/info: GET with openid; who does not follow is only {subscribe: 0}."""
    follower = platform.followers.get(query.text("openid"))
    if not follower.following:
        return {"subscribe": 0, "openid": follower.openid}
    return _profile(follower)


def user_get(platform: Platform, _: Body) -> dict[str, object]:
    """user/get: the openids of all followers, at most 10,000 a page."""
    openids = [follower.openid for follower in platform.followers.all() if follower.following][:10_000]
    return {"total": len(openids), "count": len(openids), "data": {"openid": openids}, "next_openid": ""}


def _scene(action: str, scene: Body) -> str:
    if action in SCENE_STRINGS:
        text = scene.text("scene_str")
        if 1 <= len(text) <= 64:
            return text
    if action in SCENE_NUMBERS:
        number = scene.whole("scene_id")
        if 1 <= number <= SCENE_NUMBERS[action]:
            return str(number)
    raise Refusal(40053, "invalid action info")


def _profile(follower: Follower) -> dict[str, object]:
    # Since 2021-12-27 nickname and avatar come back empty.
    return {
        "subscribe": 1,
        "openid": follower.openid,
        "nickname": "",
        "sex": 0,
        "language": "zh_CN",
        "headimgurl": "",
        "subscribe_time": int(follower.followed_at.timestamp()) if follower.followed_at else 0,
        "remark": "",
        "groupid": 0,
        "tagid_list": sorted(follower.tags),
        "subscribe_scene": "ADD_SCENE_QR_CODE" if follower.scene else "ADD_SCENE_SEARCH",
        "qr_scene": int(follower.scene) if follower.scene.isdecimal() else 0,
        "qr_scene_str": "" if follower.scene.isdecimal() else follower.scene,
    }
