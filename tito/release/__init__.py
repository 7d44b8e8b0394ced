"""A Document becomes the student's Document: solutions, hidden tests and outputs go, locks and stubs come."""

from tito.release.leaks import leaks, told_beside
from tito.release.strip import fixed, release, solved

__all__ = ["fixed", "leaks", "release", "solved", "told_beside"]
