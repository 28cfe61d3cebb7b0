"""Planning, claiming and sending for a million parents on PostgreSQL: `python -m bench.reminders [parents] [sends] [days]`.

Starts a PostgreSQL server of its own in a folder that is deleted at the end, and WeChat's API as a small process that takes
everything. Prints a Markdown table; docs/reminders.md has the last one.
"""

from __future__ import annotations

import asyncio
import json
import logging
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import structlog
from sqlalchemy import insert, text

from bot.calendar import Calendar
from bot.clock import ManualClock
from bot.commands.process import in_loop
from bot.content.library import load_library
from bot.content.tables.shelf import load_shelf
from bot.content.vacations import read_vacations
from bot.db import Database
from bot.reminders import outbox
from bot.reminders.budget import Budget
from bot.reminders.campaigns import Campaigns, load_campaigns
from bot.reminders.compose import Composer
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.facts import NOTHING_KNOWN
from bot.reminders.hours import BEIJING
from bot.reminders.people import People
from bot.reminders.plan import Plan, Window
from bot.reminders.planner import Planner
from bot.reminders.tables import outbox as table
from bot.settings import Settings
from bot.wechat.gateway import WeChatGateway
from tests import services
from tests.requirements import found

CONTENT = Path(__file__).parent.parent / "content"
FIRST = datetime(2027, 1, 1, tzinfo=BEIJING)
DUE = datetime(2027, 1, 7, 13, 0, tzinfo=BEIJING)
PLAIN_LOOP = 1_000
CLAIM_AT_ONCE, CLAIMS = 500, 200


def main(parents: int, sends: int, days: int) -> None:
    """Measure and print. `days` of the series from the first of January on are planned; all of it are sixty."""
    window = Window(FIRST, FIRST + timedelta(days=days))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    program = found("postgres")
    if program is None:
        sys.exit("this measurement needs PostgreSQL's server program")
    with services.postgres(program) as url:
        database = Database(url)
        database.upgrade()
        _say(f"{parents:,} parents on PostgreSQL, Python {sys.version.split()[0]}")
        _say("| what | rows | seconds | rows a second | processor seconds | rows a processor second |\n|---|---|---|---|---|---|")
        _people(database, parents)
        series = _series()
        _planning(database, series, window)
        _plain_loop(database, series, window)
        _claiming(database)
        _sending(database, url, series, sends)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        _say(f"\nMost memory of the planning and sending process: {memory:.0f} MB")
        database.close()


def _people(database: Database, parents: int) -> None:
    """A million followers, a child each (of every age and province), agreed to; every third can be written to."""
    with database.session() as session:
        for statement in (
            "INSERT INTO wechat_address (parent_key, openid, state, first_seen_at, followed_at, granted, used, granted_until) "
            "SELECT 'p' || lpad(n::text, 26, '0'), 'o' || lpad(n::text, 27, '0'), 'following', now(), now(), 5, 0, "
            "CASE WHEN n % 3 = 0 THEN timestamptz '2028-01-01' ELSE now() END FROM generate_series(1, :parents) n",
            "INSERT INTO people_consents (parent_key, purpose, version, given, at) SELECT parent_key, 'child_data', 1, true, now() "
            "FROM wechat_address",
            "INSERT INTO people_children (parent_key, birth_month, birth_estimated, province, carer, added_at) "
            "SELECT parent_key, date '2009-01-01' + (interval '1 month' * (substr(parent_key, 2)::bigint % 216)), false, "
            "(ARRAY['湖南','贵州','四川','河南','安徽'])[1 + substr(parent_key, 2)::bigint % 5], '爷爷奶奶', now() FROM wechat_address",
        ):
            session.execute(text(statement), {"parents": parents} if ":parents" in statement else {})
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _series() -> Plan:
    campaigns = load_campaigns(CONTENT / "campaigns")
    only = Campaigns((campaigns.by_slug["spring_festival"],), campaigns.digest)
    return Plan(only, Calendar(read_vacations(CONTENT / "calendar" / "vacations.yml")))


def _planning(database: Database, plan: Plan, window: Window) -> None:
    gateway = _gateway(database, "postgresql://", "http://127.0.0.1:9")
    with _measured("planning the Spring Festival series") as counted:
        counted.append(Planner(database, gateway, People(lambda: FIRST), plan).fill(window, FIRST).new)


def _plain_loop(database: Database, plan: Plan, window: Window) -> None:
    """What planning is measured against: for each parent a query, a plan, an INSERT a row, a commit."""
    source = People(lambda: FIRST)
    with _measured(f"the same by a loop over {PLAIN_LOOP:,} parents") as counted:
        for number in range(1, PLAIN_LOOP + 1):
            key = f"p{number:026}"
            with database.session() as session:
                facts = source.many(session, [key]).get(key, NOTHING_KNOWN)
                for row in plan.rows(facts, window, FIRST):
                    values = {"parent_key": key, "campaign": "loop", "occurrence": row.occurrence, "step": row.step}
                    times = {"due_at": row.due_at, "not_before": window.last, "stale_at": row.stale_at}
                    session.execute(insert(table).values(**values, **times, state="planned", trail=""))
                    counted.append(1)


def _claiming(database: Database) -> None:
    with _measured("claiming") as counted:
        for _ in range(CLAIMS):
            with database.session() as session:
                counted.append(len(outbox.claim(session, "bench", DUE, CLAIM_AT_ONCE)))
    with database.session() as session:
        outbox.recover(session, "bench", DUE)


def _sending(database: Database, url: str, plan: Plan, sends: int) -> None:
    """Rows of parents with an open window, from the claim to the confirmation, over HTTP."""
    with database.session() as session:
        session.execute(
            text(
                "DELETE FROM reminders_outbox WHERE id NOT IN (SELECT o.id FROM reminders_outbox o JOIN wechat_address a "
                "USING (parent_key) WHERE o.step = 'plan_30' AND o.state = 'planned' AND a.granted_until > '2027-06-01' "
                "ORDER BY o.id LIMIT :sends)"
            ),
            {"sends": sends},
        )
    # What was deleted for this measurement is not to be tidied up in the middle of it.
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE reminders_outbox"))
    composer = Composer(load_library(CONTENT), load_shelf(CONTENT))
    with _api() as (base, api):
        before = _split(api)
        with _measured("sending over HTTP, claim to confirmation") as counted:
            in_loop(_dispatch(database, url, base, plan, composer, counted))
        used = {who: (seconds - before[who]) / sends * 1000 for who, seconds in _split(api).items()}
    _say("\nProcessor time a message: " + ", ".join(f"{who} {each:.2f} ms" for who, each in used.items()))


async def _dispatch(database: Database, url: str, base: str, plan: Plan, composer: Composer, counted: list[int]) -> None:
    """With the sizes that `jiashu clock` has."""
    gateway = _gateway(database, url, base)
    dispatcher = Dispatcher(
        database, ManualClock(DUE), gateway, People(lambda: DUE), plan.campaigns, composer, Budget(plan), "bench"
    )
    counted.append((await dispatcher.tick()).get(outbox.CONFIRMED, 0))
    await gateway.close()


def _gateway(database: Database, url: str, base: str) -> WeChatGateway:
    settings = Settings.from_environment(
        {"WECHAT_APP_ID": "wx", "WECHAT_APP_SECRET": "s", "WECHAT_API_BASE": base, "JIASHU_DATABASE_URL": url}
    )
    return WeChatGateway(settings, database, ManualClock(DUE), transport=_Nothing() if base.endswith(":9") else None)


class _Nothing:
    """No API: planning needs none."""

    async def post(self, endpoint: str, token: str, data: object) -> dict[str, object]:
        raise AssertionError("planning calls nobody")

    async def close(self) -> None: ...


@contextmanager
def _api() -> Iterator[tuple[str, int]]:
    """WeChat's API in a process of its own: a token, and yes to everything. Gives its address and its process id."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}", process.pid or 0
    finally:
        process.terminate()
        process.join()


def _serve(pipe: object) -> None:
    asyncio.run(_answer_all(pipe))


async def _answer_all(pipe: object) -> None:
    class Http(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self.transport, self.held = transport, b""

        def data_received(self, data: bytes) -> None:
            self.held += data
            head, mark, body = self.held.partition(b"\r\n\r\n")
            length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
            if not mark or len(body) < length:
                return
            self.held = b""
            token = {"access_token": "t", "expires_in": 7200} if b"stable_token" in head[:80] else {"errcode": 0}
            said = json.dumps(token).encode()
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said))  # type: ignore[attr-defined]

    server = await asyncio.get_running_loop().create_server(Http, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])  # type: ignore[attr-defined]
    await server.serve_forever()


@contextmanager
def _measured(what: str) -> Iterator[list[int]]:
    counted: list[int] = []
    started, worked = time.monotonic(), _processor()
    yield counted
    seconds, busy, rows = time.monotonic() - started, _processor() - worked, sum(counted)
    _say(f"| {what} | {rows:,} | {seconds:.1f} | {rows / seconds:,.0f} | {busy:.1f} | {rows / busy:,.0f} |")


def _processor() -> float:
    """Processor seconds of this process, of PostgreSQL and of the API so far: hardly changed by who else uses the machine."""
    return sum(_split().values())


def _split(api: int = 0) -> dict[str, float]:
    """The same by process; `api` is the process id of the API."""
    me = psutil.Process()
    own = me.cpu_times()
    seconds = {"ours": float(own.user + own.system), "PostgreSQL": 0.0, "the API": 0.0}
    for each in me.children(recursive=True):
        seconds["the API" if each.pid == api else "PostgreSQL"] += sum(each.cpu_times()[:4])
    return seconds


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [1_000_000, 20_000, 60][len(numbers) :]))
