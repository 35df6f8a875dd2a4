"""Static exports of the public side."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One empty table."""
    op.create_table(
        "site_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("outside", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_site_export_asked_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_export")),
    )
    op.create_index(op.f("ix_site_export_state"), "site_export", ["state"])


def downgrade() -> None:
    """As it was before; what was asked for is forgotten, folders stay."""
    op.drop_table("site_export")
