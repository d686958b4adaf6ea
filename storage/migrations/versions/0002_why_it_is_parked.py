"""Why something is parked: the platform's own code."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("owed", sa.Column("code", sa.Integer(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("downgrades are refused: restore a backup instead")
