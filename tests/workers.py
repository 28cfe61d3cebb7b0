"""Which files one worker gets together, when files are run side by side."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

# Their tests talk to one running assistant (tests/end_to_end/conftest.py): in another worker it would have to be started once more.
TOGETHER = ("tests/end_to_end/test_a_parents_day.py", "tests/end_to_end/test_record.py")


def lot(file: str) -> str:
    """What is handed out at once with the file, by the name of its first."""
    return TOGETHER[0] if file in TOGETHER else file


class Together(LoadFileScheduling):
    """A file at a time, as `--dist loadfile`, but for those that share what takes long to start."""

    def _split_scope(self, nodeid: str) -> str:
        return lot(super()._split_scope(nodeid))
