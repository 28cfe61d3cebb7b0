"""What a parent wishes of unasked messages: kept, read one by one and in bulk, shown, erased."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta, timezone

import pytest
from sqlalchemy.orm import Session

from bot.people import erasure, parents, preferences, summary
from bot.people.preferences import NIGHT, NOTHING_SAID, ROTATING, Preferences, Shift

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=timezone.utc)
ALICE, BOB, CHARLIE = "palice", "pbob", "pcharlie"


def test_a_stranger_said_nothing(session: Session) -> None:
    assert preferences.preferences(session, ALICE) == NOTHING_SAID
    preferences.resume_kinds(session, ALICE, ["holiday"])
    preferences.spare_no_more(session, ALICE)
    assert preferences.of(session, [ALICE]) == {}


def test_the_last_word_on_a_shift_counts(session: Session) -> None:
    preferences.set_shift(session, ALICE, Shift(NIGHT))
    rotating = Shift(ROTATING, date(2026, 11, 23), 14, True)
    preferences.set_shift(session, ALICE, rotating)

    assert preferences.preferences(session, ALICE).shift == rotating


def test_after_a_shift_with_an_end_holds_what_held_before(session: Session) -> None:
    rotating = Shift(ROTATING, date(2026, 11, 23), 14, True)
    preferences.set_shift(session, ALICE, rotating)
    preferences.set_shift(session, ALICE, Shift(NIGHT, until=date(2026, 11, 29)))
    preferences.set_shift(session, ALICE, Shift(NIGHT, until=date(2026, 12, 6)))
    shift = preferences.preferences(session, ALICE).shift

    assert shift is not None and shift.on(date(2026, 12, 6)) == shift and shift.on(date(2026, 12, 7)) == rotating
    shown = preferences.preferences(session, ALICE)
    assert "您上夜班，到12月6号" in summary.wishes_in_words(shown, date(2026, 12, 6))
    assert any("倒班" in line for line in summary.wishes_in_words(shown, date(2026, 12, 7)))


def test_a_night_shift_that_gets_an_end_ends(session: Session) -> None:
    preferences.set_shift(session, ALICE, Shift(NIGHT))
    preferences.set_shift(session, ALICE, Shift(NIGHT, until=date(2026, 11, 29)))
    shift = preferences.preferences(session, ALICE).shift

    assert shift is not None and shift.on(date(2026, 11, 30)) == Shift()
    preferences.set_shift(session, ALICE, Shift(NIGHT))
    assert preferences.preferences(session, ALICE).shift == Shift(NIGHT)


def test_kinds_are_stopped_and_resumed_one_by_one(session: Session) -> None:
    preferences.stop_kinds(session, ALICE, ["holiday", "weekly"])
    preferences.stop_kinds(session, ALICE, ["birthday"])
    preferences.resume_kinds(session, ALICE, ["weekly"])

    assert preferences.preferences(session, ALICE).stopped_kinds == {"holiday", "birthday"}
    with pytest.raises(ValueError, match="no such kind"):
        preferences.stop_kinds(session, ALICE, ["weather"])


def test_all_kinds_fit_into_their_column(session: Session) -> None:
    preferences.stop_kinds(session, ALICE, preferences.KINDS)

    assert len(",".join(preferences.KINDS)) <= 120
    assert preferences.preferences(session, ALICE).stopped_kinds == set(preferences.KINDS)


def test_a_second_loss_never_shortens_the_first(session: Session) -> None:
    preferences.spare_until(session, ALICE, date(2027, 3, 1))
    preferences.spare_until(session, ALICE, date(2027, 1, 1))

    assert preferences.preferences(session, ALICE).grief_until == date(2027, 3, 1)


def test_notifications_are_asked_for_once_a_month(session: Session) -> None:
    assert preferences.take_consent_question(session, ALICE, NOW)
    assert not preferences.take_consent_question(session, ALICE, NOW + timedelta(days=29))
    assert preferences.take_consent_question(session, ALICE, NOW + timedelta(days=31))


def test_a_no_to_the_childs_data_takes_the_living_along(session: Session) -> None:
    preferences.set_apart(session, ALICE, False, NOW)
    assert preferences.preferences(session, ALICE).apart is False
    parents.record_consent(session, ALICE, False, NOW)

    assert preferences.preferences(session, ALICE).apart is None


def test_it_reads_many_parents_at_once(session: Session) -> None:
    preferences.set_hours(session, ALICE, time(20), None)
    preferences.stop_kinds(session, CHARLIE, ["course"])

    assert set(preferences.between(session, ALICE, BOB)) == {ALICE}
    assert preferences.of(session, [ALICE, BOB, CHARLIE])[CHARLIE].stopped_kinds == {"course"}


def test_a_parent_sees_it_and_it_goes_with_the_rest(session: Session) -> None:
    preferences.set_shift(session, ALICE, Shift(ROTATING, date(2026, 11, 23), 7, False))
    preferences.set_hours(session, ALICE, None, time(20))
    preferences.stop_kinds(session, ALICE, ["holiday", "birthday"])
    preferences.spare_until(session, ALICE, date(2027, 3, 1))
    preferences.set_apart(session, ALICE, True, NOW)
    profile = parents.profile(session, ALICE)
    words = summary.in_words(profile, NOW)

    for line in ("一周一换，从11月23号起先是白班", "晚上8点以后不发", "不发：节日、生日", "3月1号以前，不发热闹的话", "孩子不在您身边"):
        assert line in words
    assert json.loads(summary.as_json(profile))["不要的消息"] == ["节日", "生日"]
    erasure.erase_everywhere(session, ALICE)
    assert preferences.preferences(session, ALICE) == Preferences()
    assert parents.profile(session, ALICE).preferences == NOTHING_SAID
