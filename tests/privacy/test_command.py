"""`jiashu scrub`: lines in, JSON lines out, whatever the lines hold."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.cli import main

SETS = Path("tests/evaluation/privacy")


def scrub(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: bytes, *options: str
) -> tuple[int, list[dict[str, object]], str]:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    code = main(["scrub", *options])
    printed = capsys.readouterr()
    return code, [json.loads(line) for line in printed.out.splitlines()], printed.err


def test_it_answers_line_by_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, errors = scrub(monkeypatch, capsys, "我叫王秀英\n\n孩子发烧\r\n电话😭13800138000".encode())

    assert (code, errors) == (0, "")
    assert lines == [
        {"text": "我叫〈姓名1〉", "spans": [{"start": 2, "end": 5, "type": "PERSON"}]},
        {"text": "", "spans": []},
        {"text": "孩子发烧", "spans": []},
        # Places count characters, not bytes or UTF-16 units.
        {"text": "电话😭〈电话1〉", "spans": [{"start": 3, "end": 14, "type": "PHONE"}]},
    ]


def test_a_broken_line_is_withheld_and_the_next_one_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines, errors = scrub(monkeypatch, capsys, b"\xe6\x88\xff 13800138000\n" + "我叫李四海\n".encode())

    assert code == 1
    assert lines[0]["text"] == "" and "UTF-8" in str(lines[0]["error"])
    assert lines[1]["text"] == "我叫〈姓名1〉"
    assert "line 1" in errors and "138" not in errors


def test_lines_of_a_conversation_share_placeholders(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = "我儿子叫张子涵\n打13800138000\n子涵哭了\n13900139000\n".encode()
    _, lines, _ = scrub(monkeypatch, capsys, data, "--conversation")

    assert [line["text"] for line in lines] == ["我儿子叫〈孩子1〉", "打〈电话1〉", "〈孩子1〉哭了", "〈电话2〉"]


def test_it_measures_a_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "set.jsonl"
    span = {"start": 2, "end": 5, "type": "PERSON"}
    missed = {"start": 0, "end": 2, "type": "ADDRESS"}
    cases = [{"id": "a", "text": "我叫王秀英", "spans": [span]}, {"id": "b", "text": "这里好", "spans": [missed]}]
    path.write_text("\n".join(json.dumps(case) for case in cases), encoding="utf-8")

    assert main(["scrub", "--evaluate", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "2 texts" in printed
    assert "missed   ADDRESS" in printed
    assert next(line for line in printed.splitlines() if line.startswith("all")).split() == [
        "all",
        "5",
        "60.0%",
        "60.0%",
        "3",
        "100.0%",
    ]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "no case"),
        ("{", "not a case"),
        ('{"id": 1, "text": "a", "spans": [{"start": 0, "end": 1, "type": "ODD"}]}', "not a case"),
        ('{"id": 1, "text": "a", "spans": [{"start": 0, "end": 2, "type": "PHONE"}]}', "outside of the text"),
    ],
)
def test_a_set_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, complaint: str
) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(content, encoding="utf-8")

    assert main(["scrub", "--evaluate", str(path)]) == 2
    assert complaint in capsys.readouterr().err
