"""Pictures and sounds by media id: a few drawn ones that come with the simulator, and what the account uploads.

Limits: W api_uploadtempmedia (image under 2 MB, voice 2 MB, video 10 MB, thumb 64 KB; kept three days).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulator.refusal import Refusal

KEPT = timedelta(days=3)
MOST_BYTES = {"image": 2 * 2**20, "voice": 2 * 2**20, "video": 10 * 2**20, "thumb": 64 * 2**10}

# Only what a browser shows without running anything; SVG can hold scripts.
SERVED = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@dataclass(frozen=True)
class Media:
    """One upload."""

    id: str
    kind: str
    content_type: str
    data: bytes
    at: datetime

    def as_json(self) -> dict[str, object]:
        """As media/upload answers."""
        return {"type": self.kind, "media_id": self.id, "created_at": int(self.at.timestamp())}


class MediaStore:
    """What was uploaded."""

    def __init__(self) -> None:
        self._by_id: dict[str, Media] = {}

    def add(self, kind: str, data: bytes, now: datetime) -> Media:
        """Keep an upload.

        Raises:
            Refusal: 40004 unknown kind, 44001 empty, 45001 too large, 40005 an image that is none.
        """
        if kind not in MOST_BYTES:
            raise Refusal(40004, "invalid media type")
        if not data:
            raise Refusal(44001, "empty media data")
        if len(data) > MOST_BYTES[kind]:
            raise Refusal(45001, "media size out of limit")
        content_type = next((name for head, name in SERVED.items() if data.startswith(head)), "application/octet-stream")
        if kind in {"image", "thumb"} and not content_type.startswith("image/"):
            raise Refusal(40005, "invalid file type")
        media = Media(secrets.token_urlsafe(48), kind, content_type, data, now)
        self._by_id[media.id] = media
        return media

    def get(self, media_id: str, now: datetime) -> Media:
        """The upload with this id.

        Raises:
            Refusal: 40007 when there is none, or its three days are over.
        """
        media = self._by_id.get(media_id)
        if media is None or now - media.at > KEPT:
            raise Refusal(40007, "invalid media_id")
        return media
