"""The index of topics in the order in which their parents are counted without sorting them: the overview of three months."""

from __future__ import annotations

from alembic import op

revision = "logs_0004"
down_revision = "logs_0003"
branch_labels = None
depends_on = None

_TABLE = "logs_talk_topics"
_BEFORE, _NOW = ("started_at", "topic"), ("topic", "parent_id", "started_at")


def upgrade() -> None:
    """One index for the other."""
    _exchange(_BEFORE, _NOW)


def downgrade() -> None:
    """And back."""
    _exchange(_NOW, _BEFORE)


def _exchange(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    op.drop_index(f"ix_{_TABLE}_{'_'.join(old)}", _TABLE)
    op.create_index(f"ix_{_TABLE}_{'_'.join(new)}", _TABLE, list(new))
