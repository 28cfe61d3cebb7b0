"""Accounts: on the command line and on the admins' page."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from bot import services
from bot.cli import main
from bot.commands import user as command
from bot.desk import accounts, audit
from tests.desk.support import CAST, PASSWORD, Desk, hire


def _type(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))


def _user(name: str) -> accounts.User:
    with services.database().session() as session:
        return accounts.get(session, name)


def test_an_account_is_made_closed_and_opened(
    clock: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _type(monkeypatch, PASSWORD)
    assert main(["user", "add", "李老师", "--role", "editor"]) == 0
    assert _user("李老师").role == "editor"

    assert main(["user", "disable", "李老师"]) == 0
    assert _user("李老师").disabled
    assert main(["user", "enable", "李老师"]) == 0
    assert not _user("李老师").disabled

    assert main(["user", "list"]) == 0
    printed = capsys.readouterr()
    assert "李老师\teditor\topen" in printed.out
    assert PASSWORD not in printed.out + printed.err


def test_a_generated_password_is_shown_once_and_works(clock: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "alice", "--role", "reviewer", "--generate"]) == 0
    (password,) = re.findall(r"\b(?:\w{4}-){3}\w{4}\b", capsys.readouterr().out)

    with services.database().session() as session:
        assert accounts.right_password(session, "alice", password) is not None
        assert password not in Path(
            str(services.settings().database_url).removeprefix("sqlite:///")
        ).read_bytes().decode("latin-1")


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("a", PASSWORD, "名字"),
        ("a b", PASSWORD, "名字"),
        ("<b>x</b>", PASSWORD, "名字"),
        ("dave", "short", "密码"),
        ("dave", "x" * 300, "密码"),
        ("alice", PASSWORD, "已经有人"),
    ],
)
def test_what_cannot_be_an_account_is_refused_in_one_line(
    clock: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    password: str,
    words: str,
) -> None:
    hire("reviewer")
    _type(monkeypatch, password)

    assert main(["user", "add", name, "--role", "reviewer"]) == 2
    error = capsys.readouterr().err.strip().splitlines()
    assert len(error) == 1 and words in error[0]


def test_the_command_knows_the_roles() -> None:
    assert tuple(accounts.ROLES) == command.ROLES


async def test_an_admin_makes_and_changes_accounts(desk: Desk) -> None:
    admin = await desk.staff("admin")
    page = (await admin.post("/desk/users", name="小周", role="counsellor")).text
    (password,) = re.findall(r"\b(?:\w{4}-){3}\w{4}\b", page)
    newcomer = desk.stranger()
    assert (await newcomer.sign_in("小周", password)).status == 303

    assert (await admin.post("/desk/users/change", name="小周", what="role", role="editor")).status == 303
    assert _user("小周").role == "editor"
    assert (await admin.post("/desk/users/reset", name="小周")).status == 200
    assert (await newcomer.get("/desk/me")).status == 303, "signed out by the new password"
    assert (await admin.post("/desk/users/change", name="小周", what="close")).status == 303
    assert _user("小周").disabled

    with services.database().session() as session:
        subjects = [entry.subject for entry in audit.entries(session, who=CAST["admin"])]
    assert subjects[:4] == ["小周 close", "小周", "小周 role editor", "小周"]


async def test_a_closed_account_that_is_opened_lets_no_old_browser_in(desk: Desk) -> None:
    admin, stolen = await desk.staff("admin"), await desk.staff("reviewer")
    for what in ("close", "open"):
        assert (await admin.post("/desk/users/change", name=CAST["reviewer"], what=what)).status == 303

    assert (await stolen.get("/desk/me")).status == 303
    assert (await desk.stranger().sign_in(CAST["reviewer"])).status == 303


async def test_the_last_admin_stays(desk: Desk) -> None:
    admin = await desk.staff("admin")
    for what in ({"what": "close"}, {"what": "role", "role": "editor"}):
        answer = await admin.post("/desk/users/change", name=CAST["admin"], **what)
        assert answer.status == 400
        assert "最后一位管理员" in answer.text


async def test_names_with_signs_stay_text(desk: Desk) -> None:
    admin = await desk.staff("admin")
    answer = await admin.post("/desk/users", name="<script>x</script>", role="editor")

    assert answer.status == 400
    assert "<script>x" not in answer.text


async def test_what_was_done_on_the_command_line_is_in_the_trail_in_words(desk: Desk) -> None:
    with services.database().session() as session:
        audit.note(session, desk.clock.now(), None, "jiashu user", "disable", "王老师")
    shown = (await (await desk.staff("admin")).get("/desk/trail")).text
    assert "命令行" in shown and ">关账号</a>" in shown and ">disable<" not in shown
