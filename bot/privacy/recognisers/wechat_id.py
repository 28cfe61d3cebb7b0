"""WeChat ids: 6 to 20 letters, digits, _ and -, beginning with a letter; wxid_… is given by WeChat.

https://kf.qq.com (how to set a WeChat id)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.spans import Found, Kind

GIVEN = re.compile(r"(?<![A-Za-z0-9])wxid_[A-Za-z0-9]{6,20}", re.IGNORECASE)
_NAME = r"(?:微 ?信|徽信|微❤|薇❤|V❤|v❤|威信|威❤|w信|wei信|薇信|维信|微讯|[微薇v][芯心星x]|(?<=[我的他她加])[微薇徽]|(?<![\u4e00-\u9fff])[微薇徽](?=[:： ])|绿泡泡|卫星|v信|V信|wei ?xin|(?<![A-Za-z])(?:v ?x|w ?x|wechat|v)(?![A-Za-z])|(?<![A-Za-z])(?:[vw]x|wechat)(?=[a-z]{1,15}[0-9_-])|(?<=[的我他她加])v(?=[a-z]{2,15}[0-9_-])|\+v|抖音|快手|小红书)"
_LINK = r"(?: ?号码?|账号|帐号|id|名|上|[小大新旧]号)?(?:还?是|就是|为|叫|改成了?|换成了?|加|吧|搜索?|换了|新的|[小大]写的?|[:：=，, \"“]|我的|他的|她的|也是|这个|一下|下|我){0,5}"
_ID = r"(?P<id>[A-Za-z](?:[A-Za-z0-9_-]|\.(?=[a-z0-9])){4,19}|[1-9][0-9]{5,10})(?![A-Za-z0-9_-])"
BEFORE = re.compile(rf"{_NAME}{_LINK}{_ID}", re.IGNORECASE)
ADD = re.compile(
    r"(?:加我|加一下我|加他|加她|加下|加[个一]?[微薇徽]|搜我?)(?:[:：，, ]|号|就行|吧|好友)*(?P<id>(?=[A-Za-z_-]*[0-9])[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])"
)
AFTER = re.compile(
    r"(?<![A-Za-z0-9_-])(?P<id>[A-Za-z][A-Za-z0-9_-]{5,19})(?:，|,| )?(?:这个)?(?:就?是)(?:我|他|她|老师|孩子|娃)?的?(?:微信|v信|vx|wx)",
    re.IGNORECASE,
)
# Where somebody is to be added or WeChat is spoken of, whatever is made like an id is one, wherever it stands: 加下孩子爸hunan-lao-k.
SPOKEN_OF = re.compile(
    r"微 ?信|[微薇徽v][信❤芯心星]|绿泡泡|(?<![A-Za-z])(?:vx|wx|wechat|weixin)|[加\+][vV微薇我他她下你]|加(?:一下|个|孩子|老师|好友)|好友|搜|我号|号是|[小大]号|抖音|快手|小红书|视频号|陌陌|拉[我你]|通过|进群|群主|加了?(?=[A-Za-z])",
    re.IGNORECASE,
)
# With a figure or a sign in it, or else it is a word. A sign alone is not enough in a short one: wi-fi, e-mail.
MADE = re.compile(
    r"(?<![A-Za-z0-9_.@/:-])(?P<id>(?=[A-Za-z_-]*[0-9]|[A-Za-z]+[_-][A-Za-z]|[A-Za-z]*_)[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_@-]|\.[A-Za-z])"
)
# Words that stand beside 微信 without being an id.
_WORDS = re.compile(
    r"(?:qq\d|iphone|ipad|android|windows|wechat|weixin|huawei|xiaomi|redmi|honor|galaxy|mate|nova|oppo|vivo|app|wi-?fi|video|hello|please|thank|group|login|error|https?|covid|e-mail|t-shirt|x-ray)[\w-]*",
    re.IGNORECASE,
)
# Nothing else is made so: letters and three figures, or a low line. Of the questions of the lessons none holds one.
_PLAINLY = re.compile(r"_|^[a-z]{2,}[0-9]{3,}$")
# SF1234567890123 is a parcel.
_PARCEL = re.compile(r"[A-Z]{1,4}\d{6,}")


def validate(value: str) -> bool:
    """Whether `value` can be an id and is no common word."""
    return 5 <= len(value) <= 20 and not _WORDS.fullmatch(value)


def find(heard: Heard) -> Iterator[Found]:
    """Ids beside 微信 and its other spellings, and wxid_… anywhere."""
    for match in GIVEN.finditer(heard.text):
        yield Found(match.start(), match.end(), Kind.WECHAT_ID)
    taken: set[int] = set()
    for pattern in (BEFORE, ADD, AFTER):
        for match in pattern.finditer(heard.text):
            if validate(match["id"]):
                taken.update(range(*match.span("id")))
                yield Found(*match.span("id"), Kind.WECHAT_ID)
    for match in MADE.finditer(heard.text):
        made = validate(match["id"]) and not _PARCEL.fullmatch(match["id"])
        # Sent with nothing else, it answers the question for it.
        told = _PLAINLY.search(match["id"]) or SPOKEN_OF.search(heard.text) or match["id"] == heard.text.strip()
        if made and match.end() - 1 not in taken and told:
            yield Found(*match.span("id"), Kind.WECHAT_ID)
