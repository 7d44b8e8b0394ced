"""parameters() leaves the table out.

score: 20
lost: {test-positional: failed, test-complete-system: failed, module-test: failed}
"""


class PositionalEncoding:
    def parameters(self):
        return []
