"""Tables of this room. Of a parent: the pace and which lessons are done, never what was answered. Of quizzes: counts without persons."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String

from bot.db import Base, UTCDateTime


class CourseRow(Base):  # type: ignore[misc]  # SQLAlchemy 1.4 has no types
    """A parent who began the course; `next_at` is when the next lesson is due at the chosen pace, None when nothing is."""

    __tablename__ = "course_parents"

    parent_key = Column(String(40), primary_key=True)
    pace = Column(String(20), nullable=False)
    started_at = Column(UTCDateTime, nullable=False)
    next_at = Column(UTCDateTime, nullable=True)
    finished_at = Column(UTCDateTime, nullable=True)

    __table_args__ = (Index("ix_course_parents_next_at", "next_at"),)


class CourseLessonRow(Base):  # type: ignore[misc]
    """A lesson of the course that a parent opened, and when its quiz was done."""

    __tablename__ = "course_lessons"

    parent_key = Column(String(40), primary_key=True)
    lesson = Column(String(80), primary_key=True)
    opened_at = Column(UTCDateTime, nullable=False)
    done_at = Column(UTCDateTime, nullable=True)


class QuizCountRow(Base):  # type: ignore[misc]
    """How often a quiz was begun and ended, and how many of its answers were right. No persons."""

    __tablename__ = "course_quiz_counts"

    quiz = Column(String(80), primary_key=True)
    started = Column(Integer, nullable=False)
    finished = Column(Integer, nullable=False)
    answered = Column(Integer, nullable=False)
    right = Column(Integer, nullable=False)
