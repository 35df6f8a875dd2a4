"""What was read in attachments, kept beside them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row for each attachment that was read; it can be read again, so the row may go."""
    op.create_table(
        "file_contents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stored_file_id"], ["stored_file.id"], name=op.f("fk_file_contents_stored_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_contents")),
        sa.UniqueConstraint("stored_file_id", name=op.f("uq_file_contents_stored_file_id")),
    )


def downgrade() -> None:
    """The readings go; the files stay."""
    op.drop_table("file_contents")
