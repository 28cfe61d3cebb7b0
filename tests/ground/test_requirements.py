"""A missing program skips a test, except where it is required."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import requirements


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JIASHU_TEST_REQUIRE", raising=False)


@pytest.mark.usefixtures("bare_machine")
def test_it_skips_where_a_program_is_missing() -> None:
    with pytest.raises(pytest.skip.Exception, match="redis"):
        requirements.need("redis")


@pytest.mark.usefixtures("bare_machine")
def test_it_fails_where_the_program_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIASHU_TEST_REQUIRE", "postgres, redis")

    with pytest.raises(pytest.fail.Exception, match="redis"):
        requirements.need("redis")


@pytest.mark.usefixtures("bare_machine")
def test_it_refuses_a_requirement_that_it_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIASHU_TEST_REQUIRE", "postgresql")

    with pytest.raises(pytest.fail.Exception, match="postgresql"):
        requirements.need("redis")


def test_it_finds_what_is_on_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "redis-server"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert requirements.need("redis") == program
