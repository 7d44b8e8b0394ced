"""Every outcome can be looked up, in about ten lines."""

from tito.model.outcome import Status
from tito.report.explanations import explanations


def test_every_outcome_is_explained():
    assert {each.value for each in Status} <= explanations().keys()


def test_an_explanation_fits_a_terminal():
    for meaning in explanations().values():
        assert 2 <= len(meaning.splitlines()) <= 12, meaning
        assert max(map(len, meaning.splitlines())) <= 118
