"""E-mail addresses. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy.recognisers import email
from tests.privacy.marked import found

HITS = [
    "【zhangwei@163.com】",
    "发我邮箱【1234567@qq.com】吧",
    "【li.na_88@foxmail.com】",
    "【a+b@mail.example.com.cn】",
    "【1234567#qq.com】",
    "【wang艾特163.com】",
    "【abc＠qq.com】",
    "邮件地址【hejun.work@foxmail.com】打不开",
    "【luo1992 @ 126.com】",
    "【tan_xiaoyu#163.com】这样写",
    "【abc at qq.com】",
]
NEAR_MISSES = [
    "@所有人",
    "老师@我了",
    "邮箱是啥",
    "3@5",
    "look at this",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(email.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(email.find, case) == case
