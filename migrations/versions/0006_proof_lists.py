"""What was said to each finding, and the list of findings every 校 signs."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rows that were recorded before keep their digests: they hold what the new columns begin with."""
    op.add_column("finding_answer", sa.Column("severity", sa.String(32), nullable=False, server_default="warn"))
    op.add_column("finding_answer", sa.Column("answer", sa.String(32), nullable=False, server_default="right"))
    op.add_column("finding_answer", sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("signature", sa.Column("found", sa.Text(), nullable=True))


def downgrade() -> None:
    """Refused while a signed list or a reason would be lost."""
    lists = "select 1 from signature where found is not null limit 1"
    reasons = "select 1 from finding_answer where answer <> 'right' limit 1"
    if any(op.get_bind().execute(sa.text(words)).first() for words in (lists, reasons)):
        raise RuntimeError("signed lists of findings are kept here; going down would break the trail")
    op.drop_column("signature", "found")
    for column in ("reason", "answer", "severity"):
        op.drop_column("finding_answer", column)
