"""A Document's solutions become mutants, and what the locked tests said of those becomes the grader's strength."""

from tito.audit.mutants import known, mutants
from tito.audit.strength import Audit, CriterionStrength, Verdict, strength
from tito.audit.words import Mutant, Mutator

__all__ = ["Audit", "CriterionStrength", "Mutant", "Mutator", "Verdict", "known", "mutants", "strength"]
