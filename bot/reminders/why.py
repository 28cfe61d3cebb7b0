"""Why a parent got a message, gets it later, or does not: every decision in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.reminders import outbox, trail
from bot.reminders.audience import why_not
from bot.reminders.campaigns import Campaign, Step
from bot.reminders.facts import NOTHING_KNOWN, Facts
from bot.reminders.hours import BEIJING
from bot.reminders.plan import Moment, Plan, Window
from bot.reminders.trail import Mark

# Every code that a trail or an audience may hold.
WORDS = {
    "planned": "排进了计划",
    "replanned": "情况变了，重新排",
    "asks": "发出后要问一句做了没有",
    "hours": "那时在休息（夜里，或下夜班在睡），挪到能收的时候",
    "busy": "正在说话或在填表，过一会儿再发",
    "day_full": "当天已经收过一条，改天",
    "week_full": "七天里已经收过三条，改天",
    "gives_way": "当天有更要紧的一条，让一让：",
    "paused": "微信那边暂停（额度或故障），到时接着发",
    "used_up": "客服消息刚好用完，再看别的路",
    "not_taken": "微信没收下，再试；代码：",
    "closed": "微信说这条路不通：",
    "gathered": "放进群发",
    "other_way": "不用群发了，改走：",
    "mass_day": "今天的群发已经用掉",
    "mass_month": "这个月已经收满四条群发",
    "mass_budget": "这个月群发超了预算，可以合并到：",
    "mass_alone": "只剩一个人，不够群发",
    "no_way": "没有能用的路（48小时没说话，也没同意通知）",
    "sent": "发出，走的是：",
    "confirmed": "微信报告：收到了",
    "failed": "微信报告：没送到；原因：",
    "told": "下次说话时告诉了",
    "refused": "微信不收；代码：",
    "unsure": "可能到了，也可能没到，不再发；代码：",
    "died": "发到一半程序断了，可能到了，不再发",
    "stale": "过了时候，不发了",
    "left": "没有关注（或取消了关注）",
    "not_meant": "情况变了，不再适合",
    "no_day": "没有这样的日子（没有约好的团聚、没有生日月份，或没开课）",
    "step_gone": "活动文件里没有这一步了",
    "answered": "家长已经回答了，不用再问",
    "stopped_all": "家长说过都不要",
    "stopped_kind": "家长说过不要这一类",
    "already": "家长说过这件事了，不再提",
    "no_train": "家长说过不坐火车",
    "told_lately": "这几天刚说过一样的，不重复",
    "doubled": "团聚计划里已经说了，过节的就不重复",
    "new_year": "除夕和初一先说过年的话，这一条不另发",
    "together": "正和孩子在一起，每周的先不发",
    "grief": "家里有丧事，热闹的话不发",
    "not_apart": "和孩子住在一起，这条是给分开的",
    "apart": "和孩子分开住，这条是给在一起的",
    "factory": "不是这家工厂的",
    "course": "课程的进度不合",
    "no_child": "不知道孩子的情况",
    "age": "孩子的年龄不合",
    "province": "孩子不在这个省",
    "carer": "带孩子的人不合",
}
STATES = {
    "planned": "等着", "claimed": "正要发", "sending": "正在发", "gathered": "等着群发", "sent": "已发出", "confirmed": "已送到",
    "failed": "没送到", "kept": "等下次说话时告诉", "stale": "过时", "cancelled": "取消", "refused": "不发", "unsure": "不确定",
}  # fmt: skip
WAYS = {
    "customer_service": "客服消息", "subscription": "订阅通知", "template": "服务通知", "mass": "群发", "next_contact": "下次说话",
}  # fmt: skip
# How far back and ahead a step that was never planned is looked for.
AROUND = timedelta(days=370)


def explain(session: Session, plan: Plan, facts: Facts | None, parent_key: str, name: str, now: datetime) -> list[str]:
    """Lines about a step (`step` or `campaign/step`): what was decided, or why nothing was planned."""
    campaign_slug, _, step_name = name.rpartition("/")
    rows = outbox.of_parent(session, parent_key, step_name)
    rows = [row for row in rows if not campaign_slug or row["campaign"] == campaign_slug]
    lines = [line for row in rows for line in of_row(row)]
    done = {(row["campaign"], row["occurrence"], row["step"]) for row in rows}
    for campaign, step in _steps(plan, campaign_slug, step_name):
        lines += _unplanned(plan, campaign, step, facts or NOTHING_KNOWN, done, now)
    return lines


def of_row(row: Mapping[str, object]) -> list[str]:
    """One row: its state, then each decision with its time."""
    head = f"{row['campaign']}/{row['step']}（{row['occurrence']}）：{STATES[str(row['state'])]}，原定 {_when(row['due_at'])}"
    return [head, *(f"  {_when(mark.at)} {in_words(mark)}" for mark in trail.read(str(row["trail"])))]


def in_words(mark: Mark) -> str:
    """One decision."""
    said = WORDS[mark.code]
    about = WAYS.get(mark.about, mark.about)
    return f"{said}{about}" if said.endswith("：") else said


def _steps(plan: Plan, campaign_slug: str, step_name: str) -> list[tuple[Campaign, Step]]:
    found = ((campaign, campaign.by_name.get(step_name)) for campaign in plan.campaigns.all)
    return [(each, step) for each, step in found if step and campaign_slug in ("", each.slug)]


def _unplanned(
    plan: Plan, campaign: Campaign, step: Step, facts: Facts, done: set[tuple[object, object, object]], now: datetime
) -> list[str]:
    """The nearest occasions without a row."""
    around = Window(now - AROUND, now + AROUND)
    moments = [each for each in plan.moments(campaign, step, facts, around) if _key(each) not in done]
    if not moments and not done:
        return [f"{campaign.slug}/{step.name}：前后一年里{WORDS['no_day']}"]
    near = sorted(moments, key=lambda each: abs(each.at - now))[:3]
    return [_of_moment(each, facts, now) for each in sorted(near, key=lambda each: each.at)]


def _of_moment(moment: Moment, facts: Facts, now: datetime) -> str:
    head = f"{moment.campaign.slug}/{moment.step.name}（{moment.occurrence}），{_when(moment.at)}："
    reason = why_not(moment.campaign, moment.step, facts, moment.day, moment.occasion.child)
    if reason:
        return f"{head}不排，{WORDS[reason]}"
    if moment.at + moment.step.stale_after <= now:
        return f"{head}没排：到家长关注（或有资料）的时候已经过时"
    return f"{head}还没到排的时候（提前八天排）"


def _key(moment: Moment) -> tuple[object, object, object]:
    return moment.campaign.slug, moment.occurrence, moment.step.name


def _when(moment: object) -> str:
    assert isinstance(moment, datetime)
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}"
