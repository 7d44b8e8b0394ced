"""Outputs and inputs are exchanged.

score: 75
lost: {test-simple-mlp: failed, test-benchmark-report: error}
"""


class SimpleMLP:
    def __init__(self, input_size=10, hidden_size=20, output_size=3):
        super().__init__(Linear(output_size, hidden_size), ReLU(), Linear(hidden_size, input_size))
        self.input_size, self.hidden_size, self.output_size = input_size, hidden_size, output_size
