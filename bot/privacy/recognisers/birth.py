"""Days of birth: GB/T 7408-2005 dates and how they are said, also by the lunar calendar, beside 生日, 出生, 生的.

https://www.iso.org/iso-8601-date-and-time-format.html (the same for figures)
A year alone is an age, not a day: it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.spans import Found, Kind

_HAN = "零〇○一二三四五六七八九"
# 丙申年: the sixty years of the old calendar.
_STEM = "[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]"
_YEAR = rf"(?:(?:19|20)\d{{2}}|[0-9]{{2}}|[一二][九零〇○][{_HAN}]{{2}}|[{_HAN}]{{2}}|{_STEM})"
# 去年腊月二十九 says the year as well.
_AGO = "(?:大?前年|去年) ?的?"
_MONTH = r"(?:闰?(?:1[0-2]|0?[1-9]|十[一二]|[正一二三四五六七八九十冬腊]))"
_NUMBER = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_DAY = rf"(?:初(?:10|[1-9]|[一二三四五六七八九十])|{_NUMBER})"
_CALENDAR = r"(?:阴历|阳历|农历|公历|旧历|新历|古历)?"
_WORDED = rf"(?:(?:{_YEAR} ?年 ?的?|{_AGO}){_CALENDAR})?{_MONTH} ?月 ?的?份?(?:{_DAY} ?[日号]?|[上中下]旬|底)"
_MONTHLY = rf"{_YEAR} ?年 ?的?{_CALENDAR}{_MONTH} ?月份?"
_FIGURES = r"(?:19|20)\d{2}(?P<sign>[-./—])(?:1[0-2]|0?[1-9])(?P=sign)(?:3[01]|[12]\d|0?[1-9])|(?:19|20)\d{2}(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])"
# Figures that are a day only where the word for it is right beside them: 生日0312, 生日3.12, 出生16.3.12.
_SHORT = r"(?:[0-9]{2}[-./])?(?:1[0-2]|0?[1-9])[-./](?:3[01]|[12]\d|0?[1-9])|(?:[0-9]{2})?(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])"
SHORT = re.compile(
    rf"(?:出生(?:日期|年月日?|时间)?|(?<!过)生日|生辰)(?:就?是|填|写)?[:： ]{{0,2}}(?P<day>{_SHORT}|(?:19|20)\d{{2}}[-./]?(?:1[0-2]|0[1-9]))(?![0-9.\-/年月岁斤个点天])"
)
DATE = re.compile(rf"{_CALENDAR}(?:(?<![0-9])(?:{_FIGURES})(?![0-9])|(?:(?<![0-9{_HAN}])|(?<=老[一二三四五]))(?:{_WORDED}|{_MONTHLY}))")
_BORN = r"出生|生的|养的|添的|剖的|早产|顺产|剖腹产|落生|满(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:周?岁|了|[，,]|$)|生人|过(?:[一二三四五六七八九十]{1,3}|\d{1,2})周?岁?的?生日|降生|落地|落草|诞生|生日|生辰|过生|(?<![男女学])生(?![病气意活产词字动怕命长前词])"
AFTER = re.compile(
    rf"^[ ,，]?(?:的?时候|那天|这天|早上|晚上|凌晨|夜里|下午|上午|半夜|在[\u4e00-\u9fff]{{1,6}}|是?我?(?:他|她|我|孩子|娃|宝宝|儿子|女儿|闺女|姑娘|老大|老二|老公|老婆)的?(?:[一二两三四五六七八九十百\d]{{1,3}}周?岁的?)?|刚|才|，?\w{{0,2}})?[ ,，]?(?:{_BORN})"
)
BEFORE = re.compile(
    r"(?:出生(?:日期|年月日?|时间|于|在|的日子|那天)?|生日|生辰(?:八字)?|生于|哪天生|啥时候生|dob|过生日?)(?:[^0-9，,。！？!?]{0,6})$|(?<![的发学先医])[他她娃]生$"
    # What papers say of somebody: 身份证上写的….
    r"|(?:身份证|户口本?|户口簿|出生证明?|准生证|疫苗本|病历本?|学籍)(?:上面?|里面?)?(?:写|登记?|报|填|印|记)?(?:的|着|成|为|是|生日)*$",
    re.IGNORECASE,
)
_WHOSE = "孩子|娃儿?|儿子|女儿|闺女|妹崽|姑娘|崽崽?|老大|老二|老三|宝宝|大宝|二宝|大娃|二娃|哥哥|姐姐|弟弟|妹妹|他|她|大的|小的|我|老公|老婆|我妈|我爸|[爷奶公婆爸妈]"
# 我娃是16年五月的, 我七五年三月初八的.
CHILD_IS = re.compile(f"(?:{_WHOSE})(?:就?是|[，,：: ])?$")
IS_OF = re.compile("的(?:$|[，。,.！!？? ]|[了吧呢啊])")
# 老大2011.10.02，老二2017.05.19.
_ENDS = re.compile("$|[，。,、；;！!？? ]")
# The moon's days: nobody dates anything else by its year and these.
_LUNAR = re.compile("阴历|农历|旧历|古历|初|[冬腊正闰].?月|廿")
_FULL = re.compile("年.*月.*[一二三四五六七八九十廿\\d]")
# 林晓彤，女，2013年10月1日，五年级: one of the things that forms ask.
_WITH_YEAR = re.compile(rf"{_CALENDAR}{_YEAR} ?年|(?:19|20)\d{{2}}[-./—\d]")
_LISTED_BEFORE = re.compile("(?:男孩?|女孩?|小孩|孩子|娃|宝宝|儿子|女儿|族|岁)[，,、；;:： ]$")
# 14年5月的，该上几年级; 零九年八月的孩子.
_AGE_GROUP = re.compile("的(?:孩子|娃|小孩|宝宝|[，, ]?(?:该|能|可以|现在|今年)?(?:上|读|念)(?:几|[一二三四五六]|小|中|大|初|幼|不))|的[，, ](?:属|[男女]|今年|虚岁|够)")
# 石磊，1990年8月15日，深圳.
_NAMED = re.compile("(?:姓名[:： ]?)?[\u4e00-\u9fff]{2,4}[，,、；; ]")
_LISTED_AFTER = re.compile("[，,、；; ]{1,2}(?:[男女](?!生)|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|[汉壮苗彝侗藏][族]|[一二三四五六七八九]年级|能上|可以上|该上|几岁|多大|\\d{1,2}岁|身高|体重)")
# 孩子生日跟他爷爷同一天，十月初一.
_SPOKEN_OF = re.compile("(?:生日|生辰)[^0-9。！？!?]{0,12}$")
# 按身份证是6月1号，其实是四月二十六; 双胞胎，2019-02-05，大年初一生的.
_REALLY = re.compile("(?:其实|实际上?|真正|真的|农历|阳历|老历)(?:就?是)$")
_ABOUT_BIRTH = re.compile("生日|出生|生的|身份证|户口|双胞胎|龙凤胎|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]")
# 她08.03.21的.
_TWO = re.compile(r"(?<![0-9.])(?P<day>\d{2}[./-](?:1[0-2]|0?[1-9])[./-](?:3[01]|[12]\d|0?[1-9]))的(?=$|[，。,.！!？? ])")
# 2011年11月10日以后出生的女孩: a rule for all.
SINCE = re.compile("[及]?(?:以?[后前](?=满|出|年|才|就|，|[^\u4e00-\u9fff]|$)|以[后前]|之[后前]|起)")
WHOLE = re.compile(r"[\s是：:。,，.]*")


def find(heard: Heard) -> Iterator[Found]:
    """Dates that are said to be someone's birth; a message that is nothing but a day with its year answers our own question."""
    for match in DATE.finditer(heard.text):
        if _born(heard, match):
            yield Found(match.start(), match.end(), Kind.DATE_OF_BIRTH)
    for match in SHORT.finditer(heard.text):
        yield Found(*match.span("day"), Kind.DATE_OF_BIRTH)
    for match in _TWO.finditer(heard.text):
        if CHILD_IS.search(heard.before(match.start(), 8)):
            yield Found(*match.span("day"), Kind.DATE_OF_BIRTH)


def _told_of(heard: Heard, match: re.Match[str]) -> bool:
    """Whether the day is said of somebody though no word for birth stands beside it: 我女儿阴历二月初九的, 零八年腊月初三的."""
    date, after = match.group(), heard.text[match.end() : match.end() + 2]
    if _WITH_YEAR.match(date) and "月" in date and _AGE_GROUP.match(heard.after(match.end(), 8)):
        return True
    child = CHILD_IS.search(heard.before(match.start(), 8)) is not None
    lunar = _LUNAR.search(date) is not None
    if IS_OF.match(after):
        begins = not heard.before(match.start(), 1).isalnum()
        return (child and (lunar or not date[-1:].isalpha() or date[-1:] in "年月日号")) or (begins and _FULL.search(date) is not None)
    if not _ENDS.match(after):
        return False
    if _WITH_YEAR.match(date) and (_LISTED_BEFORE.search(heard.before(match.start(), 5)) or _NAMED.fullmatch(heard.text[: match.start()]) or _LISTED_AFTER.match(heard.after(match.end(), 8))):
        return True
    if match["sign"] and child:
        return True
    if _ABOUT_BIRTH.search(heard.text) and (match["sign"] or _REALLY.search(heard.before(match.start(), 6))):
        return True
    full_moon = lunar and _FULL.search(date) is not None
    return full_moon or _SPOKEN_OF.search(heard.before(match.start(), 16)) is not None


def _born(heard: Heard, match: re.Match[str]) -> bool:
    if SINCE.match(heard.after(match.end(), 3)):
        return False
    if _told_of(heard, match):
        return True
    if AFTER.search(heard.after(match.end(), 14)) or BEFORE.search(heard.before(match.start(), 14)):
        return True
    alone = WHOLE.fullmatch(heard.text[: match.start()]) and WHOLE.fullmatch(heard.text[match.end() :])
    return (
        bool(alone)
        and re.match(rf"{_CALENDAR}{_YEAR}", match.group()) is not None
        and "年" in match.group()
        or bool(alone and match["sign"])
    )
