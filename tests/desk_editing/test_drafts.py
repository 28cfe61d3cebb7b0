"""Drafts: who may do what when, and that nobody's words are overwritten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import services
from bot.clock import ManualClock
from bot.desk.editing import drafts
from bot.desk.editing.drafts import Clash, Draft, DraftError

PATH = "lessons/course/one.md"


def _save(text: str, author: str, version: int, clock: ManualClock, base: str = "b") -> Draft:
    with services.database().session() as session:
        return drafts.save(session, PATH, text, base, version, author, clock.now())


def _judge(draft: Draft, reviewer: str, good: bool, note: str, clock: ManualClock) -> Draft:
    with services.database().session() as session:
        return drafts.judge(session, draft.id, draft.version, reviewer, note, good, clock.now())


def _send(draft: Draft, clock: ManualClock) -> Draft:
    with services.database().session() as session:
        return drafts.send(session, draft.id, draft.version, "alice", clock.now())


def _close(draft: Draft, clock: ManualClock, commit: str = "") -> Draft:
    with services.database().session() as session:
        return drafts.close(session, draft.id, draft.version, "bob", clock.now(), commit)


def test_a_draft_goes_its_way(clock: ManualClock) -> None:
    draft = _send(_save("一", "alice", 0, clock), clock)
    returned = _judge(draft, "bob", False, "短一点", clock)
    assert (returned.state, returned.note, returned.reviewer) == ("returned", "短一点", "bob")
    clock.turn(timedelta(hours=1))
    again = _send(_save("短", "alice", returned.version, clock), clock)
    done = _close(_judge(again, "bob", True, "", clock), clock, "c" * 40)

    assert (done.state, done.commit, done.updated_at) == ("published", "c" * 40, clock.now())
    with services.database().session() as session:
        assert drafts.open_for(session, PATH) is None
    assert _save("二", "bob", 0, clock).authors == ("bob",)


def test_two_begin_at_the_same_time_and_the_second_sees_the_first(clock: ManualClock) -> None:
    _save("先来的", "alice", 0, clock)
    with pytest.raises(Clash) as clash:
        _save("后来的", "bob", 0, clock)

    assert clash.value.now and clash.value.now.text == "先来的" and "alice" in str(clash.value)


def test_nobody_writes_over_what_they_have_not_seen(clock: ManualClock) -> None:
    first = _save("一", "alice", 0, clock)
    second = _save("一二", "bob", first.version, clock)
    with pytest.raises(Clash) as clash:
        _save("一三", "alice", first.version, clock)

    assert clash.value.now == second
    assert second.authors == ("alice", "bob")
    with pytest.raises(Clash):
        _send(first, clock)


@pytest.mark.parametrize("name", ["alice", "bob"])
def test_who_wrote_in_it_does_not_approve_it(clock: ManualClock, name: str) -> None:
    draft = _send(_save("一二", "bob", _save("一", "alice", 0, clock).version, clock), clock)
    with pytest.raises(DraftError, match="另一位同事"):
        _judge(draft, name, True, "", clock)


def test_a_change_after_approval_is_looked_at_again(clock: ManualClock) -> None:
    approved = _judge(_send(_save("一", "alice", 0, clock), clock), "bob", True, "", clock)
    changed = _save("二", "alice", approved.version, clock)

    assert (changed.state, changed.reviewer) == ("draft", "")
    with pytest.raises(Clash):
        _close(approved, clock, "c" * 40)
    with pytest.raises(Clash):
        _close(changed, clock, "c" * 40)


def test_nothing_is_given_back_without_a_word(clock: ManualClock) -> None:
    with pytest.raises(DraftError, match="一句"):
        _judge(_send(_save("一", "alice", 0, clock), clock), "bob", False, "", clock)


def test_what_is_thrown_away_cannot_be_gone_on_with(clock: ManualClock) -> None:
    dropped = _close(_save("一", "alice", 0, clock), clock)
    assert dropped.state == "dropped"
    with pytest.raises(Clash) as clash:
        _save("二", "alice", dropped.version, clock)
    assert clash.value.now is None
