"""The first tables of the room course."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "course_0001"
down_revision = None
branch_labels = ("course",)
depends_on = None


def upgrade() -> None:
    """Parents who began, lessons opened and done, counts of quizzes."""
    op.create_table(
        "course_parents",
        sa.Column("parent_key", sa.String(40), primary_key=True),
        sa.Column("pace", sa.String(20), nullable=False),
        sa.Column("started_at", UTCDateTime, nullable=False),
        sa.Column("next_at", UTCDateTime, nullable=True),
        sa.Column("finished_at", UTCDateTime, nullable=True),
    )
    op.create_index("ix_course_parents_next_at", "course_parents", ["next_at"])
    op.create_table(
        "course_lessons",
        sa.Column("parent_key", sa.String(40), primary_key=True),
        sa.Column("lesson", sa.String(80), primary_key=True),
        sa.Column("opened_at", UTCDateTime, nullable=False),
        sa.Column("done_at", UTCDateTime, nullable=True),
    )
    op.create_table(
        "course_quiz_counts",
        sa.Column("quiz", sa.String(80), primary_key=True),
        sa.Column("started", sa.Integer, nullable=False),
        sa.Column("finished", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("right", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("course_quiz_counts", "course_lessons", "course_parents"):
        op.drop_table(table)
