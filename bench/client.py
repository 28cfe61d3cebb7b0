"""`python -m bench.client`: one load phase in a process of its own. An order as JSON on standard input, what came of it on output."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from bench.lines import RestLine, WeChatLine, platform_api
from bench.load import Line, Measured, Phase, run_phase
from bench.texts import all_texts, endless


@dataclass(frozen=True)
class Order:
    """`kind`: rest or wechat; `api_port`: where the platform's API is to listen, for wechat."""

    kind: str
    url: str
    api_port: int
    root: str
    phase: Phase


async def order_phase(order: Order) -> Measured:
    """Have a process of its own do the phase."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.client", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate(json.dumps(asdict(order)).encode())
    if process.returncode:
        raise RuntimeError("the client failed; what it said stands above")
    return Measured(**json.loads(out))


async def _carry_out(order: Order) -> Measured:
    texts = endless(all_texts(Path(order.root)), order.phase.first_round)
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)))
        line: Line = RestLine(http, order.url)
        if order.kind == "wechat":
            line = WeChatLine(http, order.url)
            runner = web.AppRunner(platform_api(line))
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, "127.0.0.1", order.api_port).start()
        return await run_phase(line, order.phase, texts)


def main() -> None:
    """Read the order, carry it out, print what was measured."""
    read = json.load(sys.stdin)
    order = Order(**{**read, "phase": Phase(**read["phase"])})
    print(json.dumps(asdict(asyncio.run(_carry_out(order)))))


if __name__ == "__main__":
    main()
