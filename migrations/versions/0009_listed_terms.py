"""What the town keeps in the proofreader's lists, and the proposals by which it came there."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = (
    "leaders", "laws", "organs", "slogans", "typos", "sensitive", "protected", "exceptions", "places", "other_towns",
    "platforms", "public_phones", "yearly_work",
)  # fmt: skip
STATES = ("proposed", "confirmed", "rejected", "retired")


def upgrade() -> None:
    """Two tables: a proposal, and the rows it brings."""
    op.create_table(
        "term_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="termkind", native_enum=False, length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="termstate", native_enum=False, length=32), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_for_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.CheckConstraint("state <> 'retired'", name=op.f("ck_term_proposal_never_retired")),
        sa.CheckConstraint(
            "state = 'proposed' or decided_at is not null", name=op.f("ck_term_proposal_decided_has_time")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_term_proposal_unit_id_unit")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_term_proposal_proposed_by_id_person")),
        sa.ForeignKeyConstraint(
            ["proposed_for_id"], ["person.id"], name=op.f("fk_term_proposal_proposed_for_id_person")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_term_proposal_decided_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_proposal")),
    )
    op.create_index("ix_term_proposal_state", "term_proposal", ["state", "id"])
    op.create_table(
        "listed_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="termkind", native_enum=False, length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("bad", sa.Text(), nullable=False),
        sa.Column("good", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="termstate", native_enum=False, length=32), nullable=False),
        sa.CheckConstraint(
            "valid_to is null or valid_from is null or valid_to >= valid_from",
            name=op.f("ck_listed_term_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["unit.id"], name=op.f("fk_listed_term_owner_id_unit")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["term_proposal.id"], name=op.f("fk_listed_term_proposal_id_term_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_term")),
    )
    op.create_index("ix_listed_term_list", "listed_term", ["state", "kind", "words"])
    op.create_index("ix_listed_term_proposal", "listed_term", ["proposal_id"])


def downgrade() -> None:
    """The tables go; refused while they hold what two people confirmed."""
    if op.get_bind().execute(sa.text("select 1 from term_proposal limit 1")).first() is not None:
        raise RuntimeError("term_proposal holds recorded acts; going down would break the trail")
    op.drop_table("listed_term")
    op.drop_table("term_proposal")
