"""The first table of the room pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "pages_0001"
down_revision = None
branch_labels = ("pages",)
depends_on = None


def upgrade() -> None:
    """Votes by lesson and day."""
    op.create_table(
        "pages_votes",
        sa.Column("lesson", sa.String(80), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("vote", sa.String(10), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("pages_votes")
