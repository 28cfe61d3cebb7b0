"""What a parent is told in danger goes live only by a second person: whoever began the publishing does not approve it.

A draft has two people by itself; a file changed on the machine, past the desk, has not. So the files are looked at, not the drafts.
"""

from __future__ import annotations

from pathlib import Path

from bot.publish.runs import Run, RunError
from bot.publish.tree import bytes_of, tree_of

# The scripts, and the numbers that they name.
_SAFETY = ("safety/*.yml", "hotlines.yml")


def safety_changed(var: Path, run: Run) -> tuple[str, ...]:
    """The safety files of a run (below content/) that are not as in what answered before it; all of them where that is not known."""
    now, before = (tree_of(var, number) / "content" for number in (run.id, run.before_run))
    names = {path.relative_to(home).as_posix() for home in (now, before) for kind in _SAFETY for path in home.glob(kind)}
    return tuple(sorted(name for name in names if bytes_of(now / name) != bytes_of(before / name)))


def needs_another(var: Path, run: Run, name: str) -> bool:
    """Whether somebody else than `name` has to let it go live."""
    return name == run.started_by and bool(safety_changed(var, run))


def check(var: Path, run: Run, by: str) -> None:
    """Let a second person pass.

    Raises:
        RunError: `by` began it, and it changes safety files.
    """
    if needs_another(var, run, by):
        raise RunError("这一次改了急事的文案，要两个人点头：是您开始的，请另一位同事看过，由 TA 来批准上线。")
