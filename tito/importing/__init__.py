"""nbgrader's and otter's sources become documents of tito's, by pure functions of what was read."""
