"""A year turned by the clock: 5,000 parents of two accounts, one of each kind, against the simulated WeChat's API.

Every call may fail in any of a dozen ways (one in twenty each), the API is gone for a day, the process dies twenty times at
some call or transaction, an editor changes campaigns twice. What the parents' chats hold in the end is judged.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import structlog

from tests.reminders.chaos import ERRORS
from tests.reminders.year import KILLS

pytestmark = pytest.mark.slow

PARENTS = 2500
KINDS = ("service", "subscription")

Verdict = dict[str, Any]


def one_year(folder: str, kind: str) -> Verdict:
    """In a process of its own: the two years go side by side."""
    from tests.reminders.judge import Judge
    from tests.reminders.year import Year

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))

    async def turn() -> Verdict:
        year = Year(Path(folder), kind, PARENTS)
        await year.turn()
        judge = Judge(year)
        return {
            "duplicates": judge.duplicates()[:5],
            "at_night": judge.at_night()[:5],
            "too_many": judge.too_many()[:5],
            "unwanted": judge.unwanted()[:5],
            "lost": judge.lost()[:5],
            "never_planned": judge.never_planned()[:5],
            "unexplained": judge.unexplained()[:5],
            "refused_by_wechat": judge.broken_limits(year.trouble),
            "mass_a_month": judge.mass_a_month(),
            "unsure": sum(row["state"] == "unsure" for row in judge.rows),
            "most_unsure": judge.most_unsure(),
            "deaths": year.deaths,
            "injected": dict(year.trouble.injected),
            "ways": {str(each.via.value) for each in judge.shown},
            "shown": len(judge.shown),
            "rows": len(judge.rows),
        }

    return asyncio.run(turn())


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[Verdict]]]:
    # Spawned: a fork would take the threads' locks along.
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as processes:
        yield {kind: processes.submit(one_year, str(tmp_path_factory.mktemp(kind)), kind) for kind in KINDS}


@pytest.fixture(params=KINDS)
def verdict(request: pytest.FixtureRequest, years: dict[str, Future[Verdict]]) -> Verdict:
    return years[request.param].result()


def test_the_year_was_a_bad_one(verdict: Verdict) -> None:
    assert verdict["deaths"] == KILLS
    injected = verdict["injected"]
    assert {str(code) for code in ERRORS} | {"lost", "answer lost", "not reached"} <= injected.keys()
    assert {"custom", "mass", "subscription", "passive"} <= verdict["ways"]
    assert verdict["shown"] > 10_000 < verdict["rows"]


@pytest.mark.parametrize(
    "wrong", ["duplicates", "at_night", "too_many", "unwanted", "lost", "never_planned", "unexplained", "refused_by_wechat"]
)
def test_nothing_went_wrong(verdict: Verdict, wrong: str) -> None:
    assert not verdict[wrong]


def test_no_more_is_in_doubt_than_nobody_can_know(verdict: Verdict) -> None:
    assert 0 < verdict["unsure"] <= verdict["most_unsure"]


def test_nobody_got_more_mass_messages_than_wechat_delivers(verdict: Verdict, request: pytest.FixtureRequest) -> None:
    most = 4 if "service" in request.node.name.split("[")[1] else 31
    assert 0 < verdict["mass_a_month"] <= most
