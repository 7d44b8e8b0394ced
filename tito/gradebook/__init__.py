"""Where grades are kept."""
