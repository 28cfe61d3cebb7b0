"""/sim for the parents: who there is, what they do and what stands in their chats. Used by the phone and by tests."""

from __future__ import annotations

from collections.abc import Callable

from sanic import Blueprint, Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.simulator.calls.body import Body
from bot.simulator.chat import Content
from bot.simulator.phone import Phone, Sent, button_at
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal

PICTURES = ("drawing", "report", "home")
LONGEST_TEXT = 8000

Act = Callable[[Platform, Phone, Body], Sent]


def control(platform: Platform) -> Blueprint:
    """The blueprint of what parents do, for `platform`."""
    blueprint = Blueprint("sim_parents", url_prefix="/sim/parents")

    @blueprint.get("/")
    async def list_all(_: Request) -> HTTPResponse:
        return json_response([one.as_json(platform.now()) for one in platform.followers.all()])

    @blueprint.post("/")
    async def create(request: Request) -> HTTPResponse:
        body = Body.parse(request.body)
        follower = platform.followers.add(body.text("nickname")[:20])
        phone = Phone(platform, follower)
        if body.flag("silent"):
            phone.begin()
        else:
            phone.follow(body.text("scene")[:64])
        platform.tell_parent(follower)
        return json_response(follower.as_json(platform.now()), status=201)

    @blueprint.get("/<openid>/chat")
    async def chat(request: Request, openid: str) -> HTTPResponse:
        follower = platform.followers.get(openid)
        after = _number(request.args.get("after", "0"))
        bubbles = [bubble.as_json() for bubble in follower.chat if bubble.number > after]
        return json_response({"parent": follower.as_json(platform.now()), "bubbles": bubbles})

    @blueprint.post("/<openid>/<act>")
    async def do(request: Request, openid: str, act: str) -> HTTPResponse:
        if act not in ACTS:
            raise Refusal(40035, "no such act")
        phone = Phone(platform, platform.followers.get(openid))
        ACTS[act](platform, phone, Body.parse(request.body))
        return json_response({"errcode": 0, "errmsg": "ok"})

    return blueprint


def _number(raw: str) -> int:
    return int(raw) if raw.isdecimal() else 0


def _say(_: Platform, phone: Phone, body: Body) -> Sent:
    text = body.text("text")[:LONGEST_TEXT]
    if not text.strip():
        raise Refusal(44004, "empty content")
    return phone.send(Content("text", text=text))


def _speak(_: Platform, phone: Phone, body: Body) -> Sent:
    heard = body.text("recognition")[:LONGEST_TEXT]
    return phone.send(Content("voice", text=heard, seconds=max(1, min(60, body.whole("seconds", 4)))))


def _picture(platform: Platform, phone: Phone, body: Body) -> Sent:
    name = body.text("picture") or PICTURES[0]
    if name not in PICTURES:
        raise Refusal(40007, "invalid media_id")
    return phone.send(Content(body.text("kind") or "image", picture=f"{platform.base_url}/sim/web/{name}.svg"))


def _location(_: Platform, phone: Phone, body: Body) -> Sent:
    place = body.text("label") or "广东省东莞市长安镇"
    return phone.send(Content("location", text=place, latitude=22.8106, longitude=113.8030))


def _link(_: Platform, phone: Phone, body: Body) -> Sent:
    url = body.text("url")
    if not url.startswith(("http://", "https://")):
        raise Refusal(40035, "not an address")
    return phone.send(Content("link", title=body.text("title") or url, text=body.text("description"), url=url))


def _tap(_: Platform, phone: Phone, body: Body) -> Sent:
    if body.text("href"):
        return phone.tap_link(body.text("href"), body.text("text"))
    return phone.tap(body.text("text"), body.text("id") if body.has("id") else None)


ACTS: dict[str, Act] = {
    "follow": lambda _, phone, body: phone.follow(body.text("scene")[:64]),
    "unfollow": lambda _, phone, body: phone.unfollow(),
    "scan": lambda _, phone, body: phone.scan(body.text("scene")[:64]),
    "text": _say,
    "voice": _speak,
    "image": _picture,
    "video": lambda platform, phone, _: _picture(platform, phone, Body({"kind": "video"})),
    "location": _location,
    "link": _link,
    "tap": _tap,
    "menu": lambda platform, phone, body: phone.press(button_at(platform, body.text("key"))),
    "consent": lambda _, phone, body: phone.consent(body.text("template_id"), body.flag("accept")),
}
