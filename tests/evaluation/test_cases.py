"""Reading the sets: every line is a case, or says what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.evaluation.cases import CRISIS, IN_SCOPE, KINDS, EvaluationError, read_case, read_cases

LINE: dict[str, object] = {
    "id": "rc-001-a",
    "area": "remote_communication",
    "topic": "silent",
    "text": "娃不说话",
    "style": "terse",
    "must": [["陪", "等"], ["问"]],
    "must_not": ["报警"],
}


def test_it_reads_a_line() -> None:
    case = read_case(json.dumps(LINE), "set.jsonl:1")

    assert (case.id, case.kind, case.area, case.style) == ("rc-001-a", IN_SCOPE, "remote_communication", "terse")
    assert [[each.pattern for each in group] for group in case.must] == [["陪", "等"], ["问"]]
    assert read_case(json.dumps({**LINE, "kind": "crisis"}), "").kind == CRISIS


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON"),
        ("[]", "a JSON object"),
        (json.dumps({**LINE, "text": " "}), "text is missing"),
        (json.dumps({**LINE, "id": 7}), "id is missing"),
        (json.dumps({**LINE, "kind": "odd"}), "kind is one of"),
        (json.dumps({**LINE, "must": ["陪"]}), "must holds lists"),
        (json.dumps({**LINE, "must": "陪"}), "must is a list"),
        (json.dumps({**LINE, "must": [["("]]}), "regular expression of must is wrong"),
        (json.dumps({**LINE, "must_not": ["["]}), "regular expression of must_not is wrong"),
    ],
)
def test_it_says_where_and_what_is_wrong(line: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(f"{json.dumps({**LINE, 'id': 'first'})}\n\n{line}\n", encoding="utf-8")

    with pytest.raises(EvaluationError, match=complaint) as caught:
        read_cases([path])
    assert str(caught.value).startswith(f"{path}:3: ")


def test_it_wants_ids_that_differ_and_files_that_exist(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(f"{json.dumps(LINE)}\n{json.dumps(LINE)}\n", encoding="utf-8")

    with pytest.raises(EvaluationError, match="another case rc-001-a"):
        read_cases([path])
    with pytest.raises(EvaluationError, match="No such file"):
        read_cases([tmp_path / "none.jsonl"])
    with pytest.raises(EvaluationError, match="no case"):
        read_cases([])


def test_our_own_sets_hold_every_kind_area_and_style(root: Path) -> None:
    cases = read_cases(sorted((root / "tests" / "evaluation").glob("*.jsonl")))

    assert {case.kind for case in cases} == set(KINDS)
    assert {"remote_communication", "child_safety", "early_childhood", "reunion"} <= {case.area for case in cases}
    assert {case.style for case in cases} == {"plain", "colloquial", "typo", "dialect", "voice", "long", "terse"}
    assert all(case.must for case in cases if case.kind in (IN_SCOPE, CRISIS))
