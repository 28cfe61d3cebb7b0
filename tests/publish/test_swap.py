"""Another model in the running assistant: every message is answered once, by the old or by the new, and trouble changes nothing."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.assistant.few_at_once import FewAtOnce
from bot.assistant.swap import Swappable, Swapper
from bot.logs.cleaning import Anonymised, Order
from bot.model.current import Current, Serving, choose, read_current, read_serving


class Broken(Exception):
    """A content file or a model is not whole."""


class Answering:
    """Answers each message with its own name, after a short wait like that for a database."""

    def __init__(self, name: str, heard: list[tuple[str, str]]) -> None:
        self.name = name
        self.heard = heard
        self.running = 0
        self.closed = False

    async def handle_message(self, message: UserMessage) -> str:
        assert not self.closed, "a turn began after the agent was closed"
        self.running += 1
        await asyncio.sleep(0.002)
        self.running -= 1
        self.heard.append((self.name, str(message.text)))
        return self.name

    async def parse_message(self, message_data: str) -> dict[str, Any]:
        return {"intent": {"name": self.name}}

    async def scrub(self, order: Order) -> list[Anonymised]:
        return [Anonymised((self.name,), "{}") for _ in order.turns]

    def close(self) -> None:
        self.closed = True


class Stage:
    """The old agent at work, the new one behind the scene."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.heard: list[tuple[str, str]] = []
        self.old, self.new = Answering("old", self.heard), Answering("new", self.heard)
        self.agent = Swappable(self.old)
        self.loaded: list[str] = []
        self.running_while_renewed: list[int] = []
        self.trouble: dict[str, Exception] = {}
        self.swapper = Swapper(self.agent, var, "old.tar.gz", self.load, self.renew, (Broken,))

    def load(self, wanted: Current) -> Answering:
        assert threading.current_thread() is not threading.main_thread(), "parents would wait while it loads"
        self.loaded.append(wanted.model)
        if "load" in self.trouble:
            raise self.trouble["load"]
        return self.new

    def renew(self, wanted: Current) -> None:
        self.running_while_renewed.append(self.old.running)
        if "renew" in self.trouble:
            raise self.trouble["renew"]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


async def test_what_comes_during_the_exchange_is_answered_once(stage: Stage) -> None:
    queue = FewAtOnce(stage.agent)
    choose(stage.var, Current("new.tar.gz", 1))
    talk: list[asyncio.Task[object]] = []

    async def write() -> None:
        """Before the exchange, while it lasts, and after it, however long that is."""
        after = 100
        while after:
            talk.append(asyncio.create_task(queue.handle_message(UserMessage(str(len(talk))))))
            after -= stage.swapper.model == "new.tar.gz"
            await asyncio.sleep(0.0005)

    writing = asyncio.create_task(write())
    while len(stage.heard) < 20:
        await asyncio.sleep(0.001)
    await stage.swapper.look()
    await writing
    answers = await asyncio.gather(*talk)

    assert sorted(int(text) for _, text in stage.heard) == list(range(len(talk)))
    assert set(answers) == {"old", "new"} and stage.running_while_renewed == [0]
    assert stage.old.closed and not stage.new.closed


async def test_the_record_is_anonymised_by_who_answers(stage: Stage) -> None:
    order = Order("", {}, (("parent", ("话",)),))
    before = await stage.agent.scrub(order)
    choose(stage.var, Current("new.tar.gz", 1))
    await stage.swapper.look()

    assert [each.texts for each in [*(before or ()), *(await stage.agent.scrub(order) or ())]] == [("old",), ("new",)]


async def test_the_choice_is_carried_out_once_and_told(stage: Stage) -> None:
    choose(stage.var, Current("new.tar.gz", 7))

    await stage.swapper.look()
    await stage.swapper.look()

    assert stage.loaded == ["new.tar.gz"] and stage.swapper.model == "new.tar.gz"
    assert read_serving(stage.var) == Serving("new.tar.gz", Current("new.tar.gz", 7))
    assert (await stage.agent.parse_message("在吗"))["intent"] == {"name": "new"}


@pytest.mark.parametrize("where", ["load", "renew"])
@pytest.mark.parametrize(("error", "words"), [(Broken("a.md:3: 少了标题"), "a.md:3"), (KeyError("x"), "KeyError")])
async def test_when_it_fails_the_old_one_goes_on_answering(stage: Stage, where: str, error: Exception, words: str) -> None:
    stage.trouble[where] = error
    choose(stage.var, Current("new.tar.gz", 1))

    await stage.swapper.look()
    await stage.swapper.look()

    assert await stage.agent.handle_message(UserMessage("在吗")) == "old" and not stage.old.closed
    said = read_serving(stage.var)
    assert said and said.model == "old.tar.gz" and words in said.trouble and len(stage.loaded) == 1


async def test_a_choice_that_failed_can_be_chosen_again(stage: Stage) -> None:
    stage.trouble["load"] = Broken("not whole")
    choose(stage.var, Current("new.tar.gz", 1))
    await stage.swapper.look()
    stage.trouble.clear()

    choose(stage.var, Current("new.tar.gz", 2))
    await stage.swapper.look()

    assert await stage.agent.handle_message(UserMessage("在吗")) == "new"


async def test_a_turn_that_hangs_does_not_hold_up_the_others_for_ever(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.assistant.swap.PATIENCE", 0.05)
    ends = asyncio.Event()

    async def hang(message: UserMessage) -> str:
        await ends.wait()
        return "old"

    monkeypatch.setattr(stage.old, "handle_message", hang)
    hanging = asyncio.create_task(stage.agent.handle_message(UserMessage("一")))
    await asyncio.sleep(0)
    choose(stage.var, Current("new.tar.gz", 1))
    await stage.swapper.look()

    assert await stage.agent.handle_message(UserMessage("二")) == "new"
    ends.set()
    assert await hanging == "old"


async def test_while_it_runs_a_new_choice_is_noticed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.assistant.swap.EVERY", 0.01)
    stage.swapper.start()
    assert read_serving(stage.var) == Serving("old.tar.gz")
    choose(stage.var, Current("new.tar.gz", 1))

    while stage.swapper.model == "old.tar.gz":
        await asyncio.sleep(0.01)
    await stage.swapper.close()

    assert await stage.agent.handle_message(UserMessage("在吗")) == "new"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"model": "../../etc/passwd", "run": 1}', '{"model": 3, "run": 1}', '{"model": "a"}'])
async def test_a_spoilt_choice_is_no_choice(stage: Stage, text: str) -> None:
    (stage.var / "publish").mkdir()
    (stage.var / "publish/current.json").write_text(text)

    assert read_current(stage.var) is None
    await stage.swapper.look()
    assert stage.loaded == []
