"""Years of appraisal as they were closed."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One empty table."""
    op.create_table(
        "appraisal_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_appraisal_year_closed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_year")),
        sa.UniqueConstraint("year", name=op.f("uq_appraisal_year_year")),
    )


def downgrade() -> None:
    """As it was before; closed years are forgotten."""
    op.drop_table("appraisal_year")
