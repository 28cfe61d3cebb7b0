"""WeChat ids. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy.recognisers import wechat_id
from tests.privacy.marked import found

HITS = [
    "微信号【wang_xiu88】",
    "加我微信：【lihua1990】",
    "vx 【zhang-wei007】",
    "v信【mama520520】",
    "威信【xiaofang66】",
    "【wxid_8f3k2l1m9xz】",
    "【teacherliu88】是我的微信",
    "加我【abc12345】",
    "微信【123456789】",
    "vx【zhang88】",
    "加微【lucy_2021】",
    "加个微信吧【lisi_520】",
    "我微信号换了，新的是【newid_2024】",
    "我微【chenjie-8899】谢谢",
    "我的薇x是【Abc19880706】",
    "绿泡泡【a1847263】",
    "加下孩子爸【hubei-lao-w】",
    "+v【tang0618】",
    "我 w x 【chun_0203】",
    "vx是小写的【ab_cd_01】",
    "V芯：【mei9527】",
    "我号是【jj8812345】 微信的",
    "我威❤【LY20130909】",
    "加了【lily-english9】说是教英语的",
    "wei信号：【ffyy_5201】",
    "把我拉进群，【guixiang1212】",
    "【ab_cd12】",
    "老师的v【lixue_teacher】",
    "【huang-xiaoli】",
]
NEAR_MISSES = [
    "t-shirt",
    "iphone15",
    "微信视频卡",
    "微信怎么加好友",
    "微信iphone版",
    "微信支付20元",
    "WeChat怎么用",
    "用app学英语",
    "加个微信吧",
    "vx怎么注册",
    "微信步数比我多wi-fi也好",
    "微信里redmi9a卡",
    "拉我进群要vivox60吗",
    "加我k-pop",
    "B超ct2要不要",
    "Redmi9打不开",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(wechat_id.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(wechat_id.find, case) == case
