"""`python -m bench.desk`: how long the desk's pages take with 200,000 logged messages. Writes a table for docs/desk.md.

Pages are asked for one after another over HTTP, as one member of staff would, signed in as an admin, on SQLite in a folder of
its own (or the database of JIASHU_DATABASE_URL, which must be empty).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import tempfile
import time
from dataclasses import dataclass
from socket import socket

import aiohttp
from sanic import Sanic

from bot import services
from bot.desk import accounts
from bot.desk.app import mount, pages
from tools.desk_record import fill

TURNS = 200_000
ROUNDS = 40
PASSWORD = "a password for the bench"
SEARCHES = ("/desk/talks?words=发烧", "/desk/talks?words=奶奶+手机", "/desk/talks?words=没有这样的话")
FILTERS = (
    "fallback=1",
    "low_confidence=1",
    "not_useful=1",
    "danger=1",
    "topic=child_safety",
    "state=open",
    "fallback=1&topic=child_safety&state=open",
)


@dataclass(frozen=True)
class Timed:
    """One page: milliseconds of each round on the clock, and of the processor (of a busy machine only that says much)."""

    path: str
    waits: list[float]
    work: list[float]

    def within(self, share: float) -> float:
        return _within(self.waits, share)


def _within(numbers: list[float], share: float) -> float:
    return sorted(numbers)[min(len(numbers) - 1, int(len(numbers) * share))]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("JIASHU_DATABASE_URL", f"sqlite:///{folder}/bench.db")
        _prepare(arguments.turns)
        timed = asyncio.run(_measure(arguments.rounds))
        services.database().close()
    print("| page | p50, ms | p95, ms | processor, p95, ms |\n|---|---|---|---|")
    for each in timed:
        waits = f"{statistics.median(each.waits):.0f} | {each.within(0.95):.0f}"
        print(f"| `{each.path}` | {waits} | {_within(each.work, 0.95):.0f} |")
    slowest = max(timed, key=lambda each: each.within(0.95))
    print(f"\nslowest: {slowest.path}, p95 {slowest.within(0.95):.0f} ms; load of the machine {os.getloadavg()[0]:.1f}")
    return 0 if slowest.within(0.95) < 300 else 1


def _prepare(turns: int) -> None:
    started = time.monotonic()
    services.database().upgrade()
    with services.database().session() as session:
        accounts.add(session, "bench", "admin", PASSWORD, services.clock().now())
        fill(session, turns, services.clock().now())
    print(f"{turns} messages written in {time.monotonic() - started:.0f} s", flush=True)


async def _measure(rounds: int) -> list[Timed]:
    app = Sanic("desk_bench", configure_logging=False)
    app.config.update({"ACCESS_LOG": False, "MOTD": False})
    mount(app)
    sock = socket()
    sock.bind(("127.0.0.1", 0))
    server = await app.create_server(sock=sock, return_asyncio_server=True, access_log=False)
    assert server is not None
    await server.startup()
    await server.before_start()
    base = f"http://127.0.0.1:{sock.getsockname()[1]}"
    async with aiohttp.ClientSession(base, cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        await _sign_in(http)
        paths = await _addresses(http)
        return [await _timed(http, path, rounds) for path in paths]


async def _sign_in(http: aiohttp.ClientSession) -> None:
    csrf = re.search(r'data-csrf="(\w+)"', await (await http.get("/desk/login")).text())
    assert csrf
    answer = await http.post("/desk/login", data={"csrf": csrf[1], "name": "bench", "password": PASSWORD})
    assert answer.status == 200, await answer.text()


async def _addresses(http: aiohttp.ClientSession) -> list[str]:
    """Every page that is only looked at; those with an id through the first link that leads to one. And filters, searches, depth."""
    plain = [page.url for page in pages() if page.method == "GET" and "<" not in page.path and page.path != "/login"]
    found = [
        await _first(http, "/desk/talks", r"/desk/talks/t\d+"),
        await _first(http, "/desk/misses", r"/desk/misses/\d+"),
    ]
    found.append(await _first(http, "/desk/safety", r"/desk/safety/\d+"))
    found.append(await _first(http, "/desk/talks?fallback=1&state=open", r"/desk/talks/t\d+"))
    found.append(await _first(http, found[-1], r"/desk/turns/\d+/teach"))
    found.append(await _first(http, found[0], r"/desk/parents/\w+"))
    deep = ["/desk/talks?after=1000", "/desk/?span=90"]
    return [*plain, *filter(None, found), *(f"/desk/talks?{query}" for query in FILTERS), *SEARCHES, *deep]


async def _first(http: aiohttp.ClientSession, path: str, pattern: str) -> str:
    match = re.search(pattern, await (await http.get(path)).text()) if path else None
    return match[0] if match else ""


async def _timed(http: aiohttp.ClientSession, path: str, rounds: int) -> Timed:
    waits, work = [], []
    for _ in range(rounds):
        before = time.process_time()
        waits.append(await _once(http, path))
        work.append((time.process_time() - before) * 1000)
    return Timed(path, waits, work)


async def _once(http: aiohttp.ClientSession, path: str) -> float:
    started = time.perf_counter()
    async with http.get(path) as answer:
        await answer.read()
        assert answer.status < 500, f"{path}: {answer.status}"
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
