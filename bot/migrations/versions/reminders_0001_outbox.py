"""The first tables of the room reminders: outbox, mass jobs, contexts, early reports, forms, state, the leader's lease."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "reminders_0001"
down_revision = None
branch_labels = ("reminders",)
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """All tables of the room."""
    op.create_table(
        "reminders_outbox",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("parent_key", sa.String(40), nullable=False),
        sa.Column("campaign", sa.String(40), nullable=False),
        sa.Column("occurrence", sa.String(40), nullable=False),
        sa.Column("step", sa.String(41), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", UTCDateTime, nullable=False),
        sa.Column("not_before", UTCDateTime, nullable=False),
        sa.Column("stale_at", UTCDateTime, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("owner", sa.String(40)),
        sa.Column("way", sa.String(20)),
        sa.Column("message_id", sa.String(32)),
        sa.Column("words", sa.Text),
        sa.Column("trail", sa.Text, nullable=False, server_default=""),
        sa.Column("sent_at", UTCDateTime),
        sa.UniqueConstraint("parent_key", "campaign", "occurrence", "step", name="uq_reminders_outbox_step"),
    )
    _partial("due", ["not_before", "id"], "state = 'planned'")
    _partial("in_hand", ["id"], "state IN ('claimed', 'sending', 'gathered')")
    _partial("words", ["parent_key"], "words IS NOT NULL")
    _partial("message", ["message_id"], "message_id IS NOT NULL")
    op.create_table(
        "reminders_mass_jobs",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("campaign", sa.String(40), nullable=False),
        sa.Column("occurrence", sa.String(40), nullable=False),
        sa.Column("step", sa.String(41), nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("receivers", sa.Integer, nullable=False),
        sa.Column("made_at", UTCDateTime, nullable=False),
        sa.Column("until", UTCDateTime, nullable=False),
        sa.Column("message_id", sa.String(32)),
        sa.Column("sent_at", UTCDateTime),
        sa.UniqueConstraint("client_id", name="uq_reminders_mass_jobs_client_id"),
        sa.UniqueConstraint("campaign", "occurrence", "step", "part", name="uq_reminders_mass_jobs_part"),
    )
    op.create_table(
        "reminders_contexts",
        sa.Column("parent_key", sa.String(40), primary_key=True),
        sa.Column("campaign", sa.String(40), nullable=False),
        sa.Column("occurrence", sa.String(40), nullable=False),
        sa.Column("step", sa.String(41), nullable=False),
        sa.Column("expect", sa.String(40), nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
        sa.Column("until", UTCDateTime, nullable=False),
    )
    op.create_table(
        "reminders_state",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.String(80), nullable=False),
    )
    op.create_table(
        "reminders_lease",
        sa.Column("name", sa.String(20), primary_key=True),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("until", UTCDateTime, nullable=False),
    )
    op.create_table(
        "reminders_early",
        sa.Column("message_id", sa.String(32), primary_key=True),
        sa.Column("status", sa.String(64), nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
    )
    op.create_table(
        "reminders_busy",
        sa.Column("parent_key", sa.String(40), primary_key=True),
        sa.Column("until", UTCDateTime, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("busy", "early", "lease", "state", "contexts", "mass_jobs", "outbox"):
        op.drop_table(f"reminders_{table}")


def _partial(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        f"ix_reminders_outbox_{name}",
        "reminders_outbox",
        columns,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
