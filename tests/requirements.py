"""Programs that some tests need beside Python: where they are, and what follows when one is not there.

A developer without PostgreSQL sees a skipped test with its reason. Where JIASHU_TEST_REQUIRE names the program
(comma-separated: postgres, redis, chromium; `.ci/run` does with CI=true) its absence is a failure.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

PROGRAMS = {
    "postgres": ("postgres",),
    "redis": ("redis-server",),
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
}


def need(name: str) -> Path:
    """The path of the program `name`; skips the test where it is missing, or fails it where it is required."""
    path = found(name)
    if path:
        return path
    reason = f"{name} is not on this machine"
    if name in required():
        pytest.fail(f"{reason}, and JIASHU_TEST_REQUIRE asks for it", pytrace=False)
    pytest.skip(reason)


def found(name: str) -> Path | None:
    """The path of the program `name`, or None."""
    for command in PROGRAMS[name]:
        path = shutil.which(command)
        if path:
            return Path(path)
    return _debians_newest_postgres() if name == "postgres" else None


def required() -> set[str]:
    """The programs that must be there."""
    names = {name.strip() for name in os.environ.get("JIASHU_TEST_REQUIRE", "").split(",") if name.strip()}
    unknown = names - PROGRAMS.keys()
    if unknown:
        pytest.fail(f"JIASHU_TEST_REQUIRE names {', '.join(sorted(unknown))}; known: {', '.join(PROGRAMS)}")
    return names


def _debians_newest_postgres() -> Path | None:
    # Debian keeps the server's programs off the path, a folder a version.
    programs = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return max(programs, key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0, default=None)
