"""What is past its time goes, again and again, whatever fails once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.assistant import server
from bot.db import DatabaseError


@pytest.mark.asyncio
@pytest.mark.parametrize("fault", [RuntimeError("孩子的名字"), DatabaseError("full", "The disk is full.")])
async def test_a_failure_does_not_end_the_purging(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    times = 0

    async def purge() -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise fault

    monkeypatch.setattr(server, "purge", purge)
    monkeypatch.setattr(server, "PURGE_EVERY", timedelta(seconds=0.01))
    with capture_logs() as lines:
        purging = asyncio.create_task(server._purge_forever())
        for _ in range(300):
            if times > 2 or purging.done():
                break
            await asyncio.sleep(0.01)
        assert times > 2
        purging.cancel()
    assert [line["event"] for line in lines] == ["purge.failed"] and "孩子" not in str(lines)
