"""`jiashu preview`: what one parent would get from the campaigns, in that parent's words and on that parent's days."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bot.commands.failing import CommandError
from bot.commands.process import say
from bot.people.answers import CARERS
from bot.reminders.campaigns import Campaign, Campaigns, load_campaigns, read_campaign
from bot.reminders.facts import ChildFacts, Facts, Reunion
from bot.reminders.hours import BEIJING, Hours, beijing_day
from bot.reminders.preview import Shown

_AGE = re.compile(r"(\d{1,2})(m?)")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("preview", help="show what one parent would get from the campaigns, with words and days")
    parser.add_argument("campaign", nargs="?", metavar="CAMPAIGN", help="a slug, like spring_festival, or a draft's file; default: all")
    parser.add_argument("--parent", metavar="KEY", help="a parent's key as in the log; instead of all that follows")
    parser.add_argument("--age", action="append", default=[], metavar="AGE", help="a child of 8 years (8) or 7 months (7m); may be repeated")
    parser.add_argument("--province", help="the children's, a short name like 湖南")
    parser.add_argument("--carer", choices=[name for name, _ in CARERS], help="who looks after them")
    parser.add_argument("--home", choices=("apart", "together"), help="whether they live with the parent; default: not said")
    parser.add_argument("--meet", type=date.fromisoformat, metavar="DATE", help="a planned reunion's first day")
    parser.add_argument("--part", type=date.fromisoformat, metavar="DATE", help="its last day")
    parser.add_argument("--child-comes", action="store_true", help="the child travels, not the parent")
    parser.add_argument("--grief", action="store_true", help="somebody in the family has died")
    parser.add_argument("--shift", choices=("day", "night"), default="day", help="of the parent's work")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="as if it were that day; default: today")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print each step with its next day and its words, or why it is not for this parent."""
    from bot import services
    from bot.reminders.compose import Composer
    from bot.reminders.plan import Plan
    from bot.reminders.preview import preview

    settings = services.settings()
    campaigns = load_campaigns(settings.content_path / "campaigns")
    today = arguments.on or beijing_day(services.clock().now())
    facts = _of_parent(arguments.parent) if arguments.parent else _described(arguments, today)
    composer = Composer(services.library(), services.shelf(), settings.public_url, campaigns.seasonal)
    wanted = _wanted(arguments.campaign, campaigns)
    plan = Plan(Campaigns(wanted, ""), services.calendar())
    _show(preview(plan, composer, wanted, facts, arguments.parent or "preview", today))
    return 0


def _wanted(name: str | None, campaigns: Campaigns) -> tuple[Campaign, ...]:
    if name is None:
        return campaigns.all
    if name.endswith(".yml"):
        return (read_campaign(Path(name)),)
    if name not in campaigns.by_slug:
        raise CommandError(f"there is no campaign {name}; there are: {'、'.join(campaigns.by_slug)}")
    return (campaigns.by_slug[name],)


def _of_parent(parent_key: str) -> Facts:
    from bot import services
    from bot.reminders.people import People

    services.database().upgrade()
    with services.database().session(readonly=True) as session:
        facts = People(services.clock().now).many(session, [parent_key]).get(parent_key)
    if facts is None:
        raise CommandError(f"nothing is known of a parent {parent_key}; the key stands in the log behind parent=")
    return facts


def _described(arguments: argparse.Namespace, today: date) -> Facts:
    from bot.calendar import PROVINCES

    if arguments.province not in (None, *PROVINCES):
        raise CommandError(f"{arguments.province} is not a province; use a short name: {'、'.join(PROVINCES)}")
    if (arguments.meet is None) != (arguments.part is None) or (arguments.meet and arguments.part < arguments.meet):
        raise CommandError("a reunion has two days: --meet, and not before it --part")
    reunion = Reunion("preview", arguments.meet, arguments.part, child_comes=arguments.child_comes) if arguments.meet else None
    return Facts(
        children=tuple(ChildFacts(_born(age, today), False, arguments.province, arguments.carer) for age in arguments.age),
        apart={"apart": True, "together": False}.get(arguments.home),
        hours=Hours(arguments.shift),
        grief_until=date.max if arguments.grief else None,
        reunion=reunion,
    )


def _born(age: str, today: date) -> date:
    """The month of birth of a child that is so old; in years: born in the month after this one, so the next birthday is near."""
    match = _AGE.fullmatch(age)
    if match is None:
        raise CommandError(f"{age} is no age; write 8 for years or 7m for months")
    months = today.year * 12 + today.month - 1 - (int(match[1]) if match[2] else int(match[1]) * 12 + 11)
    return date(months // 12, months % 12 + 1, 1)


def _show(steps: Iterable[Shown]) -> None:
    from bot.reminders.why import WORDS

    for each in steps:
        day = f"{each.at.astimezone(BEIJING):%Y-%m-%d %H:%M}" if each.at else "----------"
        name = f"{day}  {each.campaign.slug}/{each.step.name}" + ("（这天起每天一条）" if each.step.each_day else "")
        asked = f"\n（以后再问：{each.step.ask}）" if each.step.ask else ""
        say(f"{name}：不发，{WORDS[each.reason]}" if each.reason else f"\n{name}\n{each.text}{asked}\n")
