"""Links, and the secrets that people paste: codes, passwords, keys. RFC 3986: https://www.rfc-editor.org/rfc/rfc3986"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.spans import Found, Kind

_TOP = "com|cn|net|org|edu|gov|top|xyz|vip|cc|me|io|tv|info|site|shop|club|online|app|link|ly|im|co|work|live|ltd|store|wang|hk|tw"
_PATH = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]"
URL = re.compile(rf"(?:https?|ftp|weixin|wxp|alipays?)://{_PATH}+", re.IGNORECASE)
BARE = re.compile(
    rf"(?<![A-Za-z0-9@._-])(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.)+(?:{_TOP})(?![A-Za-z0-9])(?::\d{{2,5}})?(?:[/?#]{_PATH}*)?",
    re.IGNORECASE,
)
# 复制这条 ￥CZ0001 xK2p￥: the codes that shops make.
SHOP_CODE = re.compile(r"\d?([¥￥$€£₤₴₵₳₰#/])(?=[A-Za-z0-9]*[A-Za-z])(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{8,16}\1")
# Long runs of mixed letters and digits are keys; words and numbers are not mixed.
KEY = re.compile(
    r"(?<![A-Za-z0-9])(?!wxid_)(?:sk-[A-Za-z0-9_-]{20,}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+)?"
    r"|(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_-]{18,}[A-Za-z0-9=]*)"
)
SAID = re.compile(
    r"(?:验证码|短信码|短信验证码|校验码|动态码|密码|口令|提取码|邀请码|班级码|入会码|入群码|激活码|兑换码|取件码|取货码|识别码|[入进加]班码|[入进加]群码|会议(?:号|ID|室号?)?|腾讯会议|钉钉群号|token|access_token|密钥|pin码?|护照号?|准考证号?|[社医]保卡?号|wifi密码)"
    r"(?:还?是|为|填|输入?|发?给?[你我他]?|[:：=，, ])*(?P<code>(?:\d{3}[ -]){1,2}\d{3,4}(?!\d)|\d{2} \d{2} \d{2}(?!\d)|[零〇一二三四五六七八九幺]{4,8}(?![十百千万个年月岁])|[A-Za-z0-9][A-Za-z0-9@!_.#-]{3,39})",
    re.IGNORECASE,
)
# 学习通账号20230517062密码…: an account with a password is none of a bank.
_ACCOUNT_OF = re.compile(r"(?:学习通|钉钉|平台|登录|网课|软件|系统|app|作业帮|游戏|雨课堂)[^，,。0-9]{0,4}[账帐]号(?:是|[:： ])?(?P<code>\d{5,14})(?!\d)|[账帐]号(?:是|[:： ])?(?P<other>\d{5,14})(?=[，, ]?密码)", re.IGNORECASE)
SAID_AFTER = re.compile(
    r"(?<![A-Za-z0-9])(?P<code>\d{4,8})(?=(?:这个|这|就)?是?(?:我的|你的)?(?:验证码|校验码|提取码|取件码|密码))"
)
# An account of no bank has a letter in its name.
ACCOUNT = re.compile(
    r"(?:登录名|登陆名|用户名|账号|帐号|账户|游戏(?:id|号))(?:还?是|为|[:：=，, ])*(?P<code>(?=[0-9_.-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9@!_.#-]{3,39})", re.IGNORECASE
)
_END = re.compile(r"[.,;:!?'\")\]]+$")


def find(heard: Heard) -> Iterator[Found]:
    """Every link and secret."""
    for pattern in (URL, BARE):
        for match in pattern.finditer(heard.text):
            yield Found(match.start(), match.start() + len(_END.sub("", match.group())), Kind.URL_OR_TOKEN)
    for pattern in (SHOP_CODE, KEY):
        for match in pattern.finditer(heard.text):
            yield Found(match.start(), match.end(), Kind.URL_OR_TOKEN)
    for match in _ACCOUNT_OF.finditer(heard.text):
        yield Found(*match.span("code" if match["code"] else "other"), Kind.URL_OR_TOKEN)
    for pattern in (SAID, SAID_AFTER, ACCOUNT):
        for match in pattern.finditer(heard.text):
            yield Found(*match.span("code"), Kind.URL_OR_TOKEN)
