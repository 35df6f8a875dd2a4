"""What texts are found by: a row for each version, and its pairs of signs in the engine's own index."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty; the worker fills it."""
    op.create_table(
        "search_doc",
        sa.Column("revision_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("grams", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("indexed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_search_doc_revision_id_revision")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_search_doc_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_search_doc")),
    )
    op.create_index(
        "ix_search_doc_grams",
        "search_doc",
        ["grams"],
        postgresql_using="gin",
        sqlite_where=sa.text("grams IS NOT NULL"),
    )
    op.create_index("ix_search_doc_waiting", "search_doc", ["complete", "revision_id"])
    op.create_index(op.f("ix_search_doc_submission_id"), "search_doc", ["submission_id"])
    op.create_index(op.f("ix_search_doc_indexed_at"), "search_doc", ["indexed_at"])
    op.create_index("ix_publication_revision", "publication", ["revision_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_grams USING fts5(grams, content='', detail=none, tokenize='unicode61 remove_diacritics 0')"
        )


def downgrade() -> None:
    """Nothing is lost: it is made from the versions."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_grams")
    op.drop_index("ix_publication_revision", table_name="publication")
    op.drop_index(op.f("ix_search_doc_indexed_at"), table_name="search_doc")
    op.drop_index(op.f("ix_search_doc_submission_id"), table_name="search_doc")
    op.drop_index("ix_search_doc_waiting", table_name="search_doc")
    op.drop_index("ix_search_doc_grams", table_name="search_doc")
    op.drop_table("search_doc")
