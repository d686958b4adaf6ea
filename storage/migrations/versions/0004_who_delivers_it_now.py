"""Who delivers what is owed now, and to which place: a dead courier's rows go back, and nothing overtakes them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("owed", sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("owed", sa.Column("holder", sa.String(), nullable=True))
    op.add_column("owed", sa.Column("way", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE owed SET lease = due WHERE lease < due")
    op.drop_index("ix_owed_lane", "owed")
    free, known = sa.column("parked").is_(sa.false()), sa.column("way").is_not(None)
    op.create_index("ix_owed_lane", "owed", ["lane", "lease"], sqlite_where=free, postgresql_where=free)
    op.create_index("ix_owed_way", "owed", ["way", "due"], sqlite_where=known, postgresql_where=known)


def downgrade() -> None:
    raise NotImplementedError("downgrades are refused: restore a backup instead")
