"""The real steps that need no model: the copy, the lint over it, and commands whose lines are progress."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.db import Database
from bot.publish import runs, tree
from bot.publish.pipeline import Cancelled, Say, StepError
from bot.publish.tools import RealTools, _told
from bot.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tools(tmp_path: Path, database: Database) -> RealTools:
    content = shutil.copytree(ROOT / "tests/content/library", tmp_path / "content")
    settings = Settings.from_environment({"JIASHU_VAR": str(tmp_path / "var"), "JIASHU_CONTENT": str(content)})
    clock = ManualClock()
    with database.session() as session:
        run = runs.begin(session, "王老师", "", 0, clock.now())
    return RealTools(ROOT, settings, database, clock, run)


def test_the_lint_looks_at_the_copy_and_names_the_line(tools: RealTools, tmp_path: Path) -> None:
    assert tools.prepare() == []
    before = tools.lint()
    lesson = next((tmp_path / "var/publish/1/content/lessons").rglob("crossing-the-road.md"))
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("title:", "titel:"), encoding="utf-8")

    fresh = [each for each in tools.lint() if each not in before]

    assert any("crossing-the-road.md 第 " in each for each in fresh)
    assert "titel" not in next((tmp_path / "content/lessons").rglob("crossing-the-road.md")).read_text(encoding="utf-8")


def test_the_copy_to_roll_back_to_outlives_publishings_that_came_to_nothing(tools: RealTools, tmp_path: Path, database: Database) -> None:
    with database.session() as session:
        runs.end(session, 1, runs.READY, [], ManualClock().now())
        runs.decide(session, 1, runs.LIVE, "王老师", ManualClock().now())
    tree.make_tree(ROOT, tmp_path / "content", tmp_path / "var", tree.INSTALLED)
    tree.make_tree(ROOT, tmp_path / "content", tmp_path / "var", 1)
    for _ in range(8):
        with database.session() as session:
            run = runs.begin(session, "王老师", "first.tar.gz", 1, ManualClock().now())
        RealTools(ROOT, tools._settings, database, ManualClock(), run).prepare()
        with database.session() as session:
            runs.end(session, run.id, runs.REFUSED, ["写错了"], ManualClock().now())

    assert (tree.tree_of(tmp_path / "var", tree.INSTALLED) / "content").is_dir(), "rolling back the first one goes there"
    assert len([each for each in (tmp_path / "var/publish").iterdir() if each.is_dir()]) == 8


def test_a_command_that_fails_says_its_last_words(tools: RealTools) -> None:
    tools.prepare()

    with pytest.raises(StepError, match="calendar"):
        tools._child(("calendar", "--nonsense"), ROOT, lambda line: None)


def test_a_command_is_stopped_when_a_person_wants_it(tools: RealTools, tmp_path: Path) -> None:
    def stop(line: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        tools._child(("check", str(tmp_path)), ROOT, stop)


def test_a_first_publishing_has_nothing_to_compare_with(tools: RealTools) -> None:
    assert tools.evaluate(False, lambda line: None) is None
    assert tools.answers(False, ["在吗"], lambda line: None) is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("100 of 2000", "100/2000"),
        ("bot.nlu.topic_classifier.TopicClassifier", "TopicClassifier"),
        ("trained in 90 s", ""),
        ("kind", ""),
        ("", ""),
    ],
)
def test_lines_become_progress(line: str, told: str) -> None:
    assert _told(line) == told


def test_only_the_cases_that_are_asked_again_go_over_the_wire(tools: RealTools, monkeypatch: pytest.MonkeyPatch) -> None:
    tools.prepare()
    case = json.loads((ROOT / "tests/evaluation/near_miss.jsonl").read_text("utf-8").splitlines()[0])
    asked: list[dict[str, str]] = []

    def child(arguments: tuple[str, ...], _place: Path, _say: Say) -> None:
        assert arguments[1:3] == ("--at-once", "2"), "a crowd would be answered by the patterns alone again"
        asked.extend(map(json.loads, Path(arguments[-1]).read_text("utf-8").splitlines()))
        failure = {"id": case["id"], "kind": case["kind"], "tap": 2, "reply": "crossing-the-road", "why": ""}
        Path(arguments[arguments.index("--json") + 1]).write_text(json.dumps({"rates": {"kind": {}}, "failures": [failure]}), "utf-8")

    monkeypatch.setattr(tools, "_child", child)
    found = tools.again(True, [case["id"]], lambda line: None)

    assert [each["id"] for each in asked] == [case["id"]] and found[case["id"]].tap
    assert found[case["id"]].reply != "crossing-the-road" and found[case["id"]].text == case["text"], "a title, no slug"
