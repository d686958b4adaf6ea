"""Which of a tip's events one is: a day says too little where a tip is closed and opened again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("step", sa.Integer(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("downgrades are refused: restore a backup instead")
