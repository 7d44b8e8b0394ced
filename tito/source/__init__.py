"""Text to Document and back: percent scripts (jupytext), notebooks (nbformat), nbgrader metadata."""
