"""Mass messages: by a list of receivers where the account may (verified 服务号), else by a tag that exactly they carry.

A task is taken only once for one `clientmsgid` within 24 h (45065 after that), so it may be repeated after an unclear
failure. Its outcome comes as MASSSENDJOBFINISH.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.db import Database
from bot.wechat import addresses, sql
from bot.wechat.api import Api, Fields
from bot.wechat.errors import Action, SendError
from bot.wechat.tables import tagged

# tags/members/batchtagging takes 50 at most.
TAG_AT_ONCE = 50
TAG_NAME = "家书推送"

_TAG = sql.insert_new(tagged, ["parent_key", "sure"])


async def send_to_list(api: Api, openids: Sequence[str], text: str, client_id: str) -> str:
    """message/mass/send to 2–10,000 openids; returns the msg_id.

    Raises:
        SendError: refused or not reached.
    """
    data = {"touser": list(openids), "msgtype": "text", "text": {"content": text}, "clientmsgid": client_id}
    return str((await api.call("message/mass/send", data)).get("msg_id", ""))


async def send_to_tag(api: Api, tag_id: int, text: str, client_id: str) -> str:
    """message/mass/sendall to everybody with the tag; returns the msg_id.

    Raises:
        SendError: refused or not reached.
    """
    chosen = {"is_to_all": False, "tag_id": tag_id}
    data = {"filter": chosen, "msgtype": "text", "text": {"content": text}, "clientmsgid": client_id}
    return str((await api.call("message/mass/sendall", data)).get("msg_id", ""))


@dataclass(frozen=True)
class Tagger:
    """Lets exactly some parents carry our tag. Its calls change nothing when they are repeated, so they are, `retry_after`
    so many seconds each: one failure in fifty calls must not begin everything anew."""

    api: Api
    database: Database
    clock: Clock
    retry_after: Sequence[float]

    async def tag_exactly(self, keys: Collection[str]) -> int:
        """Nobody else may get what is sent to the tag; returns its id.

        Raises:
            SendError: refused or not reached; then nothing may be sent.
        """
        tag_id = await self._the_tag()
        wanted = set(keys)
        carrying = dict(await self.database.read(_carrying))
        for part in _parts(sorted(carrying.keys() - wanted)):
            await self._change("tags/members/batchuntagging", tag_id, part)
            await self.database.run(_forget, part)
        for part in _parts(sorted(key for key in wanted if not carrying.get(key))):
            await self.database.run(_intend, part)
            await self._change("tags/members/batchtagging", tag_id, part)
            await self.database.run(_confirm, part)
        return tag_id

    async def _the_tag(self) -> int:
        found = (await self._call("tags/get", {})).get("tags")
        for tag in found if isinstance(found, list) else ():
            if tag.get("name") == TAG_NAME:
                return int(tag["id"])
        made = (await self._call("tags/create", {"tag": {"name": TAG_NAME}})).get("tag")
        if not isinstance(made, dict) or "id" not in made:
            raise SendError(None, "no tag in WeChat's answer")
        return int(made["id"])

    async def _change(self, endpoint: str, tag_id: int, keys: Sequence[str]) -> None:
        known = await self.database.read(addresses.openids_of, keys)
        if not known:
            return
        try:
            await self._call(endpoint, {"openid_list": list(known.values()), "tagid": tag_id})
        except SendError as error:
            if error.action is not Action.MARK_DEAD:
                raise
            # One of them has left unnoticed, and WeChat refuses the whole list for it.
            if len(known) == 1:
                return await self.database.run(addresses.note_left, next(iter(known)), self.clock.now(), addresses.DEAD)
            for key in known:
                await self._change(endpoint, tag_id, [key])

    async def _call(self, endpoint: str, data: Fields) -> Fields:
        for pause in (*self.retry_after, None):
            try:
                return await self.api.call(endpoint, data)
            except SendError as error:
                if error.action is not Action.RETRY or pause is None:
                    # Only the tag is in doubt: nothing was sent to anybody.
                    raise SendError(error.code, error.detail) from None
                await asyncio.sleep(pause)
        raise AssertionError("the last attempt returns or raises")


def erase(session: Session, parent_key: str) -> int:
    """Forget that a parent carries the tag. (WeChat forgets it with the follower.)"""
    return int(session.execute(delete(tagged).where(tagged.c.parent_key == parent_key)).rowcount)


def _parts(keys: Sequence[str]) -> list[Sequence[str]]:
    return [keys[begin : begin + TAG_AT_ONCE] for begin in range(0, len(keys), TAG_AT_ONCE)]


def _carrying(session: Session) -> list[tuple[str, bool]]:
    return [(row.parent_key, row.sure) for row in session.execute(select(tagged.c.parent_key, tagged.c.sure))]


def _intend(session: Session, keys: Sequence[str]) -> None:
    for key in keys:
        _TAG.run(session, parent_key=key, sure=False)


def _confirm(session: Session, keys: Sequence[str]) -> None:
    session.execute(update(tagged).where(tagged.c.parent_key.in_(list(keys))).values(sure=True))


def _forget(session: Session, keys: Sequence[str]) -> None:
    session.execute(delete(tagged).where(tagged.c.parent_key.in_(list(keys))))
