"""The first tables of the room people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "people_0001"
down_revision = None
branch_labels = ("people",)
depends_on = None


def upgrade() -> None:
    """Parents, consents, children."""
    op.create_table(
        "people_parents",
        sa.Column("parent_key", sa.String(40), primary_key=True),
        sa.Column("profile_offered_at", UTCDateTime, nullable=True),
        sa.Column("reminders_stopped_at", UTCDateTime, nullable=True),
        sa.Column("meeting_said", sa.String(20), nullable=True),
        sa.Column("meeting_on", sa.Date, nullable=True),
    )
    op.create_table(
        "people_consents",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_key", sa.String(40), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("given", sa.Boolean, nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
    )
    op.create_index("ix_people_consents_parent_key", "people_consents", ["parent_key"])
    op.create_table(
        "people_children",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_key", sa.String(40), nullable=False),
        sa.Column("birth_month", sa.Date, nullable=False),
        sa.Column("birth_estimated", sa.Boolean, nullable=False),
        sa.Column("sex", sa.String(10), nullable=True),
        sa.Column("province", sa.String(10), nullable=True),
        sa.Column("carer", sa.String(20), nullable=True),
        sa.Column("added_at", UTCDateTime, nullable=False),
    )
    op.create_index("ix_people_children_parent_key", "people_children", ["parent_key"])


def downgrade() -> None:
    """Drop them."""
    for table in ("people_children", "people_consents", "people_parents"):
        op.drop_table(table)
