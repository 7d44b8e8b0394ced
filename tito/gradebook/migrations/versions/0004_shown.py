"""What a submission's cells showed when they ran, for the person who grades it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what cells showed, once for all runs that showed the same, and which run showed it."""
    op.create_table(
        "shows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_shows_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shows")),
        sa.UniqueConstraint("submission_id", "digest", name=op.f("uq_shows_submission_id")),
    )
    op.create_table(
        "run_shows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("show_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_shows_run_id")),
        sa.ForeignKeyConstraint(["show_id"], ["shows.id"], name=op.f("fk_run_shows_show_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_shows")),
        sa.UniqueConstraint("run_id", name=op.f("uq_run_shows_run_id")),
    )
