"""A plan in words: one message by days, and one line. Days that are over are left out."""

from __future__ import annotations

from datetime import date, timedelta

from bot.calendar import in_lunar_words
from bot.reunion.plans import CHILD_COMES, ELSEWHERE, GO_HOME, Plan

ONE_DAY = timedelta(days=1)
# Sold 15 days ahead, the day of the journey counted in (12306; told with “以12306公告为准”, it has changed before).
SALE = timedelta(days=14)
_WEEKDAYS = "一二三四五六日"
_ARRIVES = {GO_HOME: "您到家", CHILD_COMES: "孩子到您这儿", ELSEWHERE: "见面"}
# A gift is the small part: the days together cost something too. Our own rule of thumb.
_GIFT_PART = 4
_CHEAPEST_GIFT, _DEAREST_GIFT = 20, 200


_FIRST = "今天：打电话说好哪天见，问孩子一句：“你最想跟我一起做哪三件事？”"
_FIRST_OF_A_SMALL_ONE = "今天：跟带他的人说好哪天见。这些天视频里多露露脸、唱同一首歌，见面他好认。"
# In months: from three on children say what they wish.
_TALKS = 36


def day_in_words(day: date, today: date) -> str:
    """2月4号（周四，腊月廿八）; the lunar day around New Year only, the year when it is not this one nor next spring."""
    year = f"{day.year}年" if (day - today).days > 300 else ""
    lunar = in_lunar_words(day)
    around = f"，{lunar}" if lunar.startswith(("腊", "正")) else ""
    return f"{year}{day.month}月{day.day}号（周{_WEEKDAYS[day.weekday()]}{around}）"


def in_one_line(plan: Plan, today: date) -> str:
    """2月4号（周四，腊月廿八）您到家，一起5天，2月8号分开."""
    about = "（日子先按这个算）" if plan.about else ""
    if plan.days == 1:
        return f"{day_in_words(plan.start, today)}{_ARRIVES[plan.who]}，当天分开{about}"
    return f"{day_in_words(plan.start, today)}{_ARRIVES[plan.who]}，一起{plan.days}天，{_short(plan.end)}分开{about}"


def in_one_message(plan: Plan, today: date, reminds: bool = True) -> str:
    """The whole plan. `reminds`: whether the parent wants to be reminded."""
    parts = [f"【团聚计划】\n{in_one_line(plan, today)}。"]
    for title, steps in (("出发前", _before(plan, today)), ("在一起", _together(plan)), ("分开", _parting(plan))):
        ahead = [line for day, line in steps if day >= today]
        if ahead:
            parts.append("\n".join([title, *(f"· {line}" for line in ahead)]))
    told = "到日子我来提醒您。" if reminds else "您说过不要提醒，我就不发；想看发“看我的计划”。"
    parts.append(f"{told}日子变了发“改时间”，晚几天发“推迟一周”，不去了发“取消计划”。")
    return "\n".join(parts)


def ticket_day(plan: Plan) -> date:
    """When tickets for the first day are first sold, if the way takes no night."""
    return plan.start - SALE


def _before(plan: Plan, today: date) -> list[tuple[date, str]]:
    if plan.start <= today:
        return []
    steps = [(today, _FIRST_OF_A_SMALL_ONE if _is_small(plan) else _FIRST)]
    if plan.by_train is not False:
        steps.append(_tickets(plan, today))
    gift = max(today, plan.start - 12 * ONE_DAY)
    steps.append((gift, f"{_named(gift, today)}起：{_gift(plan)}"))
    if plan.who == CHILD_COMES:
        home = max(today, plan.start - 5 * ONE_DAY)
        steps.append((home, f"{_named(home, today)}：住处看一遍，开水、插座、窗户、药；您上班时谁看孩子，先说定。"))
    check = plan.start - 3 * ONE_DAY
    steps.append((check, f"{_short(check)}：票、证件、礼物对一遍。有变动，当天就告诉孩子。"))
    return steps


def _is_small(plan: Plan) -> bool:
    """Whether the child that is met is too small to be asked for wishes."""
    born = plan.child_birth
    return born is not None and (plan.start.year - born.year) * 12 + plan.start.month - born.month < _TALKS


def _tickets(plan: Plan, today: date) -> tuple[date, str]:
    sale = ticket_day(plan)
    rule = "坐火车的，往前数14天开卖，以12306公告为准"
    if sale <= today:
        return today, f"今天：看看票。{rule}，没票点“候补购票”。"
    return sale, f"{_short(sale)}：买票。{rule}。"


def _gift(plan: Plan) -> str:
    if plan.budget == 0:
        return "备一样小礼物，不用花钱：一封信、一本照片小本子都好。"
    if plan.budget is None:
        return "挑一样能两个人一起玩的小礼物，不用贵。"
    most = min(_DEAREST_GIFT, max(_CHEAPEST_GIFT, plan.budget // _GIFT_PART // 10 * 10))
    return f"挑一样能一起玩的小礼物，{min(most, plan.budget) or plan.budget}块以内就够，剩下的留着一起花。"


def _together(plan: Plan) -> list[tuple[date, str]]:
    first = "头一天：孩子躲一躲很正常，蹲下来，停几步远等一等，不逼着叫人。"
    daily = "这一天" if plan.days == 1 else "每天"
    steps = [(plan.start, first), (plan.end, f"{daily}：半个钟头手机放下，只陪孩子。")]
    if plan.promised:
        second = min(plan.end, plan.start + ONE_DAY)
        steps.append((plan.end, f"答应过的“{plan.promised}”：排在{_short(second)}，做不成就当面说清，换一天。"))
    return steps


def _parting(plan: Plan) -> list[tuple[date, str]]:
    steps: list[tuple[date, str]] = []
    if plan.days > 2:
        tell = plan.end - 2 * ONE_DAY
        steps.append((tell, f"{_short(tell)}：先告诉孩子哪天分开，不偷偷走。"))
    steps += [
        (plan.end, f"{_short(plan.end)}：当面说再见，抱一抱，说好几时打电话。"),
        (plan.end + ONE_DAY, f"{_short(plan.end + ONE_DAY)}：打分开后的头一个电话，三五分钟就够。"),
        (plan.end + 10 * ONE_DAY, f"{_short(plan.end + 10 * ONE_DAY)}：翻翻答应过孩子的事，先做成一件小的。"),
    ]
    return steps


def _short(day: date) -> str:
    return f"{day.month}月{day.day}号"


def _named(day: date, today: date) -> str:
    return "今天" if day == today else _short(day)
