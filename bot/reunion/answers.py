"""Read a parent's answers to the planner's questions. None means: this was not an answer to the question."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.privacy.placeholders import PLACEHOLDER
from bot.reunion.bare_days import read_lunar_month_day
from bot.reunion.plans import CHILD_COMES, ELSEWHERE, GO_HOME
from bot.text.dates import is_undecided, read_day
from bot.text.lunar_days import DaySaid
from bot.text.money import find_budget
from bot.text.numerals import NUMERAL, read_numeral, read_range
from bot.text.plain import squash

# What stands for "no answer, go on".
SKIPPED = "skipped"
MOST_DAYS = 90
MOST_YUAN = 50_000
_MOST_PROMISE = 60
_ASKS = re.compile(r"怎么|咋|如何|为什么|为啥|要不要|能不能|可以吗|吗$|啷个|点算|怎样|多少钱|哪里|什么时候")
_SKIP = re.compile(r"跳过|不说|不想说|没想好|没定|未定|不知道|不晓得|不清楚|随便|都行|看情况|说不准|再说|不好说|没算过|没预算|过$|下一个|不一定")
# Hearing “到” or “几号回来” does not make a question of a date.
_LONGEST_ASIDE = 16
_COMES = re.compile(r"(?:他|她|孩子|娃|小孩|儿子|女儿|闺女|宝宝|崽|仔|妹|伢)们?.{0,5}(?:来|过来|上来|出来|到我)|接.{0,6}(?:来|过来|出来|上来)|来我这|来城里|到我这|来厂里|来这边|过来玩|送.{0,4}来|我妈带.{0,3}来|奶奶带.{0,3}来|来找我")
_GOES = re.compile(r"我.{0,4}(?<!不)(?<!没)(?<!不能)(?<!不想)回|(?<!不)(?<!没)回家|(?<!不)(?<!没)回去|(?<!不)(?<!没)回老家|回屋|返屋企|返乡|返去|我去|自己回|我们回|回$|^回|归屋|我走")
_ELSEWHERE = re.compile(r"别的地方|其他地方|别处|半路|中间|旅游|旅行|去玩|第三个|亲戚家|外面见")
_NO_PROMISE = re.compile(r"^(?:都|也|我|啥|什么|好像|目前)*(?:没有?|冇|莫得|木有|无|没啥|没答应|没说|没许|不记得|忘了|没什么|没有啥|没别的|还没)(?:过|什么|啥|答应|的|了|啊|呢|吧)*$")
_THOUSANDS = re.compile(rf"(?P<n>{NUMERAL})\s?(?P<unit>千|万|k)(?P<rest>[一二三四五六七八九1-9])?(?:多|块|元|来)?")
_LAST_MONTH = re.compile(r"上个?月")
# 千把块 is a thousand, more or less; 没多少 is no number.
_ABOUT_SO_MUCH = re.compile(r"(?<![\d一二两三四五六七八九十几百千])(?P<unit>百|千|万)(?:把|来)(?:块|元|多|$|的|吧|左右)")
_ROUND = {"百": 100, "千": 1_000, "万": 10_000}
_LITTLE = re.compile(r"(?:也|就|手头)?(?:没多少|没有多少|没几个|没几块|不多|没啥|没什么|紧|看着花|能省就省|尽量少)(?:钱|了|吧|的|啊)*")
_NOTHING = re.compile(r"(?:我|也|就|想|还是|能|尽量|最好)*(?:不想|不打算|没打算|不准备|不|别|少)(?:乱|再|多)?花(?:什么|啥)?钱?(?:了|吧|的)*")
_NIGHTS = re.compile(rf"(?P<n>{NUMERAL}|几)(?:个)?(?:晚上?|夜|宿)")
_NAMES = re.compile(r"〈(?:孩子|姓名|称呼)\d+〉")


def read_when(text: str, today: date) -> DaySaid | str | None:
    """A day (or days), `SKIPPED` for not decided yet."""
    said = squash(text)
    if _ASKS.search(said) and not re.search(r"吧$|左右", said):
        return None
    last_month = _LAST_MONTH.search(said)
    found = read_lunar_month_day(text, today) or read_day(text, today)
    if last_month and found is not None:
        return replace(found, start=_a_month_before(today, found.start.day), end=None, past=True)
    if found is not None:
        rest = len(said) - len(squash(found.words))
        return found if rest <= _LONGEST_ASIDE else None
    return SKIPPED if is_undecided(text) and len(said) <= _LONGEST_ASIDE else None


def _a_month_before(today: date, day: int) -> date:
    """That day of last month, or its last one where it has none such."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day, last.day))


def read_who(text: str) -> str | None:
    """Who travels: one of `WAYS`."""
    said = squash(text)
    if len(said) > 20 or _ASKS.search(said):
        return None
    for way, pattern in ((ELSEWHERE, _ELSEWHERE), (CHILD_COMES, _COMES), (GO_HOME, _GOES)):
        if pattern.search(said):
            return way
    return None


def read_days(text: str, start: date) -> int | str | None:
    """How many days together, by number or by the last day; `SKIPPED` when not known."""
    said = squash(text)
    if len(said) > 20 or "谁" in said or _ASKS.search(said):
        return None
    last = _last_day(text, start)
    if last is not None:
        return (last - start).days + 1
    match = re.search(rf"(?P<n>{NUMERAL}|半|几|十来)?(?:个|多)?(?P<unit>天|日|周|星期|礼拜|月)", said)
    # 一个星期 may go without its number, 天 not: 白天谁看 is a question.
    if match and (match["n"] or match["unit"] not in "天日"):
        return _days(match["n"] or "一", match["unit"])
    nights = _NIGHTS.search(said)
    if nights:
        # Three nights are four days.
        days = _days(nights["n"], "天")
        return days + 1 if days and days < MOST_DAYS else None
    if re.fullmatch(rf"(?:就|大概|大约|差不多)?{NUMERAL}(?:吧|左右)?", said):
        amount = re.sub(r"[^\d一二两三四五六七八九十]", "", said)
        spoken = read_range(amount)
        number = spoken[1] if spoken else read_numeral(amount)
        return int(number) if number and 1 <= number <= MOST_DAYS else None
    if re.search(r"整个?暑假|一个?暑假|过完暑假", said):
        return 50
    return SKIPPED if _SKIP.search(said) else None


def read_budget(text: str) -> int | str | None:
    """Whole yuan; 0 for what may cost nothing; `SKIPPED`."""
    said = squash(text)
    if _LITTLE.fullmatch(said):
        return SKIPPED
    if len(said) > 24 or _ASKS.search(said.replace("多少钱都", "")):
        return None
    if _NOTHING.fullmatch(said):
        return 0
    about = _ABOUT_SO_MUCH.search(said)
    if about:
        return _ROUND[about["unit"]]
    thousands = _THOUSANDS.search(text)
    if thousands:
        return _thousands(thousands)
    found = find_budget(text)
    if found is not None:
        return min(MOST_YUAN, found.most)
    if re.fullmatch(r"\d{1,5}(?:左右|吧|多|以内|上下)?", said):
        return min(MOST_YUAN, int(re.sub(r"\D", "", said)))
    number = read_numeral(re.sub(r"(?:左右|吧|多|块钱?|元)$", "", said))
    if number is not None:
        return min(MOST_YUAN, int(number))
    return SKIPPED if _SKIP.search(said) else None


def read_promise(text: str) -> str | None:
    """What was promised, as said; "" for nothing."""
    said = squash(text)
    if not said or _ASKS.search(said) or len(said) > _MOST_PROMISE:
        return None
    return "" if _NO_PROMISE.match(said) or _SKIP.search(said) else text.strip()


def without_placeholders(scrubbed: str) -> str:
    """An anonymised promise as it can be told back: 带〈孩子1〉去钓鱼 → 带他去钓鱼."""
    told = PLACEHOLDER.sub("", _NAMES.sub("他", scrubbed))
    return re.sub(r"^(?:我)?(?:答应|说好|说过)(?:了|过|要|的)*", "", told).strip(" ，。,.")


def _last_day(text: str, start: date) -> date | None:
    match = re.search(r"(?:到|待到|住到|玩到|至)(?P<day>.+)", text)
    found = read_day(match["day"] if match else text, start)
    if found is None or found.past or (match is None and not re.search("走|回来|上班|分开|[号日]", text)):
        return None
    # “初六走”: later than the first day, and not a year later.
    return found.start if 0 <= (found.start - start).days < MOST_DAYS else None


def _days(amount: str, unit: str) -> int | None:
    size = {"天": 1, "日": 1, "月": 30}.get(unit, 7)
    if amount == "几":
        return 4 if size == 1 else None
    spoken = read_range(amount)
    # 七八天: rather the longer; a plan that ends too soon is the worse mistake.
    number = spoken[1] if spoken else 0.5 if amount == "半" else 10 if amount == "十来" else read_numeral(amount)
    days = round((number or 0) * size)
    return days if 1 <= days <= MOST_DAYS else None


def _thousands(match: re.Match[str]) -> int | None:
    spoken = read_range(match["n"])
    number = spoken[1] if spoken else read_numeral(match["n"])
    if number is None:
        return None
    size = {"千": 1_000, "k": 1_000, "万": 10_000}[match["unit"]]
    rest = int(read_numeral(match["rest"]) or 0) * size // 10 if match["rest"] else 0
    return min(MOST_YUAN, int(number * size) + rest)
