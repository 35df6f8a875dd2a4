"""What the sweep of the outbox looks through has indexes of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

WITH_WORDS = sa.text("subject <> ''")


def upgrade() -> None:
    """Messages whose words are not forgotten yet, and attempts, by their age."""
    op.create_index(
        "ix_outbox_message_swept",
        "outbox_message",
        ["ended_at"],
        sqlite_where=WITH_WORDS,
        postgresql_where=WITH_WORDS,
    )
    op.create_index("ix_delivery_attempt_at", "delivery_attempt", ["at"])


def downgrade() -> None:
    """As it was before."""
    op.drop_index("ix_delivery_attempt_at", table_name="delivery_attempt")
    op.drop_index("ix_outbox_message_swept", table_name="outbox_message")
