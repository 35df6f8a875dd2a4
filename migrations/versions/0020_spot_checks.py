"""Spot checks: the list, the seed, what was drawn and found."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two empty tables."""
    op.create_table(
        "spot_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("sealed_at", sa.DateTime(), nullable=False),
        sa.Column("sealed_by_id", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Text(), nullable=False),
        sa.Column("list_digest", sa.Text(), nullable=False),
        sa.Column("seed_kind", sa.String(length=32), nullable=False),
        sa.Column("seed_source", sa.Text(), nullable=False),
        sa.Column("seed_seq", sa.Integer(), nullable=True),
        sa.Column("seed_on", sa.Date(), nullable=True),
        sa.Column("seed", sa.Text(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(), nullable=True),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("checklist", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_words", sa.Text(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_spot_check_ends_after_start")),
        sa.CheckConstraint(
            "state not in ('drawn', 'finished') or seed is not null", name=op.f("ck_spot_check_draw_has_seed")
        ),
        sa.CheckConstraint("seed_kind <> 'trail' or seed_seq is not null", name=op.f("ck_spot_check_trail_has_number")),
        sa.ForeignKeyConstraint(["sealed_by_id"], ["person.id"], name=op.f("fk_spot_check_sealed_by_id_person")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["person.id"], name=op.f("fk_spot_check_drawn_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_spot_check_year_serial")),
    )
    op.create_table(
        "spot_check_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=32), nullable=True),
        sa.Column("marks", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("fault_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("result is null or checked_at is not null", name=op.f("ck_spot_check_item_result_has_time")),
        sa.CheckConstraint(
            "result <> 'fault' or fault_id is not null", name=op.f("ck_spot_check_item_fault_has_ticket")
        ),
        sa.ForeignKeyConstraint(["check_id"], ["spot_check.id"], name=op.f("fk_spot_check_item_check_id_spot_check")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_spot_check_item_publication_id_publication")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_spot_check_item_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_spot_check_item_unit_id_unit")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["person.id"], name=op.f("fk_spot_check_item_checked_by_id_person")),
        sa.ForeignKeyConstraint(["fault_id"], ["fault.id"], name=op.f("fk_spot_check_item_fault_id_fault")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check_item")),
        sa.UniqueConstraint("check_id", "position", name=op.f("uq_spot_check_item_check_id_position")),
        sa.UniqueConstraint("check_id", "publication_id", name=op.f("uq_spot_check_item_check_id_publication_id")),
    )
    op.create_index(op.f("ix_spot_check_item_publication_id"), "spot_check_item", ["publication_id"])
    op.create_index("ix_spot_check_item_unit", "spot_check_item", ["unit_id", "checked_on"])


def downgrade() -> None:
    """As it was before; what was drawn is forgotten, its tickets stay."""
    op.drop_index("ix_spot_check_item_unit", table_name="spot_check_item")
    op.drop_index(op.f("ix_spot_check_item_publication_id"), table_name="spot_check_item")
    op.drop_table("spot_check_item")
    op.drop_table("spot_check")
