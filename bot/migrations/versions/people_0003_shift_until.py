"""A shift may have an end, and what held before it holds again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "people_0003"
down_revision = "people_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until when, and what then."""
    with op.batch_alter_table("people_preferences") as table:
        table.add_column(sa.Column("shift_until", sa.Date, nullable=True))
        table.add_column(sa.Column("shift_then", sa.String(40), nullable=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("people_preferences") as table:
        table.drop_column("shift_then")
        table.drop_column("shift_until")
