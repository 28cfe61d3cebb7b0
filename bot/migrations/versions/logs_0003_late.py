"""Whether WeChat's window was closed when a human wrote: such words never go without the question they answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "logs_0003"
down_revision = "logs_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The column."""
    op.add_column("logs_staff_messages", sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("logs_staff_messages") as table:
        table.drop_column("late")
