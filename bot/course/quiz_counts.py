"""How quizzes are taken, in numbers without persons."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.course.tables import QuizCountRow


@dataclass(frozen=True)
class QuizCount:
    """A quiz: how often begun, how often ended, how many answers it got and how many of them were right."""

    quiz: str
    started: int
    finished: int
    answered: int
    right: int


def count(session: Session, quiz: str, started: int = 0, finished: int = 0, answered: int = 0, right: int = 0) -> None:
    """Add to a quiz's numbers."""
    change = {"started": started, "finished": finished, "answered": answered, "right": right}
    if _added(session, quiz, change):
        return
    try:
        with session.begin_nested():
            session.add(QuizCountRow(quiz=quiz, **change))
            session.flush()
    except IntegrityError:
        # Another process was first with the first answer.
        _added(session, quiz, change)


def counts(session: Session) -> tuple[QuizCount, ...]:
    """The numbers of all quizzes, by name. For the desk."""
    rows = session.scalars(select(QuizCountRow).order_by(QuizCountRow.quiz))
    return tuple(QuizCount(row.quiz, row.started, row.finished, row.answered, row.right) for row in rows)


def _added(session: Session, quiz: str, change: dict[str, int]) -> bool:
    # In the database, not in Python: two parents may answer at the same moment.
    values = {name: getattr(QuizCountRow, name) + number for name, number in change.items()}
    done = session.execute(
        update(QuizCountRow).where(QuizCountRow.quiz == quiz).values(**values).execution_options(synchronize_session=False)
    )
    return bool(done.rowcount)
