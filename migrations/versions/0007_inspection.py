"""What the nightly reading finds in public texts, and what was read for the figures."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables: the two of the worker's own reckoning hold no business fact."""
    op.create_table(
        "reading",
        sa.Column("revision_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("signs", sa.Integer(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_reading_revision_id_revision")),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_reading")),
    )
    op.create_table(
        "inspection_round",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_inspection_round")),
    )
    op.create_table(
        "late_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("family", sa.String(32), nullable=False),
        sa.Column("severity", sa.String(32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(), nullable=True),
        sa.Column("dismissed_by_id", sa.Integer(), nullable=True),
        sa.Column("dismissed_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(dismissed_at is null) = (dismissed_reason is null)", name=op.f("ck_late_finding_dismissed_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_late_finding_publication_id_publication")
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_late_finding_revision_id_revision")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_late_finding_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["dismissed_by_id"], ["person.id"], name=op.f("fk_late_finding_dismissed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_finding")),
        sa.UniqueConstraint("revision_id", "key", name=op.f("uq_late_finding_revision_id_key")),
    )
    op.create_index(op.f("ix_late_finding_publication_id"), "late_finding", ["publication_id"])
    op.create_index("ix_late_finding_open", "late_finding", ["dismissed_at", "unit_id", "found_at"])


def downgrade() -> None:
    """Refused while it holds what the trail tells of."""
    if op.get_bind().execute(sa.text("select 1 from late_finding limit 1")).first() is not None:
        raise RuntimeError("late_finding holds recorded findings; going down would break the trail")
    for table in ("late_finding", "inspection_round", "reading"):
        op.drop_table(table)
