"""The folder and the settings of a try-out: nothing of the real account is in them."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from bot.model.current import Current, read_current
from bot.settings import Settings
from bot.tryout import place as places
from bot.tryout.place import State

REAL = {
    "WECHAT_APP_ID": "wxreal000000000000",
    "WECHAT_APP_SECRET": "the-real-app-secret",
    "WECHAT_TOKEN": "therealtoken",
    "WECHAT_ENCODING_AES_KEY": "r" * 43,
    "JIASHU_SECRET_KEY": "the-real-secret-key-of-the-record-000",
    "JIASHU_DATABASE_URL": "postgresql://real:password@db/jiashu",
    "JIASHU_REDIS_URL": "redis://real:6379",
    "JIASHU_ACTIONS_URL": "http://actions.internal/webhook",
    "JIASHU_PUBLIC_URL": "https://real.example",
    "JIASHU_HOST": "0.0.0.0",
    "WECHAT_VERIFIED": "false",
}


def test_no_setting_of_the_real_account_reaches_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in REAL.items():
        monkeypatch.setenv(name, value)
    own = places.environment(Settings.from_environment(), places.ports())

    assert not set(REAL.values()) - {"false"} & set(own.values())
    read = Settings.from_environment(own)
    assert read.host == "127.0.0.1" and read.wechat_api_base.startswith("http://127.0.0.1:")
    assert (read.database_url, read.redis_url, read.actions_url, read.public_url) == ("sqlite:///var/jiashu.db", "", "", "")
    assert not read.wechat_verified, "as the account may speak, the phone hears"
    assert places.environment(Settings.from_environment(), places.ports())["JIASHU_SECRET_KEY"] != own["JIASHU_SECRET_KEY"]


def test_a_place_has_the_draft_and_only_the_lent_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "content/lessons").mkdir(parents=True)
    (tmp_path / "content/lessons/a.md").write_text("old")
    for name in ("data", "domain", "models"):
        (tmp_path / name).mkdir()
    (tmp_path / "config.yml").write_text("")
    for model in ("a.tar.gz", "b.tar.gz"):
        (tmp_path / "models" / model).write_text(model)

    place = places.make_place(tmp_path, tmp_path / "content", tmp_path / "models", {"lessons/a.md": "new"}, "a.tar.gz")

    assert (place / "content/lessons/a.md").read_text() == "new" and (tmp_path / "content/lessons/a.md").read_text() == "old"
    assert [each.name for each in (place / "var/models").iterdir()] == ["a.tar.gz"]
    assert read_current(place / "var") == Current("a.tar.gz", 0)
    assert place.stat().st_mode & 0o077 == 0, "other users of the machine do not look in"


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(OSError):
        places.make_place(tmp_path / "nowhere", tmp_path / "none", tmp_path, {}, "")
    assert list(tmp_path.iterdir()) == []


def test_it_is_known_when_somebody_was_there_last(tmp_path: Path) -> None:
    assert places.read(tmp_path) == State()
    places.tell(tmp_path, State(places.LEARNING, "TopicClassifier"))
    assert places.read(tmp_path) == State("learning", "TopicClassifier")

    places.touch(tmp_path, acted=True)
    for name in ("alive", "acted"):
        os.utime(tmp_path / name, (time.time() - 500, time.time() - 500))
    places.touch(tmp_path)
    open_since, acted_since = places.idle(tmp_path)
    assert open_since < 100 and acted_since > 400
    places.touch(tmp_path / "gone", acted=True)
