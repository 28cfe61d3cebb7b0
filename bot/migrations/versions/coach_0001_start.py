"""The first tables of the room coach."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "coach_0001"
down_revision = None
branch_labels = ("coach",)
depends_on = None


def upgrade() -> None:
    """What was given, and calls."""
    op.create_table(
        "coach_given",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_key", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("entry", sa.String(20), nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
    )
    op.create_index("ix_coach_given_parent_key", "coach_given", ["parent_key", "kind", "at"])
    op.create_table(
        "coach_calls",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_key", sa.String(40), nullable=False),
        sa.Column("prepared_at", UTCDateTime, nullable=False),
        sa.Column("asked_at", UTCDateTime, nullable=True),
        sa.Column("went", sa.String(10), nullable=True),
        sa.Column("went_at", UTCDateTime, nullable=True),
    )
    op.create_index("ix_coach_calls_parent_key", "coach_calls", ["parent_key"])
    op.create_index("ix_coach_calls_prepared_at", "coach_calls", ["prepared_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("coach_calls")
    op.drop_table("coach_given")
