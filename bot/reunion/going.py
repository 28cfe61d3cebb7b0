"""Whether somebody goes, told without a word about a plan: 元旦我回老家一趟, 寒假娃过来跟我住, 今年不回去了, 算了还是要回."""

from __future__ import annotations

import re
from datetime import date

from bot.reunion.plain import CHILD, NOT_NOW, RESTORE, SAID_SO, START, is_made_of, words_of
from bot.text.dates import NUMBER, flat, read_day

# It will not be done: neither the journey nor what a reminder asked for.
STAY = "report_wont"
_LONGEST = 30
_ASKS = re.compile(r"怎么|咋|如何|为什么|为啥|要不要|能不能|该不该|好不好|是不是|会不会|吗|什么|多少|哪(?!天)|几(?!天)|要是|如果|万一|[?？]")
_CLAUSES = re.compile(r"[，。,；;！!\s]+")
_GOES = re.compile(r"回(?:趟|一趟)?(?:老?家|去|乡)|回[来去]?(?:看|陪|接)|到家|动身|探亲|回家|(?<=[号日初一二三四五六七八九十])(?:再|才|就)?回")
_COMES = re.compile(rf"(?:{'|'.join(CHILD)})们?.{{0,6}}(?:过来|上来|出来|来)|(?:接|带)(?:着|上)?(?:我)?(?:{'|'.join(CHILD)})们?.{{0,3}}来")
_TICKET = re.compile(r"票.{0,2}(?:买|抢|订)(?:到|好|上)?了|(?:买|抢|订)(?:到|好)了.{0,8}票")
_WISHES_CHILD_HERE = re.compile(r"想(?:着|把|让|叫)?(?:接|带|喊|让|把)")
_STAYS_HERE = re.compile("住|玩|待|呆|几天|过年|过节")
# What else is said of a journey: with whom, on leave, for how long, until when.
_BESIDES = words_of(
    "票 车票 火车票 高铁票 买了 抢到了 订好了 买到了 买好了 抢到 买到 订到 打算 准备 想 计划 决定 定了 商量 商量了 商量好了 我跟 跟 和 同 与 请 请了 请好 请到 请了假 请假 批了假 放假 放 一趟 趟 回趟 看 看看 看娃 看孩子 陪 陪陪 接 带 着 上 下 住 住几天 玩 玩几天 几天 过来 上来 出来",
    "休 休息 假 跟我们 我们 我这 我这儿 我这边 我那 城里 厂里 返厂 返工 上班 回厂 走 初 号 日 下午 上午 早上 晚上 中旬 上旬 下旬 底 前一天 后一天 两口子 一起 一家 先 大概 记 记个 不知道 哪天 能 左右 吧 过 在 从 开始 坐车 坐火车 过年 家 把 过来住 住上",
)
# 放三天, 请了三天假, 住两晚, 初六; and where to: 来东莞玩.
_SO_LONG = re.compile(rf"(?:放|休|待|住|玩|呆|请|陪)(?:了|上)?(?:{NUMBER}|半)个?(?:天|晚|周|星期|礼拜|月)假?|[住待玩呆]到(?:腊月|正月)?(?:初|廿)?{NUMBER}|(?<![前后]){NUMBER}(?:号|日|天)|初{NUMBER}|(?<=[来到回])[一-鿿]{{2}}(?=玩|住|过|看|$)")
_ANY_DAY = date(2026, 11, 23)
_NOT_GOING = re.compile(
    r"(?:今年|过年|春节|国庆|五一|中秋|元旦|暑假|寒假|放假|这次|这回|年前|节前|我|我们|咱|可能|怕是|估计|看来|又|也|就|都|是|真的|暂时|算了|唉)*"
    r"(?:不回(?:家|去|老家)?了|回不(?:去|成|了)(?:家)?了?|不能回(?:去|家)?了|走不(?:了|成|开)了?|没法回(?:去|家)?了?)(?:啊|哦|啦|吧|喽|咯|啰)*"
)
_SO_IT_IS = r"(?:算了|唉|想了想|想想|现在|老板|厂里|领导|组长|主管|松口了?|又?放人了?|又?批假了?|又?放假了?|准假了?|假批了?(?:下来)?了?|同意了?|我们?|咱|今年|过年|那|就)*"
_ABLE_AGAIN = re.compile(
    rf"{_SO_IT_IS}(?:又|还是)(?:说)?(?:能|可以|要|得|想|决定|打算|准备)回(?:去|家|老家|来)?(?:过年)?(?:了|吧|的|啦)*{_SO_IT_IS}"
)
# 奶奶说不用买了, to a reminder.
_NOT_NEEDED = re.compile(r"(?:他|她|孩子|娃)?(?:奶奶|爷爷|外婆|外公|姥姥|姥爷|老人|我妈|我爸|妈|爸|他|她|孩子|娃|家里|老婆|老公)(?:都|也)?(?:说|讲)(?:了)?(?:都|就)?(?:不用|别|不要|不必|甭|先别|先不)(?:再|给他|给她)*(?:买|带|寄|花钱|乱花钱|破费)(?:东西|礼物|啥|什么)?(?:了|的|啦)*")


def going_intent(text: str) -> str | None:
    """`START`, `STAY` or `RESTORE`; None: not told that plainly, or asked about."""
    said = flat(text)
    if not 4 <= len(said) <= _LONGEST or _ASKS.search(said):
        return None
    if _ABLE_AGAIN.fullmatch(said):
        return RESTORE
    if _NOT_NEEDED.fullmatch(said):
        return STAY
    if any(_NOT_GOING.fullmatch(clause) for clause in _CLAUSES.split(text)) and not _COMES.search(said):
        return STAY
    return START if _travels(said) else None


def _travels(said: str) -> bool:
    """A day and a journey, and nothing besides that could be the matter."""
    day = read_day(said, _ANY_DAY)
    if _WISHES_CHILD_HERE.search(said) and not _STAYS_HERE.search(said):
        # 暑假想接孩子来深圳: how, and what to think of, is asked first.
        return False
    ticket = _TICKET.search(said)
    if day is None or (NOT_NOW.search(said) and not ticket) or not (ticket or _GOES.search(said) or _COMES.search(said)):
        return False
    rest = _SO_LONG.sub("", said.replace(day.words, "", 1))
    return is_made_of(rest, SAID_SO | _BESIDES)
