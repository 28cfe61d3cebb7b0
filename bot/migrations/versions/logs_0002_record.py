"""The anonymised record, the review queue, and a human taking over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "logs_0002"
down_revision = "logs_0001"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TABLES = (
    "parents", "talks", "turns", "words", "answers", "talk_topics", "notes", "groups", "examples", "requests", "notices",
    "feedback", "takeovers", "staff_messages", "daily",
)  # fmt: skip


def _id() -> sa.Column:
    return sa.Column("id", ROW_ID, primary_key=True, autoincrement=True)


def _parent() -> sa.Column:
    return sa.Column("parent_id", ROW_ID, sa.ForeignKey("logs_parents.id", ondelete="CASCADE"), nullable=False)


def _talk(**more: bool) -> sa.Column:
    return sa.Column("talk_id", ROW_ID, sa.ForeignKey("logs_talks.id", ondelete="CASCADE"), nullable=False, **more)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_logs_{table}_{'_'.join(columns)}", f"logs_{table}", list(columns))


def upgrade() -> None:
    """Everything but the flags, which get columns."""
    _flags()
    _record()
    _review()
    _people()
    op.create_table(
        "logs_daily",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("measure", sa.String(16), primary_key=True),
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def _flags() -> None:
    with op.batch_alter_table("logs_safety_flags") as batch:
        batch.add_column(sa.Column("turn_id", ROW_ID, nullable=True))
        for name in ("looked_at", "taken_at", "closed_at"):
            batch.add_column(sa.Column(name, UTCDateTime, nullable=True))
        for name in ("taken_by", "closed_by"):
            batch.add_column(sa.Column(name, sa.String(40), nullable=True))
    _index("safety_flags", "closed_at")


def _record() -> None:
    op.create_table(
        "logs_parents",
        _id(),
        sa.Column("parent_key", sa.String(40), nullable=False, unique=True),
        sa.Column("ref", sa.String(20), nullable=False, unique=True),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("book", sa.Text, nullable=False),
        sa.Column("first_at", UTCDateTime, nullable=False),
        sa.Column("last_at", UTCDateTime, nullable=False),
    )
    op.create_table(
        "logs_talks",
        _id(),
        sa.Column("ref", sa.String(20), nullable=False, unique=True),
        _parent(),
        sa.Column("started_at", UTCDateTime, nullable=False),
        sa.Column("last_at", UTCDateTime, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("preview", sa.String(120), nullable=False),
        sa.Column("fallback", sa.Boolean, nullable=False),
        sa.Column("low_confidence", sa.Boolean, nullable=False),
        sa.Column("not_useful", sa.Boolean, nullable=False),
        sa.Column("danger", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reviewer", sa.String(40)),
        sa.Column("second_reviewer", sa.String(40)),
        sa.Column("done_by", sa.String(40)),
        sa.Column("done_at", UTCDateTime),
        sa.Column("seconded_at", UTCDateTime),
    )
    for column in ("parent_id", "started_at", "last_at"):
        _index("talks", column)
    for column in ("state", "fallback", "low_confidence", "not_useful", "danger"):
        _index("talks", column, "id")
    op.create_table(
        "logs_turns",
        _id(),
        sa.Column("key", sa.String(32), nullable=False, unique=True),
        _talk(),
        _parent(),
        sa.Column("at", UTCDateTime, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("withheld", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("intent", sa.String(60), nullable=False),
        sa.Column("confidence", sa.Float),
        sa.Column("lesson", sa.String(80)),
        sa.Column("ranking", sa.Text, nullable=False),
        sa.Column("age_months", sa.Integer),
        sa.Column("danger_script", sa.String(60)),
        sa.Column("danger_by", sa.String(20)),
        sa.Column("answered_with", sa.String(80)),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("score", sa.Integer),
        sa.Column("group_id", ROW_ID),
        sa.Column("settled", sa.String(10), nullable=False),
    )
    for columns in (("talk_id",), ("at",), ("group_id",), ("parent_id", "id")):
        _index("turns", *columns)
    op.create_table(
        "logs_words",
        sa.Column(
            "turn_id", ROW_ID, sa.ForeignKey("logs_turns.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        ),
        sa.Column("talk_id", ROW_ID, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    _index("words", "talk_id")
    op.create_table(
        "logs_answers",
        _id(),
        sa.Column("digest", sa.String(32), nullable=False, unique=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("talk_id", ROW_ID, sa.ForeignKey("logs_talks.id", ondelete="CASCADE")),
    )
    _index("answers", "talk_id")
    op.create_table(
        "logs_talk_topics",
        sa.Column("topic", sa.String(40), primary_key=True),
        _talk(primary_key=True),
        sa.Column("parent_id", ROW_ID, nullable=False),
        sa.Column("started_at", UTCDateTime, nullable=False),
    )
    _index("talk_topics", "talk_id")
    _index("talk_topics", "started_at", "topic")


def _review() -> None:
    op.create_table(
        "logs_notes",
        _id(),
        _talk(),
        sa.Column("author", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
    )
    _index("notes", "talk_id")
    op.create_table(
        "logs_groups",
        _id(),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("normal", sa.String(200), nullable=False),
        sa.Column("misses", sa.Integer, nullable=False),
        sa.Column("first_at", UTCDateTime, nullable=False),
        sa.Column("last_at", UTCDateTime, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reviewer", sa.String(40)),
        sa.Column("done_at", UTCDateTime),
    )
    for columns in (("normal",), ("last_at",), ("state", "misses")):
        _index("groups", *columns)
    op.create_table(
        "logs_examples",
        _id(),
        sa.Column("turn_id", ROW_ID),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("target", sa.String(100), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("by", sa.String(40), nullable=False),
        sa.Column("confirmed_by", sa.String(40)),
        sa.Column("at", UTCDateTime, nullable=False),
        sa.Column("published_at", UTCDateTime),
    )
    for column in ("turn_id", "state"):
        _index("examples", column)
    op.create_table(
        "logs_requests",
        _id(),
        sa.Column("group_id", ROW_ID),
        sa.Column("turn_id", ROW_ID),
        sa.Column("wish", sa.String(200), nullable=False),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("by", sa.String(40), nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("lesson", sa.String(80)),
        sa.Column("done_at", UTCDateTime),
    )
    for column in ("group_id", "turn_id", "state"):
        _index("requests", column)


def _people() -> None:
    op.create_table(
        "logs_notices",
        _id(),
        _parent(),
        sa.Column("question", sa.String(60), nullable=False),
        sa.Column("lesson", sa.String(80), nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
        sa.Column("told_at", UTCDateTime),
    )
    op.create_table(
        "logs_feedback",
        _id(),
        _parent(),
        sa.Column("lesson", sa.String(80), nullable=False),
        sa.Column("asked_at", UTCDateTime, nullable=False),
        sa.Column("score", sa.Integer),
        sa.Column("scored_at", UTCDateTime),
        sa.Column("missing_turn_id", ROW_ID),
    )
    op.create_table(
        "logs_takeovers",
        _id(),
        _parent(),
        sa.Column("by", sa.String(40), nullable=False),
        sa.Column("began_at", UTCDateTime, nullable=False),
        sa.Column("until", UTCDateTime, nullable=False),
        sa.Column("ended_at", UTCDateTime),
        sa.Column("ended_by", sa.String(40)),
    )
    op.create_table(
        "logs_staff_messages",
        _id(),
        _parent(),
        sa.Column("by", sa.String(40), nullable=False),
        sa.Column("question", sa.String(60), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
        sa.Column("sent_at", UTCDateTime),
    )
    for table in ("notices", "feedback", "takeovers", "staff_messages"):
        _index(table, "parent_id")
    _index("feedback", "lesson", "score")
    _index("takeovers", "until")
    _index("staff_messages", "state")


def downgrade() -> None:
    """Drop the tables and the columns."""
    for table in reversed(TABLES):
        op.drop_table(f"logs_{table}")
    op.drop_index("ix_logs_safety_flags_closed_at", "logs_safety_flags")
    with op.batch_alter_table("logs_safety_flags") as batch:
        for name in ("turn_id", "looked_at", "taken_by", "taken_at", "closed_by", "closed_at"):
            batch.drop_column(name)
