"""A server as a child process: started, waited for, weighed, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil

START_WITHIN = 300.0
_MEGABYTE = 1024 * 1024


class BenchError(Exception):
    """A system could not be trained or started; the message ends with its last line."""


@dataclass(frozen=True)
class Memory:
    """Of a process and its children, in MB. `pss` counts shared pages by share; 0 where the system does not tell."""

    rss: float
    pss: float


async def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> float:
    """Run `python <arguments>` in `folder` to its end; returns the seconds it took.

    Raises:
        BenchError: it failed.
    """
    started = time.monotonic()
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "ignore", *arguments, cwd=folder, env=_with(environment), stdout=out, stderr=out
        )
        if await process.wait():
            raise BenchError(f"`python {' '.join(arguments)}` failed: {_last_line(log)}")
    return time.monotonic() - started


class Server:
    """A process that answers `health` with 200 once it is ready."""

    def __init__(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], health: str, log: Path
    ) -> None:
        self._arguments = arguments
        self._folder = folder
        self._environment = environment
        self._health = health
        self._log = log

    async def start(self) -> float:
        """Start, and return the seconds until it was ready.

        Raises:
            BenchError: it ended, or was not ready in time.
        """
        started = time.monotonic()
        with self._log.open("ab") as out:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-W",
                "ignore",
                *self._arguments,
                cwd=self._folder,
                env=_with(self._environment),
                stdout=out,
                stderr=out,
            )
        while not await self._is_ready():
            if self._process.returncode is not None or time.monotonic() - started > START_WITHIN:
                await self.stop()
                raise BenchError(f"the server did not start: {_last_line(self._log)}")
            await asyncio.sleep(0.1)
        return time.monotonic() - started

    def memory(self) -> Memory:
        """What it and its children take now."""
        parts = [each.memory_full_info() for each in self._family()]
        return Memory(
            rss=sum(part.rss for part in parts) / _MEGABYTE,
            pss=sum(getattr(part, "pss", 0) for part in parts) / _MEGABYTE,
        )

    def processor_seconds(self) -> float:
        """Processor time that it and its children have taken so far."""
        times = [each.cpu_times() for each in self._family()]
        return float(sum(each.user + each.system for each in times))

    def _family(self) -> list[psutil.Process]:
        eldest = psutil.Process(self._process.pid)
        return [eldest, *eldest.children(recursive=True)]

    async def stop(self) -> None:
        """End it; at once, if it does not end in 20 s."""
        if self._process.returncode is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), 20)
        except asyncio.TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def _is_ready(self) -> bool:
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as http:
                async with http.get(self._health) as response:
                    return response.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False


def _with(environment: Mapping[str, str]) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("JIASHU_", "WECHAT_"))}
    return {**own, "RASA_TELEMETRY_ENABLED": "false", **environment}


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
