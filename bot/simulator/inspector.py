"""/sim for reading the platform: its state, what it delivered and what the account called."""

from __future__ import annotations

import asyncio

from sanic import Blueprint, Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.simulator.menu import read_menu
from bot.simulator.platform import Platform

LISTED = 200


def inspector(platform: Platform) -> Blueprint:
    """The blueprint of what the platform shows."""
    blueprint = Blueprint("sim_platform", url_prefix="/sim")

    @blueprint.get("/state")
    async def state(_: Request) -> HTTPResponse:
        await refresh_menu(platform)
        return json_response(platform.state())

    @blueprint.get("/deliveries")
    async def deliveries(request: Request) -> HTTPResponse:
        openid = request.args.get("openid", "")
        chosen = [one.as_json() for one in platform.journal.deliveries if openid in {"", one.openid}]
        return json_response(chosen[-LISTED:])

    @blueprint.get("/calls")
    async def calls(_: Request) -> HTTPResponse:
        return json_response([one.as_json() for one in platform.journal.calls][-LISTED:])

    return blueprint


async def refresh_menu(platform: Platform) -> None:
    """Until a menu was pushed, show the one that the content folder holds."""
    if platform.menu_pushed or platform.config.content is None:
        return
    menu = await asyncio.to_thread(read_menu, platform.config.content / "menu.yml")
    if not platform.menu_pushed:
        platform.menu = menu
