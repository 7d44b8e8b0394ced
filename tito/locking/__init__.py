"""A Document becomes a locked grader: a pytest module, its criteria and digests."""
