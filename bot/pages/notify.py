"""允许通知: where a parent allows one subscription notification (订阅通知) at a time, in WeChat's own browser.

The button is WeChat's open tag wx-open-subscribe (https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_Open_Tag.html);
what was tapped comes to the callback as subscribe_msg_popup_event, so this page learns and keeps nothing of anybody.
"""

from __future__ import annotations

import re

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.pages.respond import OWN, sent
from bot.pages.templates import render

# The tag draws itself in a frame of WeChat's and styles it inside the page; the page on open tags asks for this frame-src.
_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https://*.qq.com; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'; script-src 'self' https://res.wx.qq.com; connect-src 'self'; "
    "frame-src https://*.qq.com webcompt:"
)
# Ids of templates as WeChat makes them; anything else would be a slip in the settings, and has no place in HTML.
_TEMPLATE = re.compile(r"[\w-]{20,64}", re.ASCII)


def blueprint() -> Blueprint:
    """/notify."""
    made = Blueprint("pages_notify")

    @made.get("/notify")
    async def notify(request: Request) -> HTTPResponse:
        template = template_id() if request.app.ctx.share else ""
        # Our share.js would configure the SDK a second time, without the tag.
        html = render("notify.html", {"path": request.path, "sharing": False, "template": template})
        headers = {"Content-Security-Policy": _POLICY}
        return sent(request, html.encode(), "text/html; charset=utf-8", OWN, 200, headers)

    return made


def template_id() -> str:
    """The template that parents may allow; "" for an account that can send none."""
    settings = services.settings()
    template = settings.wechat_subscription_template
    return template if settings.wechat_account == "service" and _TEMPLATE.fullmatch(template) else ""
