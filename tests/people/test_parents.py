"""What is remembered of a parent, and that it is forgotten: on a real database."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone

import pytest
from sqlalchemy.orm import Session

from bot.people import erasure, parents, summary
from bot.people.children import age_for
from bot.people.parents import Child, Meeting, Profile

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=timezone.utc)
ALICE, BOB = "palice", "pbob"
LIN = Child(date(2026, 1, 1), False, "女孩", "四川", "爷爷奶奶")
MING = Child(date(2016, 9, 1), True, "男孩", None, "住校")


def _told(session: Session) -> None:
    parents.record_consent(session, ALICE, True, NOW)
    for child in (LIN, MING):
        parents.add_child(session, ALICE, child, NOW)
    parents.set_meeting(session, ALICE, Meeting("春节", date(2027, 2, 6)))


def test_a_stranger_has_an_empty_profile(session: Session) -> None:
    assert parents.profile(session, ALICE) == Profile(None, None, None, (), False)


def test_it_keeps_children_with_consent_only(session: Session) -> None:
    assert parents.add_child(session, ALICE, LIN, NOW) is False
    parents.record_consent(session, ALICE, False, NOW)
    assert parents.add_child(session, ALICE, LIN, NOW) is False
    parents.record_consent(session, ALICE, True, NOW)
    assert parents.add_child(session, ALICE, LIN, NOW) is True
    assert parents.profile(session, ALICE).children == (LIN,)
    assert parents.profile(session, BOB).children == ()


def test_what_was_told_of_a_child_is_corrected(session: Session) -> None:
    _told(session)
    right = Child(date(2016, 9, 1), True, "女孩", None, "住校")
    parents.correct_child(session, ALICE, MING, right, NOW)

    assert parents.profile(session, ALICE).children == (LIN, right)


def test_a_no_deletes_what_a_yes_had_kept(session: Session) -> None:
    _told(session)
    parents.record_consent(session, ALICE, False, NOW)

    assert parents.profile(session, ALICE).children == () and not parents.has_agreed(session, ALICE)


def test_consent_to_an_older_notice_does_not_count(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    parents.record_consent(session, ALICE, True, NOW)
    monkeypatch.setattr(parents, "NOTICE_VERSION", parents.NOTICE_VERSION + 1)

    assert not parents.has_agreed(session, ALICE)


def test_the_same_child_told_twice_is_one(session: Session) -> None:
    _told(session)
    parents.add_child(session, ALICE, LIN, NOW)

    assert parents.profile(session, ALICE).children == (LIN, MING)


def test_the_offer_is_made_once(session: Session) -> None:
    assert [parents.mark_offered(session, ALICE, NOW) for _ in range(2)] == [True, False]


def test_reminders_stop_and_resume(session: Session) -> None:
    parents.stop_reminders(session, ALICE, NOW)
    assert parents.profile(session, ALICE).reminders_stopped_at == NOW
    parents.resume_reminders(session, ALICE)
    assert parents.profile(session, ALICE).reminders_stopped_at is None


def test_it_says_what_it_remembers_in_words_and_as_json(session: Session) -> None:
    assert "没有记" in summary.in_words(parents.profile(session, ALICE), NOW)
    _told(session)
    profile = parents.profile(session, ALICE)

    said = summary.in_words(profile, NOW)
    assert "女孩，2个月，四川，爷爷奶奶" in said and "男孩，大约9岁，住校" in said and "下次见面：春节" in said
    assert [child["出生年月"] for child in json.loads(summary.as_json(profile))["孩子"]] == ["2026-01", "2016-09"]


def test_erasure_leaves_no_row_and_touches_nobody_else(session: Session) -> None:
    _told(session)
    parents.stop_reminders(session, BOB, NOW)

    erasure.erase_everywhere(session, ALICE)

    assert parents.profile(session, ALICE) == Profile(None, None, None, (), False)
    assert parents.profile(session, BOB).reminders_stopped_at == NOW
    assert parents.erase(session, ALICE) == 0


@pytest.mark.parametrize(
    ("ages", "children", "months"),
    [
        ((0, 72), (LIN,), 2),
        ((0, 72), (LIN, MING), 2),
        ((0, 216), (LIN, MING), None),
        ((72, 216), (LIN,), None),
        ((0, 216), (), None),
    ],
)
def test_it_knows_which_child_a_lesson_is_for(ages: tuple[int, int], children: tuple[Child, ...], months: int | None) -> None:
    assert age_for(ages, Profile(None, None, None, children, True), NOW) == months
