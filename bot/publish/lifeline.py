"""A step's command ends with the run that began it, however that ended: `python -m bot.publish.lifeline train` is `jiashu train` on a line.

The line is a pipe of which the run alone holds the other end. When the run is killed the system closes it, and the command ends
with all that it has started: else a training would go on for minutes beside the next one.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread

# Seconds that a command gets to put its things in order.
_PATIENCE = 15


def start(arguments: Sequence[str], place: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """Run `jiashu …` in `place`; what it says can be read as it comes."""
    command = (sys.executable, "-W", "ignore", "-m", "bot.publish.lifeline", *arguments)
    pipe = subprocess.PIPE
    # A group of its own: it is ended with whatever it has started.
    return subprocess.Popen(command, cwd=place, env=dict(environment), stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True)


def stop(process: subprocess.Popen[str]) -> None:
    """End it and what it has left behind."""
    if process.poll() is None:
        process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=_PATIENCE)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin:
        process.stdin.close()


def hold() -> None:
    """From now on this process and its group end when whoever holds the other end of the line is gone."""
    if os.getpgrp() != os.getpid():
        return  # begun by hand: the group is somebody's terminal
    Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    # Nothing is ever written: it comes back when the other end is closed. Not sys.stdin, whose lock would be held as Python ends.
    os.read(0, 1)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    from bot.cli import main

    hold()
    sys.exit(main(sys.argv[1:]))
