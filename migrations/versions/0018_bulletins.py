"""The quarter's bulletins, what units contest in them, and who got them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three empty tables."""
    op.create_table(
        "bulletin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quarter_key", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("result_plain", sa.Text(), nullable=False),
        sa.Column("figures_plain", sa.Text(), nullable=False),
        sa.Column("rectified", sa.Text(), nullable=False),
        sa.Column("look", sa.Text(), nullable=False),
        sa.Column("allowed", sa.Text(), nullable=False),
        sa.Column("compiled_at", sa.DateTime(), nullable=False),
        sa.Column("compiled_by_id", sa.Integer(), nullable=False),
        sa.Column("hands", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("issue_by", sa.Date(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("acknowledge_by", sa.Date(), nullable=True),
        sa.Column("trail_size", sa.Integer(), nullable=True),
        sa.Column("trail_digest", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("replaces_because", sa.Text(), nullable=True),
        sa.Column("discarded_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state not in ('issued', 'replaced') or (number is not null and digest is not null)",
            name=op.f("ck_bulletin_issued_is_numbered"),
        ),
        sa.CheckConstraint("state <> 'consulting' or closes_on is not null", name=op.f("ck_bulletin_window_has_end")),
        sa.ForeignKeyConstraint(["compiled_by_id"], ["person.id"], name=op.f("fk_bulletin_compiled_by_id_person")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_bulletin_issued_by_id_person")),
        sa.ForeignKeyConstraint(["replaces_id"], ["bulletin.id"], name=op.f("fk_bulletin_replaces_id_bulletin")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
        sa.UniqueConstraint("number", name=op.f("uq_bulletin_number")),
    )
    op.create_index("ix_bulletin_quarter", "bulletin", ["quarter_key", "state"])
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("figure_key", sa.Text(), nullable=False),
        sa.Column("figure_name", sa.Text(), nullable=False),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("claimed", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "accepted is null or (reply <> '' and answered_at is not null)",
            name=op.f("ck_objection_answer_has_words"),
        ),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"], name=op.f("fk_objection_bulletin_id_bulletin")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_objection_unit_id_unit")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["person.id"], name=op.f("fk_objection_raised_by_id_person")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_objection_answered_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index("ix_objection_bulletin", "objection", ["bulletin_id", "unit_id"])
    op.create_table(
        "bulletin_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("acknowledged_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletin.id"], name=op.f("fk_bulletin_delivery_bulletin_id_bulletin")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_bulletin_delivery_unit_id_unit")),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["person.id"], name=op.f("fk_bulletin_delivery_agreed_by_id_person")),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["person.id"], name=op.f("fk_bulletin_delivery_acknowledged_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_delivery")),
        sa.UniqueConstraint("bulletin_id", "unit_id", name=op.f("uq_bulletin_delivery_bulletin_id_unit_id")),
    )


def downgrade() -> None:
    """As it was before; what was issued is on paper."""
    op.drop_table("bulletin_delivery")
    op.drop_index("ix_objection_bulletin", table_name="objection")
    op.drop_table("objection")
    op.drop_index("ix_bulletin_quarter", table_name="bulletin")
    op.drop_table("bulletin")
