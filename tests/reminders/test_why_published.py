"""`jiashu why` speaks of the campaigns that parents get: those that were published, where something was."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import pytest

from bot import services
from bot.commands import why
from bot.commands.failing import CommandError
from bot.model.current import Current, choose


def test_it_reads_what_was_published(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIASHU_VAR", str(tmp_path))
    monkeypatch.setenv("JIASHU_DATABASE_URL", f"sqlite:///{tmp_path}/why.db")
    monkeypatch.setenv("JIASHU_SECRET_KEY", "k" * 40)
    services.forget()
    copy = shutil.copytree(root / "content", tmp_path / "publish/7/content")
    campaign = next(copy.glob("campaigns/*.yml"))
    for other in copy.glob("campaigns/*.yml"):
        if other != campaign:
            other.unlink()
    choose(tmp_path, Current("some.tar.gz", 7))

    with pytest.raises(CommandError) as raised:
        why.run(argparse.Namespace(parent="p1", step="no_such_step"))

    assert {step.split("/")[0] for step in str(raised.value).partition("there are: ")[2].split("、")} == {campaign.stem}
    services.forget()
