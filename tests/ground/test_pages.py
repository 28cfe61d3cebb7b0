"""What the pages say is so: made pages are up to date, named commands, files, settings and log lines exist."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from bot.commands import COMMANDS
from bot.commands.docs import stale
from bot.commands.run import _processes
from bot.handbook import HandbookError, docs_list, rooms_table
from bot.settings import SETTINGS, Settings
from tests.ground import tree
from tests.ground.tree import ROOT

PAGES = [path for path in tree.files() if path.suffix == ".md" and "content" not in path.relative_to(ROOT).parts[:1]]
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
NAMES = {command.__name__.rsplit(".", 1)[-1] for command in COMMANDS}
# `code` and lines of ```sh blocks.
CODE = re.compile(r"`([^`\n]+)`|^((?:make|\.venv/bin/jiashu|jiashu|cp|\.ci/run)\b.*)$", re.MULTILINE)


def test_the_made_pages_are_up_to_date() -> None:
    behind = [tree.name(path) for path in stale(ROOT)]

    assert behind == [], "run: jiashu docs"


def test_every_command_says_in_one_sentence_what_it_does() -> None:
    documented = set(re.findall(r"^## jiashu (\S+)$", (ROOT / "docs/commands.md").read_text(), re.MULTILINE))

    assert documented == NAMES


def test_make_has_the_targets_that_people_type() -> None:
    shown = subprocess.run(["make", "-s", "-C", str(ROOT), "help"], capture_output=True, check=True, text=True).stdout

    assert re.findall(r"^make (\w+)", shown, re.MULTILINE) == ["help", "run", "test", "lint", "types", "train", "check", "bench"]


@pytest.mark.parametrize("page", PAGES, ids=tree.name)
def test_the_commands_a_page_names_exist(page: Path) -> None:
    for found in CODE.finditer(page.read_text(encoding="utf-8")):
        words = (found.group(1) or found.group(2)).split("#")[0].split()
        if words[:1] == ["make"] and len(words) > 1:
            for target in (word for word in words[1:] if re.fullmatch(r"[a-z-]+", word)):
                assert target in TARGETS, f"make {target}"
        if words and words[0] in ("jiashu", ".venv/bin/jiashu") and len(words) > 1:
            assert words[1] in NAMES, f"jiashu {words[1]}"


@pytest.mark.parametrize("page", PAGES, ids=tree.name)
def test_the_files_a_page_links_to_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), target


def test_each_picture_is_shown_by_a_page_and_each_shown_one_exists() -> None:
    shown = {name for page in PAGES for name in re.findall(r"images/([\w-]+\.png)", page.read_text(encoding="utf-8"))}

    assert shown == {path.name for path in (ROOT / "docs/images").iterdir()}


@pytest.mark.parametrize("page", PAGES, ids=tree.name)
def test_the_settings_a_page_names_exist(page: Path) -> None:
    known = {setting.name for setting in SETTINGS} | {"JIASHU_TEST_REQUIRE"}
    named = set(re.findall(r"\b(?:JIASHU|WECHAT)_[A-Z_]+\b", page.read_text(encoding="utf-8")))

    assert named <= known


def test_every_process_that_is_started_is_told_of() -> None:
    section = (ROOT / "docs/operations.md").read_text(encoding="utf-8").split("## Processes")[1].split("\n## ")[0]

    started = {process.name for process in _processes(Settings.from_environment({}), {})}
    assert set(re.findall(r"^\| (\w+) \|", section, re.MULTILINE)) - {"process"} == started


def test_every_line_of_the_log_is_explained() -> None:
    explained = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    logged = {event for path in tree.modules("bot", "actions") for event in _events(path)}

    assert logged, "no log line was found: has the way to log changed?"
    assert {event for event in logged if f"`{event}`" not in explained} == set(), "docs/operations.md lacks them"


def test_every_explained_line_is_logged() -> None:
    section = (ROOT / "docs/operations.md").read_text(encoding="utf-8").split("## The log")[1].split("| code of")[0]
    sources = "".join(path.read_text(encoding="utf-8") for path in tree.modules("bot", "actions"))

    for event in re.findall(r"`([a-z]+\.[a-z_]+)`", section):
        assert f'"{event}"' in sources, event


def test_the_pages_that_the_code_names_exist() -> None:
    for path in [*tree.modules("bot", "actions"), ROOT / "config.yml"]:
        for page in re.findall(r"\bdocs/[a-z_/]+\.md\b", path.read_text(encoding="utf-8")):
            assert (ROOT / page).exists(), f"{tree.name(path)} names {page}"


def test_a_room_without_a_word_about_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bot/silent").mkdir(parents=True)
    (tmp_path / "bot/silent/__init__.py").write_text("")

    with pytest.raises(HandbookError, match="silent"):
        rooms_table(tmp_path)


def test_a_page_without_a_title_is_refused(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/bare.md").write_text("words\n")

    with pytest.raises(HandbookError, match="bare.md"):
        docs_list(tmp_path, {})


def _events(path: Path) -> list[str]:
    pattern = r"\blog\.(?:debug|info|warning|error)\)?(?:\s+if\s+\w+\s+else\s+log\.\w+\))?\(\s*\"([a-z]+\.[a-z_]+)\""
    return re.findall(pattern, path.read_text(encoding="utf-8"))
