"""The table of the room publish."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "publish_0001"
down_revision = None
branch_labels = ("publish",)
depends_on = None


def upgrade() -> None:
    """Runs."""
    op.create_table(
        "publish_runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("progress", sa.String(200), nullable=False),
        sa.Column("started_by", sa.String(40), nullable=False),
        sa.Column("started_at", UTCDateTime, nullable=False),
        sa.Column("ended_at", UTCDateTime, nullable=True),
        sa.Column("decided_by", sa.String(40), nullable=True),
        sa.Column("decided_at", UTCDateTime, nullable=True),
        sa.Column("cancel", sa.Boolean, nullable=False),
        sa.Column("model", sa.String(80), nullable=False),
        sa.Column("before_model", sa.String(80), nullable=False),
        sa.Column("before_run", sa.Integer, nullable=False),
        sa.Column("report", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("publish_runs")
