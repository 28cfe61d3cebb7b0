"""What a recogniser finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(str, Enum):
    """The types of personal data; the values are the contract of `jiashu scrub`."""

    PERSON = "PERSON"
    NICKNAME = "NICKNAME"
    PHONE = "PHONE"
    ID_CARD = "ID_CARD"
    BANK_CARD = "BANK_CARD"
    WECHAT_ID = "WECHAT_ID"
    QQ = "QQ"
    EMAIL = "EMAIL"
    ADDRESS = "ADDRESS"
    SCHOOL = "SCHOOL"
    WORKPLACE = "WORKPLACE"
    PLATE = "PLATE"
    DATE_OF_BIRTH = "DATE_OF_BIRTH"
    URL_OR_TOKEN = "URL_OR_TOKEN"


CHILD = "孩子"
TEACHER = "老师"
# The word in a placeholder: 〈电话1〉. A name may also carry who it is: 〈孩子1〉, 〈老师1〉.
LABELS = {
    Kind.PERSON: "姓名",
    Kind.NICKNAME: "称呼",
    Kind.PHONE: "电话",
    Kind.ID_CARD: "证件",
    Kind.BANK_CARD: "银行卡",
    Kind.WECHAT_ID: "微信",
    Kind.QQ: "QQ",
    Kind.EMAIL: "邮箱",
    Kind.ADDRESS: "地址",
    Kind.SCHOOL: "学校",
    Kind.WORKPLACE: "单位",
    Kind.PLATE: "车牌",
    Kind.DATE_OF_BIRTH: "生日",
    Kind.URL_OR_TOKEN: "链接",
}


@dataclass(frozen=True)
class Found:
    """A hit in the folded text, characters `start` to `end` (exclusive); `role` is CHILD or TEACHER where it is known."""

    start: int
    end: int
    kind: Kind
    role: str = ""


@dataclass(frozen=True)
class Span:
    """A hit in the original text, characters `start` to `end` (exclusive)."""

    start: int
    end: int
    kind: Kind
