"""What is told of a journey that is planned: 我晚三天, 换成老婆带孩子过来, 只请到四天假, 厂里不放人. Read in common words (content/everyday.yml).

Only where there is a plan: without one 缓缓 and 早点回 are said of anything. A message that speaks of more than the journey is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.everyday.words import JOURNEY, common, unknown_in
from bot.reunion.bare_days import near_plan
from bot.reunion.moving import is_vague, moved_by, new_first_day, new_last_day
from bot.reunion.plans import CHILD_COMES, ELSEWHERE, GO_HOME, Plan
from bot.text.dates import NUMBER, read_day
from bot.text.numerals import read_numeral

# To move by so many days or to a day, to stay so many, another traveller, called off, perhaps called off, held back, another day that is not said.
MOVE, DAYS, WAY, OFF, PERHAPS_OFF, HELD, OTHER_DAY = "move", "days", "way", "off", "perhaps_off", "held", "other_day"
# Nothing changes, and that is told.
KEEP = "keep"
_LONGEST = 32
# Messages are stopped and put off, too; and it is the child that is ill.
_NO_JOURNEY = re.compile(r"别|莫|甭|发(?!车)|提醒|消息|推送|孩子.{0,3}(?:病|烧|疼|痛|吐|咳|拉|摔)")
_ASKS = re.compile(r"怎么|咋|如何|为什么|为啥|要不要|能不能|该不该|好不好|是不是|会不会|吗|什么|多少|哪(?!天|日)|几[点岁]|万一|如果|要是|行不行|啥")
# What a child, or who looks after it, says, feels or does is another matter.
_OF_THEM = re.compile(r"(?:孩子|大人)(?!.{0,6}(?:过来|回|带|一起)).{0,3}(?:说|问|讲|哭|闹|想|怕|不(?!来了|回了|过来)|睡|吃|走|发)|不要我|作业|发烧|睡|开口|认我|说话|疫苗|学会|长|断奶|电话|视频")
_UNIT = r"个?(?:周|星期|礼拜|月|天|日|晚|夜)"
_AMOUNT = rf"(?:{NUMBER}|半|几|俩){_UNIT}(?:把)?"
_MOVED = re.compile(rf"(?P<way>推迟|提前)(?:了|个|到|回|走|过来|一|大概|再|还)*(?P<amount>{_AMOUNT})")
_SO_LONG = re.compile(rf"(?:只|能|请|批|准|给|有|住|得|到|了|放|在家过)+(?:住|请|到|了|我)*(?P<n>{NUMBER}){_UNIT}(?:假|就)?")
_AFTER_A_FEAST = re.compile(r"过完?(?P<day>元宵|正月十五|十五|初[一二三四五六七八九十])(?:再|只)走")
_ABOUT_STAYING = re.compile("住|假|只|家过")
_DAY = rf"(?:(?:腊月|正月|农历|年前|大年|年|{NUMBER}月)?(?:初{NUMBER}|廿{NUMBER}|{NUMBER}[号日]|二十[一二三四五六七八九]?|三十|十[一二三四五六七八九])(?!{_UNIT}|[点岁块一二三四五六七八九])(?:[号日])?)"
_DAYS = re.compile(_DAY)
# 没抢到二十八的, 不是二十八: the day that it is not.
_NOT_THAT = re.compile(rf"(?:没抢到|没买到|没有|不是|抢不到|买不到|没得|冇得|走不开|原来|本来|原先)(?:票)?{_DAY}|{_DAY}(?:的|那天)?(?:走不开|不行|没有|没票|值班|要上班|不能)")
_ANOTHER_DAY = re.compile("推迟|提前|改|只|抢到|买到")
_NEAR = re.compile(r"以后|之后|左右|前后|过后|以前|之前")
_SURE_OF_DAY = re.compile(r"改|走|到家|回|过来|抢到|买到|票")
_JOURNEY_AT_ALL = re.compile(r"改到|走|到|回|过来|抢到|买到|票|放|假|可能|不行")
_TRAVELS = re.compile(r"(?<!不)(?:回|走)|到家|票|孩子.{0,4}(?:过来|到)")
_PUT_OFF = re.compile(r"推[迟后延了]|再推|延|往[后前]|向后|提[前早]|缓缓|缓一缓|缓先|改|变|挪|拖|等等")
_ABOUT_LEAVE = re.compile("假|计划|走不开|可能|票|行程")
_AT_WORK = re.compile(r"厂|老板|车间|年前|过年|放|回|走|票|假")
_LEAVES_AGAIN = re.compile(r"(?:只|要|得|又)+.{0,3}(?:走|返厂|回厂|返工|上班|开工)|回厂|返厂|返工|开工|上班")
_THEY_COME = re.compile(r"(?:大人|孩子).{0,8}过来|大人.{0,3}接")
_I_GO = re.compile(r"我.{0,3}(?:回|走)|(?:还是|改)回")
_INSTEAD = re.compile(r"改到|还是|换|改|不是|不用我|我不|让|叫|由")
_KEEPS = re.compile(r"没变|不变|照旧|照常|还是那天|还是原来|(?:就|只)?我.{0,3}回.*大人.{0,2}不回|大人.{0,3}不回.{0,4}我.{0,3}回")
_HARDLY, _LONG = 1, 16
_BESIDES = (
    "赶货 推迟 提前 改时间 改到 不回了 不来了 泡汤了 取消 走不开 可能 走 到家 回 过来 孩子 大人 我 住 假 只 不 没 有 是 不是 还是 要 得 能 会 可以 才 才能 还 也 又 都 再 就 先 后 那 这 这个 那天 这次 这回 今年 明年 过年 春节"
    " 年前 年后 年底 厂里 厂 老板 老板娘 主管 领导 组长 班长 车间 公司 单位 工地 工头 他 她 他们 给 让 叫 由 把 被 跟 和 同 带 带着 一起 坐车 坐 车 火车 高铁 大巴 票 车票 火车票 抢到 买到 没抢到 没买到 剩"
    " 准 准了 批 批了 同意 请 请到 请了 答应 松口 放人 放 放人了 有事 家里 临时 突然 厂里有 上班 返厂 回厂 返工 开工 赶 那边 这边 了 的 啊 啦 咯 喽 吧 呢 哦 嘛 呗 哈 嗯 噢 唉 哎 哎呀 算 算了"
    " 一趟 一下 点 些 一点 一些 到 去 到时 哪天 几时 日子 时间 计划 行程 不晓得 不知道 没定 还没定 定 定了 定好 记 错 现在 本来 原来 原先 以后 之后 左右 前后 上 下 早上 晚上 下午 中午 半夜 夜里 今天 明天 昨天 昨晚 刚 已经"
    " 从 在 为 挪 换 改 变 说 跟你说 麻烦 帮我 给我 帮忙 你 您 请你 完 几天 总共 可 另外 不去 没有 缓 最 急单 急 活 货 干 赶完 疫情 雪 下雪 大雪 停运 晚点 晚 早 咱 好 好了 行 真 也许 结果 只好 只能 必须 起 号 一 个 三口 一家 城里 广东 讲 告诉你 这批 那批 单子 订单 搞 搞完 做完 弄完 干完 忙完 忙 娘家 婆家 看 看看 病了 住院 住院了 飞机 坐飞机 高铁票 机票 汽车 大巴 顺风车 工资 三倍 双倍 在家 家 恩 意思 意思是 是说 我的意思 有空 空 订好 订好了 订了 订到 买好 买好了 硬座 卧铺 硬卧 软卧 站票 二等座 值班 不行 过 过完 元宵 加 年假 爷爷 接 去接 等 没变 不变 照旧 照常 一个人 自己 台风 雨 早上 晚上 两 往前 日子往前 啦 有点 有点事"
).split()
_TIMES = re.compile(rf"{_AMOUNT}|{_DAYS.pattern}|下+个?(?:月|周|星期|礼拜)[一二三四五六日天末底初]?|(?:这|本)?(?:周|星期|礼拜)[一二三四五六日天末]|月[底初中]|年[前后底]|元旦|小年|除夕|国庆|十五")


@dataclass(frozen=True)
class Told:
    """`what`: one of the words above. `day`: the new first or, with DAYS, last day; `way`: who travels; `sure`: no need to ask."""

    what: str
    day: date | None = None
    way: str = ""
    sure: bool = True


def told(text: str, plan: Plan, today: date, strict: bool = False) -> Told | None:
    """What a message tells of the plan; None: nothing, or of other things too.

    `strict`: the message would do as something else, and every word must be of the journey.
    """
    said = common(JOURNEY, text)
    if not 2 <= len(said) <= _LONGEST or _ASKS.search(said) or _OF_THEM.search(said) or _NO_JOURNEY.search(said):
        return None
    # Of a child far more can be said: nothing but the journey may be.
    allowed = 0 if strict or "孩子" in said else _HARDLY + (len(said) > _LONG)
    unknown = unknown_in(said, _BESIDES, _TIMES)
    if unknown > allowed:
        return None
    heard = _read(text, said, plan, today)
    # What asks back, or calls off, for a few words must be of nothing else.
    ask_only = heard is not None and heard.what in (OTHER_DAY, OFF, HELD, KEEP) and len(said) <= _LONG
    length = heard is not None and heard.what == DAYS and not re.search("假|住", said)
    return None if unknown and (ask_only or length) else heard


def _read(text: str, said: str, plan: Plan, today: date) -> Told | None:
    longer = new_last_day(text, plan.start, plan.end)
    if longer is not None:
        return Told(DAYS, longer)
    if _KEEPS.search(said):
        return Told(KEEP)
    if "不回了" in said and not _ANOTHER_DAY.search(said):
        return _in_doubt(text, said, plan)
    return _traveller(said, plan) or _length(said, plan, today) or _moved(said, plan) or _day(said, plan, today) or _in_doubt(text, said, plan)


def is_unsure(text: str) -> bool:
    """恐怕, 说不定: what is told is not certain yet."""
    return "可能" in common(JOURNEY, text)


def _traveller(said: str, plan: Plan) -> Told | None:
    if plan.who == GO_HOME and _THEY_COME.search(said) and not re.search(rf"不过来|没过来|(?:推迟|提前){_AMOUNT}", said):
        return Told(WAY, way=CHILD_COMES, sure=bool(_INSTEAD.search(said) or "带" in said))
    if plan.who in (CHILD_COMES, ELSEWHERE) and _I_GO.search(said) and not re.search("不回了|推迟|提前", said):
        return Told(WAY, way=GO_HOME, sure=bool(_INSTEAD.search(said)))
    return None


def _length(said: str, plan: Plan, today: date) -> Told | None:
    """就待三天, 只请到四天假; 初六就要走."""
    match = _SO_LONG.search(said)
    if match and _ABOUT_STAYING.search(said) and "推迟" not in said and "提前" not in said:
        unit = re.search("周|星期|礼拜|月", match.group())
        days = int((read_numeral(match["n"]) or 0) * (30 if unit and unit[0] == "月" else 7 if unit else 1))
        # Three nights are four days. With two numbers nobody knows which counts.
        days += bool(re.search("夜|宿|晚", match.group()))
        sure = len(set(re.findall(rf"({NUMBER})个?(?:天|周|星期|礼拜|夜)", said))) == 1
        return Told(DAYS, plan.start + timedelta(days=days - 1), sure=sure) if 1 <= days <= 90 else None
    over = _AFTER_A_FEAST.search(said)
    feast = read_day(over["day"], plan.start) if over else None
    if feast is not None and feast.start > plan.start:
        return Told(DAYS, feast.start + timedelta(days=1), sure=False)
    if not _LEAVES_AGAIN.search(said):
        return None
    day = _named(said, plan, today)
    last = day if day and plan.start < day <= plan.start + timedelta(days=60) else None
    return Told(DAYS, last, sure=False) if last else None


def _moved(said: str, plan: Plan) -> Told | None:
    found = list(_MOVED.finditer(said))
    if not found or "几" in found[-1]["amount"]:
        return None
    days = moved_by(f"{found[-1]['way']}{found[-1]['amount']}")
    held = re.search("可能|走不开|厂里|老板", said) and not re.search("[准批]了?假|准假|同意|松口", said)
    return Told(MOVE, plan.start + timedelta(days=days), sure=not held) if days else None


def _day(said: str, plan: Plan, today: date) -> Told | None:
    day = _named(said, plan, today)
    if day is None and not _DAYS.search(said) and is_vague(said) and _JOURNEY_AT_ALL.search(said):
        return Told(OTHER_DAY)
    if day is None or day == plan.start:
        return None
    if _NEAR.search(said) or (not _DAYS.search(said) and is_vague(said)):
        return Told(OTHER_DAY)
    if not (_TRAVELS.search(said) or re.search("改|抢到|买到|放|假|不行|坐|(?:大人|孩子).*过来", said)):
        return None
    if "孩子" in said and not re.search("过来|到|回", said):
        return None
    told_only = "可能" in said or ("改" not in said and re.search("走不开|大人|只", said))
    sure = _SURE_OF_DAY.search(said) and not told_only
    return Told(MOVE, day, sure=bool(sure))


def _in_doubt(text: str, said: str, plan: Plan) -> Told | None:
    """What is to be asked, where neither a day nor a number is said."""
    if re.search("不回了|(?:走不开|回).*(?:取消|算了|泡汤了)", said):
        return Told(PERHAPS_OFF if "可能" in said else OFF)
    # 黄了 alone is said of a baby's skin.
    if ("泡汤了" in said and ("黄" not in text or _ABOUT_LEAVE.search(said))) or ("不来了" in said and plan.who == CHILD_COMES):
        return Told(PERHAPS_OFF)
    if "走不开" in said or ("赶货" in said and _AT_WORK.search(said)):
        return Told(HELD)
    if not re.search("推迟|提前|改时间|改到", said):
        return None
    # 早 and 晚 alone are said of bedtime, and by who says good night; 推迟 and 缓缓 are not.
    return Told(OTHER_DAY) if _TRAVELS.search(said) or _PUT_OFF.search(text) else None


def _named(said: str, plan: Plan, today: date) -> date | None:
    """The day that it is now: of the month, or lunar month, that is nearest to the plan."""
    rest = _NOT_THAT.sub("", said)
    days = [match.group() for match in _DAYS.finditer(rest)]
    if not days:
        found = read_day(rest, today)
        return new_first_day(rest, plan.start, today) if found and not found.about else None
    words = days[-1]
    bare = near_plan(re.sub("^年前|^年", "", words), plan.start, today) if not re.search("[号日月初]", words) else None
    return bare.start if bare else new_first_day(words, plan.start, today)
