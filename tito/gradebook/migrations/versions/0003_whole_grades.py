"""Known mistakes of results, and what people decide about a whole grade."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the known mistake of a result, adjustments and excuses."""
    op.add_column("results", sa.Column("mistake", sa.Text(), server_default="", nullable=False))
    _decision("adjustments", sa.Column("plus", sa.BigInteger()), sa.Column("instead", sa.BigInteger()))
    _decision("excuses", sa.Column("excused", sa.Boolean(), nullable=False))


def _decision(name: str, *columns: "sa.Column[object]") -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        *columns,
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["modules.id"], name=op.f(f"fk_{name}_module_id")),
        sa.ForeignKeyConstraint(["student_id"], ["students.id"], name=op.f(f"fk_{name}_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_who", name, ["student_id", "module_id", "id"], unique=False)
