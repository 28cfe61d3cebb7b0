"""Fixtures of the wire's tests."""

from __future__ import annotations

import pytest

from bot.clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()
