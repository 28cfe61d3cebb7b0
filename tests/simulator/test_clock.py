"""Clocks that can be turned, alone and across processes."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.clock import Clock, ManualClock, ShiftedClock, SystemClock, TurnedClock, clock_for
from bot.settings import Settings

HOUR = timedelta(hours=1)


def near(left: datetime, right: datetime) -> bool:
    return abs(left - right) < timedelta(minutes=2)


@pytest.mark.parametrize("kind", ["system", "manual", "shifted", "turned"])
def test_it_tells_utc(kind: str, tmp_path: Path) -> None:
    clocks: dict[str, Clock] = {
        "system": SystemClock(), "manual": ManualClock(), "shifted": ShiftedClock(), "turned": TurnedClock(tmp_path / "c"),
    }
    assert clocks[kind].now().utcoffset() == timedelta()


def test_a_manual_clock_stands_until_turned() -> None:
    clock = ManualClock()
    before = clock.now()
    assert clock.now() == before
    assert clock.turn(HOUR) == clock.now() == before + HOUR
    assert clock.set(before) == clock.now() == before


def test_a_shifted_clock_can_be_turned_and_set() -> None:
    clock = ShiftedClock()
    assert near(clock.turn(HOUR), SystemClock().now() + HOUR)
    moment = datetime(2027, 2, 5, tzinfo=timezone.utc)
    assert near(clock.set(moment), moment)


def test_another_reader_of_the_file_tells_the_turned_time(tmp_path: Path) -> None:
    TurnedClock(tmp_path / "var" / "clock.json").turn(timedelta(days=3))
    other = TurnedClock(tmp_path / "var" / "clock.json")
    assert near(other.now(), SystemClock().now() + timedelta(days=3))


def test_a_reader_that_is_open_sees_the_next_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.clock.STAT_EVERY", 0.0)
    reader, writer = TurnedClock(tmp_path / "c"), TurnedClock(tmp_path / "c")
    assert near(reader.now(), SystemClock().now())
    writer.turn(HOUR)
    writer.turn(HOUR)
    assert near(reader.now(), SystemClock().now() + 2 * HOUR)
    writer.reset()
    assert near(reader.now(), SystemClock().now())


@pytest.mark.parametrize("junk", ["", "[]", "{}", '{"offset_seconds": "soon"}', '{"offset_seconds": 1e300}'])
def test_a_broken_file_means_system_time(junk: str, tmp_path: Path) -> None:
    (tmp_path / "c").write_text(junk, "utf-8")
    assert near(TurnedClock(tmp_path / "c").now(), SystemClock().now())


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError):
        ManualClock().set(datetime(2026, 1, 1))


def test_a_command_beside_a_local_run_tells_the_time_of_that_run(tmp_path: Path) -> None:
    of_a_run = {"JIASHU_VAR": str(tmp_path)}
    TurnedClock(tmp_path / "clock.json").turn(timedelta(days=3))
    assert near(clock_for(Settings.from_environment(of_a_run)).now(), SystemClock().now() + timedelta(days=3))
    real = of_a_run | {"WECHAT_APP_ID": "wx0"}
    assert isinstance(clock_for(Settings.from_environment(real)), SystemClock)
