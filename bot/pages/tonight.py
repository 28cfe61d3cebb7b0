"""Three sentences for tonight's call: others every day, the same for everybody who looks on that day."""

from __future__ import annotations

from hashlib import sha256

from bot import services
from bot.clock import BEIJING
from bot.content.tables.starters import Starter

# Who is not known gets what fits a child that talks on the phone.
_AGE = 84


def starters(count: int = 3) -> list[Starter]:
    """Openers of different topics; fewer when the table holds fewer."""
    day = services.clock().now().astimezone(BEIJING).date().isoformat()
    fitting = [each for each in services.shelf().starters if each.fits(_AGE) and each.to == "child" and "any" in each.moods]
    shuffled = sorted(fitting, key=lambda each: sha256(f"{day}{each.key}".encode()).digest())
    by_topic = {each.topic: each for each in reversed(shuffled)}
    return sorted(by_topic.values(), key=shuffled.index)[:count]
