"""WeChat ids: 6 to 20 letters, digits, _ and -, beginning with a letter; wxid_… is given by WeChat.

https://kf.qq.com (how to set a WeChat id)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.spans import Found, Kind

GIVEN = re.compile(r"(?<![A-Za-z0-9])wxid_[A-Za-z0-9]{6,20}", re.IGNORECASE)
_NAME = r"(?:微 ?信|徽信|微❤|薇❤|V❤|v❤|威信|薇信|维信|微讯|(?<=[我的他她加])[微薇徽]|卫星|v信|V信|wei ?xin|(?<![A-Za-z])(?:vx|wx|wechat|v)(?![A-Za-z])|(?<![A-Za-z])[vw]x(?=[a-z]{1,15}[0-9_-])|抖音|快手|小红书)"
_LINK = r"(?:号码?|账号|帐号|id|名|上)?(?:还?是|就是|为|叫|改成了?|换成了?|加|吧|搜索?|换了|新的|[:：=，, \"“]|我的|他的|她的|也是|这个|一下|下|我){0,5}"
_ID = r"(?P<id>[A-Za-z][A-Za-z0-9_-]{4,19}|[1-9][0-9]{5,10})(?![A-Za-z0-9_-])"
BEFORE = re.compile(rf"{_NAME}{_LINK}{_ID}", re.IGNORECASE)
ADD = re.compile(
    r"(?:加我|加一下我|加他|加她|加下|加[个一]?[微薇徽]|搜我?)(?:[:：，, ]|号|就行|吧|好友)*(?P<id>(?=[A-Za-z_-]*[0-9])[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])"
)
AFTER = re.compile(
    r"(?<![A-Za-z0-9_-])(?P<id>[A-Za-z][A-Za-z0-9_-]{5,19})(?:，|,| )?(?:这个)?(?:就?是)(?:我|他|她|老师|孩子|娃)?的?(?:微信|v信|vx|wx)",
    re.IGNORECASE,
)
# Words that stand beside 微信 without being an id.
_WORDS = re.compile(
    r"(?:iphone|android|windows|wechat|weixin|huawei|xiaomi|oppo|vivo|app|wifi|video|hello|please|thank|group|login|error|https?)\w*",
    re.IGNORECASE,
)


def validate(value: str) -> bool:
    """Whether `value` can be an id and is no common word."""
    return 5 <= len(value) <= 20 and not _WORDS.fullmatch(value)


def find(heard: Heard) -> Iterator[Found]:
    """Ids beside 微信 and its other spellings, and wxid_… anywhere."""
    for match in GIVEN.finditer(heard.text):
        yield Found(match.start(), match.end(), Kind.WECHAT_ID)
    for pattern in (BEFORE, ADD, AFTER):
        for match in pattern.finditer(heard.text):
            if validate(match["id"]):
                yield Found(*match.span("id"), Kind.WECHAT_ID)
