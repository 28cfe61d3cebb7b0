"""Takes what identifies a person out of a text: recognisers for Chinese chat, placeholders that staff can follow, pseudonyms."""

from __future__ import annotations

from bot.privacy.errors import ScrubError
from bot.privacy.placeholders import PlaceholderBook
from bot.privacy.pseudonyms import pseudonym
from bot.privacy.scrubber import Scrubbed, Scrubber, scrubber
from bot.privacy.spans import Kind, Span

__all__ = ["Kind", "PlaceholderBook", "ScrubError", "Scrubbed", "Scrubber", "Span", "pseudonym", "scrubber"]
