"""What went wrong, in plain words, as a page or as JSON."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

HEADINGS = {
    400: ("还要改一改", "请按后退键，改一改再试。"),
    401: ("请先登录", "登录过期了。"),
    403: ("这里进不去", "您的角色打不开这一页。"),
    404: ("没有这一页", "地址可能写错了，或者它已经被删掉了。"),
    405: ("这里不能这样做", "请从左边的菜单重新进去。"),
    409: ("别人刚刚也动了", "请刷新看看最新的，再做一次。"),
    413: ("东西太大了", "请换一个小一点的文件。"),
    429: ("试得太多了", "请等一会儿再来。"),
    500: ("我们这边出错了", "已经记下来了，请过一会儿再试；还是不行，请告诉管理员。"),
    503: ("现在用不了", "请过一分钟再试。"),
}


class DeskError(Exception):
    """A request that cannot be served: HTTP `status` and what to do, in Chinese."""

    def __init__(self, status: int, sentence: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def answer(request: Request, status: int, sentence: str) -> HTTPResponse:
    """The error as the page wants it."""
    heading, usual = HEADINGS.get(status, HEADINGS[500 if status >= 500 else 400])
    page = getattr(request.ctx, "page", None)
    if page is not None and page.json:
        return json_response({"error": sentence or usual}, status=status, ensure_ascii=False)
    from bot.desk.web import render  # here: the templates' module needs this one's exception

    return render(request, "shell/error.html", status=status, title=heading, sentence=sentence or usual)
