"""`jiashu preview`: what five kinds of parents would get, of the campaigns as they stand in content/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from bot import services
from bot.cli import main
from bot.people import parents
from bot.people.parents import Child

AT_HOME = ["--age", "8", "--province", "湖南", "--carer", "爷爷奶奶", "--home", "apart", "--on", "2026-12-20"]


@pytest.fixture(autouse=True)
def one_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("JIASHU_DATABASE_URL", f"sqlite:///{tmp_path}/preview.db")
    monkeypatch.setenv("JIASHU_SECRET_KEY", "k" * 40)
    monkeypatch.setenv("JIASHU_VAR", str(tmp_path))
    services.forget()
    yield
    services.forget()


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def show(*arguments: str) -> dict[str, str]:
        """What is said of each step, by its name."""
        assert main(["preview", *arguments]) == 0
        parts = re.split(r"^(?=\S{10}.{0,8} [a-z_]+/)", capsys.readouterr().out, flags=re.MULTILINE)
        return {re.split(r"[/（：\n]", part)[1]: part.strip() for part in parts if "/" in part}

    return show


def test_a_parent_who_is_away_gets_the_series_with_things_for_this_child(shown) -> None:  # type: ignore[no-untyped-def]
    said = shown("spring_festival", *AT_HOME)
    assert said["plan_30"].startswith("2027-01-07 12:15  spring_festival/plan_30\n")
    assert "元）" in said["gifts_12"]
    assert "不发" not in said["elders_day"].splitlines()[0]
    assert list(said) == sorted(said, key=lambda name: said[name][:16])


@pytest.mark.parametrize(
    ("more", "step", "why"),
    [
        (["--home", "together"], "plan_30", "和孩子住在一起"),
        (["--grief"], "new_year", "家里有丧事"),
        (["--meet", "2027-02-04", "--part", "2027-02-11"], "gifts_12", "团聚计划里已经说了"),
        (["--meet", "2027-02-04", "--part", "2027-02-11", "--child-comes"], "together", "团聚计划里已经说了"),
        (["--carer", "住校"], "elders_day", "带孩子的人不合"),
    ],
)
def test_what_is_not_for_a_parent_says_why(shown, more: list[str], step: str, why: str) -> None:  # type: ignore[no-untyped-def]
    assert f"不发，{why}" in shown("spring_festival", *AT_HOME, *more)[step]


def test_after_a_night_shift_it_comes_in_the_afternoon(shown) -> None:  # type: ignore[no-untyped-def]
    assert shown("spring_festival", *AT_HOME, "--shift", "night")["plan_30"].startswith("2027-01-07 16:30")


def test_who_planned_nothing_has_no_countdown(shown) -> None:  # type: ignore[no-untyped-def]
    assert "不发，没有这样的日子" in shown("reunion", *AT_HOME)["gifts_12"]
    assert "2027-01-23" in shown("reunion", *AT_HOME, "--meet", "2027-02-04", "--part", "2027-02-11")["gifts_12"]


def test_a_parent_of_the_database_is_shown_what_that_parent_gets(shown) -> None:  # type: ignore[no-untyped-def]
    services.database().upgrade()
    with services.database().session() as session:
        now = datetime(2026, 11, 22, tzinfo=timezone.utc)
        parents.record_consent(session, "p1", True, now)
        parents.add_child(session, "p1", Child(date(2025, 12, 1), False), now)
    said = shown("school_start_autumn", "--parent", "p1", "--on", "2026-12-20")
    assert "孩子的年龄不合" in said["before_5"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "there is no campaign nothing; there are: birthday、"),
        (["--parent", "nobody"], "nothing is known of a parent nobody"),
        (["--age", "acht"], "acht is no age"),
        (["--province", "火星"], "火星 is not a province"),
        (["--meet", "2027-02-04"], "--part"),
        (["--meet", "2027-02-04", "--part", "2027-02-03"], "not before it --part"),
    ],
)
def test_it_says_what_it_does_not_know(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(["preview", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_draft_is_shown_from_its_file(shown, tmp_path: Path, root: Path) -> None:  # type: ignore[no-untyped-def]
    draft = tmp_path / "qingming.yml"
    text = (root / "content/campaigns/qingming.yml").read_text("utf-8")
    draft.write_text(text.replace("清明前后上坟", "初稿").replace("快清明了", "初稿"), encoding="utf-8")
    assert "初稿" in shown(str(draft), *AT_HOME)["fire_2"]
