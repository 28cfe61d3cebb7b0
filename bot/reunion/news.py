"""News of a family that is told in so many words that only one thing can be meant: the child lives here now, the parents parted."""

from __future__ import annotations

import re

from bot.text.plain import squash

_LONGEST = 24
_CHILD = r"(?:孩子|娃儿?|小孩|儿子|女儿|闺女|宝宝|崽|老大|老二)们?"
_OLD = r"(?:爷爷|奶奶|外公|外婆|姥姥|姥爷|公公|婆婆|老人家?|太奶|太爷|祖父|祖母|岳父|岳母)"
_SPOUSE = r"(?:妈妈?|爸爸?|老婆|媳妇|老公|男人|女人|爹|娘)"
_SINCE = r"(?:今天|昨天|昨晚|前天|前几天|前不久|刚刚?|上个?(?:月|周|星期)|去年|今年|这个?月|早上|夜里|突然|也)*"
_LEFT_WORK = re.compile(
    r"(?:我|现在|已经|上个?月|这个?月|昨天|今天|刚)*(?:不(?:在|去)?(?:这个|那个|那家|这家)?(?:厂里?|厂子|工厂|工地|公司|店里?)(?:上班|干活|干|做)?了|(?:从|离开)(?:厂里?|厂子|公司)(?:出来|走|了)*了"
    r"|(?:把)?(?:厂里?的?)?(?:工作|工|活|班)?(?:辞了|不干了|辞掉了)|辞[工职]了?|被(?:厂里)?(?:裁|辞退|开除|炒)了?)(?:啊|哦|啦)*"
)
_ASKS = re.compile(r"怎么|咋|如何|吗|要不要|能不能|该不该|为什么|好不好|想|要是|如果|万一|梦")
_NEWS = (
    ("tell_divorce", re.compile(r"我?(?:跟|和|同)(?:孩子|娃)?(?:他|她)?(?:爸爸?|妈妈?|老公|老婆|媳妇|男人|女人|对象)把?.{0,3}(?:手续办了|手续办完了|办了手续|办完手续|离了|扯了离婚证|散了|过不到一起了)(?:各过各的?了?|各走各的?了?)?")),
    ("tell_divorce", re.compile(rf"(?:我们|我|跟)*(?:两口子|夫妻俩?|俩|和?(?:他|她|孩子|娃)*{_SPOUSE})(?:已经|现在)?(?:分开(?:过|住)?|分居|各过各的)了")),
    ("tell_child_came", re.compile(rf"(?:我)?{_CHILD}[^不没别]{{0,7}}(?:跟|和|同)(?:我|我们)(?:(?:一块儿?|一起)住|住(?:在)?(?:一块儿?|一起|这边)?)(?:了|啦)")),
    ("tell_child_came", re.compile(r"我?(?:辞工|辞职|辞了工|辞了职|不干了)回(?:来|家|老家)(?:带|陪|看|守)(?:孩子|娃)了?(?:以后|往后|再也)?(?:不(?:再)?(?:出去|走|外出)了)?")),
)


def left_work(text: str) -> bool:
    """Whether the parent works in that factory no longer: 不在厂里干了. A shift that was told holds no longer either."""
    return bool(_LEFT_WORK.fullmatch(squash(text)))


def is_about_grown_ups(text: str) -> str | None:
    """他爷爷走了, 娃他妈跟人跑了: `tell_death` or `tell_divorce`, of words that a child's running away is told with, too."""
    said = squash(text)
    if re.fullmatch(rf"(?:我家?|我们家?|孩子|娃|他|她|老家|家里|的)*{_OLD}{_SINCE}(?:走|没)了(?:啊|唉)*", said):
        return "tell_death"
    left = re.fullmatch(rf"(?:我家?|孩子|娃|他|她|的)*{_SPOUSE}{_SINCE}跟(?:着)?(?:人|别人|别的?(?:男|女)人|野男人|网友|相好的?|老乡)(?:家)?(?:跑|走|过)了(?:啊|唉)*", said)
    return "tell_divorce" if left else None


def news_intent(text: str) -> str | None:
    """`tell_divorce` or `tell_child_came`; None: not told that plainly, or asked about."""
    said = squash(text)
    if len(said) > _LONGEST or _ASKS.search(said):
        return None
    return next((intent for intent, pattern in _NEWS if pattern.fullmatch(said)), None)
