"""What a Word file brought into an item and what it did not, until the drafter put the note away."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One report for an item at most: that of the newest file."""
    op.create_table(
        "import_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_import_report_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_report")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_import_report_submission_id")),
    )


def downgrade() -> None:
    """As it was before; the notes go, the texts stay."""
    op.drop_table("import_report")
