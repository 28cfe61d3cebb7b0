"""The recognisers, one a file: patterns and words around them at the top, then how a hit is checked, then the search.

Each is a function from the heard text to its hits. Their specification are the tables in `tests/privacy/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.privacy.heard import Heard
from bot.privacy.recognisers import (
    address,
    bank_card,
    birth,
    email,
    id_card,
    link,
    nickname,
    person,
    phone,
    plate,
    qq,
    school,
    wechat_id,
    workplace,
)
from bot.privacy.spans import Found

Recogniser = Callable[[Heard], Iterable[Found]]
RECOGNISERS: tuple[Recogniser, ...] = (
    link.find,
    email.find,
    id_card.find,
    bank_card.find,
    phone.find,
    qq.find,
    wechat_id.find,
    plate.find,
    birth.find,
    school.find,
    workplace.find,
    address.find,
    person.find,
    nickname.find,
)
