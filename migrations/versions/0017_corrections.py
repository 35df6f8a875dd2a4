"""Faults, what is proposed and confirmed against them, and what stands in the place of a withdrawn article."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Five empty tables; why an article was withdrawn and what the public is told: nothing, for older ones."""
    op.create_table(
        "reader_knock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_knock")),
    )
    op.create_index("ix_reader_knock_at", "reader_knock", ["at"])
    op.create_index("ix_reader_knock_network", "reader_knock", ["network", "at"])
    op.create_table(
        "fault",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=True),
        sa.Column("severity", sa.String(length=32), nullable=True),
        sa.Column("severity_by_rule", sa.String(length=32), nullable=True),
        sa.Column("severity_proposed", sa.String(length=32), nullable=True),
        sa.Column("severity_proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("severity_reason", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=32), nullable=True),
        sa.Column("fixed_at", sa.DateTime(), nullable=True),
        sa.Column("fixed_revision_id", sa.Integer(), nullable=True),
        sa.Column("fixed_in_working", sa.Integer(), nullable=True),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("dismissed_at", sa.DateTime(), nullable=True),
        sa.Column("dismissed_by_id", sa.Integer(), nullable=True),
        sa.Column("dismissed_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state <> 'closed' or (closed_at is not null and cause is not null)", name=op.f("ck_fault_closed_has_cause")
        ),
        sa.CheckConstraint(
            "state <> 'dismissed' or dismissed_reason <> ''", name=op.f("ck_fault_dismissed_has_reason")
        ),
        sa.CheckConstraint(
            "state in ('reported','dismissed') or (confirmed_at is not null and severity is not null)",
            name=op.f("ck_fault_confirmed_has_time"),
        ),
        sa.CheckConstraint(
            "state not in ('fixed','answered','closed') or (fixed_at is not null and way is not null)",
            name=op.f("ck_fault_fixed_has_time"),
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_fault_answered_by_id_person")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_fault_closed_by_id_person")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_fault_confirmed_by_id_person")),
        sa.ForeignKeyConstraint(["dismissed_by_id"], ["person.id"], name=op.f("fk_fault_dismissed_by_id_person")),
        sa.ForeignKeyConstraint(
            ["fixed_revision_id"], ["revision.id"], name=op.f("fk_fault_fixed_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_fault_publication_id_publication")
        ),
        sa.ForeignKeyConstraint(["reported_by_id"], ["person.id"], name=op.f("fk_fault_reported_by_id_person")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_fault_revision_id_revision")),
        sa.ForeignKeyConstraint(
            ["severity_proposed_by_id"], ["person.id"], name=op.f("fk_fault_severity_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_fault_submission_id_submission")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_fault_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault")),
        sa.UniqueConstraint("number", name=op.f("uq_fault_number")),
        sa.UniqueConstraint("receipt", name=op.f("uq_fault_receipt")),
    )
    op.create_index("ix_fault_confirmed", "fault", ["confirmed_at", "state", "unit_id"])
    op.create_index("ix_fault_publication", "fault", ["publication_id", "state"])
    op.create_index("ix_fault_source", "fault", ["source"])
    op.create_index("ix_fault_state", "fault", ["state", "unit_id", "found_at"])
    op.create_table(
        "channel_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fault_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.CheckConstraint("(done_at is null) = (outcome = '')", name=op.f("ck_channel_check_done_has_outcome")),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_channel_check_done_by_id_person")),
        sa.ForeignKeyConstraint(["fault_id"], ["fault.id"], name=op.f("fk_channel_check_fault_id_fault")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_channel_check_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_check")),
        sa.UniqueConstraint("fault_id", "name", name=op.f("uq_channel_check_fault_id_name")),
    )
    op.create_index("ix_channel_check_open", "channel_check", ["done_at", "fault_id"])
    op.create_table(
        "fault_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fault_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("lesson", sa.Text(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["fault_id"], ["fault.id"], name=op.f("fk_fault_case_fault_id_fault")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["person.id"], name=op.f("fk_fault_case_prepared_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault_case")),
        sa.UniqueConstraint("fault_id", name=op.f("uq_fault_case_fault_id")),
    )
    op.create_table(
        "fix_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fault_id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by_name", sa.Text(), nullable=False),
        sa.Column("proposed_post", sa.Text(), nullable=False),
        sa.Column("proposed_acting_for", sa.Text(), nullable=True),
        sa.Column("proposed_acting_for_id", sa.Integer(), nullable=True),
        sa.Column("proposed_authentication", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("signed", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(decided_at is null) = (signed is null)", name=op.f("ck_fix_proposal_decided_has_answer")),
        sa.ForeignKeyConstraint(["base_id"], ["revision.id"], name=op.f("fk_fix_proposal_base_id_revision")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_fix_proposal_decided_by_id_person")),
        sa.ForeignKeyConstraint(["fault_id"], ["fault.id"], name=op.f("fk_fix_proposal_fault_id_fault")),
        sa.ForeignKeyConstraint(
            ["proposed_acting_for_id"], ["person.id"], name=op.f("fk_fix_proposal_proposed_acting_for_id_person")
        ),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_fix_proposal_proposed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fix_proposal")),
    )
    op.create_index("ix_fix_proposal_fault", "fix_proposal", ["fault_id", "id"])
    op.add_column("publication", sa.Column("withdrawn_kind", sa.String(length=32), nullable=True))
    op.add_column("publication", sa.Column("withdrawal_notice", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """As it was before; what is known of faults is forgotten."""
    op.drop_column("publication", "withdrawal_notice")
    op.drop_column("publication", "withdrawn_kind")
    op.drop_index("ix_fix_proposal_fault", table_name="fix_proposal")
    op.drop_table("fix_proposal")
    op.drop_table("fault_case")
    op.drop_index("ix_channel_check_open", table_name="channel_check")
    op.drop_table("channel_check")
    op.drop_index("ix_fault_confirmed", table_name="fault")
    op.drop_index("ix_fault_publication", table_name="fault")
    op.drop_index("ix_fault_source", table_name="fault")
    op.drop_index("ix_fault_state", table_name="fault")
    op.drop_table("fault")
    op.drop_index("ix_reader_knock_at", table_name="reader_knock")
    op.drop_index("ix_reader_knock_network", table_name="reader_knock")
    op.drop_table("reader_knock")
