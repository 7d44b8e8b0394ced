"""A Document becomes the student's Document: solutions, hidden tests and outputs go, locks and stubs come."""

from tito.release.leaks import leaks
from tito.release.markers import Marked, check_markers, regions
from tito.release.strip import release, visible

__all__ = ["Marked", "check_markers", "leaks", "regions", "release", "visible"]
