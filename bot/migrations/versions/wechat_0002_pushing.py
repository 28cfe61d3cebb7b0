"""What pushing needs: consents to notifications, and who carries the tag of mass messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db import UTCDateTime

revision = "wechat_0002_pushing"
down_revision = "wechat_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both tables."""
    op.create_table(
        "wechat_consent",
        sa.Column("parent_key", sa.String(32), nullable=False),
        sa.Column("template_id", sa.String(64), nullable=False),
        sa.Column("remaining", sa.Integer, nullable=False),
        sa.Column("changed_at", UTCDateTime, nullable=False),
        sa.PrimaryKeyConstraint("parent_key", "template_id", name="pk_wechat_consent"),
    )
    op.create_table(
        "wechat_tagged",
        sa.Column("parent_key", sa.String(32), nullable=False),
        sa.Column("sure", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("parent_key", name="pk_wechat_tagged"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("wechat_tagged")
    op.drop_table("wechat_consent")
