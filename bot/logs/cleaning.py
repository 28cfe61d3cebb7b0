"""From a turn as it was heard to a turn that may be stored. Fails closed: what cannot be anonymised is not kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot import services
from bot.content.library import Library
from bot.logs.heard import Heard
from bot.privacy import PlaceholderBook, ScrubError, scrubber

log = structlog.get_logger(__name__)

# Longer answers are lessons, which stand in content/ anyway.
_LONGEST_REPLY = 2000
_REMEMBERED = 2000


@dataclass(frozen=True)
class Reply:
    """One answer; `shared`: words of a lesson or script, the same for everybody."""

    text: str
    shared: bool


@dataclass(frozen=True)
class Clean:
    """A turn without personal data; `book`: the parent's placeholders so far, for storing. `sequence`: order of arrival."""

    heard: Heard
    text: str
    withheld: bool
    replies: tuple[Reply, ...]
    book: str
    sequence: int = 0


@dataclass(frozen=True)
class Order:
    """Texts of turns to anonymise, in order: each turn its parent and its texts. `books`: placeholders of these parents, as stored."""

    key: str
    books: Mapping[str, str]
    turns: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Anonymised:
    """The texts of a turn without personal data, or None and the reason. `book`: the parent's placeholders after it."""

    texts: tuple[str, ...] | None
    book: str
    reason: str = ""


def anonymised(order: Order) -> Iterator[Anonymised]:
    """Turn after turn; needs nothing but the order, so any process can do it."""
    books = {parent_key: PlaceholderBook.from_json(book, order.key) for parent_key, book in order.books.items()}
    for parent_key, texts in order.turns:
        book = books.setdefault(parent_key, PlaceholderBook(order.key))
        try:
            given = tuple(scrubber().scrub(text, book).text for text in texts)
        except ScrubError as error:
            yield Anonymised(None, book.to_json(), str(error))
        else:
            yield Anonymised(given, book.to_json())


class Cleaner:
    """Knows what of a turn has to be anonymised, with the placeholders of each parent, and puts together what may be stored."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._books: OrderedDict[str, str] = OrderedDict()
        # Answers in which nothing was found: the same for everybody, once is enough.
        self._harmless: OrderedDict[str, None] = OrderedDict()

    def knows(self, parent_key: str) -> bool:
        """Whether the placeholders of this parent are at hand."""
        return parent_key in self._books

    def learn(self, parent_key: str, book: str) -> None:
        """The placeholders as they were stored."""
        self._books[parent_key] = book
        while len(self._books) > _REMEMBERED:
            self._books.popitem(last=False)

    def forget(self, parent_key: str) -> None:
        """The parent was erased."""
        self._books.pop(parent_key, None)

    def order(self, turns: Sequence[Heard]) -> Order:
        """What has to be anonymised of these turns."""
        while len(self._harmless) > _REMEMBERED:
            self._harmless.popitem(last=False)
        books = {heard.parent_key: self._books.get(heard.parent_key, "") for heard in turns}
        return Order(self._key, books, tuple((heard.parent_key, self._texts(heard)) for heard in turns))

    def cleaned(self, turns: Sequence[tuple[int, Heard]], order: Order, done: Sequence[Anonymised]) -> list[Clean]:
        """The turns, each with its sequence, with what came of the order for them; `order` must be the last one that was made."""
        pairs = zip(turns, order.turns, done, strict=True)
        return [self._cleaned(heard, sequence, texts, each) for (sequence, heard), (_, texts), each in pairs]

    def clean(self, heard: Heard, sequence: int) -> Clean:
        """The turn without personal data, made here and now."""
        order = self.order([heard])
        (clean,) = self.cleaned([(sequence, heard)], order, list(anonymised(order)))
        return clean

    def _cleaned(self, heard: Heard, sequence: int, texts: tuple[str, ...], done: Anonymised) -> Clean:
        self.learn(heard.parent_key, done.book)
        if done.texts is None:
            # The alarm: neither words nor answer are kept, only that there was a turn.
            log.error("logs.withheld", error=done.reason)
            return Clean(heard, "", True, (), done.book, sequence)
        known = dict(zip(texts, done.texts, strict=True))
        text = known[heard.text] if _is_free(heard) else _filled_in(heard)
        return Clean(heard, text, False, tuple(self._reply(each, known) for each in heard.replies), done.book, sequence)

    def _texts(self, heard: Heard) -> tuple[str, ...]:
        words = [heard.text] if _is_free(heard) else []
        replies = [reply[:_LONGEST_REPLY] for reply in heard.replies if reply not in _written_by_editors()]
        return (*words, *(reply for reply in replies if reply not in self._harmless))

    def _reply(self, text: str, known: Mapping[str, str]) -> Reply:
        short = text[:_LONGEST_REPLY]
        if text in _written_by_editors():
            return Reply(short, shared=True)
        if short not in known and short in self._harmless:
            return Reply(short, shared=False)
        if known[short] == short:
            self._harmless[short] = None
        return Reply(known[short], shared=False)


def _is_free(heard: Heard) -> bool:
    """Whether the parent wrote as they liked: no tap, no answer to a question of ours."""
    return bool(heard.text) and not heard.text.startswith("/") and not heard.filled


def _filled_in(heard: Heard) -> str:
    if not heard.text or heard.text.startswith("/"):
        return heard.text
    # An answer to a question of ours is personal by its place, however it looks: "2019年5月", "四川".
    return f"〈填写：{heard.filled}〉" if heard.filled != "*" else "〈填写〉"


@services.made_of_library
def _written_by_editors(library: Library) -> frozenset[str]:
    """Answers straight from content/: they name nobody, and a recogniser might take 李白 for a neighbour."""
    texts: set[str] = set()
    for lesson in library.lessons.values():
        texts |= {lesson.reply(None), lesson.body.replace("## ", "▪ "), f"这周可以试试：{lesson.try_this}"}
        texts |= {lesson.reply(each.from_months) for each in lesson.answers}
    for script in library.safety.values():
        said = {script.answer, *(each.text for each in script.answers)}
        # Beside an answer, where it is doubtful; as actions/danger.py says it.
        texts |= said | {f"要是这事正在发生，先看这里：\n{text}" for text in said}
    return frozenset(texts)
