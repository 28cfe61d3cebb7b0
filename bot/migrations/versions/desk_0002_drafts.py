"""Drafts of the files that editors own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "desk_0002"
down_revision = "desk_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One open draft a file."""
    op.create_table(
        "desk_drafts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("open_path", sa.String(200), nullable=True),
        sa.Column("base", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("authors", sa.JSON, nullable=False),
        sa.Column("updated_by", sa.String(40), nullable=False),
        sa.Column("updated_at", UTCDateTime, nullable=False),
        sa.Column("reviewer", sa.String(40), nullable=False),
        sa.Column("note", sa.String(600), nullable=False),
        sa.Column("git_commit", sa.String(40), nullable=False),
        sa.UniqueConstraint("open_path", name="uq_desk_drafts_open_path"),
    )
    op.create_index("ix_desk_drafts_path", "desk_drafts", ["path"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("desk_drafts")
