"""Where else articles run: channels, an article on each of them, the words it ran with, the last look at its link."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TEXTS = "release_text"


def upgrade() -> None:
    """Four empty tables; a channel's words are never changed."""
    op.create_table(
        "release_channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tier", sa.String(length=32), nullable=False),
        sa.Column("medium", sa.String(length=32), nullable=False),
        sa.Column("selects", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_channel")),
        sa.UniqueConstraint("code", name=op.f("uq_release_channel_code")),
        sa.UniqueConstraint("name", name=op.f("uq_release_channel_name")),
    )
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("planned_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("adopted", sa.Boolean(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("shot_id", sa.Integer(), nullable=True),
        sa.Column("text_number", sa.Integer(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("reported_at", sa.DateTime(), nullable=True),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.Column("corrected_at", sa.DateTime(), nullable=True),
        sa.Column("recalled_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("state <> 'released' or released_at is not null", name=op.f("ck_release_released_has_time")),
        sa.CheckConstraint(
            "state not in ('dropped','recalled') or reason <> ''", name=op.f("ck_release_ended_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_release_publication_id_publication")
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["release_channel.id"], name=op.f("fk_release_channel_id_release_channel")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_release_unit_id_unit")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_release_sent_by_id_person")),
        sa.ForeignKeyConstraint(["shot_id"], ["stored_file.id"], name=op.f("fk_release_shot_id_stored_file")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_release_recorded_by_id_person")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["person.id"], name=op.f("fk_release_reported_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("publication_id", "channel_id", name=op.f("uq_release_publication_id_channel_id")),
    )
    op.create_index("ix_release_state", "release", ["state", "channel_id", "publication_id"])
    op.create_index("ix_release_released", "release", ["released_at", "state", "unit_id"])
    op.create_index(op.f("ix_release_channel_id"), "release", ["channel_id"])
    op.create_index(op.f("ix_release_shot_id"), "release", ["shot_id"])
    op.create_table(
        TEXTS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("base_digest", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_release_text_release_id_release")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_release_text_revision_id_revision")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_release_text_made_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_text")),
        sa.UniqueConstraint("release_id", "number", name=op.f("uq_release_text_release_id_number")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {TEXTS}_no_{verb.lower()} BEFORE {verb} ON {TEXTS} "
                f"BEGIN SELECT RAISE(ABORT, '{TEXTS} is append-only'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER {TEXTS}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {TEXTS} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    op.create_table(
        "link_check",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=False),
        sa.Column("broken", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("broken_since", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_link_check_release_id_release")),
        sa.PrimaryKeyConstraint("release_id", name=op.f("pk_link_check")),
    )
    op.create_index(op.f("ix_link_check_checked_at"), "link_check", ["checked_at"])


def downgrade() -> None:
    """The tables go; refused while they hold what the town recorded."""
    if op.get_bind().execute(sa.text("select 1 from release limit 1")).first() is not None:
        raise RuntimeError("release holds recorded facts; going down would break the trail")
    for table in ("link_check", TEXTS, "release", "release_channel"):
        op.drop_table(table)
