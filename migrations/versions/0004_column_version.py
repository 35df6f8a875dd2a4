"""A column has a version: of two who change it at once, the second is told."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every column begins at its first version."""
    op.add_column("column_tree", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """As it was before."""
    op.drop_column("column_tree", "version")
