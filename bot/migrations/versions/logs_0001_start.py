"""The first tables of the room logs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "logs_0001"
down_revision = None
branch_labels = ("logs",)
depends_on = None


def upgrade() -> None:
    """Safety flags."""
    op.create_table(
        "logs_safety_flags",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_key", sa.String(40), nullable=False),
        sa.Column("script", sa.String(60), nullable=False),
        sa.Column("found_by", sa.String(20), nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
    )
    op.create_index("ix_logs_safety_flags_parent_key", "logs_safety_flags", ["parent_key"])
    op.create_index("ix_logs_safety_flags_at", "logs_safety_flags", ["at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("logs_safety_flags")
