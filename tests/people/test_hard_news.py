"""A death, a separation, a child that comes: a parent who tells it gets an answer to it also while nothing can be written down."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa_sdk import Action
from sqlalchemy import event
from structlog.testing import capture_logs

from actions.life_events import ActionTellChildCame, ActionTellDeath, ActionTellDivorce
from bot import services
from bot.people import parents
from tests.conftest import ROOT
from tests.course.conftest import Scene
from tests.databases import services_over


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.chdir(ROOT)
    with services_over(tmp_path, monkeypatch):
        yield Scene()


def nothing_can_be_written() -> None:
    def refuse(connection: sqlite3.Connection, *_about: object) -> None:
        connection.execute("PRAGMA query_only=ON")

    event.listen(services.database().engine, "checkout", refuse)


@pytest.mark.parametrize(
    ("action", "words", "says", "promise"),
    [
        (ActionTellDeath(), "我妈昨天去世了", "我很难过", "我先不发"),
        (ActionTellDeath(), "孩子没保住，夭折了", "不是您的错", "都停了"),
        (ActionTellDivorce(), "我们离婚了", "不是你的错", "我先不发"),
        (ActionTellChildCame(), "孩子接到我身边了", "盼到了", "记下了"),
    ],
)
async def test_it_is_answered_and_nothing_is_promised(scene: Scene, action: Action, words: str, says: str, promise: str) -> None:
    with services.database().session() as session:
        parents.record_consent(session, scene.parent, True, services.clock().now())
    usual = await scene.run(action, words)
    nothing_can_be_written()
    with capture_logs() as logs:
        answer = await scene.run(action, words)

    assert says in answer and says in usual
    assert promise in usual and promise not in answer
    assert [each["event"] for each in logs if each["log_level"] == "error"] == ["family.not_kept"]
