"""What stands in a chat: bubbles of the user's, of the account's, and WeChat's own grey lines."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum

UNAVAILABLE = "该公众号暂时无法提供服务，请稍后再试"


class Side(str, Enum):
    """Who speaks."""

    PARENT = "parent"
    ACCOUNT = "account"
    SYSTEM = "system"


class Via(str, Enum):
    """The way an account's message took."""

    NONE = ""
    PASSIVE = "passive"
    CUSTOM = "custom"
    MASS = "mass"
    TEMPLATE = "template"
    SUBSCRIPTION = "subscription"


@dataclass(frozen=True)
class Article:
    """One card of a news message."""

    title: str
    description: str = ""
    url: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Choice:
    """One tappable item of a msgmenu."""

    id: str
    text: str


@dataclass(frozen=True)
class Content:
    """What a bubble holds; `kind` says which fields count.

    text: text. voice: text is the transcript, "" when WeChat heard nothing. image, video: picture (address).
    location: text (label), latitude, longitude. link: title, text, url. news: articles. menu: text (head), choices,
    tail. notice: title, lines, url. `ai` is WeChat's own grey label 内容由第三方AI生成.
    """

    kind: str
    text: str = ""
    title: str = ""
    url: str = ""
    picture: str = ""
    tail: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    seconds: int = 0
    articles: tuple[Article, ...] = ()
    choices: tuple[Choice, ...] = ()
    lines: tuple[str, ...] = ()
    ai: bool = False

    def words(self) -> str:
        """Everything a person could read in it, one line a piece."""
        pieces = [self.title, self.text, *self.lines]
        for article in self.articles:
            pieces += [article.title, article.description]
        pieces += [choice.text for choice in self.choices]
        return "\n".join(piece for piece in [*pieces, self.tail] if piece)


@dataclass(frozen=True)
class Bubble:
    """One entry of a chat; `number` rises by one within it."""

    number: int
    side: Side
    at: datetime
    content: Content
    via: Via = Via.NONE

    def as_json(self) -> dict[str, object]:
        """For the phone; `at` in ISO 8601."""
        return {
            "number": self.number,
            "side": self.side.value,
            "at": self.at.isoformat(),
            "via": self.via.value,
            "content": asdict(self.content),
        }
