"""Links and secrets. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy.recognisers import link
from tests.privacy.marked import found

HITS = [
    "【https://mp.weixin.qq.com/s/abcd1234】",
    "看【http://t.cn/A6xyz】，是不是骗人",
    "【www.example.com/login?uid=889】",
    "【dwz.cn/abc123】叫我点",
    "验证码【839201】",
    "验证码是【4471】",
    "【482913】是验证码",
    "密码是【lele2016】",
    "【eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOjF9.abc_def123】",
    "复制【￥CZ0001abXy12￥】打开",
    "会议号【123 456 789】",
    "取件码【7-1-2046】",
    "班级码【K7D92X】加入钉钉",
    "腾讯会议【123 456 789】",
    "【sk-abcdefghijklmnopqrstuvwx】",
    "验证码【582 014】",
    "动态码【九三七二零四】",
    "登录名【hfx2016】",
    "校验码【77 20 91】",
    "入班码【KQ82M】",
    "会议【518 293 746】",
    "打开拼多多【₴kx82LmQ93₴】",
]
NEAR_MISSES = [
    "密码忘了",
    "验证码收不到",
    "链接打不开",
    "版本1.2.3",
    "花了3.5元.",
    "A.B.C三个选项",
    "第2.5节",
    "班级码在哪看",
    "账号4402被冻结了",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(link.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(link.find, case) == case
