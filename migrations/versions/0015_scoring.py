"""The scheme of points by version, the register of credits, and what second persons said to both."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("scheme_version", "scheme_decision", "credit", "credit_decision")


def upgrade() -> None:
    """Four empty tables whose rows stay as they were recorded."""
    op.create_table(
        "scheme_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_for_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["scheme_version.id"], name=op.f("fk_scheme_version_based_on_id_scheme_version")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_scheme_version_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_for_id"], ["person.id"], name=op.f("fk_scheme_version_proposed_for_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_version")),
        sa.UniqueConstraint("number", name=op.f("uq_scheme_version_number")),
    )
    op.create_table(
        "scheme_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "verdict <> 'rejected' or reason <> ''", name=op.f("ck_scheme_decision_rejected_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["scheme_version.id"], name=op.f("fk_scheme_decision_scheme_id_scheme_version")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_scheme_decision_decided_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_decision")),
        sa.UniqueConstraint("scheme_id", name=op.f("uq_scheme_decision_scheme_id")),
    )
    op.create_table(
        "credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_for_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("times >= 1", name=op.f("ck_credit_at_least_once")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_credit_unit_id_unit")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_credit_proposed_by_id_person")),
        sa.ForeignKeyConstraint(["proposed_for_id"], ["person.id"], name=op.f("fk_credit_proposed_for_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit")),
        sa.UniqueConstraint("number", name=op.f("uq_credit_number")),
    )
    op.create_index("ix_credit_happened", "credit", ["happened_on", "unit_id"])
    op.create_table(
        "credit_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("verdict = 'confirmed' or reason <> ''", name=op.f("ck_credit_decision_other_has_reason")),
        sa.ForeignKeyConstraint(["credit_id"], ["credit.id"], name=op.f("fk_credit_decision_credit_id_credit")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_credit_decision_decided_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_decision")),
        sa.UniqueConstraint("credit_id", "verdict", name=op.f("uq_credit_decision_credit_id_verdict")),
    )
    for table in TABLES:
        if op.get_bind().dialect.name == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )


def downgrade() -> None:
    """The tables go, and their triggers with them; refused while they hold what two people decided."""
    for table in reversed(TABLES):
        if op.get_bind().execute(sa.text(f"select 1 from {table} limit 1")).first() is not None:  # noqa: S608 - our own names
            raise RuntimeError(f"{table} holds recorded decisions; going down would break the trail")
        op.drop_table(table)
