"""Static exports of the public side; lists of what was published before this system."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Four empty tables."""
    op.create_table(
        "site_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("outside", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_site_export_asked_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_export")),
    )
    op.create_index(op.f("ix_site_export_state"), "site_export", ["state"])
    op.create_table(
        "history_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("releases", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("imported_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("revoked_at is null or reason <> ''", name=op.f("ck_history_import_revoked_has_reason")),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["person.id"], name=op.f("fk_history_import_imported_by_id_person")
        ),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["person.id"], name=op.f("fk_history_import_revoked_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_import")),
    )
    op.create_table(
        "past_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["history_import.id"], name=op.f("fk_past_item_import_id_history_import")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_past_item_unit_id_unit")),
        sa.ForeignKeyConstraint(["column_id"], ["column_tree.id"], name=op.f("fk_past_item_column_id_column_tree")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_item")),
    )
    op.create_index(op.f("ix_past_item_import_id"), "past_item", ["import_id"])
    op.create_index(op.f("ix_past_item_published_on"), "past_item", ["published_on"])
    op.create_table(
        "past_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["history_import.id"], name=op.f("fk_past_release_import_id_history_import")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["past_item.id"], name=op.f("fk_past_release_item_id_past_item")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["release_channel.id"], name=op.f("fk_past_release_channel_id_release_channel")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_release")),
        sa.UniqueConstraint(
            "import_id", "item_id", "channel_id", name=op.f("uq_past_release_import_id_item_id_channel_id")
        ),
    )
    for column in ("item_id", "channel_id", "released_at"):
        op.create_index(op.f(f"ix_past_release_{column}"), "past_release", [column])


def downgrade() -> None:
    """As it was before; what was asked for is forgotten, folders stay; imported lists are gone."""
    op.drop_table("past_release")
    op.drop_table("past_item")
    op.drop_table("history_import")
    op.drop_table("site_export")
