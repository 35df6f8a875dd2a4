"""The schema of the first edition."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("actor_post", sa.Text(), nullable=True),
        sa.Column("acting_for", sa.Text(), nullable=True),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("authentication", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("subject_name", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("form_key", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("leaf", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_event_previous")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index("ix_audit_event_action", ["action", "seq"], unique=False)
        batch_op.create_index("ix_audit_event_actor", ["actor_id", "seq"], unique=False)
        batch_op.create_index("ix_audit_event_subject", ["subject_kind", "subject_id", "seq"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("frontier", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("day", name=op.f("uq_calendar_day_day")),
    )
    op.create_table(
        "number_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint("name", "year", name=op.f("uq_number_series_name_year")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("phone", name=op.f("uq_person_phone")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("login_hash", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("forgiven", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_failure_address", ["address", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_failure_at"), ["at"], unique=False)
        batch_op.create_index("ix_sign_in_failure_login", ["login_hash", "at"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("office", "village", "community", name="unitkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("division_code", sa.Text(), nullable=True),
        sa.Column("coordinating", sa.Boolean(), nullable=False),
        sa.Column("placeholder_name", sa.Boolean(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
    )
    op.create_table(
        "year_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("year between 2000 and 2100", name=op.f("ck_year_notice_sensible_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_notice")),
        sa.UniqueConstraint("year", name=op.f("uq_year_notice_year")),
    )
    op.create_table(
        "column_tree",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["unit.id"], name=op.f("fk_column_tree_office_id_unit")),
        sa.ForeignKeyConstraint(["parent_id"], ["column_tree.id"], name=op.f("fk_column_tree_parent_id_column_tree")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_tree")),
        sa.UniqueConstraint("code", name=op.f("uq_column_tree_code")),
    )
    with op.batch_alter_table("column_tree", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_column_tree_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("former_hashes", sa.Text(), nullable=False),
        sa.Column("link_hash", sa.Text(), nullable=True),
        sa.Column("link_expires_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_credential_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_credential_link_hash")),
        sa.UniqueConstraint("person_id", name=op.f("uq_credential_person_id")),
    )
    op.create_table(
        "form_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("event_seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_seq"], ["audit_event.seq"], name=op.f("fk_form_receipt_event_seq_audit_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_receipt")),
        sa.UniqueConstraint("actor_id", "key", name=op.f("uq_form_receipt_actor_id_key")),
    )
    with op.batch_alter_table("form_receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_receipt_at"), ["at"], unique=False)

    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "reporter",
                "head",
                "leader",
                "principal",
                "coordinator",
                "publisher",
                "administrator",
                "auditor",
                name="role",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("deputy", sa.Boolean(), nullable=False),
        sa.Column("acting_for_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name=op.f("ck_post_ends_after_start")),
        sa.ForeignKeyConstraint(["acting_for_id"], ["person.id"], name=op.f("fk_post_acting_for_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_post_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_post_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index("ix_post_person", ["person_id"], unique=False)
        batch_op.create_index("ix_post_unit_role", ["unit_id", "role"], unique=False)

    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("proposed", "confirmed", "rejected", name="settingstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "state <> 'confirmed' or decided_at is not null", name=op.f("ck_setting_confirmed_has_time")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_setting_decided_by_id_person")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_setting_proposed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
    )
    with op.batch_alter_table("setting", schema=None) as batch_op:
        batch_op.create_index("ix_setting_key", ["key", "state", "valid_from"], unique=False)

    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.Column("reauthenticated_at", sa.DateTime(), nullable=True),
        sa.Column("former_hash", sa.Text(), nullable=True),
        sa.Column("rotated_at", sa.DateTime(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_session_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_session_former_hash"), ["former_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column(
            "kind", sa.Enum("picture", "attachment", name="filekind", native_enum=False, length=32), nullable=False
        ),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_stored_file_unit_id_unit")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["person.id"], name=op.f("fk_stored_file_uploaded_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("token", name=op.f("uq_stored_file_token")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_uploaded_by_id"), ["uploaded_by_id"], unique=False)

    op.create_table(
        "working_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_working_copy_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_copy")),
        sa.UniqueConstraint("person_id", "slot", name=op.f("uq_working_copy_person_id_slot")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("drafter_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "first_review",
                "second_review",
                "cross_review",
                "third_review",
                "returned",
                "approved",
                "scheduled",
                "published",
                "filed",
                "withdrawn",
                "discarded",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column(
            "importance", sa.Enum("normal", "major", name="importance", native_enum=False, length=32), nullable=False
        ),
        sa.Column("urgency", sa.Enum("normal", "urgent", name="urgency", native_enum=False, length=32), nullable=False),
        sa.Column(
            "attribute",
            sa.Enum("active", "on_request", "closed", name="attribute", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("counterpart_id", sa.Integer(), nullable=False),
        sa.Column("cross_unit_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("submit_count", sa.Integer(), nullable=False),
        sa.Column("return_count", sa.Integer(), nullable=False),
        sa.Column(
            "returned_from",
            sa.Enum(
                "draft",
                "first_review",
                "second_review",
                "cross_review",
                "third_review",
                "returned",
                "approved",
                "scheduled",
                "published",
                "filed",
                "withdrawn",
                "discarded",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("returned_digest", sa.Text(), nullable=True),
        sa.Column("signed_digest", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("scheduled_at", sa.DateTime(), nullable=True),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(), nullable=True),
        sa.Column("golden_until", sa.Date(), nullable=False),
        sa.Column(
            "waiting_role",
            sa.Enum(
                "reporter",
                "head",
                "leader",
                "principal",
                "coordinator",
                "publisher",
                "administrator",
                "auditor",
                name="role",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("waiting_unit_id", sa.Integer(), nullable=True),
        sa.Column("stage_entered_at", sa.DateTime(), nullable=True),
        sa.Column("stage_due_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "state <> 'returned' or returned_from is not null", name=op.f("ck_submission_returned_has_stage")
        ),
        sa.CheckConstraint(
            "state <> 'scheduled' or scheduled_at is not null", name=op.f("ck_submission_scheduled_has_time")
        ),
        sa.CheckConstraint(
            "state not in ('approved','scheduled','published','filed') or signed_digest is not null",
            name=op.f("ck_submission_approved_has_digest"),
        ),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["person.id"], name=op.f("fk_submission_claimed_by_id_person")),
        sa.ForeignKeyConstraint(["column_id"], ["column_tree.id"], name=op.f("fk_submission_column_id_column_tree")),
        sa.ForeignKeyConstraint(["corrects_id"], ["submission.id"], name=op.f("fk_submission_corrects_id_submission")),
        sa.ForeignKeyConstraint(["counterpart_id"], ["unit.id"], name=op.f("fk_submission_counterpart_id_unit")),
        sa.ForeignKeyConstraint(["cross_unit_id"], ["unit.id"], name=op.f("fk_submission_cross_unit_id_unit")),
        sa.ForeignKeyConstraint(["drafter_id"], ["person.id"], name=op.f("fk_submission_drafter_id_person")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_submission_revision_id_revision"), use_alter=True
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_submission_unit_id_unit")),
        sa.ForeignKeyConstraint(["waiting_unit_id"], ["unit.id"], name=op.f("fk_submission_waiting_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index("ix_submission_counterpart", ["counterpart_id", "state", "updated_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_drafter_id"), ["drafter_id"], unique=False)
        batch_op.create_index("ix_submission_event", ["event_on", "unit_id", "state"], unique=False)
        batch_op.create_index("ix_submission_scheduled", ["state", "scheduled_at"], unique=False)
        batch_op.create_index("ix_submission_unit", ["unit_id", "state", "updated_at"], unique=False)
        batch_op.create_index("ix_submission_updated", ["updated_at"], unique=False)
        batch_op.create_index(
            "ix_submission_waiting", ["waiting_role", "waiting_unit_id", "urgency", "stage_due_at"], unique=False
        )

    op.create_table(
        "hand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "first_review",
                "second_review",
                "cross_review",
                "third_review",
                "returned",
                "approved",
                "scheduled",
                "published",
                "filed",
                "withdrawn",
                "discarded",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hand_person_id_person")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_hand_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand")),
        sa.UniqueConstraint("submission_id", "person_id", "stage", name=op.f("uq_hand_submission_id_person_id_stage")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column(
            "importance", sa.Enum("normal", "major", name="importance", native_enum=False, length=32), nullable=False
        ),
        sa.Column("urgency", sa.Enum("normal", "urgent", name="urgency", native_enum=False, length=32), nullable=False),
        sa.Column("urgency_reason", sa.Text(), nullable=False),
        sa.Column(
            "attribute",
            sa.Enum("active", "on_request", "closed", name="attribute", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("attribute_reason", sa.Text(), nullable=False),
        sa.Column("secrecy_cleared", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("counterpart_id", sa.Integer(), nullable=False),
        sa.Column("cross_unit_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_revision_author_id_person")),
        sa.ForeignKeyConstraint(["column_id"], ["column_tree.id"], name=op.f("fk_revision_column_id_column_tree")),
        sa.ForeignKeyConstraint(["counterpart_id"], ["unit.id"], name=op.f("fk_revision_counterpart_id_unit")),
        sa.ForeignKeyConstraint(["cross_unit_id"], ["unit.id"], name=op.f("fk_revision_cross_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_revision_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("submission_id", "number", name=op.f("uq_revision_submission_id_number")),
    )
    op.create_table(
        "stage_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "first_review",
                "second_review",
                "cross_review",
                "third_review",
                "returned",
                "approved",
                "scheduled",
                "published",
                "filed",
                "withdrawn",
                "discarded",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "role",
            sa.Enum(
                "reporter",
                "head",
                "leader",
                "principal",
                "coordinator",
                "publisher",
                "administrator",
                "auditor",
                name="role",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("working_minutes", sa.Integer(), nullable=True),
        sa.CheckConstraint("(left_at is null) = (outcome is null)", name=op.f("ck_stage_visit_left_has_outcome")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stage_visit_person_id_person")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_stage_visit_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_stage_visit_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_visit")),
    )
    with op.batch_alter_table("stage_visit", schema=None) as batch_op:
        batch_op.create_index("ix_stage_visit_left", ["left_at", "stage"], unique=False)
        batch_op.create_index("ix_stage_visit_submission", ["submission_id", "id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("index_number", sa.Text(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("golden_until", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=True),
        sa.Column(
            "standing", sa.Enum("live", "withdrawn", name="standing", native_enum=False, length=32), nullable=False
        ),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("corrected_at", sa.DateTime(), nullable=True),
        sa.Column("correction_note", sa.Text(), nullable=True),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "standing <> 'withdrawn' or withdrawn_at is not null", name=op.f("ck_publication_withdrawn_has_time")
        ),
        sa.ForeignKeyConstraint(["column_id"], ["column_tree.id"], name=op.f("fk_publication_column_id_column_tree")),
        sa.ForeignKeyConstraint(["publisher_id"], ["person.id"], name=op.f("fk_publication_publisher_id_person")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_publication_revision_id_revision")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_publication_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_publication_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("index_number", name=op.f("uq_publication_index_number")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_publication_submission_id")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index("ix_publication_column", ["column_id", "standing", "published_at"], unique=False)
        batch_op.create_index("ix_publication_live", ["standing", "published_at"], unique=False)
        batch_op.create_index(
            "ix_publication_on", ["published_on", "unit_id", "column_id", "event_on", "golden_until"], unique=False
        )
        batch_op.create_index("ix_publication_unit", ["unit_id", "published_on"], unique=False)

    op.create_table(
        "return_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "first_review",
                "second_review",
                "cross_review",
                "third_review",
                "returned",
                "approved",
                "scheduled",
                "published",
                "filed",
                "withdrawn",
                "discarded",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("returned_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_return_note_person_id_person")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_return_note_revision_id_revision")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_return_note_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_note")),
    )
    with op.batch_alter_table("return_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_note_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "revision_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("picture", "attachment", name="filekind", native_enum=False, length=32), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_revision_file_file_id_stored_file")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_revision_file_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_file")),
    )
    with op.batch_alter_table("revision_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_file_file_id"), ["file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_file_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "first_review",
                "second_review",
                "cross_review",
                "third_review",
                "returned",
                "approved",
                "scheduled",
                "published",
                "filed",
                "withdrawn",
                "discarded",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("act", sa.Enum("proof", "review", name="act", native_enum=False, length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("acting_for", sa.Text(), nullable=True),
        sa.Column("authentication", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signature_person_id_person")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_signature_revision_id_revision")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_signature_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index("ix_signature_submission", ["submission_id", "id"], unique=False)

    # submission and revision name each other: SQLite takes the key with its table, PostgreSQL after both.
    if op.get_bind().dialect.name != "sqlite":
        op.create_foreign_key(
            op.f("fk_submission_revision_id_revision"), "submission", "revision", ["revision_id"], ["id"]
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("fk_submission_revision_id_revision"), "submission", type_="foreignkey")
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_index("ix_signature_submission")

    op.drop_table("signature")
    with op.batch_alter_table("revision_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_file_revision_id"))
        batch_op.drop_index(batch_op.f("ix_revision_file_file_id"))

    op.drop_table("revision_file")
    with op.batch_alter_table("return_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_return_note_submission_id"))

    op.drop_table("return_note")
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_index("ix_publication_unit")
        batch_op.drop_index("ix_publication_on")
        batch_op.drop_index("ix_publication_live")
        batch_op.drop_index("ix_publication_column")

    op.drop_table("publication")
    with op.batch_alter_table("stage_visit", schema=None) as batch_op:
        batch_op.drop_index("ix_stage_visit_submission")
        batch_op.drop_index("ix_stage_visit_left")

    op.drop_table("stage_visit")
    op.drop_table("revision")
    op.drop_table("hand")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index("ix_submission_waiting")
        batch_op.drop_index("ix_submission_updated")
        batch_op.drop_index("ix_submission_unit")
        batch_op.drop_index("ix_submission_scheduled")
        batch_op.drop_index("ix_submission_event")
        batch_op.drop_index(batch_op.f("ix_submission_drafter_id"))
        batch_op.drop_index("ix_submission_counterpart")

    op.drop_table("submission")
    op.drop_table("working_copy")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_file_uploaded_by_id"))

    op.drop_table("stored_file")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_session_person_id"))
        batch_op.drop_index(batch_op.f("ix_sign_in_session_former_hash"))

    op.drop_table("sign_in_session")
    with op.batch_alter_table("setting", schema=None) as batch_op:
        batch_op.drop_index("ix_setting_key")

    op.drop_table("setting")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index("ix_post_unit_role")
        batch_op.drop_index("ix_post_person")

    op.drop_table("post")
    with op.batch_alter_table("form_receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_receipt_at"))

    op.drop_table("form_receipt")
    op.drop_table("credential")
    with op.batch_alter_table("column_tree", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_column_tree_parent_id"))

    op.drop_table("column_tree")
    op.drop_table("year_notice")
    op.drop_table("unit")
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_failure_login")
        batch_op.drop_index(batch_op.f("ix_sign_in_failure_at"))
        batch_op.drop_index("ix_sign_in_failure_address")

    op.drop_table("sign_in_failure")
    op.drop_table("person")
    op.drop_table("number_series")
    op.drop_table("calendar_day")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_subject")
        batch_op.drop_index("ix_audit_event_actor")
        batch_op.drop_index("ix_audit_event_action")

    op.drop_table("audit_event")
