"""The gradebook's schema, revision by revision, for Alembic."""
