"""What was given is remembered for two months, a call is asked about once: on real databases of both kinds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.orm import Session

from bot.coach import calls, given
from bot.db import Database

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=timezone.utc)
ALICE, BOB = "palice", "pbob"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def session(either_database: Database) -> Iterator[Session]:
    with either_database.session() as opened:
        yield opened


def test_what_was_given_is_fresh_again_after_sixty_days(session: Session) -> None:
    given.note(session, ALICE, given.STARTER, ["a", "b"], NOW)
    session.flush()

    assert given.recently(session, ALICE, given.STARTER, NOW + 59 * DAY) == {"a", "b"}
    assert given.recently(session, ALICE, given.STARTER, NOW + 60 * DAY) == frozenset()
    assert given.recently(session, BOB, given.STARTER, NOW) == frozenset()
    assert given.recently(session, ALICE, given.PHOTO, NOW) == frozenset()


def test_the_old_is_forgotten_when_something_new_is_noted(session: Session) -> None:
    given.note(session, ALICE, given.STARTER, ["a"], NOW)
    session.flush()
    given.note(session, ALICE, given.STARTER, ["b"], NOW + 61 * DAY)
    session.flush()

    assert given.erase(session, ALICE) == 1


def test_the_week_s_task_is_open_for_a_week(session: Session) -> None:
    given.note(session, ALICE, given.PHOTO, ["first"], NOW - 8 * DAY)
    session.flush()
    assert given.latest(session, ALICE, given.PHOTO, NOW, 7 * DAY) is None

    given.note(session, ALICE, given.PHOTO, ["second"], NOW - 6 * DAY)
    session.flush()
    assert given.latest(session, ALICE, given.PHOTO, NOW, 7 * DAY) == "second"


@pytest.mark.parametrize(("later", "asks"), [(1, False), (7, False), (8, True), (20, True), (36, True), (37, False)])
def test_it_asks_the_next_day(session: Session, later: int, asks: bool) -> None:
    calls.prepare(session, ALICE, NOW)
    session.flush()

    assert calls.take_question(session, ALICE, NOW + later * HOUR) is asks


def test_it_asks_once(session: Session) -> None:
    calls.prepare(session, ALICE, NOW)
    session.flush()

    assert calls.take_question(session, ALICE, NOW + 20 * HOUR)
    assert not calls.take_question(session, ALICE, NOW + 21 * HOUR)


def test_it_does_not_ask_what_was_told(session: Session) -> None:
    calls.prepare(session, ALICE, NOW)
    session.flush()

    assert calls.tell(session, ALICE, calls.GOOD, NOW + HOUR)
    assert not calls.take_question(session, ALICE, NOW + 20 * HOUR)
    assert calls.last_went(session, ALICE, NOW + DAY) == calls.GOOD
    assert calls.last_went(session, ALICE, NOW + 8 * DAY) is None


def test_other_openers_for_the_same_call_do_not_make_another(session: Session) -> None:
    for minutes in (0, 2, 30):
        calls.prepare(session, ALICE, NOW + timedelta(minutes=minutes))
        session.flush()

    assert calls.counts(session)["prepared"] == 1


def test_who_never_asked_has_no_call(session: Session) -> None:
    assert not calls.take_question(session, ALICE, NOW)
    assert not calls.tell(session, ALICE, calls.NONE, NOW)
    assert calls.last_went(session, ALICE, NOW) is None


def test_counts_name_nobody(session: Session) -> None:
    for parent, went in ((ALICE, calls.GOOD), (BOB, calls.NONE), ("pcarol", None)):
        calls.prepare(session, parent, NOW)
        session.flush()
        if went:
            calls.tell(session, parent, went, NOW)
    session.flush()

    assert calls.counts(session) == {"prepared": 3, "good": 1, "so_so": 0, "none": 1}


def test_erasing_leaves_the_others(session: Session) -> None:
    for parent in (ALICE, BOB):
        given.note(session, parent, given.STARTER, ["a"], NOW)
        calls.prepare(session, parent, NOW)
    session.flush()

    assert given.erase(session, ALICE) == 2
    assert given.recently(session, BOB, given.STARTER, NOW) == {"a"}
