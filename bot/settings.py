"""Every environment variable that Jiashu reads: one declared list.

The list drives parsing (`Settings.from_environment`), `.env.example`, `docs/settings.md` and the test that they agree.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class SettingsError(Exception):
    """A setting is missing or wrong; the message says which one and what to do."""


def _text(value: str) -> str:
    return value.strip()


def _flag(value: str) -> bool:
    lowered = value.strip().lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError("use true or false")


def _port(value: str) -> int:
    if not value.strip().isdecimal() or not 0 < int(value) < 65536:
        raise ValueError("a port is a number from 1 to 65535")
    return int(value)


def _positive(value: str) -> int:
    if not value.strip().isdecimal() or int(value) == 0:
        raise ValueError("use a whole number above 0")
    return int(value)


def _seconds(value: str) -> float:
    if not re.fullmatch(r"\d+(?:\.\d+)?|\.\d+", value.strip()) or float(value) == 0:
        raise ValueError("use a number of seconds above 0")
    return float(value)


def _level(value: str) -> str:
    level = value.strip().upper()
    if level not in {"INFO", "WARNING", "ERROR"}:
        raise ValueError("use INFO, WARNING or ERROR")
    return level


def _account(value: str) -> str:
    if value not in {"service", "subscription"}:
        raise ValueError("use service or subscription")
    return value


def _aes_key(value: str) -> str:
    # 43 characters: base64 of 32 bytes without its "=" (WeChat's message encryption page).
    if value and not re.fullmatch(r"[A-Za-z0-9+/]{43}", value):
        raise ValueError("an EncodingAESKey has exactly 43 letters and digits")
    return value


def _url(value: str) -> str:
    if value and not re.match(r"https?://[^/]+", value):
        raise ValueError("start it with http:// or https://")
    return value.rstrip("/")


def _redis(value: str) -> str:
    if value and not re.fullmatch(r"rediss?://(?:[^/@]*@)?[^/@:]+(?::\d+)?(?:/\d*)?(?:\?.*)?", value):
        raise ValueError("write redis://host:port/number, or rediss:// for an encrypted connection")
    return value


def _secret(value: str) -> str:
    if value and len(value) < 32:
        raise ValueError("use at least 32 characters, for example from: openssl rand -hex 32")
    return value


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, parser, default (as text) and one sentence on what it is for."""

    name: str
    parse: Callable[[str], Any]
    default: str
    sentence: str
    secret: bool = False

    @property
    def attribute(self) -> str:
        return self.name.lower().removeprefix("jiashu_")


SETTINGS: tuple[Setting, ...] = (
    Setting("WECHAT_APP_ID", _text, "", "AppID of the Official Account; empty means: use the built-in simulator."),
    Setting("WECHAT_APP_SECRET", _text, "", "AppSecret of the Official Account.", secret=True),
    Setting("WECHAT_TOKEN", _text, "", "Token typed into the account's server configuration.", secret=True),
    Setting("WECHAT_ENCODING_AES_KEY", _aes_key, "", "EncodingAESKey (43 characters); needed for compatible and safe mode.", secret=True),
    Setting(
        "WECHAT_PREVIOUS_AES_KEY", _aes_key, "", "The EncodingAESKey before the last change, still accepted.", secret=True
    ),
    Setting("WECHAT_API_BASE", _url, "https://api.weixin.qq.com", "Where WeChat's API answers."),
    Setting("WECHAT_ACCOUNT", _account, "service", "Kind of account: service (服务号) or subscription (订阅号)."),
    Setting("WECHAT_VERIFIED", _flag, "true", "Whether the account is verified; unverified accounts can only answer passively."),
    Setting("WECHAT_REFUSE_PLAIN", _flag, "false", "Refuse plain-mode callbacks; set it once the account is in safe mode."),
    Setting("WECHAT_SUBSCRIPTION_TEMPLATE", _text, "", "Id of the account's subscription notification (订阅通知); empty: none are sent."),
    Setting("WECHAT_SUBSCRIPTION_FIELDS", _text, "thing1,thing2", "Its two fields: for the title and for the line below it."),
    Setting("WECHAT_NOTICE_TEMPLATE", _text, "", "Id of the account's template message for service notices; empty: none are sent."),
    Setting("WECHAT_NOTICE_FIELDS", _text, "thing1,thing2", "Its two fields: for the title and for the line below it."),
    Setting("WECHAT_REPLY_BUDGET", _seconds, "4.5", "Seconds in which an answer may still be a passive reply; WeChat closes at 5."),
    Setting("JIASHU_DATABASE_URL", _text, "sqlite:///var/jiashu.db", "SQLAlchemy URL of the database; SQLite or PostgreSQL.", secret=True),
    Setting("JIASHU_REDIS_URL", _redis, "", "Redis URL for the lock store and the shared access token; empty means: the database.", secret=True),
    Setting("JIASHU_SECRET_KEY", _secret, "", "Key of the hash that makes parent keys; a local run makes one under var/.", secret=True),
    Setting("JIASHU_PUBLIC_URL", _url, "", "Address under which parents reach the lesson pages; empty means: no links."),
    Setting("JIASHU_HOST", _text, "127.0.0.1", "Address the callback listens on."),
    Setting("JIASHU_PORT", _port, "5005", "Port the callback listens on."),
    Setting("JIASHU_SIMULATOR_PORT", _port, "5006", "Port of the simulator's phone and platform API."),
    Setting("JIASHU_WEB_PORT", _port, "5007", "Port of the lesson pages and the staff's desk."),
    Setting("JIASHU_CLOCK_PORT", _port, "5008", "Port on which the clock process says on this machine how it is."),
    Setting("JIASHU_ACTIONS_URL", _url, "", "A separate action server's webhook; empty means: actions run inside the assistant."),
    Setting("JIASHU_CONTENT", _text, "content", "Folder with lessons, safety scripts and everything else that editors own."),
    Setting("JIASHU_VAR", _text, "var", "Folder for the database, the trained model and the local secret key."),
    Setting("JIASHU_RETENTION_DAYS", _positive, "30", "Days after which raw words are purged."),
    Setting("JIASHU_LOG_RETENTION_DAYS", _positive, "365", "Days after which the anonymised record of talks is purged."),
    Setting("JIASHU_STAFF_CONTACT", _text, "", "One sentence telling a parent how and when a human can be reached; empty: says that there is none yet."),
    Setting("JIASHU_LOG_LEVEL", _level, "INFO", "Level of the log: INFO, WARNING or ERROR; below INFO libraries would log what parents write."),
)


@dataclass(frozen=True)
class Settings:
    """The parsed environment; attributes are the variable names in lower case without `JIASHU_`."""

    wechat_app_id: str
    wechat_app_secret: str
    wechat_token: str
    wechat_encoding_aes_key: str
    wechat_previous_aes_key: str
    wechat_api_base: str
    wechat_account: str
    wechat_verified: bool
    wechat_refuse_plain: bool
    wechat_subscription_template: str
    wechat_subscription_fields: str
    wechat_notice_template: str
    wechat_notice_fields: str
    wechat_reply_budget: float
    database_url: str
    redis_url: str
    secret_key: str
    public_url: str
    host: str
    port: int
    simulator_port: int
    web_port: int
    clock_port: int
    actions_url: str
    content: str
    var: str
    retention_days: int
    log_retention_days: int
    staff_contact: str
    log_level: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Parse `environment` (default: the process's own).

        Raises:
            SettingsError: a value does not parse; names the variable, never prints a secret's value.
        """
        source = os.environ if environment is None else environment
        return cls(**{setting.attribute: _parsed(setting, source) for setting in SETTINGS})

    @property
    def real_account(self) -> bool:
        """Whether a real Official Account (or a stand-in chosen by the user) is configured."""
        return bool(self.wechat_app_id)

    @property
    def may_send(self) -> bool:
        """Whether the account has customer-service rights: verified accounts only (WeChat's table of permissions)."""
        return self.wechat_verified

    @property
    def content_path(self) -> Path:
        return Path(self.content)

    @property
    def var_path(self) -> Path:
        return Path(self.var)


def _parsed(setting: Setting, source: Mapping[str, str]) -> Any:
    raw = source.get(setting.name)
    value = setting.default if raw is None or (raw == "" and setting.default) else raw
    try:
        return setting.parse(value)
    except ValueError as error:
        shown = "" if setting.secret else f" (it is {value!r})"
        raise SettingsError(f"{setting.name} is not usable{shown}: {error}") from None
