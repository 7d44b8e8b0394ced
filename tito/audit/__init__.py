"""A Document's solutions become `mutants`; what the tests said of those becomes a grader's `strength`.

Nothing is imported here: libcst takes 0.3 s, which a report on a grade must not pay for.
"""
