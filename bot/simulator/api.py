"""/cgi-bin over HTTP: always status 200, with an errcode; only an API that is down answers otherwise."""

from __future__ import annotations

import asyncio
import re
import time

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, raw
from sanic.response import json as json_response

from bot.simulator.calls.body import Body
from bot.simulator.calls.table import Right, admit, call
from bot.simulator.journal import ApiCall
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal

BODY_SHOWN = 4000
# Calls that answer without errcode 0, as WeChat's do.
BARE = {"token", "stable_token", "menu/get", "qrcode/create", "user/info", "user/get", "tags/create", "tags/get"}

_SECRET = re.compile(r'("secret"\s*:\s*")[^"]*')
_TOUSER = re.compile(r'"(?:touser|openid)"\s*:\s*"([^"]{1,64})"')


def api(platform: Platform) -> Blueprint:
    """The blueprint of WeChat's API for `platform`."""
    blueprint = Blueprint("cgi_bin", url_prefix="/cgi-bin")

    @blueprint.post("/media/upload")
    async def upload(request: Request) -> HTTPResponse:
        return await _answer(platform, request, "media/upload")

    @blueprint.get("/media/get")
    async def download(request: Request) -> HTTPResponse:
        return await _answer(platform, request, "media/get")

    async def any_call(request: Request, path: str) -> HTTPResponse:
        return await _answer(platform, request, path)

    blueprint.add_route(any_call, "/<path:path>", methods=["GET", "POST"])
    return blueprint


async def _answer(platform: Platform, request: Request, path: str) -> HTTPResponse:
    started = time.monotonic()
    if platform.faults.latency:
        await asyncio.sleep(platform.faults.latency)
    if platform.faults.down:
        _note(platform, request, path, -1, "HTTP 503", started)
        return raw(b"<html><h1>503 Service Unavailable</h1></html>", status=503, content_type="text/html")
    try:
        response = _run(platform, request, path)
        errcode, errmsg = 0, "ok"
    except Refusal as refusal:
        errcode, errmsg = refusal.errcode, refusal.errmsg
        response = json_response(refusal.as_json())
    _note(platform, request, path, errcode, errmsg, started)
    return response


def _run(platform: Platform, request: Request, path: str) -> HTTPResponse:
    token = request.args.get("access_token", "")
    if path == "media/upload":
        return _upload(platform, request, token)
    query = Body({name: request.args.get(name) for name in request.args})
    if path == "media/get":
        platform.faults.strike(path)
        admit(platform, path, Right.VERIFIED, token)
        media = platform.media.get(query.text("media_id"), platform.now())
        return raw(media.data, content_type=media.content_type)
    fields = call(platform, path, token, query, request.body)
    return json_response(fields if path in BARE else {"errcode": 0, "errmsg": "ok", **fields})


def _upload(platform: Platform, request: Request, token: str) -> HTTPResponse:
    platform.faults.strike("media/upload")
    admit(platform, "media/upload", Right.VERIFIED, token)
    file = request.files.get("media") if request.files else None
    if file is None:
        raise Refusal(41005, "media data missing")
    media = platform.media.add(request.args.get("type", ""), file.body, platform.now())
    return json_response(media.as_json())


def _note(platform: Platform, request: Request, path: str, errcode: int, errmsg: str, started: float) -> None:
    body = "" if path == "media/upload" else request.body[:BODY_SHOWN].decode("utf-8", "replace")
    touser = _TOUSER.search(body)
    noted = ApiCall(
        number=platform.journal.next_number("call"),
        at=platform.now(),
        path=path,
        errcode=errcode,
        errmsg=errmsg,
        milliseconds=round((time.monotonic() - started) * 1000),
        openid=touser.group(1) if touser else request.args.get("openid", ""),
        body=_SECRET.sub(r"\1…", body),
    )
    platform.journal.calls.append(noted)
    platform.journal.publish("call", noted.openid, noted.as_json)
