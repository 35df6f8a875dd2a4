"""Indexes that the quarter's figures are counted by: seconds instead of a minute at a million items."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ADDED = (
    ("ix_submission_submitted", "submission", ["submitted_at", "unit_id", "corrects_id"]),
    ("ix_submission_corrects", "submission", ["corrects_id"]),
    ("ix_return_note_returned", "return_note", ["returned_at", "submission_id"]),
    ("ix_publication_withdrawn", "publication", ["withdrawn_at", "submission_id", "unit_id"]),
)
WIDENED = ("ix_publication_unit", "publication", ["unit_id", "published_on"], ["golden_until", "submission_id"])


def upgrade() -> None:
    """Add four indexes and widen one."""
    for name, table, columns in ADDED:
        op.create_index(name, table, columns)
    name, table, columns, more = WIDENED
    op.drop_index(name, table)
    op.create_index(name, table, [*columns, *more])


def downgrade() -> None:
    """As it was before."""
    name, table, columns, _ = WIDENED
    op.drop_index(name, table)
    op.create_index(name, table, columns)
    for name, table, _columns in reversed(ADDED):
        op.drop_index(name, table)
