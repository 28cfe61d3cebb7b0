"""Putting the wire together from the settings: one place that knows what needs what."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.db import Database
from bot.settings import Settings, SettingsError
from bot.wechat.addresses import ParentKeys
from bot.wechat.client import JiashuWeChatClient
from bot.wechat.delivery import Timing
from bot.wechat.envelope import Envelope
from bot.wechat.messages import Handler
from bot.wechat.reception import Urgent
from bot.wechat.sender import Sender
from bot.wechat.token_store import DatabaseTokens, RedisTokens, TokenStore
from bot.wechat.turns import Turns


@dataclass(frozen=True)
class Wire:
    """All that a running callback needs."""

    envelope: Envelope
    turns: Turns


def make_keys(settings: Settings) -> ParentKeys:
    """The maker of parent keys.

    Raises:
        SettingsError: there is no secret key.
    """
    try:
        return ParentKeys(settings.secret_key)
    except ValueError as error:
        raise SettingsError(str(error)) from None


def make_client(settings: Settings, database: Database, clock: Clock) -> JiashuWeChatClient:
    """The API client; its token is shared through Redis where there is one, else through the database."""
    tokens: TokenStore
    if settings.redis_url:
        tokens = RedisTokens(settings.redis_url, settings.wechat_app_id)
    else:
        tokens = DatabaseTokens(database, clock, settings.wechat_app_id)
    return JiashuWeChatClient(settings, tokens)


def make_sender(settings: Settings, database: Database, clock: Clock) -> Sender | None:
    """The sender; None for an account that may only answer passively."""
    return Sender(database, clock, make_client(settings, database, clock)) if settings.may_send else None


def make_wire(
    settings: Settings, database: Database, clock: Clock, handler: Handler, timing: Timing | None, urgent: Urgent
) -> Wire:
    """Everything of the callback; `timing` is only given by tests, `urgent` says which words cannot wait."""
    turns = Turns(
        database,
        clock,
        make_keys(settings),
        handler,
        make_sender(settings, database, clock),
        timing or Timing(budget=settings.wechat_reply_budget),
        # Rasa runs several processes only with a lock store, and ours is Redis.
        exclusive=not settings.redis_url,
        urgent=urgent,
    )
    return Wire(Envelope.from_settings(settings), turns)
