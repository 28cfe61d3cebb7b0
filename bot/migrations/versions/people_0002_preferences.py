"""What a parent wishes of messages that come unasked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "people_0002"
down_revision = "people_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Preferences."""
    op.create_table(
        "people_preferences",
        sa.Column("parent_key", sa.String(40), primary_key=True),
        sa.Column("shift", sa.String(10), nullable=True),
        sa.Column("shift_since", sa.Date, nullable=True),
        sa.Column("shift_period", sa.Integer, nullable=False),
        sa.Column("starts_with_night", sa.Boolean, nullable=False),
        sa.Column("not_before", sa.Time, nullable=True),
        sa.Column("not_after", sa.Time, nullable=True),
        sa.Column("stopped_kinds", sa.String(120), nullable=False),
        sa.Column("grief_until", sa.Date, nullable=True),
        sa.Column("apart", sa.Boolean, nullable=True),
        sa.Column("consent_asked_at", UTCDateTime, nullable=True),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("people_preferences")
