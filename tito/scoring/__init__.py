"""Outcomes and a rubric become a Grade."""
