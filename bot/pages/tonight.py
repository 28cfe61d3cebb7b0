"""Three sentences for tonight's call: others every day, the same for everybody who looks on that day."""

from __future__ import annotations

from datetime import timedelta, timezone
from hashlib import sha256

from bot import services
from bot.content.tables.starters import Starter

_BEIJING = timezone(timedelta(hours=8))
# Who is not known gets what fits a child that talks on the phone.
_AGE = 84


def starters(count: int = 3) -> list[Starter]:
    """Openers of different topics; fewer when the table holds fewer."""
    day = services.clock().now().astimezone(_BEIJING).date().isoformat()
    fitting = [each for each in services.shelf().starters if each.fits(_AGE) and each.to == "child" and "any" in each.moods]
    shuffled = sorted(fitting, key=lambda each: sha256(f"{day}{each.key}".encode()).digest())
    by_topic = {each.topic: each for each in reversed(shuffled)}
    return sorted(by_topic.values(), key=shuffled.index)[:count]
