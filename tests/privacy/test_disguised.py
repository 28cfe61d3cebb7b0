"""Numbers and places that are spoken, spread, or broken by signs, pictures and lines."""

from __future__ import annotations

import pytest

from bot.privacy import Kind, Scrubber

HITS = [
    (Kind.PHONE, "【腰三八零零一二四四五六】"),
    (Kind.PHONE, "【幺三八，零零幺二，四四五六】"),
    (Kind.PHONE, "手机【138\n0012\n4456】"),
    (Kind.PHONE, "【138*0012*4456】"),
    (Kind.PHONE, "【138📞0012📞4456】"),
    (Kind.PHONE, "【１３８－００１２－４４５６】"),
    (Kind.PHONE, "微信同号【13800124456】"),
    (Kind.QQ, "扣扣【二七五四九零一八三六】"),
    (Kind.QQ, "Q Q 【275490183】"),
    (Kind.QQ, "扣 扣【275490183】"),
    (Kind.WECHAT_ID, "微 信【lihua8821】"),
    (Kind.WECHAT_ID, "薇信：【lihua_8821】"),
    (Kind.PLATE, "车牌【粤 B 7 K 3 8 2】"),
    (Kind.DATE_OF_BIRTH, "生日【0312】"),
    (Kind.DATE_OF_BIRTH, "生日：【3.12】"),
    (Kind.DATE_OF_BIRTH, "出生【16.3.12】"),
    (Kind.ADDRESS, "寄到【贵州省毕节市纳雍县猫场镇兴隆村委会】"),
    (Kind.ADDRESS, "包裹放【阳光小区2栋1单元302】"),
    (Kind.ADDRESS, "娃在【李家坪组】外婆家"),
    (Kind.WORKPLACE, "我是【宁德时代】的"),
    (Kind.WORKPLACE, "老公是【中铁十二局】的"),
]
NEAR_MISSES = [
    "生日蛋糕1200块",
    "生日送了3.5斤苹果",
    "过生日11.11打折",
    "2011年11月10日以后出生的女孩",
    "年龄分别是13 14 15 16 17 18",
    "社区的爱心托管班",
    "一起做顿家乡饭",
    "去人社局官网查",
    "为什么三五天就病",
]


@pytest.fixture(scope="module")
def scrubber() -> Scrubber:
    return Scrubber()


@pytest.mark.parametrize(("kind", "case"), HITS)
def test_it_goes_whole(kind: Kind, case: str, scrubber: Scrubber) -> None:
    start, end = case.index("【"), case.index("】") - 1
    spans = scrubber.scrub(case.replace("【", "").replace("】", "")).spans

    assert [(span.start, span.end, span.kind) for span in spans] == [(start, end, kind)]


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_it_stays(text: str, scrubber: Scrubber) -> None:
    assert scrubber.scrub(text).spans == ()
