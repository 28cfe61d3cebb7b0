"""News of a family that is told in so many words that only one thing can be meant: the child lives here now, the parents parted."""

from __future__ import annotations

import re

from bot.text.plain import squash

_LONGEST = 24
_CHILD = r"(?:孩子|娃儿?|小孩|儿子|女儿|闺女|宝宝|崽|老大|老二)们?"
_ASKS = re.compile(r"怎么|咋|如何|吗|要不要|能不能|该不该|为什么|好不好|想|要是|如果|万一|梦")
_NEWS = (
    ("tell_divorce", re.compile(r"我?(?:跟|和|同)(?:孩子|娃)?(?:他|她)?(?:爸爸?|妈妈?|老公|老婆|媳妇|男人|女人|对象)把?.{0,3}(?:手续办了|手续办完了|办了手续|办完手续|离了|扯了离婚证|散了|过不到一起了)(?:各过各的?了?|各走各的?了?)?")),
    ("tell_child_came", re.compile(rf"(?:我)?{_CHILD}[^不没别]{{0,7}}(?:跟|和|同)(?:我|我们)(?:(?:一块儿?|一起)住|住(?:在)?(?:一块儿?|一起|这边)?)(?:了|啦)")),
    ("tell_child_came", re.compile(r"我?(?:辞工|辞职|辞了工|辞了职|不干了)回(?:来|家|老家)(?:带|陪|看|守)(?:孩子|娃)了?(?:以后|往后|再也)?(?:不(?:再)?(?:出去|走|外出)了)?")),
)


def news_intent(text: str) -> str | None:
    """`tell_divorce` or `tell_child_came`; None: not told that plainly, or asked about."""
    said = squash(text)
    if len(said) > _LONGEST or _ASKS.search(said):
        return None
    return next((intent for intent, pattern in _NEWS if pattern.fullmatch(said)), None)
