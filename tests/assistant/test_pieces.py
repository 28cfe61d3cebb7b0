"""The assistant's pieces without a model: memory that fails, actions that fail, turns that queue, names of models, the settings of a run."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered

from bot.assistant import tracker_store
from bot.assistant.few_at_once import FewAtOnce
from bot.assistant.tracker_store import FORGET_SLOT, ExpiringTrackerStore
from bot.clock import ManualClock
from bot.db import Database
from bot.local import embedded_environment, real_environment
from bot.logs import flags
from bot.model.recipe import fingerprint
from bot.settings import Settings, SettingsError

pytestmark = pytest.mark.asyncio

DOMAIN = Domain.from_yaml(f"""
version: "3.1"
intents: [greet]
slots:
  {FORGET_SLOT}: {{type: bool, initial_value: false, mappings: [{{type: custom}}]}}
""")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(database: Database, clock: ManualClock) -> ExpiringTrackerStore:
    return ExpiringTrackerStore(DOMAIN, database=database, clock=clock)


async def _turn(store: ExpiringTrackerStore, parent: str, words: str, *more: SlotSet) -> None:
    tracker = await store.get_or_create_tracker(parent)
    for event in (UserUttered(words, {"name": "greet", "confidence": 1.0}), *more, ActionExecuted("action_listen")):
        tracker.update(event, DOMAIN)
    await store.save(tracker)


async def _remembered(store: ExpiringTrackerStore, parent: str) -> list[str]:
    tracker = await store.retrieve(parent)
    events = tracker.events if tracker else []
    return [event.text for event in events if isinstance(event, UserUttered)]


async def test_it_remembers_a_talk_turn_by_turn(store: ExpiringTrackerStore) -> None:
    await _turn(store, "alice", "一")
    await _turn(store, "alice", "二")
    await _turn(store, "bob", "三")

    assert await _remembered(store, "alice") == ["一", "二"]
    assert await _remembered(store, "bob") == ["三"]
    assert sorted(await store.keys()) == ["alice", "bob"]


async def test_it_forgets_within_the_turn_that_asks_for_it(store: ExpiringTrackerStore) -> None:
    await _turn(store, "alice", "一")
    await _turn(store, "alice", "删除", SlotSet(FORGET_SLOT, True))

    assert await store.retrieve("alice") is None


async def test_it_forgets_what_is_old(store: ExpiringTrackerStore, database: Database, clock: ManualClock) -> None:
    await _turn(store, "alice", "一")
    clock.turn(timedelta(days=31))
    await _turn(store, "bob", "二")

    assert await database.run(tracker_store.purge, clock.now() - timedelta(days=30)) == 1
    assert list(await store.keys()) == ["bob"]


async def test_a_database_that_fails_costs_the_memory_not_the_turn(store: ExpiringTrackerStore, database: Database) -> None:
    await _turn(store, "alice", "一")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE assistant_turns RENAME TO gone")

    await _turn(store, "alice", "二")

    assert await store.retrieve("alice") is None


async def test_a_flag_says_which_script_and_is_erased(database: Database, clock: ManualClock) -> None:
    for parent in ("alice", "bob"):
        await database.run(flags.raise_flag, parent, "choking", "patterns", clock.now())

    assert await database.run(flags.erase, "alice") == 1
    assert await database.run(flags.erase, "alice") == 0


class Counting:
    """An agent that counts how many turns are in work."""

    def __init__(self) -> None:
        self.now = self.most = self.done = 0

    async def handle_message(self, message: UserMessage) -> object:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        self.done += 1
        return message.text


async def test_few_turns_compute_at_a_time_and_all_are_done() -> None:
    agent = Counting()
    queue = FewAtOnce(agent, 3)

    answers = await asyncio.gather(*(queue.handle_message(UserMessage(str(number))) for number in range(50)))

    assert answers == [str(number) for number in range(50)] and (agent.most, agent.done) == (3, 50)


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda root: None, True),
        (lambda root: (root / "data" / "nlu.yml").write_text("nlu: []"), False),
        (lambda root: (root / "data" / "more.yml").write_text("nlu: []"), False),
        (lambda root: (root / "data" / "notes.bak").write_text("x"), True),
        (lambda root: (root / "content" / "menu.yml").write_text("[]"), True),
    ],
)
async def test_a_model_is_named_after_what_it_is_made_of(tmp_path: Path, change: Callable[[Path], object], same: bool) -> None:
    for name in ("data/nlu.yml", "config.yml", "content/lessons/a.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a")
    copy = shutil.copytree(tmp_path, tmp_path.parent / f"{tmp_path.name}-copy")
    change(copy)

    assert (fingerprint(copy) == fingerprint(tmp_path)) is same


async def test_a_local_run_makes_its_secret_key_once(tmp_path: Path) -> None:
    settings = Settings.from_environment({"JIASHU_VAR": str(tmp_path)})

    first, second = embedded_environment(settings), embedded_environment(settings)

    assert first == second and len(first["JIASHU_SECRET_KEY"]) == 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


async def test_a_real_account_is_complete_or_says_what_is_missing() -> None:
    some = {"WECHAT_APP_ID": "wx1", "WECHAT_TOKEN": "t"}
    with pytest.raises(SettingsError, match="WECHAT_APP_SECRET, JIASHU_SECRET_KEY"):
        real_environment(Settings.from_environment(some))

    whole = {**some, "WECHAT_APP_SECRET": "s", "JIASHU_SECRET_KEY": "k" * 32}
    assert real_environment(Settings.from_environment(whole)) == {}
