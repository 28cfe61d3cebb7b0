"""A human takes over: the assistant is silent but for danger, and what the human writes reaches the parent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActionExecuted
from structlog.testing import capture_logs

from bot.assistant.humans import NEVER_SILENT, Humans
from bot.clock import ManualClock
from bot.db import Database, DatabaseError
from bot.logs import reading, staff, takeovers
from bot.logs.heard import Heard
from bot.logs.shapes import StaffMessage, TalkFilter
from bot.logs.takeovers import TakenError
from bot.wechat.sender import Outcome
from tests.logs.conftest import Record
from tests.logs.support import ALICE, BOB, answered, endangered, missed, scored, user

pytestmark = pytest.mark.asyncio


class Agent:
    """Stands where Rasa's agent is; understands by the word."""

    def __init__(self) -> None:
        self.answered: list[str] = []

    async def parse_message(self, words: str) -> dict[str, Any]:
        return {"intent": {"name": {"救命": "danger", "删除我的数据": "erase_my_data"}.get(words, "lesson"), "confidence": 1.0}, "entities": []}

    async def handle_message(self, message: UserMessage) -> str:
        self.answered.append(message.text)
        return "answered"


@dataclass
class Scene:
    record: Record
    agent: Agent
    humans: Humans
    heard: list[Heard] = field(default_factory=list)
    given: list[tuple[str, str, str]] = field(default_factory=list)
    outcome: Outcome | Exception = Outcome.SENT

    def ref(self, parent: str = ALICE) -> str:
        lines = self.record.do(reading.talks_page, TalkFilter()).items
        return next(line.parent_ref for line in lines if self.record.do(reading.parent_key, line.parent_ref) == parent)

    async def say(self, words: str, parent: str = ALICE) -> object:
        return await self.humans.handle_message(UserMessage(words, None, parent, message_id=f"m:{len(self.heard)}", metadata={"kind": "text"}))

    def staff(self) -> tuple[StaffMessage, ...]:
        line = self.record.do(reading.talks_page, TalkFilter(parent=self.ref())).items[0]
        return self.record.do(reading.talk, line.ref).staff


@pytest.fixture
async def scene(record: Record, database: Database, clock: ManualClock) -> AsyncIterator[Scene]:
    agent = Agent()
    made: Scene

    async def give(parent_key: str, text: str, question: str, _late: bool) -> Outcome:
        made.given.append((parent_key, text, question))
        if isinstance(made.outcome, Exception):
            raise made.outcome
        return made.outcome

    made = Scene(record, agent, Humans(agent, database, clock, lambda heard: made.heard.append(heard), give))
    for parent in (ALICE, BOB):
        record.add(parent, answered("孩子发烧怎么办"))
    yield made
    await made.humans.close()


async def take(scene: Scene, parent: str = ALICE) -> None:
    scene.record.do(takeovers.begin, scene.ref(parent), "counsellor", scene.record.clock.now())
    await scene.humans.look()


async def test_without_a_human_it_answers(scene: Scene) -> None:
    await scene.humans.look()

    assert await scene.say("挑食") == "answered" and scene.heard == []


async def test_it_is_silent_towards_who_is_taken_over_and_only_there(scene: Scene) -> None:
    await take(scene)

    assert await scene.say("您在吗") is None and await scene.say("挑食", BOB) == "answered"
    assert scene.agent.answered == ["挑食"]


async def test_what_is_said_meanwhile_is_in_the_record(scene: Scene) -> None:
    await take(scene)
    await scene.say("我叫欧阳建国，孩子还没退烧")
    scene.record.write(scene.heard)

    line = scene.record.do(reading.talks_page, TalkFilter(parent=scene.ref())).items[0]
    talk = scene.record.do(reading.talk, line.ref)
    assert (talk.turns[-1].outcome, talk.turns[-1].answers) == ("silent", ())
    assert "还没退烧" in talk.turns[-1].text and "欧阳" not in talk.turns[-1].text and talk.takeover.by == "counsellor"


@pytest.mark.parametrize("words", ["救命", "删除我的数据"])
async def test_danger_and_the_parents_rights_are_answered_all_the_same(scene: Scene, words: str) -> None:
    await take(scene)

    assert await scene.say(words) == "answered" and scene.heard == []


async def test_the_intents_that_are_never_silent_exist(root: Path) -> None:
    declared = "".join(path.read_text(encoding="utf-8") for path in (root / "domain").glob("*.yml"))

    assert [name for name in NEVER_SILENT if f"- {name}:" not in declared] == []


async def test_it_is_handed_back_by_a_button(scene: Scene) -> None:
    await take(scene)
    assert scene.record.do(takeovers.end, scene.ref(), "counsellor", scene.record.clock.now()) is True
    await scene.humans.look()

    assert await scene.say("挑食") == "answered"
    assert scene.record.do(takeovers.end, scene.ref(), "counsellor", scene.record.clock.now()) is False


async def test_what_is_said_in_the_second_after_it_was_handed_back_is_answered(scene: Scene) -> None:
    await take(scene)
    scene.record.do(takeovers.end, scene.ref(), "counsellor", scene.record.clock.now())

    assert await scene.say("挑食") == "answered" and scene.heard == []


async def test_it_is_handed_back_by_itself_after_two_hours(scene: Scene) -> None:
    await take(scene)
    scene.record.clock.turn(timedelta(minutes=119))
    await scene.humans.look()
    assert await scene.say("您在吗") is None
    scene.record.clock.turn(timedelta(minutes=1))
    await scene.humans.look()
    assert await scene.say("您在吗") == "answered"


async def test_two_humans_do_not_take_one_conversation(scene: Scene) -> None:
    await take(scene)

    with pytest.raises(TakenError, match="counsellor"):
        scene.record.do(takeovers.begin, scene.ref(), "other", scene.record.clock.now())
    # The same human begins the two hours anew.
    scene.record.clock.turn(timedelta(hours=1))
    again = scene.record.do(takeovers.begin, scene.ref(), "counsellor", scene.record.clock.now())
    assert again.until == scene.record.clock.now() + takeovers.LONGEST


async def test_a_human_is_sent_once_with_the_question(scene: Scene) -> None:
    scene.record.do(staff.write, scene.ref(), "counsellor", " 先量体温，我等您。 ", scene.record.clock.now())
    await scene.humans.look()
    await scene.humans.look()

    assert scene.given == [(ALICE, "先量体温，我等您。", "孩子发烧怎么办")]
    assert [message.state for message in scene.staff()] == ["sent"]


async def test_the_question_is_a_question_not_a_command_or_a_tap(scene: Scene) -> None:
    stop = [user("停止提醒", intent="stop_reminders"), ActionExecuted("action_stop_reminders")]
    scene.record.add(ALICE, stop, scored(100))
    scene.record.do(staff.write, scene.ref(), "counsellor", "先量体温", scene.record.clock.now())
    await scene.humans.look()

    assert scene.given[0][2] == "孩子发烧怎么办"


async def test_several_messages_go_in_order(scene: Scene) -> None:
    for words in ("一", "二", "三"):
        scene.record.do(staff.write, scene.ref(), "counsellor", words, scene.record.clock.now())
    await scene.humans.look()

    assert [text for _, text, _ in scene.given] == ["一", "二", "三"]


async def test_what_is_held_counts_as_given_when_the_parent_comes_back(scene: Scene) -> None:
    scene.outcome = Outcome.KEPT
    scene.record.do(staff.write, scene.ref(), "counsellor", "明天给您打电话", scene.record.clock.now())
    await scene.humans.look()
    assert [message.state for message in scene.staff()] == ["held"]

    scene.record.clock.turn(timedelta(minutes=5))
    scene.record.add(BOB, missed("别的事"))
    # Danger is answered alone: what is held waits on.
    scene.record.add(ALICE, endangered("孩子噎住了"))
    assert [message.state for message in scene.staff()] == ["held"]
    scene.record.add(ALICE, missed("我来了"))
    assert [message.state for message in scene.staff()] == ["given"]


async def test_words_of_a_human_are_anonymised_once_they_are_sent(scene: Scene) -> None:
    scene.record.do(staff.write, scene.ref(), "counsellor", "请打 13812345678 找王秀英老师", scene.record.clock.now())
    await scene.humans.look()

    (message,) = scene.staff()
    assert scene.given[0][1] == "请打 13812345678 找王秀英老师"
    assert "13812345678" not in message.text and "王秀英" not in message.text


async def test_a_question_with_a_placeholder_is_left_out(scene: Scene) -> None:
    scene.record.add(ALICE, missed("张子涵又发烧了"))
    scene.record.do(staff.write, scene.ref(), "counsellor", "先量体温", scene.record.clock.now())
    await scene.humans.look()

    assert scene.given[0][2] == ""


async def test_a_message_left_by_a_process_that_died_is_sent_by_another(scene: Scene) -> None:
    scene.outcome = DatabaseError("locked", "The database is locked.")
    scene.record.do(staff.write, scene.ref(), "counsellor", "先量体温", scene.record.clock.now())
    with pytest.raises(DatabaseError):
        await scene.humans.look()
    scene.outcome = Outcome.SENT
    await scene.humans.look()
    assert len(scene.given) == 1
    scene.record.clock.turn(staff.LEASE + timedelta(seconds=1))
    await scene.humans.look()

    assert [message.state for message in scene.staff()] == ["sent"]


async def test_a_message_that_went_out_does_not_go_again_because_that_could_not_be_written(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_about: object) -> None:
        raise DatabaseError("locked", "The database is locked.")

    scene.record.do(staff.write, scene.ref(), "counsellor", "请打 13812345678", scene.record.clock.now())
    with monkeypatch.context() as broken:
        broken.setattr(staff, "settle", failing)
        with pytest.raises(DatabaseError):
            await scene.humans.look()
    scene.record.clock.turn(staff.LEASE + timedelta(seconds=1))
    await scene.humans.look()
    await scene.humans.look()

    assert len(scene.given) == 1
    assert [(message.state, "13812345678" in message.text) for message in scene.staff()] == [("sent", False)]


@pytest.mark.parametrize("text", ["", "  ", "长" * 601])
async def test_an_empty_or_endless_message_is_refused(scene: Scene, text: str) -> None:
    with pytest.raises(ValueError, match="先写|太长"):
        scene.record.do(staff.write, scene.ref(), "counsellor", text, scene.record.clock.now())


async def test_a_parent_who_was_erased_cannot_be_taken_over(scene: Scene) -> None:
    with pytest.raises(LookupError, match="不在了"):
        scene.record.do(takeovers.begin, "no-such-ref", "counsellor", scene.record.clock.now())


async def test_a_broken_database_does_not_end_the_looking(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.assistant.humans.EVERY", 0.01)
    with scene.record.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE logs_takeovers RENAME TO gone")
    with capture_logs() as said:
        scene.humans.start()
        while len(said) < 2:
            await _pause()
    with scene.record.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO logs_takeovers")
    scene.record.do(takeovers.begin, scene.ref(), "counsellor", scene.record.clock.now())
    for _ in range(500):
        await _pause()
        if await scene.say("您在吗") is None:
            break

    assert await scene.say("您在吗") is None and {each["event"] for each in said} == {"humans.unreadable"}


async def _pause() -> None:
    import asyncio

    await asyncio.sleep(0.01)
