"""What staff write themselves: no number or address of a person goes into a note or a wish."""

from __future__ import annotations

from bot.desk.errors import DeskError
from bot.privacy import Kind, ScrubError, scrubber

# Names are left alone: staff write of each other.
_HARD = {
    Kind.PHONE: "电话",
    Kind.ID_CARD: "证件号",
    Kind.BANK_CARD: "银行卡号",
    Kind.WECHAT_ID: "微信号",
    Kind.QQ: "QQ 号",
    Kind.EMAIL: "邮箱",
    Kind.ADDRESS: "地址",
    Kind.PLATE: "车牌",
}


def check(text: str) -> None:
    """Look through what a colleague wrote.

    Raises:
        DeskError: it holds something that leads to a person, or cannot be looked through.
    """
    try:
        found = {_HARD[span.kind] for span in scrubber().scrub(text).spans if span.kind in _HARD}
    except ScrubError as error:
        raise DeskError(503, "现在没法检查有没有个人信息，所以没有保存。请过一会儿再试，或者告诉管理员。") from error
    if found:
        raise DeskError(400, f"这里面像是有{'、'.join(sorted(found))}。请按后退键去掉它，再保存。")
