"""Drafts: draft → in_review → approved → published, or returned with a note. Nothing that a colleague wrote is overwritten.

Each change names the version it was made on; when somebody was quicker it is a `Clash`, which holds what they wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.desk.editing.tables import DraftRow

OPEN = ("draft", "in_review", "returned", "approved")
STATES = {
    "draft": "在写",
    "in_review": "等人看",
    "returned": "退回来改",
    "approved": "看过了，可以定稿",
    "published": "已定稿",
    "dropped": "丢掉了",
}


class DraftError(Exception):
    """A step that cannot be taken; the message says why, in Chinese."""


class Clash(DraftError):
    """Somebody else changed the draft meanwhile: `now` is how it stands (None: it is not open any more)."""

    def __init__(self, draft: Draft | None) -> None:
        who = f"{draft.updated_by} 刚刚也改了这一份" if draft else "这份草稿刚刚已经定稿或者丢掉了"
        super().__init__(f"{who}，您写的没有存进去，也没有盖掉别人的。")
        self.now = draft


@dataclass(frozen=True)
class Draft:
    """One draft; `path` is below `content/`."""

    id: int
    path: str
    base: str
    text: str
    state: str
    version: int
    authors: tuple[str, ...]
    updated_by: str
    updated_at: datetime
    reviewer: str
    note: str
    commit: str

    @property
    def open(self) -> bool:
        return self.state in OPEN

    def may_review(self, name: str) -> bool:
        """Whoever wrote in it does not look it through."""
        return name not in self.authors


def digest(text: str) -> str:
    """What a file is recognised by; empty for one that is not there."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def get(session: Session, draft_id: int) -> Draft | None:
    """One draft, open or not."""
    row = session.get(DraftRow, draft_id, populate_existing=True)
    return _draft(row) if row else None


def open_for(session: Session, path: str) -> Draft | None:
    """The open draft of a file."""
    row = session.execute(select(DraftRow).where(DraftRow.open_path == path)).scalar_one_or_none()
    return _draft(row) if row else None


def all_open(session: Session) -> list[Draft]:
    """Every open draft, the one that was touched last first."""
    rows = session.execute(select(DraftRow).where(DraftRow.open_path.is_not(None)).order_by(DraftRow.updated_at.desc()))
    return [_draft(row) for row in rows.scalars()]


def save(session: Session, path: str, text: str, base: str, version: int, author: str, now: datetime) -> Draft:
    """Keep what was written; `version` is that of the draft it was written on, 0 for none. A text that was looked through is a draft again.

    Raises:
        Clash: somebody else was quicker.
    """
    before = open_for(session, path)
    if before is None and version == 0:
        return _begin(session, path, text, base, author, now)
    if before is None or before.version != version:
        raise Clash(before)
    authors = [*before.authors, *([] if author in before.authors else [author])]
    values = {"text": text, "base": base, "authors": authors, "state": "draft", "updated_by": author, "reviewer": ""}
    return _changed(session, before.id, version, OPEN, now, values)


def send(session: Session, draft_id: int, version: int, author: str, now: datetime) -> Draft:
    """Ask a second person to look at it.

    Raises:
        Clash: it changed meanwhile.
    """
    return _changed(session, draft_id, version, ("draft", "returned"), now, {"state": "in_review", "note": "", "updated_by": author})


def judge(session: Session, draft_id: int, version: int, reviewer: str, note: str, good: bool, now: datetime) -> Draft:
    """Approve it, or give it back with a note.

    Raises:
        DraftError: by one of its authors, or given back without a word.
        Clash: it changed meanwhile.
    """
    draft = get(session, draft_id)
    if draft and not draft.may_review(reviewer):
        raise DraftError("这一份您自己也写过，要请另一位同事来看。")
    if not good and not note:
        raise DraftError("请写一句要改什么，再退回去。")
    values = {"state": "approved" if good else "returned", "reviewer": reviewer, "note": note, "updated_by": reviewer}
    return _changed(session, draft_id, version, ("in_review",), now, values)


def close(session: Session, draft_id: int, version: int, name: str, now: datetime, commit: str = "") -> Draft:
    """It is in the file now (`commit`), or it is thrown away.

    Raises:
        Clash: it changed meanwhile, or was never approved.
    """
    values = {"state": "published" if commit else "dropped", "open_path": None, "git_commit": commit, "updated_by": name}
    return _changed(session, draft_id, version, ("approved",) if commit else OPEN, now, values)


def mark(session: Session, draft_id: int, commit: str) -> Draft:
    """Name the commit that holds a published draft."""
    session.execute(update(DraftRow).where(DraftRow.id == draft_id).values(git_commit=commit))
    draft = get(session, draft_id)
    assert draft is not None
    return draft


def _begin(session: Session, path: str, text: str, base: str, author: str, now: datetime) -> Draft:
    row = DraftRow(
        path=path,
        open_path=path,
        base=base,
        text=text,
        state="draft",
        version=1,
        authors=[author],
        updated_by=author,
        updated_at=now,
        reviewer="",
        note="",
        git_commit="",
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        raise Clash(open_for(session, path)) from None
    return _draft(row)


def _changed(
    session: Session, draft_id: int, version: int, states: Collection[str], now: datetime, values: Mapping[str, object]
) -> Draft:
    fitting = (DraftRow.id == draft_id, DraftRow.version == version, DraftRow.state.in_(states))
    change = update(DraftRow).where(*fitting).values(version=version + 1, updated_at=now, **values)
    done = session.execute(change.execution_options(synchronize_session=False)).rowcount
    draft = get(session, draft_id)
    if not done or draft is None:
        raise Clash(draft if draft and draft.open else None)
    return draft


def _draft(row: DraftRow) -> Draft:
    return Draft(
        row.id,
        row.path,
        row.base,
        row.text,
        row.state,
        row.version,
        tuple(row.authors),
        row.updated_by,
        row.updated_at,
        row.reviewer,
        row.note,
        row.git_commit,
    )
