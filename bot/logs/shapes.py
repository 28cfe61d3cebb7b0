"""What this room gives to the desk: frozen, without a parent_key, without raw words. Times are aware UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some of many. `more`: what to pass as `after` for the next ones; empty at the end."""

    items: tuple[T, ...]
    more: str = ""


@dataclass(frozen=True)
class TalkFilter:
    """Which talks; what is left empty does not matter. `week`: its Monday in China; `words`: several parts by spaces."""

    fallback: bool = False
    low_confidence: bool = False
    not_useful: bool = False
    danger: bool = False
    topic: str = ""
    week: date | None = None
    state: str = ""  # open, taken, done
    reviewer: str = ""
    parent: str = ""  # ref of a parent: all talks of one
    words: str = ""


@dataclass(frozen=True)
class TalkLine:
    """A talk in a list: one sitting of one parent. `ref` names the talk, `parent_ref` the parent, in the desk's addresses."""

    ref: str
    parent_ref: str
    parent: str
    started_at: datetime
    last_at: datetime
    turns: int
    preview: str
    fallback: bool
    low_confidence: bool
    not_useful: bool
    danger: bool
    state: str
    reviewer: str
    second_reviewer: str


@dataclass(frozen=True)
class Turn:
    """One message of a parent, what was understood, and what was answered.

    `ranking`: the three likeliest lessons with their probabilities; `answered_with`: slug of the lesson or safety script, or name
    of the response; `withheld`: the words could not be anonymised and were not kept; `score`: 100, 50 or 0, the parent's word on
    this answer; `settled`: what a reviewer made of a miss (example, request, dismissed).
    """

    id: int
    at: datetime
    kind: str
    text: str
    withheld: bool
    outcome: str
    intent: str
    confidence: float | None
    lesson: str
    ranking: tuple[tuple[str, float], ...]
    age_months: int | None
    danger_script: str
    danger_by: str
    answered_with: str
    answers: tuple[str, ...]
    score: int | None
    group: int | None
    settled: str


@dataclass(frozen=True)
class StaffMessage:
    """What a human wrote. `state`: queued, sent, held (for the next contact), given (then), dropped (the parent left)."""

    id: int
    by: str
    text: str
    state: str
    at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class Note:
    author: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Takeover:
    """A human answers instead of the assistant, until then at the latest."""

    by: str
    began_at: datetime
    until: datetime


@dataclass(frozen=True)
class Talk:
    """A talk as the desk shows it; `staff`: what humans wrote to this parent meanwhile, by time."""

    line: TalkLine
    turns: tuple[Turn, ...]
    staff: tuple[StaffMessage, ...]
    notes: tuple[Note, ...]
    takeover: Takeover | None
    done_by: str = ""
    done_at: datetime | None = None
    seconded_at: datetime | None = None
    flags: tuple[int, ...] = ()


@dataclass(frozen=True)
class Flag:
    """A danger sign. `reply`: what was answered; `talk`, `parent_ref`: empty until the turn is written, a moment later."""

    id: int
    at: datetime
    script: str
    found_by: str
    parent: str
    parent_ref: str
    talk: str
    text: str
    reply: tuple[str, ...]
    looked_at: datetime | None
    taken_by: str
    taken_at: datetime | None
    closed_by: str
    closed_at: datetime | None


@dataclass(frozen=True)
class Group:
    """Misses that ask the same; `title`: the first of them."""

    id: int
    title: str
    misses: int
    first_at: datetime
    last_at: datetime
    state: str
    reviewer: str


@dataclass(frozen=True)
class Miss:
    """One miss of a group."""

    turn_id: int
    talk: str
    at: datetime
    text: str
    outcome: str
    ranking: tuple[tuple[str, float], ...]
    settled: str


@dataclass(frozen=True)
class Example:
    """A training example made from a miss. `target`: lesson/<slug>, or the name of an intent."""

    id: int
    text: str
    target: str
    state: str
    by: str
    confirmed_by: str
    at: datetime


@dataclass(frozen=True)
class Request:
    """A lesson that is wanted."""

    id: int
    wish: str
    owner: str
    by: str
    at: datetime
    state: str
    lesson: str
    misses: int


@dataclass(frozen=True)
class QueueCounts:
    """What waits for staff."""

    danger: int
    talks: int
    groups: int
    proposed_examples: int
    confirmed_examples: int
    requests: int


@dataclass(frozen=True)
class Day:
    """Counts of one day in China; None: fewer than ten, not shown."""

    day: date
    questions: int | None
    answered: int | None
    unsure: int | None
    not_useful: int | None
    danger: int | None


@dataclass(frozen=True)
class Count:
    name: str
    count: int | None


@dataclass(frozen=True)
class Useful:
    """What parents said of a lesson: `mean` from 0 (none was helped) to 100 (all were, very)."""

    lesson: str
    answers: int
    mean: float


@dataclass(frozen=True)
class Overview:
    """Numbers of a span of days, first and last included. None: fewer than ten, not shown.

    `first_look_minutes`: the median time from a danger sign to the first look of a human.
    """

    first: date
    last: date
    days: tuple[Day, ...]
    outcomes: tuple[Count, ...]
    topics: tuple[Count, ...]
    lessons: tuple[Count, ...]
    scores: tuple[Count, ...]
    misses: tuple[Count, ...]
    dangers: tuple[Count, ...]
    questions: int | None = None
    danger: int | None = None
    not_looked_at: int = 0
    first_look_minutes: float | None = None
    withheld: int = 0
    parents: int | None = None
    notes: tuple[str, ...] = field(default=())
