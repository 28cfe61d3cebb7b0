"""The privacy notice says what the software does: its version, and how long things are kept."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from bot.people.parents import NOTICE_VERSION
from bot.settings import SETTINGS


def notice(root: Path) -> str:
    domain = yaml.safe_load((root / "domain/privacy.yml").read_text(encoding="utf-8"))
    return str(domain["responses"]["utter_privacy_notice"][0]["text"])


def default_of(name: str) -> int:
    return int(next(setting.default for setting in SETTINGS if setting.name == name))


def test_it_bears_the_version_that_parents_agree_to(root: Path) -> None:
    assert f"（第 {NOTICE_VERSION} 版）" in notice(root)


def test_it_says_how_long_raw_words_are_kept(root: Path) -> None:
    kept = re.search(r"原话最多留 (\d+) 天", notice(root))

    assert kept is not None
    assert int(kept[1]) == default_of("JIASHU_RETENTION_DAYS")


def test_it_says_that_anonymised_text_is_kept_for_a_year(root: Path) -> None:
    assert re.search("去掉个人信息的文字留一年", notice(root))
    assert default_of("JIASHU_LOG_RETENTION_DAYS") == 365
