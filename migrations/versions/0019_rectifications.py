"""What units have to put right, their answers, and the evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three empty tables."""
    people = ("opened_by", "asked_by", "granted_by")
    op.create_table(
        "rectification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("with_unit_since", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("check_due_on", sa.Date(), nullable=True),
        sa.Column("asked_until", sa.Date(), nullable=True),
        sa.Column("asked_reason", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("granted_words", sa.Text(), nullable=True),
        sa.Column("granted_at", sa.DateTime(), nullable=True),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("cancelled_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state not in ('closed', 'cancelled') or closed_at is not null",
            name=op.f("ck_rectification_end_has_time"),
        ),
        sa.CheckConstraint(
            "state <> 'answered' or check_due_on is not null", name=op.f("ck_rectification_answer_has_limit")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rectification_unit_id_unit")),
        *(
            sa.ForeignKeyConstraint([f"{who}_id"], ["person.id"], name=op.f(f"fk_rectification_{who}_id_person"))
            for who in people
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification")),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_rectification_year_serial")),
    )
    op.create_index("ix_rectification_unit", "rectification", ["unit_id", "state"])
    op.create_index("ix_rectification_source", "rectification", ["source", "source_id"])
    op.create_index("ix_rectification_opened", "rectification", ["opened_on", "unit_id"])
    op.create_table(
        "rectification_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rectification_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "accepted is null or checked_at is not null", name=op.f("ck_rectification_answer_check_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["rectification_id"],
            ["rectification.id"],
            name=op.f("fk_rectification_answer_rectification_id_rectification"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_rectification_answer_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["person.id"], name=op.f("fk_rectification_answer_checked_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_answer")),
        sa.UniqueConstraint("rectification_id", "round", name=op.f("uq_rectification_answer_rectification_id_round")),
    )
    op.create_table(
        "rectification_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["rectification_answer.id"],
            name=op.f("fk_rectification_file_answer_id_rectification_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_rectification_file_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_file")),
        sa.UniqueConstraint("answer_id", "position", name=op.f("uq_rectification_file_answer_id_position")),
    )
    op.create_index(op.f("ix_rectification_file_file_id"), "rectification_file", ["file_id"])


def downgrade() -> None:
    """As it was before; what had to be put right is forgotten."""
    op.drop_index(op.f("ix_rectification_file_file_id"), table_name="rectification_file")
    op.drop_table("rectification_file")
    op.drop_table("rectification_answer")
    for name in ("ix_rectification_opened", "ix_rectification_source", "ix_rectification_unit"):
        op.drop_index(name, table_name="rectification")
    op.drop_table("rectification")
