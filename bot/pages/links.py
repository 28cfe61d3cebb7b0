"""The addresses that parents get in chats and cards. Each is "" without JIASHU_PUBLIC_URL: then there is nothing to open.

An address never names a parent: where a page has to know whose it is, a sealed token says so (bot/pages/seals.py).
"""

from __future__ import annotations

from functools import lru_cache

from bot import services
from bot.pages.assets import address
from bot.pages.seals import COURSE, READER, Seals


@lru_cache(maxsize=4)
def seals_for(secret_key: str) -> Seals:
    """The maker of tokens under that key."""
    return Seals(secret_key)


def lesson(slug: str, parent_key: str = "") -> str:
    """The whole lesson; with a parent, "有用吗" on the page is counted for that conversation."""
    return _address(f"lessons/{slug}", READER, parent_key)


def relay(slug: str) -> str:
    """The lesson's card in very large type, made to be forwarded to whoever looks after the child."""
    return _address(f"relay/{slug}")


def comic(slug: str) -> str:
    """A comic."""
    return _address(f"comics/{slug}")


def course(parent_key: str = "") -> str:
    """The course; with a parent, their progress in it."""
    return _address("course", COURSE, parent_key)


def certificate(sealed: str) -> str:
    """The certificate that `bot.course.certificate.sealed` made."""
    return _address(f"certificate/{sealed}")


def page(path: str) -> str:
    """Any other page, by its path without a leading slash: `gifts`, `activities`, `search?q=…`, ``."""
    return _address(path)


def picture() -> str:
    """The picture of cards in the chat, 900 × 383 as WeChat shows them. `card.png` is its square sister, for what is shared."""
    return _address(address("cover.png").removeprefix("/"))


def _address(path: str, purpose: str = "", parent_key: str = "") -> str:
    settings = services.settings()
    if not settings.public_url:
        return ""
    address = f"{settings.public_url}/{path}"
    if not parent_key or not settings.secret_key:
        return address
    return f"{address}?t={seals_for(settings.secret_key).seal(purpose, parent_key, services.clock().now())}"
