"""Short answers to a pushed message in words that mean something else in any other talk: 在候补, 老公在买, 说了一半, 看了一半."""

from __future__ import annotations

import re

from bot.reunion.follow_through import NO, NOT_YET, YES
from bot.text.plain import squash

_BEFORE = r"(?:我|我们|还|都|已经|现在|正|就|只|才|也|今天|昨天|昨晚|嗯|哦|唉|哎)*"
_AFTER = r"(?:了|呢|啊|呀|吧|的|哦|嘛|啦|着)*"
_OTHERS = r"(?:老公|老婆|他爸|她爸|孩子爸|孩子他爸|他妈|老乡|同事|朋友|工友|别人|家里人|弟弟|哥哥)"
_ELDERS = r"(?:(?:他|她|孩子|娃)的?)?(?:奶奶?|爷爷?|外婆|外公|姥姥|姥爷|婆婆|公公|老人家?|家里人?|我?妈|我?爸|老家)?"
_CHILD = r"(?:他|她|孩子|娃|小孩|儿子|女儿)?"
_HALF = r"了?(?:一半|一点点?|一些|一件|一句|几句|一会儿?|个开头)"

# Half done is begun: it is thanked for. Only half a lesson waits to be ended.
_ANSWERS: dict[str, tuple[tuple[str, str], ...]] = {
    "ticket_done": (
        (NOT_YET, r"在?(?:候补|排队|抢|刷)(?:票|中)?|(?:抢|买|订|刷)不(?:到|上)票?|没(?:有|得)?票|票没(?:有|得)?"),
        (NOT_YET, rf"{_OTHERS}(?:在|正|去|帮|给|我)*(?:买|抢|订|弄)票?"),
    ),
    "gift_done": (
        (YES, r"(?:快递|东西)?在路上|(?:寄|发)(?:出去?|回去?|走)|下好?单"),
        (YES, r"录(?:了|好了?)(?:一|两|几)?(?:段|条|个)?(?:语音|录音|视频)|写了一?封?信"),
        (YES, r"(?:给(?:他|她|孩子|娃|俩娃|儿子|女儿|闺女))?(?:买|挑|选|做|订|网购)了?(?:一|两|几)?(?:个|双|本|件|套|辆|只|条|盒|副|架|把|样|身|支|袋)[\u3400-\u9fff]{1,8}"),
        (NO, r"没钱买?|(?:太贵了?|没钱)?买不起"),
        # What the old people at home say goes; 家里有 is why.
        (NO, rf"{_ELDERS}(?:说|讲|叫我?|让我?|喊我?|劝我?)?(?:别|不要|不用|莫|甭|不必|用不着)(?:再|乱|瞎)?(?:买|花|破费|浪费)(?:了|东西|钱|礼物|玩具)*(?:家里|屋里|{_CHILD})(?:都|也|啥都|什么都)?(?:有|不缺)?"),
    ),
    "plan_done": (
        (YES, rf"(?:说|讲|聊|问|商量){_HALF}|{_CHILD}说(?:都行|都可以|都好|随便|随我)"),
        (YES, rf"(?:跟|和|同){_CHILD}们?(?:都|也)?(?:说|讲|聊|商量|问)(?:好|过|妥)?了(?:她|他|孩子|娃)?.{{0,12}}"),
        (NO, r"不(?:说|商量|问)"),
    ),
    "talk_done": (
        (YES, rf"(?:说|讲|聊|谢){_HALF}"),
        (NOT_YET, r"(?:说|讲)了(?:他们|老人)?也?(?:不听|没用|白说)|开不了口|张不开嘴|不好意思(?:说|开口)?|说不出口|不知道(?:怎么|咋|怎样)(?:说|开口)"),
        (NO, r"不说"),
    ),
    "activity_done": (
        (YES, rf"(?:今晚|昨|晚上|跟|和|陪|带|一起|{_OTHERS})*{_CHILD}(?:俩)?(?:一起)?(?:去)?(?:下|玩|打|踢|搭|画|放|拼|做|跳|讲|包|钓|逛|爬|骑|折|唱)了.{{0,8}}"),
        (YES, rf"(?:玩|做){_HALF}(?:就?不(?:玩|做|肯玩|想玩))?"),
        (NO, rf"{_CHILD}(?:不想|不肯|不愿意?|不爱)玩"),
    ),
    "safety_done": ((YES, rf"(?:说|讲|看|查|检查){_HALF}"), (NO, r"不说")),
    "lesson_done": ((NOT_YET, rf"(?:看|学|听){_HALF}"),),
}
# Said of whatever was asked.
_NOT_THIS_ONE = (NO, r"(?:这个|这样|这件|这事|那个)?(?:就|先|我)*不(?:弄|搞|整|做|买|打|玩)了?")
_READ = {
    expect: [(answer, re.compile(f"{_BEFORE}(?:{words}){_AFTER}")) for answer, words in (*answers, _NOT_THIS_ONE)]
    for expect, answers in _ANSWERS.items()
}
# Who does not know has not done it; asked for anything else these words mean that our answer was not the right one.
_UNSURE = re.compile(rf"{_BEFORE}(?:不知道|不清楚|不晓得|说不准|不一定|看情况|再看看?|再说|到时候再说|没想好){_AFTER}")


def read_answer(expect: str, text: str) -> str | None:
    """What a whole message answers to what was asked (`expect` of the campaign's step); None: nothing, or in plainer words."""
    said = squash(text)
    return next((answer for answer, pattern in _READ.get(expect, ()) if pattern.fullmatch(said)), None)


def is_unsure(text: str) -> bool:
    """Whether the message says that it is not known yet, and no more."""
    return bool(_UNSURE.fullmatch(squash(text)))
