"""The tables of the wire: addresses, inbox, choices, allowance, waiting answers, access token, pauses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "wechat_0001"
down_revision = None
branch_labels = ("wechat",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wechat_address",
        sa.Column("parent_key", sa.String(length=32), nullable=False),
        sa.Column("openid", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("first_seen_at", UTCDateTime(), nullable=False),
        sa.Column("followed_at", UTCDateTime(), nullable=True),
        sa.Column("left_at", UTCDateTime(), nullable=True),
        sa.Column("scene", sa.String(length=64), nullable=True),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("granted_until", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("parent_key", name="pk_wechat_address"),
    )
    op.create_table(
        "wechat_choice",
        sa.Column("parent_key", sa.String(length=32), nullable=False),
        sa.Column("buttons", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("parent_key", name="pk_wechat_choice"),
    )
    op.create_table(
        "wechat_inbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("dedup_key", sa.String(length=120), nullable=False),
        sa.Column("parent_key", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("leased_until", UTCDateTime(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_wechat_inbox"),
        sa.UniqueConstraint("dedup_key", name="uq_wechat_inbox_dedup_key"),
    )
    op.create_index("ix_wechat_inbox_parent_key", "wechat_inbox", ["parent_key"], unique=False)
    op.create_index("ix_wechat_inbox_received_at", "wechat_inbox", ["received_at"], unique=False)
    op.create_index(
        "ix_wechat_inbox_unanswered",
        "wechat_inbox",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("state != 'answered'"),
        postgresql_where=sa.text("state != 'answered'"),
    )
    op.create_table(
        "wechat_pause",
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("reason", name="pk_wechat_pause"),
    )
    op.create_table(
        "wechat_token",
        sa.Column("app_id", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=600), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
        sa.Column("lease_owner", sa.String(length=40), nullable=True),
        sa.Column("leased_until", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("app_id", name="pk_wechat_token"),
    )
    op.create_table(
        "wechat_waiting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("parent_key", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=48), nullable=False),
        sa.Column("messages", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("held_until", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_wechat_waiting"),
    )
    op.create_index("ix_wechat_waiting_created_at", "wechat_waiting", ["created_at"], unique=False)
    op.create_index("ix_wechat_waiting_parent_key", "wechat_waiting", ["parent_key"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_wechat_waiting_parent_key", table_name="wechat_waiting")
    op.drop_index("ix_wechat_waiting_created_at", table_name="wechat_waiting")
    op.drop_table("wechat_waiting")
    op.drop_table("wechat_token")
    op.drop_table("wechat_pause")
    op.drop_index(
        "ix_wechat_inbox_unanswered",
        table_name="wechat_inbox",
        sqlite_where=sa.text("state != 'answered'"),
        postgresql_where=sa.text("state != 'answered'"),
    )
    op.drop_index("ix_wechat_inbox_received_at", table_name="wechat_inbox")
    op.drop_index("ix_wechat_inbox_parent_key", table_name="wechat_inbox")
    op.drop_table("wechat_inbox")
    op.drop_table("wechat_choice")
    op.drop_table("wechat_address")
