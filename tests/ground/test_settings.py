"""The one list of settings drives parsing; a wrong value says which and never shows a secret."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from bot.settings import SETTINGS, Settings, SettingsError
from tests.ground import tree


def test_it_runs_with_an_empty_environment() -> None:
    settings = Settings.from_environment({})

    assert not settings.real_account
    assert settings.port == 5005
    assert settings.database_url == "sqlite:///var/jiashu.db"


def test_the_list_and_the_parsed_settings_agree() -> None:
    assert [setting.attribute for setting in SETTINGS] == [field.name for field in fields(Settings)]


def test_every_sentence_is_one() -> None:
    for setting in SETTINGS:
        assert setting.sentence[0].isupper(), setting.name
        assert setting.sentence.endswith("."), setting.name
        assert "|" not in setting.sentence, f"{setting.name}: a bar breaks the table of docs/settings.md"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JIASHU_PORT", "0"),
        ("JIASHU_PORT", "65536"),
        ("JIASHU_PORT", "five"),
        ("JIASHU_RETENTION_DAYS", "0"),
        ("JIASHU_RETENTION_DAYS", "-3"),
        ("JIASHU_LOG_LEVEL", "LOUD"),
        ("JIASHU_REDIS_URL", "secret-host"),
        ("JIASHU_REDIS_URL", "redis://secret-host:port"),
        ("WECHAT_ACCOUNT", "personal"),
        ("WECHAT_API_BASE", "api.weixin.qq.com"),
        ("WECHAT_VERIFIED", "perhaps"),
        ("WECHAT_REPLY_BUDGET", "-1"),
        ("WECHAT_REPLY_BUDGET", "nan"),
        ("WECHAT_ENCODING_AES_KEY", "short-and-secret"),
        ("JIASHU_SECRET_KEY", "short-and-secret"),
    ],
)
def test_it_names_what_is_wrong_and_shows_no_secret(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({name: value})

    assert name in str(caught.value)
    assert "secret" not in str(caught.value).replace("JIASHU_SECRET_KEY", "")
    assert "literal" not in str(caught.value) and "convert" not in str(caught.value), "Python's words, not ours"


@pytest.mark.parametrize(
    "url", ["redis://localhost", "redis://127.0.0.1:6379/1", "rediss://alice:word@cache.example:6380/0?ssl_cert_reqs=none", "redis://:word@cache/2"]
)
def test_it_takes_what_redis_clients_take(url: str) -> None:
    assert Settings.from_environment({"JIASHU_REDIS_URL": url}).redis_url == url


def test_an_empty_value_means_the_default() -> None:
    assert Settings.from_environment({"JIASHU_PORT": "", "WECHAT_ACCOUNT": ""}) == Settings.from_environment({})


def test_whatever_names_a_secret_is_marked_as_one() -> None:
    telling = ("SECRET", "TOKEN", "AES_KEY", "DATABASE_URL", "REDIS_URL")
    for setting in SETTINGS:
        assert setting.secret == any(word in setting.name for word in telling), setting.name


def test_only_the_list_reads_the_environment() -> None:
    # Setting a variable for a child process is no reading of it.
    reading = re.compile(r"""(?:environ\[|environ\.get\(|getenv\()\s*["']((?:JIASHU|WECHAT)_\w+)["'](?!\]\s*=[^=])""")
    # It puts the variable back as it was, for one question in a database of its own.
    borrows = {"bot/assistant/oneself.py"}
    modules = [path for path in tree.modules("bot", "actions") if tree.name(path) not in borrows]
    sources = {path: path.read_text(encoding="utf-8") for path in modules}

    assert {tree.name(path): reading.findall(text) for path, text in sources.items() if reading.search(text)} == {}
