"""What is published while the clock process runs is what it says next; what cannot be read changes nothing."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.commands.clock import _content
from bot.content.documents import ContentError
from bot.content.library import load_library
from bot.content.tables.shelf import load_shelf
from bot.db import Database
from bot.model.current import Current, choose
from bot.reminders.compose import Composer
from bot.reminders.engine import Engine
from bot.reminders.facts import ChildFacts, Facts
from bot.reminders.gateway import Reach
from bot.reminders.hours import beijing_day
from bot.settings import Settings
from tests.reminders.support import ROOT, Known, Wire, beijing

LIBRARY = ROOT / "tests/content/library"
OLD, NEW = "今晚的月亮", "窗外的月亮"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The copy of a publishing in which a campaign says something else."""
    copy = Path(shutil.copytree(LIBRARY, tmp_path / "var/publish/3/content"))
    campaign = copy / "campaigns/mid_autumn.yml"
    text = campaign.read_text("utf-8")
    assert OLD in text
    campaign.write_text(text.replace(OLD, NEW).replace("中秋了，今晚", "中秋了，窗外的月亮，"), "utf-8")
    return copy


def _read(folder: Path) -> tuple[Composer, Path]:
    return Composer(load_library(folder), load_shelf(folder)), folder


def _engine(database: Database, clock: ManualClock, wire: Wire) -> Engine:
    return Engine(database, clock, wire, Known({"a": Facts(apart=True)}), *_read(LIBRARY), "me")


async def _mid_autumn(engine: Engine, clock: ManualClock) -> None:
    """Through the hours in which the message of the day is due."""
    while clock.now() < beijing(2027, 9, 15, 20):
        await engine.tick()
        clock.turn(timedelta(minutes=30))


async def test_what_was_published_is_said_from_then_on(database: Database, clock: ManualClock, published: Path) -> None:
    wire = Wire({"a": Reach(following=True, custom_left=4)})
    clock.set(beijing(2027, 9, 15, 9))
    engine = _engine(database, clock, wire)
    await engine.tick()

    engine.renew(*_read(published))
    await _mid_autumn(engine, clock)

    ((_, _, text),) = wire.sent
    assert NEW in text


async def test_a_broken_campaign_leaves_the_old_ones_in_force(database: Database, clock: ManualClock, published: Path) -> None:
    wire = Wire({"a": Reach(following=True, custom_left=4)})
    clock.set(beijing(2027, 9, 15, 9))
    engine = _engine(database, clock, wire)
    (published / "campaigns/mid_autumn.yml").write_text("campaign: ", "utf-8")

    engine.renew(*_read(published))
    await _mid_autumn(engine, clock)

    ((_, _, text),) = wire.sent
    assert NEW not in text


async def test_a_vacation_that_moves_takes_its_messages_along(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    content = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    shutil.copy(ROOT / "tests/reminders/campaigns/summer.yml", content / "campaigns")
    wire = Wire({"a": Reach(following=True, custom_left=4)})
    clock.set(beijing(2026, 6, 24, 9))
    child = ChildFacts(date(2019, 5, 1), province="湖南")
    engine = Engine(database, clock, wire, Known({"a": Facts(children=(child,))}), *_read(content), "me")
    await engine.tick()

    calendar = content / "calendar/vacations.yml"
    calendar.write_text(calendar.read_text("utf-8").replace("start: 2026-07-05", "start: 2026-07-09"), "utf-8")
    sent_on = []
    while clock.now() < beijing(2026, 7, 1):
        await engine.tick()
        sent_on += [beijing_day(clock.now())] * (len(wire.sent) - len(sent_on))
        clock.turn(timedelta(hours=1))
    assert sent_on == [date(2026, 6, 29)], "ten days before the day on which it begins now"


def test_the_process_reads_what_was_chosen(tmp_path: Path, published: Path) -> None:
    settings = Settings.from_environment({"JIASHU_VAR": str(tmp_path / "var"), "JIASHU_CONTENT": str(LIBRARY)})
    assert _content(settings)[1] == LIBRARY

    choose(tmp_path / "var", Current("new.tar.gz", 3))
    composer, folder = _content(settings)
    assert folder == published and composer.library.lessons

    choose(tmp_path / "var", Current("gone.tar.gz", 9))
    assert _content(settings)[1] == LIBRARY, "without a copy, the files as they are"


def test_a_copy_that_is_broken_says_where(tmp_path: Path, published: Path) -> None:
    choose(tmp_path / "var", Current("new.tar.gz", 3))
    next((published / "lessons").rglob("*.md")).write_text("nothing", "utf-8")
    with pytest.raises(ContentError):
        _content(Settings.from_environment({"JIASHU_VAR": str(tmp_path / "var")}))
