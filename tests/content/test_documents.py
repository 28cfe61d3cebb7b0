"""Reading one file: values, lines, and complaints that an editor can act on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.documents import ContentError, read_list, read_markdown, read_yaml

GOOD = "---\ntitle: 过马路\nages: [36, 144]\nquestions:\n  - 怎么教\n  - 在哪儿教\n---\n\n## 一\n"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "page.md"
    path.write_bytes(text.encode())
    return path


def test_it_reads_values_and_body(tmp_path: Path) -> None:
    document = read_markdown(write(tmp_path, GOOD))
    assert document.data == {"title": "过马路", "ages": [36, 144], "questions": ["怎么教", "在哪儿教"]}
    assert (document.body, document.body_line) == ("## 一", 8)


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("title", 2),
        ("ages[1]", 3),
        ("questions", 4),
        ("questions[1]", 6),
        ("questions[7]", 4),
        ("nowhere.at[2].all", 2),
    ],
)
def test_it_knows_the_line_of_every_value(tmp_path: Path, where: str, line: int) -> None:
    assert read_markdown(write(tmp_path, GOOD)).line(where) == line


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_it_reads_what_windows_programs_write(tmp_path: Path, mark: str, ending: str) -> None:
    document = read_markdown(write(tmp_path, mark + GOOD.replace("\n", ending)))
    assert (document.data["title"], document.line("questions[1]"), document.body) == ("过马路", 6, "## 一")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title: 过马路\n", 1),
        ("---\ntitle: 过: 马路\n---\n", 2),
        ("---\ntitle: 一\nform: tip\ntitle: 二\n---\n", 4),
        ("---\ntitle: 一\nupdated: 2026-13-01\n---\n", 3),
        ("---\ntitle: 一\nupdated: 2026-11-21 10:00:00\n---\n", 3),
        ("---\nquestions:\n  - &one 一\n  - *one\n---\n", 3),
        ("---\na: &a [*a]\n---\n", 2),
        ("---\ntitle: \x07\n---\n", 2),
        ("---\n- 一\n---\n", 2),
        ("---\na: !!python/object/apply:os.getcwd []\n---\n", 2),
    ],
)
def test_it_refuses_with_a_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(ContentError) as refused:
        read_markdown(write(tmp_path, text))
    assert refused.value.line == line


def test_it_says_on_which_line_another_encoding_begins(tmp_path: Path) -> None:
    path = tmp_path / "page.yml"
    path.write_bytes(b"title: a\nform: " + "课".encode("gbk") + b"\n")
    with pytest.raises(ContentError, match="UTF-8") as refused:
        read_yaml(path)
    assert refused.value.line == 2


def test_it_reads_a_list_under_a_name(tmp_path: Path) -> None:
    document = read_list(write(tmp_path, "# 菜单\n- name: 一\n- name: 二\n"), "buttons")
    assert document.data == {"buttons": [{"name": "一"}, {"name": "二"}]}
    assert (document.line("buttons[1].name"), document.line("buttons")) == (3, 2)


@pytest.mark.parametrize("text", ["", "a: 1\n", "一\n"])
def test_it_refuses_what_is_no_list(tmp_path: Path, text: str) -> None:
    with pytest.raises(ContentError):
        read_list(write(tmp_path, text), "buttons")
