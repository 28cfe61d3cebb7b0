"""No file of the project depends on one machine, or speaks of anything but the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ground import tree
from tests.ground.tree import ROOT

# Brackets, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(r"(?<![\w.~])/(?:work|root|home|Users|mnt|opt/(?!jiashu))(?:/|\b)(?!\*)")
INDEX_HOSTS = re.compile(
    r"\b(?:py[p]i\.(?:org|tuna)|python[h]osted\.org|registry\.n[p]mjs|mir[r]ors?\.[a-z]+\.(?:com|cn|edu)|--(?:extra-)?index[-]url\s+\S*:)",
)
MAKING = re.compile(
    r"\b(?:cl[a]ude|anthr[o]pic|open[a]i|co[p]ilot|ai[- ]gen[e]rated|sub-?ag[e]nt|language[ ]model wr[o]te"
    r"|this ses[s]ion|the br[i]ef (?:says|asks)|lead eng[i]neer|other eng[i]neers)\b",
    re.IGNORECASE,
)
# Notes that lie outside of the project: whoever reads a comment must be able to open what it names.
ELSEWHERE = re.compile(r"\b(?:DES[I]GN|WECH[A]T|CATAL[O]GUE|BR[I]EF|EVALUAT[I]ON)\.md\b|\bsha[r]ed/STYLE\.md\b")


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        (MACHINE_PATHS, "a path of one machine"),
        (INDEX_HOSTS, "the host of a package index"),
        (MAKING, "how it was made"),
        (ELSEWHERE, "a note that is not in the project"),
    ],
    ids=["paths", "hosts", "making", "elsewhere"],
)
def test_no_file_names(pattern: re.Pattern[str], what: str) -> None:
    found = [f"{tree.name(path)}:{number} {match}" for path in tree.texts() for number, match in _matches(path, pattern)]

    assert found == [], what


def test_no_secret_and_nothing_made_is_among_the_files() -> None:
    names = [tree.name(path) for path in tree.files()]

    assert [name for name in names if name == ".env" or name.endswith((".db", ".tar.gz", ".pyc", ".pem"))] == []
    # It names hosts, and breaks a uv that pyenv put on the path.
    assert not {"uv.lock", ".python-version"} & set(names)


def test_every_text_is_utf8_and_ends_with_a_line_end() -> None:
    for path in tree.files():
        if path.suffix in {".py", ".md", ".yml", ".toml"}:
            text = path.read_bytes().decode("utf-8")
            assert "\r" not in text, tree.name(path)
            assert not text or text.endswith("\n"), tree.name(path)


def test_no_module_is_over_300_lines() -> None:
    long = {tree.name(path): count for path in tree.modules("bot", "actions") if (count := _lines(path)) > 300}

    assert long == {}


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def _matches(path: Path, pattern: re.Pattern[str]) -> list[tuple[int, str]]:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return [(number, match.group()) for number, line in enumerate(lines, 1) for match in pattern.finditer(line)]


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
