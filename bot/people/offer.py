"""The offer of a profile: its words, and what a tap on each of its choices means. Given once, after the first answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OfferChoice:
    """A line that can be tapped, and the intent that it stands for."""

    title: str
    payload: str


@dataclass(frozen=True)
class Offer:
    """What is said, and the choices under it."""

    text: str
    choices: tuple[OfferChoice, ...]


OFFER = Offer(
    text="想让回答更合您家孩子，可以告诉我孩子多大、谁带，一分钟就好。要现在说说吗？",
    choices=(OfferChoice("好，说说", "/start_profile"), OfferChoice("先不用", "/decline_profile")),
)
