"""Telephone numbers: mobiles however written, landlines, and the public lines that stay. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy.recognisers import phone
from tests.privacy.marked import found

HITS = [
    "我电话【13800138000】",
    "手机号【138 0013 8000】方便打给我",
    "【138-0013-8000】",
    "【138.0013.8000】",
    "【+86 13800138000】",
    "【0086 138 0013 8000】",
    "【(+86)13800138000】",
    "电话【１３８００１３８０００】",
    "号码【1️⃣3️⃣800138000】",
    "【幺三八零零幺三八零零零】",
    "一三八吧不对是【一三九，零零一三，八零零零】",
    "【一三八零零一三八零零零】",
    "手机【138零零一三八零零零】",
    "【138\u200b0013\u200b8000】",
    "【1 3 8 0 0 1 3 8 0 0 0】",
    "座机【0755-27881234】",
    "【(0738)8221234】",
    "【020 83456789】",
    "【0738-8221234转801】",
    "家里电话【8221234】",
    "电话少了一位【1380013800】",
    "香港【+852 9123 4567】",
    "老师【13900001111】，我【13700002222】",
    "座机【0731-8765432】",
    "【(0731)8765432】",
    "【15o27386441】",
]
NEAR_MISSES = [
    "打12355有用吗",
    "110和120哪个先打",
    "妇联12338，心理12356，青少年12355",
    "400-161-9995打不通",
    "北京010-82951332能打吗",
    "10086催缴",
    "95588来电话",
    "12345678901",
    "一天23456789步",
    "订单20240315123456789",
    "发了13800块工资",
    "身高138厘米",
    "2024年12月3日13点14分",
    "1 2 3 4 5 6 7 8 9 10",
    "比分138比138",
    "一三五上班二四六休息",
    "13、14、15、16、17、1号都行",
    "发票号码12345678",
    "圆周率3.14159265358",
    "比分0731-87",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(phone.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(phone.find, case) == case
