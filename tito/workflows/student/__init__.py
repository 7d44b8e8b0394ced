"""A student's own work in a workspace."""
