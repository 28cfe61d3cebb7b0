"""What is handed to one worker together."""

from __future__ import annotations

from tests.ground.tree import ROOT
from tests.workers import TOGETHER, lot


def test_files_that_share_an_assistant_go_to_one_worker_and_no_others() -> None:
    assert {lot(file) for file in TOGETHER} == {TOGETHER[0]}
    assert all((ROOT / file).is_file() for file in TOGETHER), "by the names that pytest gives them"
    assert lot("tests/end_to_end/test_run.py") == "tests/end_to_end/test_run.py"
