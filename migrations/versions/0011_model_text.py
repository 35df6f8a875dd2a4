"""Model texts for the kinds of events that villages report."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An empty table: the shipped ones are put in by ``found``, or by the office that keeps them."""
    op.create_table(
        "model_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=True),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["column_tree.id"], name=op.f("fk_model_text_column_id_column_tree")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_text")),
    )


def downgrade() -> None:
    """As it was before; what was written from a model text keeps its own words."""
    op.drop_table("model_text")
