"""The wire as `bot.reminders` needs it: parent keys come in, openids go to WeChat, error codes become decisions."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.db import Database
from bot.reminders.gateway import Fate, Message, Reach, Result, Rights
from bot.settings import Settings
from bot.wechat import addresses, allowance, consents, inbox, mass, notices, pauses
from bot.wechat.api import Api, HttpTransport, Transport
from bot.wechat.errors import ACTIONS, Action, SendError
from bot.wechat.rendering import linked
from bot.wechat.token_store import DatabaseTokens, RedisTokens, TokenStore

log = structlog.get_logger(__name__)

CUSTOM, SUBSCRIPTION, TEMPLATE, MASS = "customer_service", "subscription", "template", "mass"
# A parent who wrote this lately may be in the middle of something.
BUSY_FOR = timedelta(minutes=10)
# Seconds before each further attempt when WeChat is busy.
RETRY_AFTER = (1.0, 2.0, 4.0)

_FATES = {
    Action.RETRY: Fate.LATER,
    Action.REFRESH_TOKEN: Fate.LATER,
    Action.STOP_ALARM: Fate.LATER,
    Action.UNTIL_MIDNIGHT: Fate.LATER,
    Action.BACK_OFF: Fate.LATER,
    Action.SWITCH_OFF: Fate.LATER,  # the way rests for an hour, others are tried meanwhile
    Action.MARK_DEAD: Fate.GONE,
    Action.DONE: Fate.SENT,
    Action.SPLIT: Fate.NEVER,
}
_ALARMS = {Action.STOP_ALARM, Action.SWITCH_OFF, Action.UNTIL_MIDNIGHT, Action.REFRESH_TOKEN, Action.LOG}


class WeChatGateway:
    """For one account. `retry_after` (seconds) and `transport` are parameters for tests; made inside the running loop."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        clock: Clock,
        transport: Transport | None = None,
        retry_after: Sequence[float] = RETRY_AFTER,
    ) -> None:
        tokens: TokenStore
        if settings.redis_url:
            tokens = RedisTokens(settings.redis_url, settings.wechat_app_id)
        else:
            tokens = DatabaseTokens(database, clock, settings.wechat_app_id)
        self._settings = settings
        self._database = database
        self._clock = clock
        self._api = Api(settings, transport or HttpTransport(settings.wechat_api_base), tokens, clock)
        self._retry_after = tuple(retry_after)
        self._openids: dict[str, str] = {}

    def rights(self) -> Rights:
        """By kind of account and by which templates are set (WeChat's table of permissions)."""
        verified, service = self._settings.wechat_verified, self._settings.wechat_account == "service"
        return Rights(
            custom=verified,
            subscription=verified and bool(self._settings.wechat_subscription_template),
            template=verified and service and bool(self._settings.wechat_notice_template),
            mass=verified,
            mass_by_list=service,
        )

    def reach(self, session: Session, keys: Collection[str], now: datetime) -> dict[str, Reach]:
        """From the address rows, the consents, and who wrote in the last minutes."""
        standing = addresses.standings(session, keys)
        allowed = consents.left(session, keys, self._settings.wechat_subscription_template)
        talking = inbox.seen_since(session, now - BUSY_FOR, keys)
        self._openids = {key: each.openid for key, each in standing.items()}
        return {
            key: Reach(
                following=True,
                custom_left=max(0, each.left - allowance.RESERVE) if each.until > now else 0,
                busy=key in talking,
                consents=allowed.get(key, 0),
            )
            for key, each in standing.items()
        }

    def followers(self, session: Session, after: str, most: int) -> list[str]:
        return addresses.followers(session, after, most)

    def active_since(self, session: Session, moment: datetime) -> list[str]:
        return list(inbox.seen_since(session, moment))

    def pauses(self, session: Session, now: datetime) -> dict[str, datetime]:
        found = pauses.all_pauses(session, now)
        resting: dict[str, datetime] = {}
        for way in (CUSTOM, SUBSCRIPTION, TEMPLATE, MASS):
            concerns = [until for reason, until in found.items() if ":" not in reason or reason.startswith(f"{way}:")]
            if concerns:
                resting[way] = max(concerns)
        return resting

    def take(self, session: Session, keys: Sequence[str], way: str, now: datetime) -> set[str]:
        """Customer-service messages and notifications are counted; templates and mass messages are not counted here."""
        if way == CUSTOM:
            return allowance.take_many(session, keys, now)
        if way == SUBSCRIPTION:
            return consents.take_many(session, keys, self._settings.wechat_subscription_template)
        return set(keys)

    async def send(self, parent_key: str, way: str, message: Message) -> Result:
        openid = self._openids.get(parent_key)
        if openid is None:
            return Result(Fate.GONE, "left")
        for pause in (*self._retry_after, None):
            try:
                return Result(Fate.SENT, message_id=await self._send(openid, parent_key, way, message))
            except SendError as error:
                # Busy, or not reached at all: certainly not taken.
                if error.unclear or error.action is not Action.RETRY or pause is None:
                    return self._refused(error, way)
                await asyncio.sleep(pause)
        raise AssertionError("the last attempt returns")

    def note(self, session: Session, way: str, parent_key: str, result: Result, now: datetime) -> None:
        if result.fate in (Fate.SENT, Fate.UNSURE):
            return
        action = _action(result)
        if result.fate is Fate.GONE:
            addresses.note_left(session, parent_key, now, addresses.DEAD)
        elif way == CUSTOM and action in (Action.OUTSIDE_WINDOW, Action.KEEP_FOR_NEXT):
            allowance.exhaust(session, parent_key)
        elif way == CUSTOM:
            allowance.give_back(session, parent_key)
        elif way == SUBSCRIPTION and result.code == "43101":
            consents.withdrawn(session, parent_key, self._settings.wechat_subscription_template)
        elif way == SUBSCRIPTION:
            consents.give_back(session, parent_key, self._settings.wechat_subscription_template)
        until = pauses.begin(session, action, now, "" if way == CUSTOM else way)
        if until:
            log.error("reminders.way_paused", way=way, until=until.isoformat(), code=result.code)

    async def send_mass(self, client_id: str, keys: Sequence[str], text: str) -> Result:
        unclear = False
        for pause in (*self._retry_after, None):
            try:
                return Result(Fate.SENT, message_id=await self._send_mass(client_id, keys, text))
            except SendError as error:
                # The same clientmsgid is taken once: even after an unclear failure it may be tried again.
                unclear = unclear or error.unclear
                if error.action is Action.DONE:
                    return Result(Fate.SENT, str(error.code), error.message_id)
                if error.action is not Action.RETRY or pause is None:
                    refused = self._refused(error, MASS)
                    return Result(Fate.UNSURE, refused.code) if unclear else refused
                await asyncio.sleep(pause)
        raise AssertionError("the last attempt returns")

    async def close(self) -> None:
        """End all connections."""
        await self._api.close()

    async def _send(self, openid: str, parent_key: str, way: str, message: Message) -> str:
        if way == CUSTOM:
            text = {"touser": openid, "msgtype": "text", "text": {"content": linked(message.text)}}
            await self._api.call("message/custom/send", text)
            return ""
        if way == SUBSCRIPTION:
            return await notices.send_subscription(self._api, self._settings, openid, message.title, message.notice)
        client_id = hashlib.sha256(f"{parent_key}\0{message.text}".encode()).hexdigest()[:32]
        return await notices.send_template(
            self._api, self._settings, openid, message.title, message.notice, client_id
        )

    async def _send_mass(self, client_id: str, keys: Sequence[str], text: str) -> str:
        if not self.rights().mass_by_list:
            tagger = mass.Tagger(self._api, self._database, self._clock, self._retry_after)
            tag_id = await tagger.tag_exactly(keys)
            return await mass.send_to_tag(self._api, tag_id, text, client_id)
        known = await self._database.read(addresses.openids_of, keys)
        return await mass.send_to_list(self._api, list(known.values()), text, client_id)

    def _refused(self, error: SendError, way: str) -> Result:
        code = "" if error.code is None else str(error.code)
        if error.unclear:
            log.warning("reminders.send_unclear", way=way, detail=error.detail)
            return Result(Fate.UNSURE, code)
        alarm = error.action in _ALARMS
        (log.error if alarm else log.info)("reminders.send_refused", way=way, code=error.code, detail=error.detail)
        return Result(_FATES.get(error.action, Fate.CLOSED), code)


def _action(result: Result) -> Action:
    return ACTIONS.get(int(result.code), Action.LOG) if result.code.lstrip("-").isdigit() else Action.RETRY

