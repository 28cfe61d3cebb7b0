"""A year, turned by the clock: the engine against the simulated WeChat, with all the trouble of chaos.py."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from pathlib import Path
from random import Random

from sqlalchemy import event
from sqlalchemy.orm import Session

from bot.clock import ManualClock
from bot.db import Database
from bot.reminders import contact
from bot.reminders.campaigns import Campaign, Step
from bot.reminders.compose import Composer
from bot.reminders.engine import Engine
from bot.reminders.facts import Facts
from bot.reminders.gateway import Message
from bot.reminders.hours import BEIJING
from bot.settings import Settings
from bot.simulator.allowance import Action
from bot.simulator.chat import Content, Side, Via
from bot.simulator.config import SIMULATED_APP_ID, SIMULATED_SECRET, Account, Mode, SimulatorConfig
from bot.simulator.courier import Answer
from bot.simulator.platform import Platform
from bot.wechat import addresses, consents, receipt
from bot.wechat.addresses import ParentKeys
from bot.wechat.gateway import WeChatGateway
from bot.wechat.incoming import TextMessage, parse
from bot.wechat.markup import read_xml
from bot.wechat.reports import take_report
from tests.reminders.chaos import ACCOUNT_ERRORS, Death, InProcess, Life, MortalDatabase, Trouble
from tests.reminders.engine import content
from tests.reminders.population import Population, Someone, people
from tests.reminders.support import ROOT

START, END = datetime(2027, 1, 1, 0, 30, tzinfo=BEIJING), datetime(2028, 1, 1, 0, 30, tzinfo=BEIJING)
SUBSCRIPTION, TEMPLATE = "subscription-template", "notice-template"
KILLS, AT_ONCE = 20, 16
SECRET_KEY = "k" * 32


@dataclass(frozen=True, eq=False)
class Marked(Composer):
    """Words with a mark by which the parent's chat tells which row they are of."""

    shorts: dict[str, str] = field(default_factory=dict)

    def message(self, campaign: Campaign, step: Step, facts: Facts, parent_key: str, occurrence: str, day: date) -> Message:
        made = super().message(campaign, step, facts, parent_key, occurrence, day)
        return self._marked(made, f"{campaign.slug}|{occurrence}|{step.name}")

    def for_all(self, campaign: Campaign, step: Step, occurrence: str) -> str:
        return f"⟦{campaign.slug}|{occurrence}|{step.name}⟧{super().for_all(campaign, step, occurrence)}"

    def follow_up(self, campaign: Campaign, step: Step, _occurrence: str) -> Message:
        return self._marked(super().follow_up(campaign, step, _occurrence), f"{campaign.slug}|{_occurrence}|{step.name}?")

    def _marked(self, made: Message, mark: str) -> Message:
        short = self.shorts.setdefault(mark, f"⟦{len(self.shorts)}⟧")
        return Message(f"⟦{mark}⟧{made.text}", made.title, short)


class Reports:
    """The callback, as far as reports go; it answers at once."""

    def __init__(self, database: Database, clock: ManualClock, keys: ParentKeys) -> None:
        self._database, self._clock, self._keys = database, clock, keys

    async def post(self, url: str, query: dict[str, str], body: str, timeout: float) -> Answer:
        message = parse(read_xml(body.encode()))
        await take_report(self._database, self._clock, message, self._keys.parent_key_for(message.sender))
        return Answer(200, "success")


class Year:
    """One account through one year."""

    def __init__(self, folder: Path, kind: str, parents: int, seed: int = 2027) -> None:
        self.random = Random(seed)
        self.clock = ManualClock(START)
        self.settings = _settings(folder, kind)
        self.database = Database(self.settings.database_url)
        self.database.upgrade()
        _unhurried(self.database)
        keys = ParentKeys(SECRET_KEY)
        account = Account(kind)
        config = SimulatorConfig(account=account, mode=Mode.PLAIN, clock=self.clock, callback="http://callback")
        self.platform = Platform(config, Reports(self.database, self.clock, keys))
        self.composer = Marked(*content())
        self.population = Population()
        self.people = people(parents, self.random, START, END, self._names(keys))
        self.by_key = {each.key: each for each in self.people}
        self.trouble = Trouble(self.random, date(2027, 1, 22), _bad_days(self.random))
        self.content = folder / "content"
        shutil.copytree(ROOT / "content" / "campaigns", self.content / "campaigns")
        shutil.copytree(ROOT / "content" / "calendar", self.content / "calendar")
        self.lives = 0
        self.deaths = 0
        self.counts: Counter[str] = Counter()
        self.looks: list[datetime] = []
        self._mortal: MortalDatabase | None = None
        self._ids = itertools.count(1)

    def _names(self, keys: ParentKeys) -> Iterator[tuple[str, str]]:
        while True:
            follower = self.platform.followers.add(openid=f"o{self.random.getrandbits(108):027x}")
            yield keys.parent_key_for(follower.openid), follower.openid

    async def turn(self) -> None:
        """From the first of January to the next."""
        events = self._events()
        kills = sorted(self.random.uniform(0, 1) for _ in range(KILLS))
        engine = self._born()
        edits = [(START + timedelta(days=100), _edit_texts), (datetime(2027, 9, 29, 11, tzinfo=BEIJING), _edit_on_the_day)]
        while self.clock.now() < END:
            awake = 7 <= self.clock.now().astimezone(BEIJING).hour < 22
            self.clock.turn(timedelta(minutes=self.random.randrange(*((75, 165) if awake else (150, 280)))))
            self._live(events)
            if edits and self.clock.now() >= edits[0][0]:
                edits.pop(0)[1](self.content / "campaigns")
            done = (self.clock.now() - START) / (END - START)
            if kills and done >= kills[0] and self._life.dies_in is None:
                self._life.dies_in = self.random.randrange(1, 150)
            try:
                self.counts.update(await engine.tick())
                self.looks.append(self.clock.now())
            except Death:
                kills.pop(0)
                engine = await self._reborn()
            await self._delivered()
        await self._settle_down(engine)
        await self.platform.close()

    async def _settle_down(self, engine: Engine) -> None:
        """What is open at the end of the year is given a fortnight without new plans' steps to become final."""
        self._life.dies_in = None
        for _ in range(4):
            self.clock.turn(timedelta(minutes=20))
            await engine.tick()
            await self._delivered()

    async def _delivered(self) -> None:
        while self.platform._tasks:
            await asyncio.gather(*self.platform._tasks)

    def _born(self) -> Engine:
        self.lives += 1
        self._life = Life()
        self._mortal = MortalDatabase(self.settings.database_url)
        self._mortal.life = self._life
        _unhurried(self._mortal)
        transport = InProcess(self.platform, self.trouble, self._life)
        gateway = WeChatGateway(self.settings, self._mortal, self.clock, transport, retry_after=(0, 0, 0))
        owner = f"life-{self.lives}"
        return Engine(
            self._mortal, self.clock, gateway, self.population, self.composer, self.content, owner, at_once=AT_ONCE
        )

    async def _reborn(self) -> Engine:
        """Everything that the dead process had begun comes to nothing; then another starts."""
        self.deaths += 1
        self._life.dead = True
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task() and task not in self.platform._tasks]
        await asyncio.gather(*others, return_exceptions=True)
        if self._mortal:
            self._mortal.close()
        return self._born()

    def _events(self) -> list[tuple[datetime, int, str, Someone]]:
        events: list[tuple[datetime, int, str, Someone]] = []
        numbers = itertools.count()
        for each in self.people:
            heappush(events, (each.follows_at, next(numbers), "follow", each))
            for moment in each.writes:
                heappush(events, (moment, next(numbers), "write", each))
            if each.leaves_at:
                heappush(events, (each.leaves_at, next(numbers), "leave", each))
        return events

    def _live(self, events: list[tuple[datetime, int, str, Someone]]) -> None:
        with self.database.session() as session:
            while events and events[0][0] <= self.clock.now():
                _, _, what, someone = heappop(events)
                getattr(self, f"_{what}")(session, someone)

    def _follow(self, session: Session, someone: Someone) -> None:
        follower = self.platform.followers.get(someone.openid)
        follower.following = True
        self.population.facts[someone.key] = someone.history[0][1]
        self._write(session, someone)

    def _leave(self, session: Session, someone: Someone) -> None:
        self.platform.followers.get(someone.openid).following = False
        if not someone.leaves_silently:
            addresses.note_left(session, someone.key, self.clock.now())

    def _write(self, session: Session, someone: Someone) -> None:
        now = self.clock.now()
        follower = self.platform.followers.get(someone.openid)
        if not follower.following:
            return
        self.population.facts[someone.key] = someone.facts_at(now)
        self.platform.act(follower, Action.MESSAGE)
        message = TextMessage(someone.openid, "gh", 0, f"m:{next(self._ids)}", "问一句")
        receipt.take_in(session, message, someone.key, False, True, now)
        told = contact.waiting_for(session, someone.key, now, self.population)
        receipt.settle(session, message, someone.key, (), (), False, (), "问一句", now, told)
        for each in told:
            self.platform.show(follower, Side.ACCOUNT, Content("text", text=each.words.text), Via.PASSIVE)
        if self.random.random() < 0.3:
            follower.consents[SUBSCRIPTION] += 1
            consents.given(session, someone.key, SUBSCRIPTION, now)


def _settings(folder: Path, kind: str) -> Settings:
    return Settings.from_environment(
        {
            "WECHAT_APP_ID": SIMULATED_APP_ID,
            "WECHAT_APP_SECRET": SIMULATED_SECRET,
            "WECHAT_ACCOUNT": kind,
            "WECHAT_SUBSCRIPTION_TEMPLATE": SUBSCRIPTION,
            "WECHAT_NOTICE_TEMPLATE": TEMPLATE,
            "JIASHU_DATABASE_URL": f"sqlite:///{folder}/year.db",
            "JIASHU_SECRET_KEY": SECRET_KEY,
        }
    )


def _unhurried(database: Database) -> None:
    """What dies here is a process, never the machine: nothing has to be on the disk at once."""
    event.listen(database.engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))


def _bad_days(random: Random) -> dict[date, int]:
    """Each account-wide error has its days: one in twenty of the year in all."""
    days = random.sample(range(365), 365 // 20)
    return {START.date() + timedelta(days=day): ACCOUNT_ERRORS[index % len(ACCOUNT_ERRORS)] for index, day in enumerate(days)}


def _edit_texts(folder: Path) -> None:
    """An editor mends a word in every file: everything is planned anew and nothing is sent again."""
    for path in folder.glob("*.yml"):
        path.write_text(path.read_text("utf-8") + "\n# 改过一个字\n", "utf-8")


def _edit_on_the_day(folder: Path) -> None:
    """On the day of a step, before its hour, another step goes from the file."""
    path = folder / "national_day.yml"
    text = path.read_text("utf-8")
    begin = text.rindex("  - step: parting")
    path.write_text(text[:begin], "utf-8")
