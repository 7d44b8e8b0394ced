"""Grades go into a teacher's own export of an LMS's gradebook: one column is filled, every other byte stays."""

from tito.report.lms.fill import Filled, Target, fill
from tito.report.lms.matching import Score
from tito.report.lms.systems import SYSTEMS, System

__all__ = ["SYSTEMS", "Filled", "Score", "System", "Target", "fill"]
