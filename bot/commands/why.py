"""`jiashu why PARENT STEP`: every decision about a message to one parent."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.failing import CommandError
from bot.commands.process import prepare, say
from bot.settings import Settings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("why", help="explain why a parent got a reminder, gets it later, or does not")
    parser.add_argument("parent", help="the parent's key as in the log (parent=…)")
    parser.add_argument("step", help="a step of content/campaigns: gifts_15, or spring_festival/gifts_15")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print one line a decision."""
    settings = Settings.from_environment()
    prepare(settings.log_level)
    from bot import services
    from bot.calendar import Calendar
    from bot.content.vacations import read_vacations
    from bot.model.current import content_of, read_current
    from bot.reminders.campaigns import load_campaigns
    from bot.reminders.people import People
    from bot.reminders.plan import Plan
    from bot.reminders.why import explain

    # As the clock process does: parents get what was published.
    current = read_current(settings.var_path)
    content = Path(content_of(settings.var_path, current, settings.content)) if current else settings.content_path
    vacations = content / "calendar" / "vacations.yml"
    calendar = Calendar(read_vacations(vacations)) if vacations.exists() else Calendar()
    plan = Plan(load_campaigns(content / "campaigns"), calendar)
    name = arguments.step.rpartition("/")[2]
    if not any(name in campaign.by_name for campaign in plan.campaigns.all):
        steps = "、".join(f"{campaign.slug}/{step}" for campaign in plan.campaigns.all for step in campaign.by_name)
        raise CommandError(f"no campaign has a step {arguments.step}; there are: {steps}")
    services.database().upgrade()
    with services.database().session(readonly=True) as session:
        facts = People(services.clock().now).many(session, [arguments.parent]).get(arguments.parent)
        for line in explain(session, plan, facts, arguments.parent, arguments.step, services.clock().now()):
            say(line)
    return 0
