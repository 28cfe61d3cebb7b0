"""The first tables of the room reunion."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "reunion_0001"
down_revision = None
branch_labels = ("reunion",)
depends_on = None


def upgrade() -> None:
    """Plans, and answers to whether it was done."""
    op.create_table(
        "reunion_plans",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_key", sa.String(40), nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("end", sa.Date, nullable=False),
        sa.Column("about", sa.Boolean, nullable=False),
        sa.Column("who", sa.String(12), nullable=False),
        sa.Column("child_birth", sa.Date, nullable=True),
        sa.Column("budget", sa.Integer, nullable=True),
        sa.Column("promised", sa.String(80), nullable=False),
        sa.Column("by_train", sa.Boolean, nullable=True),
        sa.Column("made_at", UTCDateTime, nullable=False),
        sa.Column("cancelled_at", UTCDateTime, nullable=True),
    )
    op.create_index("ix_reunion_plans_parent_key", "reunion_plans", ["parent_key"])
    op.create_table(
        "reunion_answers",
        sa.Column("parent_key", sa.String(40), primary_key=True),
        sa.Column("campaign", sa.String(40), primary_key=True),
        sa.Column("occurrence", sa.String(40), primary_key=True),
        sa.Column("step", sa.String(41), primary_key=True),
        sa.Column("expect", sa.String(40), nullable=False),
        sa.Column("answer", sa.String(10), nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("reunion_answers", "reunion_plans"):
        op.drop_table(table)
