"""Outcomes and a rubric become a Grade; people and the calendar have their say in lines of their own."""

from tito.scoring.rubric_file import RubricFile, dump, load
from tito.scoring.score import refuse, score, scored
from tito.scoring.settle import settle
from tito.scoring.statistics import Statistics, statistics

__all__ = ["RubricFile", "Statistics", "dump", "load", "refuse", "score", "scored", "settle", "statistics"]
