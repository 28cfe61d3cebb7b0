"""Find, settle overlaps, replace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.privacy.again import called_again
from bot.privacy.errors import ScrubError
from bot.privacy.folded import Folded, fold
from bot.privacy.forms import forms_of
from bot.privacy.heard import Heard
from bot.privacy.overlaps import settled
from bot.privacy.placeholders import PLACEHOLDER, PlaceholderBook
from bot.privacy.recognisers import RECOGNISERS, Recogniser
from bot.privacy.spans import LABELS, Found, Span
from bot.privacy.tagger import Tagger


@dataclass(frozen=True)
class Scrubbed:
    """`text` with placeholders; `spans` are places in the original text, in order, none overlapping another."""

    text: str
    spans: tuple[Span, ...]


class Scrubber:
    """Takes personal data out of texts. One a process (`scrubber()`), for any number of threads; the model loads at first use."""

    def __init__(self, recognisers: Sequence[Recogniser] = RECOGNISERS) -> None:
        self._recognisers = tuple(recognisers)
        self._tagger = Tagger()

    def scrub(self, text: str, book: PlaceholderBook | None = None) -> Scrubbed:
        """`text` without personal data. `book` holds the conversation's placeholders; None: they hold for this text only.

        Raises:
            ScrubError: a recogniser failed. Nothing of the text may then be kept.
        """
        try:
            folded = fold(text)
            found = self._found(folded)
            return _replaced(text, folded, found, PlaceholderBook() if book is None else book)
        except ScrubError:
            raise
        except Exception as error:  # noqa: BLE001
            # Fails closed, whatever broke; the message of the error may quote the text, so it goes no further.
            raise ScrubError(f"a text could not be anonymised ({type(error).__name__})") from None

    def _found(self, folded: Folded) -> list[Found]:
        if not folded.text.strip():
            return []
        heard = Heard(folded.text, self._tagger)
        kept = [match.span() for match in PLACEHOLDER.finditer(folded.text)]
        every: list[Found] = []
        for recogniser in self._recognisers:
            try:
                every.extend(recogniser(heard))
            except Exception as error:  # noqa: BLE001
                # As above; `from None` because a traceback would show the text.
                raise ScrubError(f"{recogniser.__module__} failed ({type(error).__name__})") from None
        return settled(heard.text, [*every, *called_again(heard.text, every)], kept)


@lru_cache(maxsize=1)
def scrubber() -> Scrubber:
    """The one scrubber of this process."""
    return Scrubber()


def _replaced(text: str, folded: Folded, found: Iterable[Found], book: PlaceholderBook) -> Scrubbed:
    parts: list[str] = []
    spans: list[Span] = []
    done = 0
    for each in found:
        start, end = folded.original(each.start, each.end)
        label = each.role or LABELS[each.kind]
        parts += [text[done:start], book.placeholder(label, forms_of(each.kind, folded.text[each.start : each.end]))]
        spans.append(Span(start, end, each.kind))
        done = end
    return Scrubbed("".join([*parts, text[done:]]), tuple(spans))
