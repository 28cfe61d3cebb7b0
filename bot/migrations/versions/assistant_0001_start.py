"""The first tables of the room assistant."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "assistant_0001"
down_revision = None
branch_labels = ("assistant",)
depends_on = None


def upgrade() -> None:
    """Turns."""
    op.create_table(
        "assistant_turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_key", sa.String(40), nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
        sa.Column("starts_session", sa.Boolean, nullable=False),
        sa.Column("events", sa.Text, nullable=False),
    )
    op.create_index("ix_assistant_turns_parent_key_id", "assistant_turns", ["parent_key", "id"])
    op.create_index("ix_assistant_turns_at", "assistant_turns", ["at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("assistant_turns")
